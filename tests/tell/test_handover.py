"""Every format that a dossier is handed over in, read with the format's own reader."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import crises
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from dragoman.cli import dragoman
from dragoman.cli.export import NAMES
from dragoman.records import Dossier
from dragoman.tell.brief import brief
from dragoman.tell.handover import FORMATS, Unavailable

HOSTILE = '=HYPERLINK("http://a.example") <script>alert(1)</script> \x1b[31m\u202e'


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return crises.dossier("oravia")


def written(dossier: Dossier, form: str, *, everything: bool = False) -> bytes:
    try:
        return FORMATS[form].written(dossier, crises.knowledge_of("oravia"), everything=everything)
    except Unavailable as err:
        if form != "pdf":  # the others need nothing that pip cannot bring
            raise
        pytest.skip(str(err))


@pytest.fixture(scope="module")
def hostile(dossier: Dossier) -> Dossier:
    """The dossier with a headline, a name and an outlet that mean no good."""
    return replace(
        dossier,
        events=tuple(replace(e, headline=HOSTILE) for e in dossier.events),
        actors=tuple(replace(a, name=HOSTILE) for a in dossier.actors),
        reports=tuple(replace(r, outlet=HOSTILE) for r in dossier.reports),
    )


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_dossier_gives_the_same_bytes(dossier: Dossier, form: str) -> None:
    assert written(dossier, form) == written(dossier, form)


def test_a_pdf_has_no_clock_and_leaves_none(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    later = written(dossier, "pdf")
    assert "SOURCE_DATE_EPOCH" not in os.environ
    monkeypatch.undo()
    assert written(dossier, "pdf") == later


def test_the_command_offers_every_format() -> None:
    assert set(NAMES) == set(FORMATS)


@pytest.mark.parametrize("form", ["html", "timeline", "docx", "xlsx", "pdf"])
def test_what_reports_say_stays_text(hostile: Dossier, form: str) -> None:
    data = written(hostile, form)
    if form in ("html", "timeline"):
        assert b"<script>" not in data
        assert "\u202e".encode() not in data
    elif form == "pdf":
        text = " ".join(page.extract_text() for page in read_pdf(data).pages)
        assert "<script>" in text
        assert "alert(1)" in text
    elif form == "docx":
        from docx import Document

        assert any("<script>" in p.text for p in Document(io.BytesIO(data)).paragraphs)
    else:
        from openpyxl import load_workbook

        cells = [c for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for c in row]
        assert any(str(c.value).startswith("=HYPERLINK") for c in cells)
        assert not [c for c in cells if c.data_type == "f" or c.hyperlink]


def test_the_page_is_whole_and_every_mark_leads_somewhere(dossier: Dossier) -> None:
    ids, links, loads = set(), set(), []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            ids.add(given.get("id"))
            links.add((given.get("href") or "").removeprefix("#"))
            if tag in ("script", "img", "link", "iframe") or "src" in given:
                loads.append(tag)

    Reader().feed(written(dossier, "html").decode())
    assert not loads
    assert links - {""} <= ids


def read_pdf(data: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(data))


@pytest.mark.parametrize("everything", [False, True])
def test_the_paper_is_a4_and_each_mark_leads_to_the_sentence_at_the_foot_of_a_page(
    dossier: Dossier, everything: bool
) -> None:
    paper = read_pdf(written(dossier, "pdf", everything=everything))
    assert len(paper.pages) >= 2
    assert all(round(float(p.mediabox.width)) == 595 and round(float(p.mediabox.height)) == 842 for p in paper.pages)
    texts = [" ".join(page.extract_text().split()) for page in paper.pages]
    named, links = paper.named_destinations, [
        link.get_object()["/Dest"] for page in paper.pages for link in page.get("/Annots", ())
    ]  # fmt: skip
    told = brief(dossier, everything=everything)
    assert {mark for mark, _, _ in told.notes} <= set(named)
    assert links
    assert set(links) <= set(named)
    index = " ".join(texts).partition("Where the sentences stand")[2]
    for mark, outlet, words in told.notes:
        page = paper.get_destination_page_number(named[mark])
        assert f"{mark}{outlet}: “{words[:40]}"[:50].replace(" ", "") in texts[page].replace(" ", ""), mark
        assert f"{mark} p. {page + 1}" in index


def test_without_the_system_library_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libgobject-2.0-0')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    with pytest.raises(Unavailable, match=r"Pango.*libpango.*html"):
        FORMATS["pdf"].written(crises.dossier("oravia"), crises.knowledge_of("oravia"))


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Unavailable, match=r"pip install 'dragoman\[pdf\]'"):
        FORMATS["pdf"].written(crises.dossier("oravia"), crises.knowledge_of("oravia"))


def test_the_document_opens_and_holds_the_brief(dossier: Dossier) -> None:
    from docx import Document

    document = Document(io.BytesIO(written(dossier, "docx")))
    headings = [p.text for p in document.paragraphs if str(p.style.name).startswith("Heading")]
    assert "Where they differ" in headings
    assert headings[-1] == "The sentences"
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_the_workbook_opens_with_its_codes_as_text(dossier: Dossier) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(written(dossier, "xlsx")))
    assert book.sheetnames == ["Events", "Differences", "Mentions", "Claims", "Codebook"]
    rows = list(book["Mentions"].iter_rows(values_only=True))
    assert len(rows) == len(dossier.mentions) + 1
    codes = [row[rows[0].index("cameo")] for row in rows[1:]]
    assert all(code is None or isinstance(code, str) for code in codes)
    assert any(code and code.startswith("0") for code in codes)
    assert len(list(book["Codebook"].rows)) == 41


def test_the_parquet_file_is_typed(dossier: Dossier) -> None:
    from pyarrow.parquet import read_table

    table = read_table(io.BytesIO(written(dossier, "parquet"))).to_pylist()
    assert [row["mention"] for row in table] == [m.id for m in dossier.mentions]
    assert any(isinstance(row["start"], date) for row in table)
    assert any(len(row["actor"]) > 1 for row in table)
    sentences = {row["mention"]: row["sentence"] for row in table}
    reports = {r.id: r for r in dossier.reports}
    for mention in dossier.mentions:
        assert " ".join(mention.trigger.of(reports[mention.report].text).split()) in sentences[mention.id]


def test_the_network_is_read_by_networkx(dossier: Dossier) -> None:
    import networkx

    graph = networkx.read_graphml(io.BytesIO(written(dossier, "graphml", everything=True)))
    assert graph.is_directed()
    names = {actor.id: actor.name for actor in dossier.actors}
    assert all(data["name"] == names[node] for node, data in graph.nodes(data=True))
    pairs = {(a, r, e.type) for e in dossier.events for a in e.actor for r in e.recipient}
    assert pairs <= {(one, other, data["type"]) for one, other, data in graph.edges(data=True)}


def test_annotations_give_their_words_back(dossier: Dossier) -> None:
    page = json.loads(written(dossier, "annotations"))
    texts = {f"urn:dragoman:{r.id}": r.text for r in dossier.reports}
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == len(dossier.mentions) + len(dossier.claims)
    for item in page["items"]:
        place, quote = item["target"]["selector"]
        text = texts[item["target"]["source"]]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])


def test_the_timeline_has_a_slide_for_every_dated_event(dossier: Dossier) -> None:
    slides = json.loads(written(dossier, "timeline", everything=True))["events"]
    assert {s["unique_id"] for s in slides} == {e.id for e in dossier.events if e.time and e.time.start}
    assert all({"year", "month", "day"} == set(s["start_date"]) for s in slides)


def test_entities_are_what_follow_the_money_takes(dossier: Dossier) -> None:
    from followthemoney import model

    lines = [json.loads(line) for line in written(dossier, "ftm", everything=True).splitlines()]
    entities = [model.get_proxy(line) for line in lines]
    ids = {entity.id for entity in entities}
    for line, entity in zip(lines, entities, strict=True):
        assert entity.schema.name == line["schema"]
        for name, values in line["properties"].items():
            assert set(entity.get(name)) == set(values), f"{line['schema']}.{name}"
        assert {i for prop in ("involved", "organizer", "proof") for i in entity.get(prop, quiet=True)} <= ids
    assert {e.schema.name for e in entities} >= {"Article", "Event", "Person"}


def test_statements_are_read_back_as_the_entities(dossier: Dossier) -> None:
    from followthemoney import model
    from followthemoney.statement.serialize import read_csv_statements

    data = written(dossier, "ftm-statements")
    statements = list(read_csv_statements(io.BytesIO(data)))
    entities = [json.loads(line) for line in written(dossier, "ftm").splitlines()]
    said = {(s.entity_id, s.prop, s.value) for s in statements if s.prop != "id"}
    assert said == {(e["id"], prop, v) for e in entities for prop, vs in e["properties"].items() for v in vs}
    for row in csv.DictReader(io.StringIO(data.decode())):
        prop = model.schemata[row["schema"]].get(row["prop"])
        assert row["prop_type"] == ("id" if row["prop"] == "id" else prop.type.name if prop else "")


def test_the_command_writes_a_file_and_says_where(tmp_path: Path, dossier: Dossier) -> None:
    path, out = crises.write("oravia", tmp_path / "o.db"), tmp_path / "brief.html"
    done = CliRunner().invoke(dragoman, ["export", str(path), "--as", "html", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"<!DOCTYPE html>")
    gone = CliRunner().invoke(dragoman, ["export", str(path), "--as", "html", "-o", str(tmp_path / "no" / "x.html")])
    assert gone.exit_code == 1
    assert "cannot be written" in gone.output
