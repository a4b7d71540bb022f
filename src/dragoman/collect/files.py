"""Finding and loading the files that are to be read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from dragoman.collect.errors import BadInput

LIMIT = 5_000_000  # bytes; a long report has 50,000
GLOB = re.compile(r"[*?\[]")


def expand(paths: Iterable[Path], *, endings: Iterable[str]) -> list[Path]:
    """The files meant: a folder stands for the files in it that have these endings, a pattern for what it fits.

    In order of name; no file comes twice. Raises BadInput for a folder or a pattern without any.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and _ends(p, endings))
            if not inside:
                raise BadInput(
                    f"there is no file in {path} that can be read; name the files themselves: dragoman read {path}/*"
                )
            found += inside
        elif GLOB.search(str(path)) and not path.exists():
            found += _fitting(path)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _ends(path: Path, endings: Iterable[str]) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(tuple(endings))


def _fitting(pattern: Path) -> list[Path]:
    """The files that a pattern fits, for shells that leave it as it is."""
    top = Path(pattern.anchor or ".")
    try:
        inside = sorted(p for p in top.glob(str(pattern.relative_to(pattern.anchor))) if p.is_file())
    except ValueError as err:
        raise BadInput(f"{pattern} is no pattern ({err}); write for example 'reports/**/*.html'") from None
    if not inside:
        raise BadInput(f"no file fits {pattern}; see what is there with: ls {pattern.parent}")
    return inside


@contextmanager
def open_file(path: Path, *, limit: int) -> Iterator[BinaryIO]:
    """A file open for reading, or stdin for `-`, of which no more than `limit` bytes are taken. Raises BadInput."""
    if str(path) == "-":
        yield BytesIO(sys.stdin.buffer.read(limit + 1))
        return
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise BadInput(_missing(path)) from None
    except OSError as err:
        raise BadInput(f"cannot be opened ({err.strerror}); check its permissions with: ls -l {path}") from None
    with file:
        yield file


def size_of(path: Path) -> int:
    """The size of a file in bytes, 0 for one that cannot be seen or for stdin."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _missing(path: Path) -> str:
    """A missing file with the likely cause: a name of nearly the same spelling beside it."""
    from difflib import get_close_matches

    if path.is_symlink():
        return f"it is a link to a file that does not exist; see where it points with: ls -l {path}"
    beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    if near := get_close_matches(path.name, sorted(beside), n=1):
        return f"there is no such file; did you mean {path.parent / near[0]}?"
    return f"there is no such file; see what is there with: ls {path.parent}"
