from __future__ import annotations

import gzip
import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from collect.formats import DAY, FIRST, PAGE, ROW, SAMPLES, SECOND, TITLE, URL, array, lines, page, rss, table, warc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.collect import BadInput, Collected, Columns, collect
from dragoman.collect.formats import Asked, reports_in
from dragoman.records import Report

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><description>&c;</description></item></channel></rss>"""


def read(tmp_path: Path, name: str, data: bytes, **more: object) -> list[Collected]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(collect([path], **more))  # type: ignore[arg-type]


def the_report(found: list[Collected]) -> Report:
    (one,) = found
    assert one.report is not None, one.messages
    return one.report


@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_gives_the_same_report(tmp_path: Path, name: str) -> None:
    report = the_report(read(tmp_path, name, SAMPLES[name]()))
    assert f"{FIRST} {SECOND}" in " ".join(report.text.split())
    assert (report.title, report.published) == (TITLE, DAY)


@pytest.mark.parametrize("name", ["dawn.html", "dawn.warc", "dawn.mhtml"])
def test_what_a_page_says_about_itself_is_kept_apart(tmp_path: Path, name: str) -> None:
    report = the_report(read(tmp_path, name, SAMPLES[name]()))
    assert (report.outlet, report.author, report.published_from) == ("Karsh Times", "Ada Moss", "page")
    assert report.modified == "2021-03-04"
    assert "stolen" not in report.text
    assert "newsletter" not in report.text


@pytest.mark.parametrize("name", ["dawn.rss", "dawn.atom", "dawn.warc.gz", "dawn.wacz"])
def test_a_page_from_the_web_is_known_by_its_address(tmp_path: Path, name: str) -> None:
    report = the_report(read(tmp_path, name, SAMPLES[name]()))
    assert (report.origin, report.url) == (URL, URL)
    assert report.id == f"envoys-{report.sha256[:8]}"


@pytest.mark.parametrize("name", ["dawn.csv", "dawn.jsonl", "dawn.parquet"])
def test_a_row_is_known_by_its_table_and_id(tmp_path: Path, name: str) -> None:
    report = the_report(read(tmp_path, name, SAMPLES[name]()))
    assert (report.origin, report.outlet, report.published_from) == (f"{name}#17", "Karsh Times", "column")


def test_columns_can_be_named(tmp_path: Path) -> None:
    data = f"who,when,words\n3,20210302,{FIRST.replace(',', ';')}\n".encode()
    report = the_report(read(tmp_path, "a.csv", data, columns=Columns(text="words", published="when", id="who")))
    assert (report.origin, report.published) == ("a.csv#3", DAY)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"who,words\n1,2\n", "--text-column"),
        ("a.csv", b"", "--text-column"),
        ("a.jsonl", b'{"words": "x"}\n', "--text-column"),
        ("a.jsonl", b"no json\n", "no JSON object"),
        ("a.json", b"[1, 2]", "no array"),
        ("a.parquet", b"PAR1junk", "damaged"),
        ("a.pdf", b"%PDF-1.4 junk", "damaged"),
        ("a.docx", b"PK\x03\x04junk", "damaged"),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\njunk")[:-3], "no report in this gzip"),
        ("a.gz", b"\x1f\x8bjunk", "damaged"),
        ("a.rss", b"<rss></rss>", "no entry"),
        ("a.html", b"<html><body></body></html>", "no report on this page"),
        ("a.eml", b"Subject: x\nMIME-Version: 1.0\n\n", "no text"),
    ],
)
def test_a_broken_file_is_set_aside_with_the_next_step(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    found = read(tmp_path, name, data)
    assert found
    assert all(one.report is None for one in found)
    assert words in " ".join(one.rejects[0].reason for one in found)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.csv", table(), columns=Columns(text="words"))
    assert "no column 'words'" in found.rejects[0].reason
    assert "event_text" in found.rejects[0].reason


def test_one_bad_row_costs_only_itself(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", b"broken\n" + lines() + b'{"id": 18, "event_text": ""}\n' + lines())
    assert [one.report is not None for one in found] == [False, True, False, True]
    assert found[2].rejects[0].report == "a.jsonl#18"


def test_a_date_that_is_none_is_said_and_not_used(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.csv", table().replace(DAY.encode(), b"last May"))
    assert found.report is not None
    assert found.report.published is None
    assert "last May" in found.messages[0]


def test_a_teaser_of_a_feed_names_the_page(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.rss", rss().replace(FIRST.encode(), b"Soon.").replace(SECOND.encode(), b""))
    assert found.rejects[0].report == URL
    assert "--fetch" in found.rejects[0].reason


def test_a_folder_and_a_pattern_give_all_formats_but_notes_and_tables_with_tabs(tmp_path: Path) -> None:
    for name in ("a.html", "b.csv", "c.rss", "dates.tsv", "README.md", "d.jsonl.gz"):
        (tmp_path / name).write_bytes(SAMPLES.get(f"dawn.{name.split('.', 1)[1]}", page)())
    assert [one.origin for one in collect([tmp_path])] == ["a.html", "b.csv#17", URL, "d.jsonl#17"]
    assert [one.origin for one in collect([tmp_path / "*.html"])] == ["a.html"]
    with pytest.raises(BadInput, match="no file fits"):
        list(collect([tmp_path / "*.xyz"]))


def test_progress_counts_the_bytes_of_all_files(tmp_path: Path) -> None:
    for name in ("a.html", "b.csv"):
        (tmp_path / name).write_bytes(SAMPLES[f"dawn.{name[2:]}"]())
    places = [one.at for one in collect([tmp_path])]
    assert places == sorted(places)
    assert places[-1] == sum(path.stat().st_size for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.html", b"<html><body>" + b"<div>" * 100_000 + FIRST.encode()),
        ("wide.html", b"<html><body>" + b"<p>x</p>" * 20_000),
        ("bomb.txt.gz", gzip.compress(bytes(30_000_000))),
        ("deep.json", b"[" * 100_000),
        ("deep.jsonl", b'{"a":' * 100_000),
        ("long.csv", b"text\n" + b"x" * 6_000_000),
        ("entities.rss", LAUGHS),
    ],
)
def test_a_hostile_file_is_bounded(tmp_path: Path, name: str, data: bytes) -> None:
    assert all(one.report is None for one in read(tmp_path, name, data))


def test_a_document_that_unpacks_to_no_end_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + bytes(150_000_000))
    (found,) = read(tmp_path, "bomb.docx", file.getvalue())
    assert "far more" in found.rejects[0].reason


def test_a_page_that_is_too_large_costs_only_itself(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.warc", warc(packed=False), limit=500)
    assert "--limit" in found.rejects[0].reason


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(SAMPLES)), seed=st.integers(0, 10_000))
def test_mutated_files_are_read_or_refused(name: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SAMPLES[name]())
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(1, 60)]
            case _:
                data[at:at] = data[: chance.randrange(60)]
    with suppress(BadInput):
        for found in reports_in(io.BytesIO(bytes(data)), Asked(name=name, limit=1_000_000)):
            assert found.origin


def test_the_samples_are_what_they_are_called() -> None:
    assert array().startswith(b"[")
    assert PAGE.encode() == page()
    assert ROW["event_text"].startswith(FIRST)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_header_of_a_table_tells_what_stands_between_its_cells(tmp_path: Path, separator: str) -> None:
    lines = (("id", "text", "date"), ("7", f'"{FIRST} {SECOND}"', DAY))
    report = the_report(read(tmp_path, "a.csv", "\n".join(map(separator.join, lines)).encode()))
    assert (report.origin, report.published, report.text.strip()) == ("a.csv#7", DAY, f"{FIRST} {SECOND}")


@pytest.mark.parametrize("broken", ['"{}', 'said "{}', '"{}\n"and more', '"so "{}\n{}'])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_an_unclosed_quote_costs_only_its_row(tmp_path: Path, broken: str, at: int) -> None:
    whole = [f'"{FIRST}\n""{SECOND}"" {n}"' for n in range(3)]
    rows = [*whole[:at], broken.replace("{}", FIRST), *whole[at:]]
    found = read(tmp_path, "a.csv", ("text\n" + "\n".join(rows) + "\n").encode())
    texts = [one.report.text for one in found if one.report]
    assert [text for text in texts if "\n" in text] == [row.strip('"').replace('""', '"') for row in whole]
    if broken.count('"') == 1 and broken.startswith('"'):
        (aside,) = (one for one in found if one.report is None)
        assert f"line {2 + 2 * at}" in aside.rejects[0].reason
        assert aside.origin == f"a.csv#{at + 1}"


def test_a_row_with_cells_beyond_its_header_is_set_aside_and_not_cut(tmp_path: Path) -> None:
    rows = f"id,text\n1,{FIRST.replace(',', '')}\n2,The envoys left, the palace said\n3,{FIRST.replace(',', '')},,\n"
    whole, cut, trailing = read(tmp_path, "a.csv", rows.encode())
    assert whole.report is not None
    assert trailing.report is not None  # empty ones come from spreadsheets
    assert cut.report is None
    assert "line 3 has 3 cells where the header has 2" in cut.messages[0]
    assert "quotation marks" in cut.messages[0]
