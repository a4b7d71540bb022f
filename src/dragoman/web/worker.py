"""Reads uploaded files into a dossier, in a process of its own that a hostile file may kill.

python -m dragoman.web.worker < ORDER      prints one JSON object a line: what begins, and what became of it
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

MEMORY = 6_000_000_000  # bytes of address space; a report needs a tenth of it


class Order(msgspec.Struct, frozen=True):
    """What is to be read into which dossier; `published` and `outlet` are of all files that give none."""

    dossier: str
    files: tuple[str, ...]
    published: str = ""
    outlet: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker says: `begins` with a file, or what became of a report."""

    file: str
    begins: bool = False
    report: str = ""
    outcome: str = ""  # read, known, refused
    message: str = ""


def main() -> None:
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    _bounded()
    from dragoman.store import DossierError, Store

    try:
        with Store.open(Path(order.dossier), writable=True) as store:
            for file in order.files:
                _say(Step(file=file, begins=True))
                _read(store, Path(file), order)
    except DossierError as err:
        _say(Step(file="", outcome="refused", message=str(err)))


def _read(store: object, file: Path, order: Order) -> None:
    from dragoman.collect import collect
    from dragoman.read import Reader
    from dragoman.store import Store, ingest, knowledge_in

    assert isinstance(store, Store)
    knowledge, reader = knowledge_in(store), Reader()
    for item in collect([file], published=order.published or None):
        if item.report is None:
            store.set_aside(item.rejects)
            _say(Step(file=str(file), outcome="refused", message="; ".join(r.reason for r in item.rejects)))
            continue
        report = item.report
        if order.outlet and not report.outlet:
            report = msgspec.structs.replace(report, outlet=order.outlet)
        outcome = ingest(store, report, reader=reader, knowledge=knowledge, rejects=item.rejects)
        said = "; ".join(r.reason for r in item.rejects)
        _say(Step(file=str(file), report=report.id, outcome=outcome, message=said))


def _bounded() -> None:
    """Take no more memory than a report can need, where the system can hold a process to it."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass


def _say(step: Step) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(step) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
