"""A process that works for us and may be killed: whatever a task does to it, we live, and know what it died of.

    with Worker("dragoman.scale.desk:work") as worker:
        for message in worker.steps(task):
            ...

The function named is called in the process as `work(task, ask)`, gives its messages one by one, and may put questions
to us with `ask`. The process stays for the next task, and is started again when it has died.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from threading import Timer
from types import TracebackType
from typing import Literal

from dragoman.scale.frames import receive, send

SECONDS = 120.0  # until the next message; a long report takes ten
MEMORY = 6_000_000_000  # bytes of address space; a report needs a tenth of it

Reason = Literal["time", "memory", "signal", "exception", "end"]


class Died(Exception):
    """A task came to no end; `reason` is the kind of it, the message what a person is told."""

    def __init__(self, reason: Reason, words: str) -> None:
        super().__init__(words)
        self.reason = reason


class Worker:
    """One process; `seconds` bound the time to its next message, `memory` its address space in bytes.

    Use it from one thread at a time; several threads have one each. The process starts with the Worker, so that it gets
    ready while we do something else.
    """

    def __init__(self, work: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.work, self.seconds, self.memory = work, seconds, memory
        self._late = False
        self._process: subprocess.Popen[bytes] | None = self._started()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process(self) -> int | None:
        """The number of the process, where there is one."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if (process := self._process) is not None:
            self._process = None
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def steps(self, task: bytes, answer: Callable[[bytes], bytes] | None = None) -> Iterator[bytes]:
        """The messages of a task as they come; its questions are put to `answer`. Raises Died.

        A task that is not followed to its end costs the process.
        """
        process = self._process = self._process or self._started()
        assert process.stdin
        over = False
        try:
            send(process.stdin, b"task", task)
            while not over:
                kind, data = self._next(process)
                if kind == b"said":
                    yield data
                elif kind == b"asks":
                    send(process.stdin, b"told", answer(data) if answer else b"")
                else:
                    over = True
                    if kind == b"fail":
                        raise Died("exception", data.decode())
        except (BrokenPipeError, EOFError):
            raise self._cause(process) from None
        finally:
            if not over:
                self.close()

    def _next(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        assert process.stdout
        timer = Timer(self.seconds, self._stop, (process,))
        timer.daemon = True
        timer.start()
        try:
            return receive(process.stdout)
        finally:
            timer.cancel()

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        self._late = True
        process.kill()

    def _cause(self, process: subprocess.Popen[bytes]) -> Died:
        """What the process died of."""
        status = process.wait()
        late, self._late = self._late, False
        if late:
            return Died("time", f"it took longer than {self.seconds:g} seconds")
        if status == OUT_OF_MEMORY:
            return Died("memory", f"it took more than {self.memory / 1e9:g} GB of memory")
        if status < 0:
            return Died("signal", f"the reading process was ended by {_named(-status)}")
        return Died("end", f"the reading process ended with status {status}")

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dragoman.scale.workshop", self.work, str(self.seconds), str(self.memory)]
        # a session of its own: Ctrl-C at the terminal is for us
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                start_new_session=True)  # fmt: skip


OUT_OF_MEMORY = 77  # the status a process ends with that has no memory left


def _named(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
