"""`python -m tests.fuzz [TARGET…]`: every reader of outside input, and the whole way of a report, on what is no report.

Each target gets samples of its format, mutated at random (`--seconds` each) and then, where atheris is installed
(`pip install atheris`), by what reaches new code (`--guided`). A fault is whatever is not the error that the reader
promises, and a case that takes longer than five seconds. Prints a JSON object; the exit status is 1 when there is one.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

LONGEST = 5.0  # seconds for one case
PIECES = (
    *(b"<", b">", b"&#", b"\x00", b"\xff\xfe", b'"', b"---\n", b"\n", b"(", b"((((", b"2031-13-45", b"\xe2\x80\xa8"),
    *(b"9" * 40, b"<div>" * 50, "“".encode(), b",", b"\t", b"{", b"[", b"%", b"\r", b"a" * 300, b" said", b"http://"),
    b"\xed\xa0\x80",
)


Case = Callable[[bytes], None]


def opening(name: str) -> Case:
    """A file of a format, opened as it lies."""
    from dragoman.collect import File, collected

    def case(data: bytes) -> None:
        list(collected(File(path=name.encode(), data=data, limit=200_000)))

    return case


def whole_way() -> Case:
    """A report read, understood and reconciled with another."""
    from crises import dossier_of, knowledge, reports

    from dragoman.collect import BadInput
    from dragoman.collect.reports import report_of

    other = reports("oravia")[0]

    def case(data: bytes) -> None:
        try:
            found = report_of(data, origin="case.txt").report
        except BadInput:
            return
        if found is not None:
            dossier_of((other, found), knowledge())

    return case


def promised(reads: Callable[[Path], object], *errors: type[Exception]) -> Case:
    """A reader of a file, with the errors that it promises."""

    def case(data: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "case"
            path.write_bytes(data)
            try:
                reads(path)
            except errors:
                return

    return case


def knowledge_table(path: Path) -> None:
    from dragoman.knowledge import Knowledge

    _ = Knowledge(ontology=path).frames


def actors_table(path: Path) -> None:
    from dragoman.knowledge import Knowledge

    _ = Knowledge(actors=path).world


def targets() -> dict[str, tuple[Case, list[bytes]]]:
    """Every target with its samples."""
    from collect.formats import SAMPLES

    from dragoman.collect import BadInput
    from dragoman.collect.dates import dates_table
    from dragoman.collect.outlines import feeds_in
    from dragoman.collect.topic import topic_of
    from dragoman.knowledge.tables import TableError
    from dragoman.store import DossierError, Store

    root = Path(__file__).resolve().parent.parent
    texts = [path.read_bytes() for path in sorted((root / "examples").glob("*/*.txt"))]
    found: dict[str, tuple[Case, list[bytes]]] = {
        f"open {name}": (opening(name), [made()]) for name, made in sorted(SAMPLES.items())
    }
    found["open a text"] = (opening("a.txt"), texts)
    found["the whole way"] = (whole_way(), texts)
    found["table of dates"] = (promised(dates_table, BadInput), [b"file\tpublished\na.txt\t2031-03-01\n"])
    found["list of feeds"] = (promised(lambda p: feeds_in(str(p)), BadInput),
                              [b'<opml version="2.0"><body><outline xmlUrl="https://a.example/rss"/></body></opml>',
                               b"https://a.example/rss\n"])  # fmt: skip
    found["topic"] = (promised(topic_of, BadInput), [b'any = ["Oravia"]\nnone = ["football"]\n'])
    found["predicates"] = (promised(knowledge_table, TableError), [_head("predicates-aid.tsv")])
    found["actors"] = (promised(actors_table, TableError), [(root / "examples/oravia/actors.tsv").read_bytes()])
    found["dossier file"] = (promised(lambda p: Store.open(p).close(), DossierError), [_dossier()])
    found["gold table"] = (gold, [b"report,quote,type,actor,recipient,day\nA,riot police,ASSAULT,police,,2031-03-10\n"])
    return found


def _head(table: str) -> bytes:
    from dragoman.knowledge.tables import shipped

    lines = [line for line in shipped(table).splitlines() if not line.startswith("#")]
    return "\n".join(lines[:60]).encode()


def gold(data: bytes) -> None:
    from crises import dossier

    from dragoman.tell.gold import GoldError, read_gold

    try:
        read_gold(data.decode("utf-8", "replace"), dossier("oravia"))
    except GoldError:
        return


def _dossier() -> bytes:
    from dragoman.store import Store

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        Store.open(path, writable=True).close()
        return path.read_bytes()


def mutated(dice: Random, sample: bytes, others: list[bytes]) -> bytes:
    """A sample with a few things done to it."""
    data = bytearray(sample)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at = dice.randrange(len(data) + 1)
        to = min(len(data), at + dice.choice((1, 2, 8, 64, 400)))
        match dice.randrange(7):
            case 0:
                data[at:to] = b""
            case 1:
                data[at:at] = dice.choice(PIECES)
            case 2:
                data[at:to] = dice.randbytes(to - at)
            case 3:
                data[at:at] = data[at:to] * dice.choice((2, 20))
            case 4:
                del data[at:]
            case 5:
                piece = dice.choice(others)
                begin = dice.randrange(len(piece) + 1)
                data[at:at] = piece[begin : begin + 200]
            case 6 if at < len(data):
                data[at] ^= 1 << dice.randrange(8)
        data = data[:100_000]
    return bytes(data)


def at_random(case: Case, samples: list[bytes], *, seconds: float, seed: int) -> dict[str, Any]:
    """Cases tried, and what went wrong in them."""
    dice, tried, faults = Random(seed), 0, {}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        data = mutated(dice, dice.choice(samples), samples)
        tried += 1
        begun = time.process_time()
        try:
            case(data)
        except Exception as err:
            faults.setdefault(f"{type(err).__name__}: {str(err)[:100]}", data)
        if time.process_time() - begun > LONGEST:
            faults.setdefault(f"longer than {LONGEST:g} seconds", data)
    return {"tried": tried, "faults": faults}


def guided(name: str, folder: str, seconds: int) -> None:
    """Fuzz one target by coverage until the time is over; a fault ends it with a traceback."""
    import atheris

    with atheris.instrument_imports(include=["dragoman"], enable_loader_override=False):
        case, samples = targets()[name]
    for n, sample in enumerate(samples):
        (Path(folder) / str(n)).write_bytes(sample)
    options = [f"-max_total_time={seconds}", f"-timeout={LONGEST:g}", "-max_len=20000", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], folder, f"-artifact_prefix={folder}/fault-", *options], case)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", help="names of targets; all unless given")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--guided", action="store_true", help="also by coverage, with atheris")
    parser.add_argument("--keep", type=Path, help="a folder for the cases that went wrong")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        guided(given.one[0], given.one[1], int(given.one[2]))
    faulthandler.enable()
    whole: dict[str, Any] = {}
    for name, (case, samples) in targets().items():
        if given.targets and name not in given.targets:
            continue
        row = at_random(case, samples, seconds=given.seconds, seed=given.seed)
        for n, (what, data) in enumerate(row["faults"].items()):
            print(f"{name}: {what}", file=sys.stderr)
            if given.keep:
                given.keep.mkdir(exist_ok=True)
                (given.keep / f"{re.sub(r'[^a-z]+', '-', name)}-{n}").write_bytes(data)
        whole[name] = {"tried": row["tried"], "faults": sorted(row["faults"])}
        if given.guided:
            whole[name]["guided"] = by_coverage(name, round(given.seconds))
        print(name, whole[name], file=sys.stderr, flush=True)
    total = sum(row["tried"] + row.get("guided", {}).get("tried", 0) for row in whole.values())
    faults = sum(len(row["faults"]) + row.get("guided", {}).get("faults", 0) for row in whole.values())
    print(json.dumps({"targets": whole, "tried": total, "faults": faults}, indent=1))
    return 1 if faults else 0


def by_coverage(name: str, seconds: int) -> dict[str, int]:
    """Cases tried by atheris in a process of its own, and whether one went wrong."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzz", "--one", name, folder, str(seconds)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    runs = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
    return {"tried": int(runs[-1]) if runs else 0, "faults": int(done.returncode != 0)}


if __name__ == "__main__":
    sys.exit(main())
