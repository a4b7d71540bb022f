"""What a worker may be asked to do in tests, and what may happen to it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator


def work(task: bytes, ask: Callable[[bytes], bytes]) -> Iterator[bytes]:
    yield b"begun " + task
    match task.decode():
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            time.sleep(60)
        case "endless expression":
            re.match(r"(a+)+$", "a" * 60 + "b")
        case "devour":
            yield str(len(b"x" * 10**12)).encode()
        case "raise":
            raise ValueError("on purpose")
        case "leave":
            os._exit(3)
        case "chatter":
            os.write(1, b"a library speaks to the terminal\n" * 10)
        case "ask":
            yield ask(b"what is the word?")
        case "slow":
            for _ in range(5):
                time.sleep(0.5)
                yield b"still at it"
    yield b"done"
