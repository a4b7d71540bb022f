"""The reports of a shard, as `collect` would find them in the whole files."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from msgspec import Struct

from dragoman.collect import BadInput, Columns
from dragoman.collect.dates import Published
from dragoman.collect.formats import Asked, reports_in
from dragoman.collect.reports import Collected, judged, refused
from dragoman.scale.places import reading
from dragoman.scale.shards import ROWS, Shard

MEMBER = b"\x1f\x8b\x08"  # how a packed record begins
BLOCK = 1 << 20


class Asking(Struct, frozen=True, kw_only=True):
    """What is asked of the input besides its files; the fields are those of `dragoman read`'s options."""

    limit: int
    published: str | None = None
    dates: dict[str, Published] = {}
    columns: Columns = Columns()


class Unit(Struct, frozen=True):
    """A part of a shard that is opened by itself: a file, a record of an archive, a stretch of a table."""

    origin: str
    found: Callable[[Mapping[int, str]], Iterator[Collected]]  # of reports that are not to be opened, what is told


def units(shard: Shard, asking: Asking) -> Iterator[Unit]:
    """What is in a shard, in its order; nothing is opened before it is asked for."""
    if shard.cut == "files":
        for url in shard.files:
            yield Unit(named(url), lambda spoilt, url=url: _whole(url, asking, spoilt))  # type: ignore[misc]
        return
    [url] = shard.files
    if shard.cut == "records":
        with reading(url) as stream:
            for data in records_between(stream, shard.start, shard.end or 0, most=20 * asking.limit):
                yield Unit(named(url), lambda spoilt, data=data: _record(data, url, asking, spoilt))  # type: ignore[misc]
    else:
        cut = _lines if shard.cut == "lines" else _rows
        yield Unit(named(url), lambda spoilt: cut(shard, asking, spoilt))


