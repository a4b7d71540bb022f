"""`python -m evals.floors [--fast]`: measures what `evals/floors.toml` pins, and fails where it got worse.

Floors on our own examples are always checked; the others where their data lies. A floor lower than the one committed at
git HEAD, or gone, is refused unless a `reason` is given.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from evals.__main__ import evaluate
from evals.task import ROOT, Options, data_root

FILE = ROOT / "evals" / "floors.toml"


class Floor(Struct, frozen=True, kw_only=True):
    """One pinned metric of a task on a file."""

    task: str
    file: str
    metric: str
    floor: float
    measured: float
    date: datetime.date
    fast: bool = False
    reason: str = ""  # why it is lower than it was
    actors: tuple[str, ...] = ()  # files given as --actors and --agents
    agents: tuple[str, ...] = ()
    half: str = ""  # even or odd, by md5 of id or doc

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.task, self.file, self.half, self.metric)))

    @property
    def path(self) -> Path:
        """Our own files lie in the repository, the others in the data folder."""
        own = ROOT / self.file
        return own if own.is_file() else data_root() / self.file


def parse(text: str) -> list[Floor]:
    """The floors of a TOML text."""
    return msgspec.convert(tomllib.loads(text).get("floor", []), list[Floor])


def committed() -> list[Floor]:
    """The floors at git HEAD; none where there is no repository or no such file in it."""
    shown = subprocess.run(
        ["git", "show", f"HEAD:{FILE.relative_to(ROOT)}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return parse(shown.stdout) if shown.returncode == 0 else []


def lowered(now: Sequence[Floor], before: Sequence[Floor]) -> list[str]:
    """A line for each floor that is lower than before, or gone, without a reason of its own."""
    mine = {floor.key: floor for floor in now}
    found = []
    for old in before:
        new = mine.get(old.key)
        name = " ".join(old.key)
        if new is None:
            found.append(f"{name}: the floor {old.floor} is gone; keep it, or lower it to 0 with a reason")
        elif new.floor < old.floor and (not new.reason or new.reason == old.reason):
            found.append(f'{name}: lowered from {old.floor} to {new.floor}; give a reason = "…" beside it')
    return found


def measure(floors: Sequence[Floor]) -> list[str]:
    """Measure floors, print a line for each, and return a line for each that does not hold."""
    groups: dict[tuple[str, ...], list[Floor]] = {}
    for floor in floors:
        groups.setdefault((floor.task, floor.file, floor.half), []).append(floor)
    broken = []
    for (task, *_), group in groups.items():
        options = Options(
            actors=tuple(data_root() / name for name in group[0].actors),
            agents=tuple(data_root() / name for name in group[0].agents),
            half=group[0].half,
        )
        result = evaluate(task, [str(group[0].path)], options=options)
        for floor in group:
            value = result["metrics"][floor.metric]
            line = f"{' '.join(floor.key)}: {value:.4f} (floor {floor.floor}, {floor.measured} on {floor.date})"
            print(line, flush=True)
            if value < floor.floor:
                broken.append(line)
    return broken


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.floors", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="only those that take seconds")
    given = parser.parse_args(arguments)
    floors = parse(FILE.read_text(encoding="utf-8"))
    if refused := lowered(floors, committed()):
        print("\n".join(refused), file=sys.stderr)
        return 1
    chosen = [floor for floor in floors if floor.fast or not given.fast]
    there = [floor for floor in chosen if floor.path.is_file()]
    if missing := sorted({str(floor.path) for floor in chosen} - {str(floor.path) for floor in there}):
        where = data_root() if not data_root().is_dir() else ", ".join(missing)
        print(f"floors not checked: no data at {where} (evals/DATA.md says where it can be had)")
    if broken := measure(there):
        print("\nbelow the floor:\n" + "\n".join(broken), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
