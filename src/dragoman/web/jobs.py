"""Reading what was uploaded: one job after another, each in a process that a file may kill."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock, Thread
from typing import Literal

import msgspec
from msgspec.structs import replace

from dragoman.collect import File, files
from dragoman.records import Dossier
from dragoman.scale.clerk import Clerk
from dragoman.store import Store
from dragoman.tell.changes import Change, changes
from dragoman.web.shelf import Shelf

KEPT = 20  # jobs that are remembered
UNSAFE = re.compile(r"[^\w.\- ]")


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file, or of a report in it."""

    file: str
    outcome: str
    report: str = ""
    message: str = ""


class Job(msgspec.Struct, kw_only=True):
    """Files that are being read, or were."""

    id: str
    files: tuple[str, ...]
    state: Literal["waiting", "reading", "done"] = "waiting"
    at: int = 0  # files begun
    outcomes: tuple[Outcome, ...] = ()
    changes: tuple[Change, ...] = ()


class Jobs:
    """The jobs of one server."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._jobs: dict[str, Job] = {}
        self._turn = Lock()

    def get(self, ident: str) -> Job | None:
        return self._jobs.get(ident)

    def start(self, uploads: Sequence[tuple[str, bytes]], *, published: str, outlet: str) -> Job:
        """Begin to read files of these names and bytes; they are gone from the disk when the job is done."""
        folder = Path(tempfile.mkdtemp(prefix="dragoman-add-"))
        paths = []
        for n, (name, data) in enumerate(uploads):
            path = folder / str(n) / safe_name(name)
            path.parent.mkdir()
            path.write_bytes(data)
            paths.append(path)
        job = Job(id=secrets.token_urlsafe(9), files=tuple(path.name for path in paths))
        self._jobs[job.id] = job
        for old in list(self._jobs)[:-KEPT]:
            del self._jobs[old]
        Thread(target=self._work, args=(job, folder, paths, published, outlet), daemon=True).start()
        return job

    def _work(self, job: Job, folder: Path, paths: list[Path], published: str, outlet: str) -> None:
        with self._turn:
            job.state = "reading"
            try:
                before = self._shelf.look().dossier
                self._read(job, paths, published, outlet)
                job.changes = _telling(before, self._shelf.renew().dossier)
            except Exception as err:  # whatever it was, the one who waits is told
                _add(job, Outcome(file="", outcome="refused", message=f"{type(err).__name__}: {err}"))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                job.state = "done"

    def _read(self, job: Job, paths: Sequence[Path], published: str, outlet: str) -> None:
        def begun() -> Iterator[File]:
            for file in files(paths, published=published or None):
                job.at += 1
                yield replace(file, outlet=outlet or None)

        with Clerk() as clerk, Store.open(self._shelf.place, writable=True) as store:
            for taken in clerk.take(store, begun()):
                message = "; ".join(one.removeprefix(f"{taken.origin}: ") for one in taken.messages)
                _add(job, Outcome(file=taken.origin, outcome=taken.outcome, report=taken.report, message=message))


def safe_name(name: str) -> str:
    """A file name of ours for one that a browser gave: no folders, no control characters, not too long.

    >>> safe_name("../../etc/pass wd<1>.txt")
    'pass wd_1_.txt'
    """
    last = UNSAFE.sub("_", name.replace("\\\\", "/").rsplit("/", 1)[-1]).strip(". ")
    stem, dot, ending = last.rpartition(".")
    return f"{(stem or ending)[:80]}{dot}{ending[:8]}" if stem else (last[:80] or "report") + ".txt"


def _add(job: Job, outcome: Outcome) -> None:
    job.outcomes = (*job.outcomes, outcome)


def _telling(before: Dossier, after: Dossier, most: int = 200) -> tuple[Change, ...]:
    return changes(before, after).rows[:most]
