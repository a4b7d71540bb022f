"""Numbers and places on sentences of our own.

Numbers: `words | value low high unit`; places: `words | country name`; `not` before a text that is none of them.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Doc, Mention, Report, Sentence, Word
from dragoman.understand import draft
from dragoman.understand.clauses import find_clauses
from dragoman.understand.counting.amounts import digits
from dragoman.understand.draft import Draft
from dragoman.understand.numbers import count, number_mentions
from dragoman.understand.places import locate, place_mentions

FIXTURES = Path(__file__).parent.parent / "fixtures" / "understand"
KNOWLEDGE = Knowledge()


def cases(name: str) -> list[tuple[str, str]]:
    text = (FIXTURES / name).read_text(encoding="utf-8").strip()
    return [(t, e) for t, _, e in (case.partition("\n---\n") for case in text.split("\n===\n"))]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str) -> Draft:
    report = Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option")
    return draft(reader.read(report), KNOWLEDGE)


def check(expected: str, rows: set[str], words: set[str]) -> None:
    for line in expected.strip().splitlines():
        if line.startswith("not "):
            assert line.removeprefix("not ") not in words
        else:
            assert line in rows


def plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.10g}"


@pytest.mark.parametrize(("text", "expected"), cases("numbers.txt"))
def test_numbers(reader: Reader, text: str, expected: str) -> None:
    counts = [c.number for c in read(reader, text).counts]
    rows = {f"{n.text} | {plain(n.value)} {plain(n.low)} {plain(n.high)} {n.unit}" for n in counts}
    check(expected, rows, {n.text.split(" ")[0] for n in counts})
    assert all(n.span.of(text) == n.text for n in counts)
    assert all((n.low is None or n.low <= n.value) and (n.high is None or n.value <= n.high) for n in counts)


@pytest.mark.parametrize(("text", "expected"), cases("places.txt"))
def test_places(reader: Reader, text: str, expected: str) -> None:
    places = [s.place for s in read(reader, text).spots]
    check(expected, {f"{p.text} | {p.country} {p.name}" for p in places}, {p.text for p in places})
    assert all(p.span is not None and p.span.of(text) == p.text for p in places)


def test_an_event_has_the_place_and_the_number_of_its_clause() -> None:
    """ "Soldiers killed 14 people in Homs after talks in Geneva": a tree by hand, so that no model decides."""
    rows = [
        ("Soldiers", "soldier", "NOUN", 1, "nsubj"), ("killed", "kill", "VERB", -1, "root"),
        ("14", "14", "NUM", 3, "nummod"), ("people", "people", "NOUN", 1, "obj"), ("in", "in", "ADP", 5, "case"),
        ("Homs", "Homs", "PROPN", 1, "obl"), ("after", "after", "ADP", 7, "case"), ("talks", "talk", "NOUN", 1, "obl"),
        ("in", "in", "ADP", 9, "case"), ("Geneva", "Geneva", "PROPN", 7, "nmod"),
    ]  # fmt: skip
    text = " ".join(row[0] for row in rows)
    words, at = [], 0
    for i, (form, lemma, upos, head, rel) in enumerate(rows):
        words.append(Word(i, form, at, at + len(form), lemma, upos, "", head, rel))
        at += len(form) + 1
    work = Draft(Doc(Report(id="r", origin="r", text=text, sha256=""), (Sentence(0, 0, tuple(words)),)))
    for stage in (find_clauses, locate, count):
        stage(work, KNOWLEDGE)
    trigger = words[1].span
    work.mentions.append(Mention(id="m", report="r", trigger=trigger, span=trigger, type="ASSAULT"))
    place_mentions(work, KNOWLEDGE)
    number_mentions(work, KNOWLEDGE)
    (killed,) = work.mentions
    assert killed.place is not None
    assert (killed.place.name, killed.place.country) == ("Homs", "SYR")
    assert [(n.value, n.unit) for n in killed.numbers] == [(14, "people")]


@pytest.mark.parametrize(
    ("text", "trigger", "place", "numbers"),
    [
        ("Protesters marched in the centre of Lima.", "marched", "Lima", []),
        ("Libya called for the replacement of American forces in the Persian Gulf.", "called", None, []),
        ("The council will meet on Friday at the request of the United States and Japan.", "meet", None, []),
        ("Ten rebels died and twelve were wounded in the attack in Lima.", "died", "Lima", [10]),
        ("Rebels killed ten soldiers and three other soldiers are still held.", "killed", None, [10]),
    ],
)
def test_events_keep_to_their_own_place_and_number(
    reader: Reader, text: str, trigger: str, place: str | None, numbers: list[int]
) -> None:
    mention = next(m for m in read(reader, text).mentions if trigger in m.trigger.of(text))
    assert (mention.place.name if mention.place else None) == place
    assert [n.value for n in mention.numbers] == numbers


def test_the_gazetteer_prefers_a_places_own_name() -> None:
    find = KNOWLEDGE.gazetteer.find
    assert find("York")[0].country == "GBR"
    assert find("Mecca")[0].country == "SAU"
    assert find("Kiev")[0].name == find("Kyiv")[0].name == "Kyiv"
    assert find("Bogota")[0].geonames == find("Bogotá")[0].geonames


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_read_what_is_written(number: int) -> None:
    assert digits(str(number)) == number
    assert digits(f"{number:,}") == number
