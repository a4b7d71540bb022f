"""What a task of `python -m evals` is: a few functions over records, listed in `evals/__main__.py`."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Doc, Reading, Report
from dragoman.understand import understand

Record = dict[str, Any]
Metrics = dict[str, float]

ROOT = Path(__file__).resolve().parent.parent


class Options(Struct, frozen=True, kw_only=True):
    """What the command line says beside the task and its files."""

    ontology: Path | None = None
    actors: tuple[Path, ...] = ()
    agents: tuple[Path, ...] = ()
    half: str = ""  # even: what may be learned from; odd: what is kept to report on; empty: all

    def holds(self, record: Record) -> bool:
        """Whether the record is in the half asked for: halves by the md5 of its `id` or `doc`."""
        key = next((str(record[key]) for key in ("id", "doc") if key in record), "")
        odd = int(hashlib.md5(key.encode()).hexdigest(), 16) % 2
        return not self.half or (self.half == "odd") == bool(odd)


def json_lines(path: Path) -> list[Record]:
    """The records of a JSON-lines file, gzipped or not."""
    return [msgspec.json.decode(line) for line in read_bytes(path).splitlines() if line.strip()]


def read_bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


class Task(Struct, frozen=True, kw_only=True):
    """A task: how its file is read, what may be seen, what is predicted, what gold must be there, how it is scored.

    `inputs(record)` gives what a prediction may read; `predict` gets only that, for all records of a file at once.
    `field` is the name of the predicted field in a `--predictions` line. `score` gets whole records and predictions of
    all files together; it is not called when `has_gold` says no for some record.
    """

    files: tuple[str, ...]  # the development files, below DRAGOMAN_DATA, taken when none is named
    field: str
    inputs: Callable[[Record], Record]
    predict: Callable[[Sequence[Record], Options], list[Any]]
    has_gold: Callable[[Record], bool]
    score: Callable[[Sequence[Record], Sequence[Any]], Metrics]
    load: Callable[[Path], list[Record]] = json_lines


class MissingData(FileNotFoundError):
    """A set that does not lie where it should; the message says where it can be had."""


def data_root() -> Path:
    """Where the sets lie: DRAGOMAN_DATA, else `../shared/data` beside the project."""
    return Path(os.environ.get("DRAGOMAN_DATA") or ROOT.parent / "shared" / "data")


def find(name: str) -> Path:
    """The file `name` as given, or below DRAGOMAN_DATA.

    Raises MissingData, which names what is missing and where to look for it.
    """
    for path in (Path(name), data_root() / name):
        if path.is_file():
            return path
    raise MissingData(
        f"no such file: {name} (looked here and in DRAGOMAN_DATA, {data_root()}).\n"
        "Third parties' sets are not part of Dragoman: evals/DATA.md says what each is, where it can be had and on what"
        " terms. Set DRAGOMAN_DATA to the folder that holds them."
    )


@cache
def reader() -> Reader:
    """The one reading model of this process."""
    return Reader()


def report_of(text: str, *, id: str = "eval", published: str | None = None, title: str | None = None) -> Report:
    """A text of a set as a report."""
    given = "option" if published else None
    return Report(id=id, origin=id, text=text, sha256="", title=title, published=published, published_from=given)


def read(text: str, *, id: str = "eval", published: str | None = None) -> Doc:
    """Read one text."""
    return reader().read(report_of(text, id=id, published=published))


def reading(text: str, *, knowledge: Knowledge, published: str | None = None) -> Reading:
    """Read and understand one text; `published` is an ISO date."""
    return understand(read(text, published=published), knowledge, version="eval")


def f1(right: int, predicted: int, gold: int) -> float:
    """F1 of counts: 0 where nothing is right.

    >>> f1(1, 2, 2)
    0.5
    """
    return 2 * right / (predicted + gold) if right else 0.0
