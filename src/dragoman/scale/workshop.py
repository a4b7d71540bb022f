"""The inside of a `Worker`: does task after task until its parent is gone.

python -m dragoman.scale.workshop MODULE:FUNCTION SECONDS MEMORY
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module

from dragoman.scale.frames import receive, send
from dragoman.scale.worker import OUT_OF_MEMORY

Work = Callable[[bytes, Callable[[bytes], bytes]], Iterator[bytes]]

GRACE = 5.0  # seconds that the parent has to end us itself


def main(work: str, seconds: str, memory: str) -> None:
    # what a library prints must not stand among our messages
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    _bound(int(memory))

    def busy() -> None:
        """From now on end this process when it hangs and nobody is left to do it: from C, past any lock of Python's."""
        faulthandler.dump_traceback_later(float(seconds) + GRACE, exit=True, file=nowhere)

    def say(kind: bytes, data: bytes) -> None:
        faulthandler.cancel_dump_traceback_later()  # a parent who is slow to listen is no fault of the task
        send(stdout, kind, data)
        busy()

    def hear() -> bytes:
        faulthandler.cancel_dump_traceback_later()
        _, data = receive(stdin)
        busy()
        return data

    def ask(question: bytes) -> bytes:
        say(b"asks", question)
        return hear()

    def do(function: Work, task: bytes) -> None:
        try:
            for message in function(task, ask):
                say(b"said", message)
        except (EOFError, BrokenPipeError, MemoryError):
            raise
        except Exception as err:
            say(b"fail", f"{type(err).__name__}: {err}".encode("utf-8", "replace"))
        else:
            say(b"done", b"")

    try:
        busy()
        place, _, name = work.partition(":")
        module = import_module(place)
        function: Work = getattr(module, name)
        with suppress(Exception):  # what is wrong comes up again with the first task, where it can be said
            getattr(module, "prepare", lambda: None)()
        while True:
            do(function, hear())
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _bound(memory: int) -> None:
    """Take no more memory than this, where the system can hold a process to it, and leave no image when we crash."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
