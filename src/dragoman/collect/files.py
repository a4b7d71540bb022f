"""Finding and loading the files that are to be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from dragoman.collect.errors import BadInput

LIMIT = 5_000_000  # bytes; a long report has 50,000


def expand(paths: Iterable[Path]) -> list[Path]:
    """The files meant: a folder stands for the .txt files in it, in order of name; no file comes twice.

    Raises BadInput for a folder without any.
    """
    found: list[Path] = []
    for path in paths:
        if str(path) == "-" or not path.is_dir():
            found.append(path)
            continue
        inside = sorted(p for p in path.rglob("*.txt") if p.is_file())
        if not inside:
            raise BadInput(f"there are no .txt files in {path}; name the files themselves: dragoman read {path}/*")
        found += inside
    return list(dict.fromkeys(found))


def load(path: Path, *, limit: int) -> bytes:
    """The bytes of a file, or of stdin for `-`. Raises BadInput; never holds more than `limit` bytes."""
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with path.open("rb") as file:
                data = file.read(limit + 1)
    except FileNotFoundError:
        raise BadInput(_missing(path)) from None
    except OSError as err:
        raise BadInput(f"cannot be opened ({err.strerror}); check its permissions with: ls -l {path}") from None
    if len(data) > limit:
        raise BadInput(
            f"larger than {limit / 1e6:g} MB, so hardly one report; split it, or raise the limit with --limit MB"
        )
    return data


def _missing(path: Path) -> str:
    """A missing file with the likely cause: a name of nearly the same spelling beside it."""
    from difflib import get_close_matches

    if path.is_symlink():
        return f"it is a link to a file that does not exist; see where it points with: ls -l {path}"
    beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    if near := get_close_matches(path.name, sorted(beside), n=1):
        return f"there is no such file; did you mean {path.parent / near[0]}?"
    return f"there is no such file; see what is there with: ls {path.parent}"
