"""Who is who, on sentences of our own.

A line of the fixture is `words -> name` (a reference), `name = kind country sector` (an actor; - for none),
`name : title` or `name : title of country` (a role); `not` before it says that it must not be so.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import World, atoms, fold
from dragoman.read import Reader
from dragoman.records import Phrase, Report
from dragoman.understand import draft
from dragoman.understand.draft import Draft
from dragoman.understand.naming.cast import slug

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "actors.txt"
CASES = [case.partition("\n---\n") for case in FIXTURE.read_text(encoding="utf-8").strip().split("\n===\n")]
KNOWLEDGE = Knowledge()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str) -> Draft:
    report = Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option")
    return draft(reader.read(report), KNOWLEDGE)


def told(work: Draft) -> set[str]:
    """Everything the draft says of its actors, in the lines of the fixture."""
    found = set()
    for ref in work.references:
        words = ref.span.of(work.text)
        found |= {words, f"{words} -> {work.actors[ref.actor].name}"}
    for actor in work.actors.values():
        found.add(f"{actor.name} = {actor.kind} {actor.country or '-'} {actor.sector or '-'}")
        for role in actor.roles:
            found |= {f"{actor.name} : {role.title}", f"{actor.name} : {role.title} of {role.of}"}
    return found


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_who_is_who(reader: Reader, text: str, expected: str) -> None:
    found = told(read(reader, text))
    for line in expected.strip().splitlines():
        if line.startswith("not "):
            assert line.removeprefix("not ") not in found
        else:
            assert line in found


@pytest.mark.parametrize("text", [t for t, _, _ in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_every_reference_shows_its_words_and_its_actor(reader: Reader, text: str) -> None:
    work = read(reader, text)
    for ref in work.references:
        sentence = work.doc.sentences[ref.sentence]
        assert ref.first <= ref.head < ref.last
        assert ref.span == sentence.span_of((ref.first, ref.last - 1))
        assert ref.actor in work.actors
        assert work.reference_at(ref.sentence, ref.head) == ref
    for actor in work.actors.values():
        assert actor.spans
        assert all(role.span.of(text) for role in actor.roles)


def test_the_same_text_gives_the_same_actors(reader: Reader) -> None:
    one, two = read(reader, CASES[0][0]), read(reader, CASES[0][0])
    assert list(one.actors.items()) == list(two.actors.items())
    assert one.references == two.references


def test_a_users_own_states_are_known(tmp_path: Path, reader: Reader) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(
        "name\taliases\tkind\tcountry\tdemonyms\tcapital\nOravia\t\tstate\tORV\tOravian\tVelin\n", encoding="utf-8"
    )
    report = Report(id="r", origin="r", text="Velin rejected the offer. Oravian troops left.", sha256="")
    actors = draft(reader.read(report), Knowledge(actors=table)).actors
    assert actors["oravia"].country == "ORV"
    assert any(a.country == "ORV" and a.sector == "MIL" for a in actors.values())


def test_a_replacing_table_stands_alone(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("# replace\nname\tsector\nGuild\tBUS\n", encoding="utf-8")
    assert [b.name for b in World((table,)).organizations] == ["Guild"]


@given(st.text(max_size=40))
def test_a_slug_is_made_of_plain_letters(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text)


@given(st.text(alphabet="aeiouéàüöñç'’ -.", max_size=20))
@settings(max_examples=50)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert atoms(fold(text)) == atoms(text)


def test_tables_hold_together() -> None:
    world = KNOWLEDGE.world
    names = [c.name for c in world.countries.values()]
    assert len(names) == len(set(names)) >= 195
    for body in (*world.organizations, *world.groups):
        assert not body.country or body.country in world.countries, body.name
    assert all(len(c.iso3) == 3 for c in world.countries.values())


def test_a_surname_without_a_name_tag_is_the_person_named_in_full(reader: Reader) -> None:
    text = "The chancellor, Willy Brandt, met miners.\n\nOn Tuesday Brandt warned them. The Brandt Tower shut."
    doc = reader.read(Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option"))
    untagged = [structs.replace(s, names=s.names if s.i == 0 else ()) for s in doc.sentences]
    work = draft(structs.replace(doc, sentences=tuple(untagged)), KNOWLEDGE)
    lines = told(work)
    assert "Brandt -> Willy Brandt" in lines
    assert not any("Tower -> Willy Brandt" in line for line in lines)


def test_who_has_a_first_name_alone_is_called_by_it(reader: Reader) -> None:
    """The reading model took the lone name for a person once and for a place once."""
    text = "President Sok Vann Rithy met miners.\n\nThey would fight for Sok. He shut the mine. Sok warned them."
    doc = reader.read(Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option"))
    kinds = {0: "person", 1: "place", 3: "person"}
    names = {0: (1, 4), 1: (4, 5), 3: (0, 1)}
    tagged = [
        structs.replace(s, names=(Phrase(*names[s.i], kinds[s.i]),) if s.i in names else ()) for s in doc.sentences
    ]
    work = draft(structs.replace(doc, sentences=tuple(tagged)), KNOWLEDGE)
    called = [work.actors[ref.actor].name for ref in work.references if ref.span.of(text) == "Sok"]
    assert called == ["Sok Vann Rithy"] * 2
