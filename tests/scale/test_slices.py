"""The slices of a file together hold what the whole file does."""

from __future__ import annotations

import csv
import gzip
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.collect import collect
from dragoman.collect.reports import Collected
from dragoman.scale import shards, slices
from dragoman.scale.shards import line_edges, plan
from dragoman.scale.slices import Asking, records_between, units

BODY = "The two envoys left {0} on Sunday, and the palace said that talks would go on in June, number {1}."
PAGE = "<html><head><title>Envoys leave {0}</title></head><body><article><p>{1}</p><p>{1}</p></article></body></html>"
ROWS = [
    {"date": f"2031-03-{n % 28 + 1:02}", "text": BODY.format("Karsh", n) + '\n\nAnd, "more"\nof it' * (n % 3),
     "title": f"Envoys {n}"} for n in range(40)
]  # fmt: skip


def table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["date", "text", "title"])
        writer.writeheader()
        writer.writerows(ROWS)


def lines(path: Path) -> None:
    broken = ["{no json", *(json.dumps(row) for row in ROWS), '{"text": ""}']
    path.write_text("\n".join(["", *broken[1:20], broken[0], *broken[20:]]), encoding="utf-8")


def parquet(path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    write_table(pa.Table.from_pylist(ROWS), path, row_group_size=7)


def warc(path: Path) -> None:
    """An archive whose pages hold the beginning of an archive, to mislead who looks for records."""
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for n in range(30):
            body = PAGE.format(n, BODY.format("Karsh", n)).encode() + gzip.compress(b"WARC!") + b"WARC/1.0"
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            url = f"http://news.example/{n}.html"
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            )


def all_of(path: Path) -> list[Collected]:
    asking = Asking(limit=5_000_000, published="2031-01-01")
    return [one for shard in plan([str(path)]) for unit in units(shard, asking) for one in unit.found({})]


def told(found: list[Collected]) -> list[object]:
    return [
        (one.origin, one.report, [r.stage for r in one.rejects], one.report is None and one.rejects) for one in found
    ]


@pytest.mark.parametrize("size", [300, 1000, 5000, 10**7])
@pytest.mark.parametrize(
    ("name", "make"),
    [("a.csv", table), ("a.jsonl", lines), ("a.parquet", parquet), ("a.warc", warc), ("a.warc.gz", warc)],
)  # fmt: skip
def test_slices_hold_what_the_file_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: object, size: int
) -> None:
    make(tmp_path / name)  # type: ignore[operator]
    monkeypatch.setattr(shards, "SLICE", size)
    monkeypatch.setattr(shards, "ROWS", size // 100)
    whole = list(collect([tmp_path / name], published="2031-01-01"))
    assert told(all_of(tmp_path / name)) == told(whole)
    assert sum(one.report is not None for one in whole) >= 30
    if size < 5000:
        assert len(plan([str(tmp_path / name)])) > 2


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(alphabet='a",\n\r', max_size=9), max_size=12), st.integers(1, 12))
def test_tables_are_cut_between_their_rows(cells: list[str], size: int) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([cell] for cell in cells)
    data = out.getvalue().encode()
    before, shards.SLICE = shards.SLICE, size
    try:
        edges = [at for at, _ in line_edges(io.BytesIO(data), quoted=True)]
    finally:
        shards.SLICE = before
    pieces = [data[a:b].decode() for a, b in pairwise(edges)]
    assert "".join(pieces).encode() == data
    read = [row for piece in pieces for row in csv.reader(io.StringIO(piece, newline=""))]
    assert read == list(csv.reader(io.StringIO(out.getvalue(), newline="")))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 4000), max_size=6), st.booleans())
def test_each_record_of_an_archive_is_in_one_range(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], packed: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = folder / ("ranges.warc.gz" if packed else "ranges.warc")
    if not path.exists():
        warc(path)
    data = path.read_bytes()
    edges = sorted({0, *(c % len(data) for c in cuts), len(data)})
    whole = list(records_between(io.BytesIO(data), 0, len(data), most=10**6))
    parts = [r for a, b in pairwise(edges) for r in records_between(io.BytesIO(data), a, b, most=10**6)]
    assert parts == whole
    assert len(whole) == 30


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.booleans(), st.integers(0, 300))
def test_no_bytes_break_the_search_for_records(data: bytes, packed: bool, start: int) -> None:
    junk = (slices.MEMBER if packed else b"WARC/1.0\r\n\r\n") + data
    found = list(records_between(io.BytesIO(junk), start, len(junk), most=100))
    assert all(isinstance(one, bytes) for one in found)


def test_a_file_that_comes_later_changes_only_its_own_group(tmp_path: Path) -> None:
    for n in range(400):
        (tmp_path / f"report-{n:03}.txt").write_text(BODY.format("Karsh", n), encoding="utf-8")
    before = {shard.name for shard in plan([str(tmp_path)])}
    (tmp_path / "report-200b.txt").write_text(BODY.format("Karsh", 9999), encoding="utf-8")
    after = {shard.name for shard in plan([str(tmp_path)])}
    assert len(before) > 3
    assert len(before - after) == 1
