"""Shards: deterministic slices of the input, each of which becomes one part.

A table of lines (JSON lines, CSV) and a web archive are cut by bytes, Parquet by rows, other large files are a shard
each; small files go together. Where a group of small files ends is told by their names alone, so that files that are
added later change no group but their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import BinaryIO, Literal

from msgspec import Struct

from dragoman.collect import ENDINGS, BadInput
from dragoman.scale.places import opened, reading

GROUP = 50  # small files in a shard, about
MOST = 8 * GROUP  # … at most
SMALL, HEAVY = 1_000_000, 4_000_000  # bytes: of a small file, and of a group of them
SLICE = 2_000_000  # bytes of a table of lines or of a web archive
ROWS = 500  # of a Parquet table
BLOCK = 1 << 20
STAMPS = ("ETag", "etag", "mtime", "LastModified", "created")  # what file systems tell of a file that changes with it

Cut = Literal["files", "lines", "rows", "records"]


class Shard(Struct, frozen=True, kw_only=True):
    """A slice of the input; `name` is the name of its part."""

    name: str
    cut: Cut
    files: tuple[str, ...]  # addresses
    start: int = 0  # bytes, or rows
    end: int | None = None
    first: int = 1  # number of the first row in it
    size: int = 0  # bytes, about


class _File(Struct, frozen=True):
    """A file of the input as its file system knows it."""

    url: str
    size: int
    stamp: str  # changes when the file does


def plan(inputs: Iterable[str]) -> list[Shard]:
    """All shards of the files, folders and patterns given, in order. Raises BadInput for what is not there."""
    found = {file.url: file for given in inputs for file in _files(given)}
    shards: list[Shard] = []
    group: list[_File] = []
    for file in sorted(found.values(), key=lambda f: f.url):
        cut = _cut(file)
        if cut is None and file.size <= SMALL:
            group.append(file)
            if _ends(group):
                shards.append(_grouped(group))
                group = []
        else:
            shards += _sliced(file, cut) if cut is not None else [_grouped([file])]
    return [*shards, _grouped(group)] if group else shards


def _files(given: str) -> Iterator[_File]:
    fs, path = opened(given)
    if any(c in path for c in "*?["):
        names = sorted(fs.glob(path))
        if not names:
            raise BadInput(f"no file fits {given}; see what is there with: ls")
    elif fs.isdir(path):
        names = [n for n in sorted(fs.find(path)) if n.lower().removesuffix(".gz").endswith(ENDINGS)]
        if not names:
            raise BadInput(f"there is no file in {given} that can be read; name the files themselves")
    else:
        names = [path]
    for name in names:
        try:
            about = fs.info(name)
        except FileNotFoundError:
            raise BadInput(f"there is no file {given}; see what is there with: ls") from None
        if about["type"] == "file":
            stamp = next((str(about[key]) for key in STAMPS if key in about), "")
            yield _File(fs.unstrip_protocol(name), about["size"] or 0, stamp)


def _ends(group: Sequence[_File]) -> bool:
    """Whether a group of small files is full, or its last one's name says so."""
    last = group[-1].url.rpartition("/")[2]
    return (
        len(group) >= MOST
        or sum(f.size for f in group) >= HEAVY
        or int.from_bytes(sha256(last.encode()).digest()[:4]) % GROUP == 0
    )


def _cut(file: _File) -> Cut | None:
    """How a file can be cut, None for one that cannot."""
    name = file.url.lower()
    if name.endswith((".jsonl", ".ndjson", ".csv", ".tsv")):
        return "lines"
    if name.endswith(".parquet"):
        return "rows"
    return "records" if name.endswith((".warc", ".warc.gz")) else None


def _sliced(file: _File, cut: Cut) -> list[Shard]:
    with reading(file.url) as stream:
        if cut == "rows":
            from pyarrow.parquet import ParquetFile

            try:
                many = ParquetFile(stream).metadata.num_rows
            except Exception:  # it is no Parquet: reading it says so
                return [_grouped([file])]
            edges = [(at, at + 1) for at in (*range(0, many or 1, ROWS), many)]
        elif cut == "lines":
            if stream.read(1) == b"[":  # one array, whatever it is named
                return [_grouped([file])]
            stream.seek(0)
            edges = list(line_edges(stream, quoted=not file.url.lower().endswith(("jsonl", "ndjson"))))
        else:
            edges = [(at, 1) for at in (*range(0, file.size or 1, SLICE), file.size)]
    if len(edges) < 3:
        return [_grouped([file])]  # whole files are opened as what they are
    made = []
    for (start, first), (end, _) in pairwise(edges):
        name = _name([file], f"{cut} {start}-{end}")
        size = end - start if cut != "rows" else file.size * (end - start) // max(edges[-1][0], 1)
        made.append(Shard(name=name, cut=cut, files=(file.url,), start=start, end=end, first=first, size=size))
    return made


def line_edges(stream: BinaryIO, *, quoted: bool) -> Iterator[tuple[int, int]]:
    """Where a table of lines may be cut: (byte, number of the line that begins there), the end last.

    A line break between quotation marks is none (`quoted`, CSV): up to it stands an odd number of marks.

    >>> from io import BytesIO
    >>> list(line_edges(BytesIO(b"one\\ntwo\\n"), quoted=False))
    [(0, 1), (8, 3)]
    """
    at = cut = marks = 0
    line = 1
    yield 0, 1
    while block := stream.readline(BLOCK):
        at += len(block)
        marks += block.count(b'"') if quoted else 0
        if block.endswith(b"\n") and marks % 2 == 0:
            line += bool(block.strip())  # a blank line is no row
            if at >= cut + SLICE:
                yield at, line
                cut = at
    if at > cut:
        yield at, line


def _grouped(files: Sequence[_File]) -> Shard:
    urls = tuple(f.url for f in files)
    return Shard(name=_name(files, "whole"), cut="files", files=urls, size=sum(f.size for f in files))


def _name(files: Sequence[_File], how: str) -> str:
    """The name of a part: its first file's, and a digest of what is in it."""
    stem = files[0].url.rpartition("/")[2].partition(".")[0][:24]
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in stem)
    told = "\n".join([how, *(f"{f.url} {f.size} {f.stamp}" for f in files)])
    return f"{plain or 'part'}-{sha256(told.encode()).hexdigest()[:12]}"
