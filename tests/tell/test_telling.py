"""Boards, briefs and explanations of a small hand-made dossier, hostile words included."""

from __future__ import annotations

import io
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dragoman.records import (
    Actor,
    Attribution,
    Claim,
    Difference,
    Doc,
    Dossier,
    Due,
    Event,
    Evidence,
    Expectation,
    Mention,
    Position,
    Report,
    Span,
    Time,
    Value,
)
from dragoman.tell import board, explain, markdown
from dragoman.tell.footnotes import Footnotes, letter
from dragoman.tell.picture import picture
from dragoman.tell.view import LIMITS, View
from dragoman.tell.words import chain, days, plain, shorten

HOSTILE = "Troops \x1b[31mleft [bold]Gorna[/bold] <script>alert(1)</script> | *now*. The mayor said so."


def report(ident: str, text: str) -> Report:
    cut = text.index(". ") + 1 if ". " in text else len(text)
    sentences = (Span(0, cut), Span(cut + 1, len(text))) if cut < len(text) else (Span(0, cut),)
    return Report(
        id=ident, origin=f"{ident}.txt", text=text, sha256="0" * 64, published="2031-03-11", sentences=sentences
    )


def mention(ident: str, where: str, **more: object) -> Mention:
    return Mention(id=ident, report=where, trigger=Span(7, 12), span=Span(0, 12), type="RETREAT", **more)  # type: ignore[arg-type]


def small() -> Dossier:
    day = Time(text="on Monday", start="2031-03-10", end="2031-03-10", precision="day")
    said = Attribution(source="The mayor", span=None, actor=None, cue="said", kind="named")
    sides = tuple(Value(value=v, reports=(r,), mentions=(m,), spans=(Evidence(r, Span(0, 6)),))
                  for v, r, m in (("Monday", "a", "m1"), ("Tuesday", "b", "m2")))  # fmt: skip
    text = HOSTILE
    return Dossier(
        dragoman="0", model="none", ontology="none", read_at=None,
        reports=(report("a", text), report("b", text)),
        mentions=(mention("m1", "a", time=day), mention("m2", "b", attribution=(said,)), mention("m3", "b")),
        events=(
            Event(id="e1", type="RETREAT", mentions=("m1", "m2"), reports=("a", "b"), independent=2, time=day,
                  headline="Troops left Gorna", was=("e9",), differences=(Difference(slot="time", values=sides),)),
            Event(id="e2", type="RETREAT", mentions=("m3",), reports=("b",), independent=1, headline="Troops left"),
        ),
        claims=(Claim(id="c1", report="a", source="The mayor", source_span=None, actor=None, cue="said", cue_span=None,
                      content=Span(0, 70), direct=True, kind="named"),),
        positions=(Position(id="p1", actor="x", toward="y", stance="opposes", since=None, until=None, evidence=("m1",),
                            reports=("a",)),),
        expectations=(
            Expectation(id="x1", mention="m1", event="e1", due=Due("2031-03-13", "2031-03-13"), status="open"),
        ),
    )  # fmt: skip


def printed(renderable: object = None, *, everything: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=100, force_terminal=False)
    if renderable is None:
        board.render(small(), console, everything=everything)
    else:
        console.print(renderable)
    return out.getvalue()


def test_board_shows_every_section_with_footnotes() -> None:
    text = printed()
    for title in ("They differ", "Only one tells", "Who stands where", "Due", "In their words", "Day by day"):
        assert title in text
    assert "A1 B1" in text
    assert "13 Mar 2031" in text


def test_nothing_of_a_report_reaches_the_terminal_raw() -> None:
    text = printed() + printed(explain.explain(small(), "A1", lambda _: Doc(small().reports[0], ())))
    assert "\x1b" not in text
    assert "[bold]" in text  # shown as words, not taken as markup


def test_brief_escapes_markup_and_resolves_every_footnote() -> None:
    text = markdown.markdown(small())
    assert "<script" not in text.replace("\\<script", "")
    for mark in ("A1", "B1"):
        assert text.count(f"[^{mark}]") >= 2
        assert f"[^{mark}]: " in text


@pytest.mark.parametrize("ident", ["m1", "e1", "e9", "c1", "p1", "x1", "a", "A1", "B2"])
def test_explain_knows_every_id(ident: str) -> None:
    assert printed(explain.explain(small(), ident, lambda _: Doc(small().reports[0], ()))).strip()


