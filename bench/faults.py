"""`python -m bench.faults`: whether a dossier survives what machines do: `kill -9`, a full disk, a read-only one.

Reads reports of our own making into a dossier, stops the reading at a random moment, reads again, and holds the export
against that of a reading that nobody disturbed: they must be the same bytes. Prints a JSON object; the exit status is 1
when one differs. The disks are small file systems in memory, which only root may mount: elsewhere they are left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

TOWNS = ("Karsh", "Oster", "Vell", "Tarn", "Gorna", "Brisk", "Elmar", "Sund")
PEOPLE = ("Lena Marosh", "Osman Radek", "Ilse Brandt", "Pavel Dorn", "Arvo Stenn", "Mira Kolt")
DEEDS = (
    "Police arrested {n} demonstrators in {town} on {day}, the interior ministry said.",
    "At least {n} people were killed in {town} when soldiers opened fire on {day}.",
    "Opposition leader {one} met Prime Minister {two} in {town} on {day}.",
    "{one} accused {two} of ordering the attack on {town}.",
    "President {two} rejected the demand on {day} and said that {one} would be put on trial.",
    "The government promised to send food to {town} within 72 hours.",
)


def told(dice: Random, day: int, *, sentences: int = 3) -> tuple[date, str, str]:
    """A day, a town and what is told of it."""
    on = date(2031, 3, 3) + timedelta(days=day)
    town, (one, two) = dice.choice(TOWNS), dice.sample(PEOPLE, 2)
    words = {"town": town, "one": one, "two": two, "day": f"{on - timedelta(1):%A}"}
    return on, town, " ".join(d.format(n=dice.randint(3, 60), **words) for d in dice.sample(DEEDS, sentences))


def write_reports(folder: Path, count: int, *, seed: int = 0) -> None:
    """`count` short reports of one crisis, several of each day."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = Random(seed)
    for n in range(count):
        day, town, text = told(dice, n // 12)
        front = f"---\npublished: {day}\noutlet: Paper {n % 7}\n---\n"
        (folder / f"{n:04}.txt").write_text(f"{front}Day {n // 12} in {town}\n\n{text}\n", encoding="utf-8")


def reading(folder: Path, dossier: Path) -> list[str]:
    """The command that reads the reports of a folder into a dossier."""
    return [sys.executable, "-m", "dragoman", "read", str(folder), "-d", str(dossier), "--quiet", "--format", "json"]


def kept(dossier: Path) -> int:
    """How many reports a dossier holds, one that a kill left behind too."""
    try:
        with closing(sqlite3.connect(dossier)) as connection:
            return int(connection.execute("SELECT count(*) FROM readings").fetchone()[0])
    except sqlite3.OperationalError:  # killed before there were tables
        return 0


def undisturbed(folder: Path, dossier: Path) -> tuple[bytes, float]:
    """The export of a reading that nobody disturbs, which is what it prints, and the seconds it takes."""
    begun = time.monotonic()
    done = subprocess.run(reading(folder, dossier), check=True, capture_output=True)
    return done.stdout, time.monotonic() - begun


def killed(folder: Path, dossier: Path, *, after: float) -> int:
    """Read, and kill -9 after so many seconds; how many reports are in the dossier then."""
    process = subprocess.Popen(reading(folder, dossier), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    return kept(dossier) if dossier.exists() else 0


def kills(folder: Path, work: Path, moments: int, *, late: int = 0, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Kill a reading at random moments, each in a dossier of its own, and read again; `late` more of them in dossiers
    that lack only the last report, so that most of the time goes into reconciling and writing."""
    whole, seconds = undisturbed(folder, work / "undisturbed.db")
    dice, count = Random(seed), len(list(folder.glob("*.txt")))
    for n in range(moments):
        yield _killed(folder, work / f"killed{n}.db", dice.uniform(0.05, 1.0) * seconds, whole=whole, count=count)
    if not late:
        return
    most = work / "most"
    most.mkdir()
    for file in sorted(folder.glob("*.txt"))[:-1]:
        (most / file.name).symlink_to(file)
    undisturbed(most, work / "most.db")
    shutil.copy(work / "most.db", work / "late.db")
    seconds = undisturbed(folder, work / "late.db")[1]
    for n in range(late):
        shutil.copy(work / "most.db", work / f"late{n}.db")
        after = dice.uniform(0.2, 1.0) * seconds
        yield _killed(folder, work / f"late{n}.db", after, whole=whole, count=count)


def _killed(folder: Path, dossier: Path, after: float, *, whole: bytes, count: int) -> dict[str, Any]:
    left = killed(folder, dossier, after=after)
    same = undisturbed(folder, dossier)[0] == whole
    for file in dossier.parent.glob(f"{dossier.name}*"):
        file.unlink()
    phase = "starting" if left == 0 else "reading" if left < count else "reconciling or writing"
    return {"after": round(after, 2), "kept": left, "phase": phase, "same": same}


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system in memory that holds so much. Raises PermissionError where none may be mounted."""
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
    if done.returncode:
        raise PermissionError(done.stderr.decode().strip())
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def remounted(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)


def disks(folder: Path, work: Path, whole: bytes, sizes: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Read onto disks that are too small, and onto one that becomes read-only; then, with room, again."""
    for n, size in enumerate((*sizes, "read-only")):
        with small_disk(work / f"disk{n}", "100m" if size == "read-only" else size) as place:
            dossier = place / "crisis.db"
            if size == "read-only":
                few = work / "few"
                few.mkdir()
                for file in sorted(folder.glob("*.txt"))[::2]:
                    (few / file.name).symlink_to(file)
                subprocess.run(reading(few, dossier), check=True, capture_output=True)
                remounted(place, "ro")
            done = subprocess.run(reading(folder, dossier), capture_output=True)
            said = done.stderr.decode().strip().splitlines()
            remounted(place, "rw,size=200m")
            left = kept(dossier) if dossier.exists() else 0
            same = undisturbed(folder, dossier)[0] == whole
        yield {"disk": size, "kept": left, "status": done.returncode, "said": said[-1] if said else "", "same": same}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--late", type=int, default=15, help="more moments, when only one report is new")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sizes", nargs="*", default=["64k", "400k", "2m", "5m"], help="of the full disks")
    given = parser.parse_args()
    begun = time.monotonic()
    with TemporaryDirectory() as name:
        work = Path(name)
        write_reports(work / "reports", given.reports, seed=given.seed)
        rows = []
        for row in kills(work / "reports", work, given.moments, late=given.late, seed=given.seed):
            rows.append(row)
            print(json.dumps(row), file=sys.stderr, flush=True)
        full: list[dict[str, Any]] = []
        try:
            whole, _ = undisturbed(work / "reports", work / "undisturbed.db")
            for row in disks(work / "reports", work, whole, tuple(given.sizes)):
                full.append(row)
                print(json.dumps(row), file=sys.stderr, flush=True)
        except (PermissionError, FileNotFoundError) as err:
            print(f"disks left out: {err}", file=sys.stderr)
    phases = {phase: sum(row["phase"] == phase for row in rows) for phase in sorted({row["phase"] for row in rows})}
    same = sum(row["same"] for row in rows)
    took = round(time.monotonic() - begun)
    figures = {"reports": given.reports, "kills": len(rows), "same": same, "phases": phases, "disks": full}
    print(json.dumps({**figures, "seconds": took}, indent=2))
    return 0 if all(row["same"] for row in (*rows, *full)) else 1


if __name__ == "__main__":
    sys.exit(main())
