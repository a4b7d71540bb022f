"""The desk of a worker with a reader that needs no model, and that some reports kill."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stand_in import StandIn

import dragoman.read
from dragoman.collect.formats import columns, plain, table
from dragoman.records import Doc, Report
from dragoman.scale.mapping import work

__all__ = ["prepare", "work"]


class Mortal(StandIn):
    """Dies of some reports always, of some the first time only."""

    def __init__(self, *, device: str = "cpu") -> None:
        super().__init__()

    def read(self, report: Report) -> Doc:
        if "kills whoever reads it" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "unlucky" in report.text and "DRAGOMAN_UNLUCKY" in os.environ:
            once = Path(os.environ["DRAGOMAN_UNLUCKY"])
            if once.exists():
                once.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().read(report)


def prepare() -> None:
    """In the worker alone: this module is imported for its doctests too."""
    dragoman.read.Reader = Mortal  # type: ignore[assignment, misc]
    for module, name in ((columns, "day_of"), (plain, "decode"), (table, "fitted")):
        setattr(module, name, _deadly(getattr(module, name)))


def _deadly(function: Callable[..., Any]) -> Callable[..., Any]:
    def deadly(*given: Any) -> Any:
        if "doomsday" in str(given):
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*given)

    return deadly
