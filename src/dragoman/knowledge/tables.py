"""Reading knowledge: tab-separated tables whose header comment says what each column means.

A table starts with `#` lines (its codebook), then one line of column names, then rows. A user's own file of the same
shape extends the shipped one; a first line `# replace` makes it stand alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec

Row = TypeVar("Row", bound=msgspec.Struct)


class Kept(msgspec.Struct, frozen=True):
    """A table of the user's own whose text a dossier keeps; it is read as the file would be."""

    name: str
    text: str

    def __str__(self) -> str:
        return self.name

    def read_text(self, encoding: str = "utf-8") -> str:
        return self.text

    def read_bytes(self) -> bytes:
        return self.text.encode()


Source = Path | Kept


class TableError(ValueError):
    """A knowledge file that cannot be read; the message names file, line and column."""


def shipped(name: str) -> str:
    """The text of a knowledge file in the package.

    >>> shipped("countries.tsv").startswith("#")
    True
    """
    return files("dragoman.knowledge").joinpath(name).read_text(encoding="utf-8")


def text_of(source: Source) -> str:
    """The text of a user's own table. Raises TableError when it is none."""
    try:
        return source.read_text(encoding="utf-8")
    except UnicodeDecodeError as err:
        raise TableError(f"{source}: it is not in UTF-8 (byte {err.start}); save it again as UTF-8 text") from None


def parse(text: str, row: type[Row], *, where: str) -> list[Row]:
    """The rows of a table as records of type `row`; empty cells take the field's default.

    Raises TableError with the line number when a column is unknown or a value does not fit.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    columns = lines[0][1].split("\t")
    if unknown := [c for c in columns if c not in row.__struct_fields__]:
        known = ", ".join(row.__struct_fields__)
        raise TableError(f"{where}:{lines[0][0]}: unknown column {unknown[0]!r}; known: {known}")
    found = []
    for number, line in lines[1:]:
        cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE))
        values = {c: v.strip() for c, v in zip(columns, cells) if v.strip()}
        try:
            found.append(msgspec.convert(values, row, strict=False))
        except msgspec.ValidationError as err:
            raise TableError(f"{where}:{number}: {err}") from None
    return found


def rows(name: str, row: type[Row], *, extra: Iterable[Source] = ()) -> list[Row]:
    """The shipped table `name`, extended (or replaced) by a user's files of the same shape."""
    found = parse(shipped(name), row, where=name)
    for path in extra:
        text = text_of(path)
        mine = parse(text, row, where=str(path))
        found = mine if text.startswith("# replace") else found + mine
    return found
