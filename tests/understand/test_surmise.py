"""What the learned typer may add and take away: a sure guess, another type, a frame's mention that it does not see."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import TYPES, Doc, EventType, Report, Sentence
from dragoman.understand import draft
from dragoman.understand.draft import Draft

KNOWLEDGE = Knowledge()
KNOWN = "Soldiers of the Oravian army impounded the mules of the villagers on Sunday, President Ada Lund said."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def told(doc: Doc, word: str, type: EventType | None, share: float) -> Draft:
    """The draft of a report whose typer gives one word of it one opinion, and no other word any."""
    return draft(replace(doc, sentences=tuple(_with(s, word, type, share) for s in doc.sentences)), KNOWLEDGE)


def _with(sentence: Sentence, text: str, type: EventType | None, share: float) -> Sentence:
    size = len(TYPES) + 1
    shares = bytearray(size * len(sentence.words))
    for word in sentence.words:
        if word.text == text:
            shares[word.i * size] = round((1 - share) * 255)
            shares[word.i * size + (TYPES.index(type) + 1 if type else 0)] = round(share * 255)
    return replace(sentence, types=bytes(shares))


def read(reader: Reader, text: str) -> Doc:
    return reader.read(Report(id="r", origin="r", text=text, sha256="", published="2031-03-05"))


def guesses(work: Draft) -> list[tuple[str, str]]:
    return [(m.trigger.of(work.text), m.type) for m in work.mentions if m.by == "model"]


def test_a_sure_guess_is_a_mention_that_says_so(reader: Reader) -> None:
    work = told(read(reader, KNOWN), "impounded", "COERCE", 0.96)
    (mention,) = [m for m in work.mentions if m.by == "model"]
    assert mention.type == "COERCE"
    assert mention.confidence > 0.85
    assert "learned typer" in mention.why[0].reason
    assert "army" in " ".join(mention.actor_text)
    assert not [r for r in work.rejects if r.span == mention.trigger]


@pytest.mark.parametrize(
    ("type", "share"),
    [("COERCE", 0.2), ("AID", 0.4), (None, 1.0)],
)
def test_an_unsure_one_is_none(reader: Reader, type: EventType | None, share: float) -> None:
    assert guesses(told(read(reader, KNOWN), "impounded", type, share)) == []


def test_a_word_that_the_lexicon_does_not_know_has_the_slots_of_its_type(reader: Reader) -> None:
    work = told(read(reader, "The Oravian army zapped Meridia's convoy on Sunday."), "zapped", "ASSAULT", 0.97)
    (mention,) = work.mentions
    assert (mention.type, mention.actor_text, mention.lemma) == ("ASSAULT", ("The Oravian army",), "zap")
    assert "convoy" in mention.recipient_text[0]


@pytest.mark.parametrize(
    ("text", "word", "type"),
    [
        ("The hailstones impounded a mule.", "impounded", "COERCE"),  # nobody who acts
        ("Will the Oravian army impound the mule?", "impound", "COERCE"),
        ("The Oravian police warned drivers of ice on the roads.", "warned", "THREATEN"),  # ruled out by the frames
    ],
)
def test_no_guess_where_actor_or_telling_are_missing(reader: Reader, text: str, word: str, type: EventType) -> None:
    assert guesses(told(read(reader, text), word, type, 0.6)) == []


def test_a_noun_is_no_second_event_beside_its_verb(reader: Reader) -> None:
    doc = read(reader, "The Oravian army launched an onslaught on Meridia on Sunday.")
    assert [m.type for m in told(doc, "onslaught", "ASSAULT", 0.99).mentions] == ["ASSAULT"]


def test_a_mention_in_which_the_typer_sees_nothing_is_kept_as_a_reject(reader: Reader) -> None:
    doc = read(reader, "The Oravian army attacked Meridia on Sunday.")
    assert len(told(doc, "attacked", "ASSAULT", 0.5).mentions) == 1
    doubted = told(doc, "attacked", None, 1.0)
    assert doubted.mentions == []
    assert any("the learned typer sees no event" in reject.reason for reject in doubted.rejects)


def test_another_type_of_which_it_is_sure_takes_the_frame_s_place(reader: Reader) -> None:
    doc = read(reader, "The Oravian army attacked Meridia on Sunday.")
    (mention,) = told(doc, "attacked", "ACCUSE", 1.0).mentions
    assert (mention.type, mention.by) == ("ACCUSE", "model")
    assert any("not frame attack" in reason.reason for reason in mention.why)


def test_a_lexicon_of_one_s_own_keeps_the_typer_to_its_types(reader: Reader, tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    row = "AID\tzork\tverb\tsubj obj to:ACTOR\tsubj\tto"
    mine.write_text(f"# replace\ntype\tlemma\tpos\tframe\tactor\trecipient\n{row}\n")
    doc = read(reader, "Oravian soldiers shot the mayor of Velin on Sunday, and Norway zorked a hospital to Malawi.")
    assert [m.type for m in draft(doc, Knowledge(ontology=mine)).mentions] == ["AID"]
    assert "ASSAULT" in [m.type for m in draft(doc, KNOWLEDGE).mentions]