@pytest.mark.parametrize("ident", ["", "nothing", "A0", "A9", "Z1"])
def test_explain_refuses_what_is_not_there(ident: str) -> None:
    with pytest.raises(KeyError):
        explain.explain(small(), ident, lambda _: Doc(small().reports[0], ()))


def test_all_shows_what_a_board_holds_back() -> None:
    many = tuple(Event(id=f"e{n}", type="RETREAT", mentions=("m3",), reports=("b",), independent=1) for n in range(40))
    crowd = msgspec.structs.replace(small(), events=many)
    assert picture(crowd).held_back["alone"] == 40 - LIMITS["alone"]
    assert len(picture(crowd, everything=True).alone) == 40


@given(st.text())
def test_plain_is_one_printable_line(text: str) -> None:
    assert not [c for c in plain(text) if unicodedata.category(c).startswith("C")]


@given(st.text(), st.integers(2, 80))
def test_shortened_fits(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_letters_are_unique(a: int, b: int) -> None:
    assert (letter(a) == letter(b)) == (a == b)


@given(st.dates(), st.dates())
def test_days_name_both_ends(a: object, b: object) -> None:
    start, end = sorted((str(a), str(b)))
    assert str(int(end[:4])) in days(start, end)


def test_marks_find_their_sentence() -> None:
    notes = Footnotes(small())
    for ident in ("a", "b"):
        for sentence in notes.reports[ident].sentences:
            assert notes.find(notes.mark(ident, sentence)) == (ident, sentence)


@pytest.mark.parametrize(
    ("source", "actor", "told"),
    [
        ("she", "ilse-brandt", "Ilse Brandt"),
        ("They", None, "somebody unnamed"),
        ("The opposition", "opposition", "the opposition"),
        ("A retired general", None, "a retired general"),
        ("Brandt", "ilse-brandt", "Brandt"),
        ("Theodore", None, "Theodore"),
    ],
)
def test_who_says_so_fits_into_a_line(source: str, actor: str | None, told: str) -> None:
    names = {"ilse-brandt": "Ilse Brandt", "opposition": "opposition"}
    link = Attribution(source=source, span=None, actor=actor, cue="said", kind="named")
    assert chain([link], names.__getitem__) == told
    assert chain([link]) == source


def test_who_says_so_is_not_said_twice() -> None:
    event = small().events[0]
    says = "The mayor"
    told = msgspec.structs.replace(small().mentions[0], id="only", attribution=(
        Attribution(source=says, span=None, actor=None, cue="said", kind="named"),))  # fmt: skip
    for headline, note in (("Troops left", "according to the mayor"), ("Troops left, according to the mayor", "")):
        one = msgspec.structs.replace(event, mentions=("only",), headline=headline, by="rule")
        row = View(msgspec.structs.replace(small(), events=(one,), mentions=(told,))).row(one)
        assert row.note.endswith(note)
        assert ("mayor" in row.note) is bool(note)


def test_a_state_does_not_stand_beside_those_who_act_for_it() -> None:
    people = tuple(
        Actor(id=ident, name=ident, kind=kind, aliases=(), country=country, sector=None, roles=())
        for ident, kind, country in (
            ("karsh", "state", "KAR"),
            ("cabinet", "organization", "KAR"),
            ("vell", "state", "VEL"),
        )
    )
    for evidence, sides in ((("m1",), ["cabinet", "vell"]), (("m1", "m2"), ["cabinet", "karsh", "vell"])):
        stances = tuple(
            Position(id=a.id, actor=a.id, toward="x", stance="opposes", since=None, until=None, reports=("a",),
                     evidence=evidence if a.id == "karsh" else ("m1",))
            for a in people
        )  # fmt: skip
        (side,) = View(msgspec.structs.replace(small(), actors=people, positions=stances)).sides()
        assert [name for name, _ in side.actors] == sides


def test_one_is_not_many() -> None:
    event = msgspec.structs.replace(small().events[0], differences=(), added=(), mentions=("m1",))
    one = Dossier(dragoman="0", model="none", ontology="none", read_at=None, reports=small().reports[:1],
                  events=(event,), mentions=small().mentions[:1])  # fmt: skip
    console = Console(file=io.StringIO(), width=100)
    board.render(one, console)
    assert "1 report, 1 mention, 1 event\n" in console.file.getvalue()  # type: ignore[attr-defined]
