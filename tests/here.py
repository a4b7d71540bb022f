"""A worker that works in this process: for tests that put stand-ins where the model would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from dragoman.scale.worker import Died


class Here:
    """Takes the place of `dragoman.scale.worker.Worker`."""

    def __init__(self, work: str, **more: object) -> None:
        self.work = work

    def steps(self, task: bytes, answer: Callable[[bytes], bytes] | None = None) -> Iterator[bytes]:
        module, _, name = self.work.partition(":")
        try:
            yield from getattr(import_module(module), name)(task, answer)
        except Exception as err:
            raise Died("exception", f"{type(err).__name__}: {err}") from None

    def close(self) -> None:
        return
