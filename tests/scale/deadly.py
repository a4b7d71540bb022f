"""The clerk's desk with a reader without a model, and with words that are the death of who opens or reads them."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator

from stand_in import StandIn

from dragoman.collect.formats import columns
from dragoman.records import Doc, Report
from dragoman.scale import desk


class Mortal(StandIn):
    def read(self, report: Report) -> Doc:
        _meet(report.text, "to read")
        return super().read(report)


def _meet(text: str, doing: str) -> None:
    if f"deadly {doing}" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if f"endless {doing}" in text:
        re.match(r"(a+)+$", "a" * 60 + "b")
    if f"greedy {doing}" in text:
        len(b"x" * 10**12)


def _row(row: dict[str, object], *rest: object, **more: object) -> object:
    _meet(str(row), "to open") if more["number"] - 1 not in more["spoilt"] else None  # type: ignore[func-returns-value,operator]
    return _row_of(row, *rest, **more)  # type: ignore[arg-type]


_row_of = columns.row_of
_mortal = Mortal()


def prepare() -> None:
    """Only in the worker: pytest imports this module too, to look for examples in it."""
    columns.row_of = _row  # type: ignore[assignment]
    desk._reader = lambda: _mortal  # type: ignore[assignment]


def work(task: bytes, ask: Callable[[bytes], bytes]) -> Iterator[bytes]:
    if b"deadly from the first byte" in task:
        os.kill(os.getpid(), signal.SIGSEGV)
    yield from desk.work(task, ask)
