"""Who did what to whom, on sentences of our own.

A line of the fixture is `TYPE trigger : actor > recipient` (types may be `A|B`; the words of a party are part of its
text or name), `not trigger` (no mention has it), `not TYPE trigger : …` (none is that; an actor may be left out) or
`none` (no mention at all).
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.knowledge.predicates import Lexicon, Row, companion
from dragoman.read import Reader
from dragoman.records import Mention, Report
from dragoman.understand.actors import name_actors
from dragoman.understand.attribution import attribute
from dragoman.understand.charges import hang_charges
from dragoman.understand.clauses import find_clauses
from dragoman.understand.draft import Draft
from dragoman.understand.events import code_events
from dragoman.understand.places import locate

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures" / "understand").glob("events*.txt"))
CASES = [
    case.partition("\n---\n")
    for fixture in FIXTURES
    for case in fixture.read_text(encoding="utf-8").strip().split("\n===\n")
]
KNOWLEDGE = Knowledge()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str, knowledge: Knowledge = KNOWLEDGE) -> Draft:
    report = Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option")
    work = Draft(reader.read(report))
    for stage in (hang_charges, find_clauses, locate, name_actors, attribute, code_events):
        stage(work, knowledge)
    return work


def party(work: Draft, ids: Sequence[str], texts: Sequence[str]) -> str:
    return " | ".join([*texts, *(work.actors[i].name for i in ids)])


def tells(work: Draft, mention: Mention, line: str) -> bool:
    """Whether a mention is what a line of the fixture asks for."""
    head, _, parties = line.partition(" : ")
    kind, _, trigger = head.partition(" ")
    actor, _, recipient = parties.partition(" > ")
    return (
        mention.type in kind.split("|")
        and mention.trigger.of(work.text).startswith(trigger)
        and actor in party(work, mention.actor, mention.actor_text)
        and recipient in party(work, mention.recipient, mention.recipient_text)
    )


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:50] for t, _, _ in CASES])
def test_who_did_what_to_whom(reader: Reader, text: str, expected: str) -> None:
    work = read(reader, text)
    triggers = [m.trigger.of(work.text) for m in work.mentions]
    for line in expected.strip().splitlines():
        if line == "none":
            assert triggers == []
        elif line.startswith("not ") and " : " in line:
            assert not any(tells(work, m, line.removeprefix("not ")) for m in work.mentions)
        elif line.startswith("not "):
            assert line.removeprefix("not ") not in " ".join(triggers)
        else:
            assert any(tells(work, m, line) for m in work.mentions), [(m.type, m.actor_text) for m in work.mentions]


def test_a_mention_shows_its_words_and_its_reasons(reader: Reader) -> None:
    work = read(reader, "\n\n".join(text for text, _, _ in CASES))
    assert work.mentions
    for mention in work.mentions:
        assert mention.span.covers(mention.trigger)
        assert mention.id == f"r:{mention.trigger.start}-{mention.type}"
        assert mention.why[0].slot == "type"
        for text in (*mention.actor_text, *mention.recipient_text):
            assert text in work.text
            assert len(text.split()) <= 15
    assert len({m.trigger for m in work.mentions}) == len(work.mentions)


def test_what_is_only_asked_is_rejected_with_the_reason(reader: Reader) -> None:
    work = read(reader, "Kenya urged Ethiopia to withdraw its troops from Somalia.")
    assert [m.type for m in work.mentions] == ["REQUEST"]
    assert any("says what urge" in r.reason for r in work.rejects if r.stage == "events")


def test_a_user_teaches_a_verb(reader: Reader, tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text("type\tlemma\tpos\tframe\tactor\trecipient\nAID\tzork\tverb\tsubj obj to:ACTOR\tsubj\tto\n")
    text = "Norway zorked a hospital to Malawi."
    assert not read(reader, text).mentions
    (mention,) = read(reader, text, Knowledge(ontology=mine)).mentions
    assert mention.type == "AID"


def test_every_row_names_a_mode_and_classes_that_there_are() -> None:
    types, classes = KNOWLEDGE.types, set(KNOWLEDGE.noun_classes.names)
    reading = {"PERSON", "STATE", "ORGANIZATION", "GROUP", "PLACE"}
    for frame in KNOWLEDGE.frames:
        assert frame.mode is None or frame.mode in types[frame.type].mode_names, frame.name
        assert frame.cameo is None or frame.cameo.isdigit(), frame.name
        for wish in frame.companions:
            known = classes | reading | set(types)
            assert {c for c in wish.classes | wish.bars if c.isupper()} <= known, frame.name
        slots = {s for wish in frame.companions for s in wish.slots}
        for slot in (s for group in frame.actor for s in group):
            assert slot.partition(".")[0] in slots | {"subj", "obj"}, f"{frame.name}: {slot}"


def test_the_lexicon_is_as_large_as_it_was() -> None:
    assert KNOWLEDGE.frames.size >= 3_000


@given(st.lists(st.sampled_from(["TALKS", "deal", "ACTOR", "visit"]), min_size=1, max_size=4), st.booleans())
def test_a_companion_keeps_wishes_and_bars_apart(fillers: list[str], barred: bool) -> None:
    found = companion("obj:" + ("-" if barred else "") + "|".join(fillers))
    wished, bars = found.classes | found.lemmas, found.bars
    assert (bars if barred else wished) == set(fillers)
    assert not (wished if barred else bars)


def test_a_row_is_a_frame_for_each_lemma() -> None:
    row = Row(type="ACCUSE", lemma="hit out, lash out", pos="verb", frame="subj at", actor="subj", recipient="at")
    one, two = Lexicon([(0, row)])
    assert (one.key, one.rest, two.key) == ("hit", ("out",), "lash")