def named(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _whole(url: str, asking: Asking, spoilt: Mapping[int, str]) -> Iterator[Collected]:
    try:
        with reading(url) as stream:
            yield from _collected(stream, _asked(url, asking, spoilt), asking)
    except OSError as err:
        yield refused(named(url), f"it cannot be opened ({err})")


def _asked(url: str, asking: Asking, spoilt: Mapping[int, str], *, first: int = 1) -> Asked:
    return Asked(name=named(url), limit=asking.limit, columns=asking.columns, spoilt=spoilt, first=first)


def _collected(stream: BinaryIO, asked: Asked, asking: Asking, *, after: int = 0) -> Iterator[Collected]:
    """The reports of a stream, those before `after` left out."""
    listed = asking.dates.get(asked.name)
    try:
        for number, found in enumerate(reports_in(stream, asked)):
            if number >= after:
                yield judged(found, listed=listed, default=asking.published)
    except BadInput as err:
        yield refused(asked.name, str(err))


def _lines(shard: Shard, asking: Asking, spoilt: Mapping[int, str]) -> Iterator[Collected]:
    """Lines of a table, after its first, which tells the columns: of CSV the header, of JSON lines the first object."""
    [url] = shard.files
    objects = url.lower().endswith(("jsonl", "ndjson"))
    with reading(url) as stream:
        head = next((line for line in stream if line.strip()), b"") if shard.start else b""
        stream.seek(shard.start)
        data = BytesIO(head + stream.read((shard.end or 0) - shard.start))
    first, after = shard.first - 1 if shard.start else 1, int(objects and shard.start > 0)
    spoilt = {first - 1 + after + at: what for at, what in spoilt.items()}
    yield from _collected(data, _asked(url, asking, spoilt, first=first), asking, after=after)


def _rows(shard: Shard, asking: Asking, spoilt: Mapping[int, str]) -> Iterator[Collected]:
    """Rows of a Parquet table, of those row groups alone that have them."""
    from pyarrow import BufferOutputStream, Table
    from pyarrow.parquet import ParquetFile, write_table

    [url] = shard.files
    start, end = shard.start, shard.end or 0
    with reading(url) as stream:
        table = ParquetFile(stream)
        groups: list[int] = []
        at = begin = 0
        for n in range(table.num_row_groups):
            many = table.metadata.row_group(n).num_rows
            if at < end and at + many > start:
                begin = at if not groups else begin
                groups.append(n)
            at += many
        taken, at = [], begin
        for batch in table.iter_batches(batch_size=ROWS, row_groups=groups):
            low, high = max(start - at, 0), min(end - at, batch.num_rows)
            if low < high:
                taken.append(batch.slice(low, high - low))
            at += batch.num_rows
        out = BufferOutputStream()
        write_table(Table.from_batches(taken, schema=table.schema_arrow), out)
    spoilt = {start + at: what for at, what in spoilt.items()}
    yield from _collected(BytesIO(out.getvalue()), _asked(url, asking, spoilt, first=start + 1), asking)


def _record(data: bytes, url: str, asking: Asking, spoilt: Mapping[int, str]) -> Iterator[Collected]:
    from dragoman.collect.formats.warc import records

    asked = _asked(url, asking, spoilt)
    listed = asking.dates.get(asked.name)
    try:
        for found in records(BytesIO(data), asked):
            yield judged(found, listed=listed, default=asking.published)
    except Exception as err:  # whatever a library throws at a damaged record, the others are read
        yield refused(asked.name, f"a record of the archive is damaged ({type(err).__name__}); fetch it again")


def records_between(stream: Any, start: int, end: int, *, most: int) -> Iterator[bytes]:
    """The records of a web archive that begin in [start, end), packed or not; of one above `most` bytes only those.

    A packed record is a gzip member of its own; where one begins is found by trying.
    """
    stream.seek(0)
    packed = stream.read(3) == MEMBER
    find, whole = (_member_from, _member) if packed else (_header_from, _plain)
    at = find(stream, start, end)
    while at is not None and at < end:
        data, after = whole(stream, at, most)
        if data:
            yield data
        at = after if after is not None else find(stream, at + 1, end)


def _member_from(stream: Any, start: int, end: int) -> int | None:
    """Where the first packed record at or after `start` begins."""
    return next((at for at in _spots(stream, start, end, MEMBER) if _is_record(stream, at)), None)


def _is_record(stream: Any, at: int) -> bool:
    stream.seek(at)
    try:
        return zlib.decompressobj(31).decompress(stream.read(4096), 5) == b"WARC/"
    except zlib.error:
        return False


def _header_from(stream: Any, start: int, end: int) -> int | None:
    if start == 0:
        return 0
    found = next(_spots(stream, max(start - 4, 0), end, b"\r\n\r\nWARC/1."), None)
    return None if found is None else found + 4


def _spots(stream: Any, start: int, end: int, mark: bytes) -> Iterator[int]:
    """Where in [start, end) these bytes stand."""
    at = start
    while at < end:
        stream.seek(at)
        block = stream.read(BLOCK + len(mark) - 1)
        if not block:
            return
        spot = block.find(mark)
        while spot >= 0 and spot < BLOCK and at + spot < end:
            yield at + spot
            spot = block.find(mark, spot + 1)
        at += BLOCK


def _member(stream: Any, at: int, most: int) -> tuple[bytes, int | None]:
    """A packed record as it is, and where the next begins."""
    stream.seek(at)
    raw: list[bytes] = []
    inflate, size = zlib.decompressobj(31), 0
    while not inflate.eof:
        block = stream.read(65536)
        if not block:
            return b"".join(raw), at + size  # broken off; reading it says so
        try:
            rest = block
            while rest and not inflate.eof:
                inflate.decompress(rest, BLOCK)
                rest = inflate.unconsumed_tail
        except zlib.error:
            return b"".join([*raw, block])[:most], None
        used = len(block) - len(inflate.unused_data)
        size += used
        if size <= most:
            raw.append(block[:used])
    return b"".join(raw), at + size


def _plain(stream: Any, at: int, most: int) -> tuple[bytes, int | None]:
    """An unpacked record, and where the next begins: its header tells its length."""
    stream.seek(at)
    head = stream.read(65536)
    stop = head.find(b"\r\n\r\n")
    if not head.startswith(b"WARC/") or stop < 0:
        return b"", None
    fields = (line.partition(b":") for line in head[:stop].split(b"\r\n"))
    length = next((value for name, _, value in fields if name.strip().lower() == b"content-length"), b"")
    if not length.strip().isdigit():
        return b"", None
    size = stop + 4 + int(length) + 4
    stream.seek(at)
    return stream.read(min(size, most)), at + size
