"""What `make demo` prints, for the README."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def demo(width: int = 100) -> str:
    """The board of the Oravia example, as a terminal of `width` columns shows it without colour."""
    folder = Path("examples/oravia")
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / folder).glob("*.txt"))
    options = ["--dates", str(folder / "dates.tsv"), "--actors", str(folder / "actors.tsv"), "--quiet"]
    environment = {**os.environ, "COLUMNS": str(width), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "dragoman", "read", *files, *options]
    shown = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    return "".join(line.rstrip() + "\n" for line in shown.splitlines())
