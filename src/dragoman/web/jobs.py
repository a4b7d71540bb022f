"""Reading what was uploaded: one job after another, each in a worker process that a file may kill."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import Literal

import msgspec

from dragoman.records import Dossier
from dragoman.tell.changes import Change, changes
from dragoman.web.shelf import Shelf
from dragoman.web.worker import Order, Step

PATIENCE = 180.0  # seconds for one file
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
                left = paths
                while left:
                    left = self._read(job, Order(str(self._shelf.path), tuple(map(str, left)), published, outlet))
                job.changes = _telling(before, self._shelf.renew().dossier)
            except Exception as err:  # whatever it was, the one who waits is told
                _add(job, Outcome(file="", outcome="refused", message=f"{type(err).__name__}: {err}"))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                job.state = "done"

    def _read(self, job: Job, order: Order) -> list[Path]:
        """Have a worker read; the files that are left when it dies."""
        command = [sys.executable, "-m", "dragoman.web.worker"]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert worker.stdin
        assert worker.stdout
        worker.stdin.write(msgspec.json.encode(order))
        worker.stdin.close()
        at = ""
        timer = Timer(PATIENCE, worker.kill)
        timer.start()
        for line in worker.stdout:
            step = msgspec.json.decode(line, type=Step)
            if step.begins:
                at = step.file
                job.at += 1
                timer.cancel()
                timer = Timer(PATIENCE, worker.kill)
                timer.start()
            else:
                _add(job, Outcome(file=Path(step.file).name, outcome=step.outcome, report=step.report,
                                  message=step.message))  # fmt: skip
        timer.cancel()
        if worker.wait() == 0:
            return []
        message = "it could not be read: the reading process ended in the middle of it; the other files are read"
        _add(job, Outcome(file=Path(at).name, outcome="refused", message=message))
        rest = order.files[order.files.index(at) + 1 :] if at in order.files else ()
        return [Path(file) for file in rest]


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
