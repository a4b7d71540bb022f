"""What the learned typer may add: a guess above the bound, where the lexicon knows the verb, and a doubt."""

from __future__ import annotations

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


def told(doc: Doc, verb: str, type: EventType | None, share: float) -> Draft:
    """The draft of a report whose typer gives one verb of it one opinion, and no other verb any."""
    return draft(replace(doc, sentences=tuple(_with(s, verb, type, share) for s in doc.sentences)), KNOWLEDGE)


def _with(sentence: Sentence, verb: str, type: EventType | None, share: float) -> Sentence:
    size = len(TYPES) + 1
    shares = bytearray(size * len(sentence.words))
    for word in sentence.words:
        if word.text == verb:
            shares[word.i * size + (TYPES.index(type) + 1 if type else 0)] = round(share * 255)
    return replace(sentence, types=bytes(shares))


def read(reader: Reader, text: str) -> Doc:
    return reader.read(Report(id="r", origin="r", text=text, sha256="", published="2031-03-05"))


def guesses(work: Draft) -> list[str]:
    return [m.trigger.of(work.text) for m in work.mentions if m.by == "model"]


def test_a_sure_guess_is_a_mention_that_says_so(reader: Reader) -> None:
    work = told(read(reader, KNOWN), "impounded", "COERCE", 0.96)
    (mention,) = [m for m in work.mentions if m.by == "model"]
    assert (mention.type, mention.confidence) == ("COERCE", 0.96)
    assert "learned typer" in mention.why[0].reason
    assert "army" in " ".join(mention.actor_text)
    assert not [r for r in work.rejects if r.span == mention.trigger]


@pytest.mark.parametrize(
    ("verb", "type", "share"),
    [("impounded", "COERCE", 0.85), ("impounded", "AID", 0.99), ("impounded", None, 1.0), ("army", "COERCE", 0.99)],
)
def test_otherwise_there_is_none(reader: Reader, verb: str, type: EventType | None, share: float) -> None:
    assert guesses(told(read(reader, KNOWN), verb, type, share)) == []


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The president of Oravia whistled a tune.", "whistled"),  # a verb without frames
        ("The hailstones impounded a mule in Oravia.", "impounded"),  # nobody who acts
        ("Will the Oravian army impound the mule?", "impound"),
        ("The Oravian police warned drivers of ice on the roads.", "warned"),  # ruled out by the frames themselves
    ],
)
def test_no_guess_where_lexicon_actor_or_telling_are_missing(reader: Reader, text: str, verb: str) -> None:
    type: EventType = "THREATEN" if verb == "warned" else "COERCE"
    assert guesses(told(read(reader, text), verb, type, 0.99)) == []


def test_a_weak_fit_that_the_typer_does_not_see_is_worth_less(reader: Reader) -> None:
    doc = read(reader, "The Oravian army mutinied on Sunday.")
    plain, doubted = (told(doc, "mutinied", type, 0.95).mentions for type in ("ASSAULT", None))
    assert len(plain) == len(doubted) == 1
    assert doubted[0].confidence == pytest.approx(plain[0].confidence - 0.2)
    assert any(reason.slot == "confidence" for reason in doubted[0].why)
