"""What the learned scorer may say of who acts and is acted on: whom it brings in and takes out, and that it says so."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Doc, Mention, Report, Sentence
from dragoman.understand import draft
from dragoman.understand.casting import chance, evidence, heard
from dragoman.understand.party import Party

KNOWLEDGE = Knowledge()
TEXT = "The Oravian army shelled the port of Karsh on Sunday, Meridia's president said."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str) -> Doc:
    return reader.read(Report(id="r", origin="r", text=text, sha256="", published="2031-03-05"))


def told(doc: Doc, verb: str, *, real: float = 1.0, **shares: tuple[float, float]) -> Mention:
    """The mention of a verb where the scorer gives these words these shares, of acting and of being acted on."""
    work = draft(replace(doc, sentences=tuple(_with(s, verb, real, shares) for s in doc.sentences)), KNOWLEDGE)
    (mention,) = [m for m in work.mentions if m.trigger.of(work.text).startswith(verb)]
    return mention


def _with(sentence: Sentence, verb: str, real: float, shares: dict[str, tuple[float, float]]) -> Sentence:
    at = [word.i for word in sentence.words if word.text == verb]
    table = bytearray([round(255 * real)] + [0, 0] * len(sentence.words))
    for word in sentence.words:
        if word.text in shares:
            table[1 + 2 * word.i : 3 + 2 * word.i] = bytes(max(1, round(255 * s)) for s in shares[word.text])
    return replace(sentence, roles=dict.fromkeys(at, bytes(table)))


def test_whom_the_rules_have_stays_without_an_opinion(reader: Reader) -> None:
    mention = told(read(reader, TEXT), "shelled")
    assert mention.actor_text == ("The Oravian army",)
    assert mention.recipient_text == ("Karsh",)


def test_a_recipient_that_only_the_scorer_sees(reader: Reader) -> None:
    doc = read(reader, "In a quarrel with Meridia the Oravian army opened fire on Sunday.")
    assert told(doc, "opened").recipient_text == ()
    mention = told(doc, "opened", army=(0.99, 0.01), Meridia=(0.01, 0.99))
    assert mention.recipient_text == ("Meridia",)
    assert mention.recipient
    assert any(r.slot == "recipient" and "learned scorer" in r.reason for r in mention.why)


def test_one_whom_it_is_sure_not_to_be_goes(reader: Reader) -> None:
    mention = told(read(reader, TEXT), "shelled", army=(0.99, 0.01), port=(0.0, 0.0), Karsh=(0.0, 0.0))
    assert mention.actor_text == ("The Oravian army",)
    assert mention.recipient_text == ()
    assert any(r.slot == "recipient" and r.reason.startswith("not Karsh") for r in mention.why)


def test_another_takes_the_place(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = replace(KNOWLEDGE.roles.actor, spare=0.5)
    monkeypatch.setitem(KNOWLEDGE.__dict__, "roles", replace(KNOWLEDGE.roles, actor=actor))
    mention = told(read(reader, TEXT), "shelled", army=(0.0, 0.0), president=(0.999, 0.0))
    assert "president" in mention.actor_text[0]
    assert any(r.slot == "actor" and "rather than The Oravian army" in r.reason for r in mention.why)


def test_a_pronoun_of_nobody_does_not_come_in(reader: Reader) -> None:
    doc = read(reader, "It was cold when the Oravian army opened fire on Sunday.")
    assert told(doc, "opened", army=(0.99, 0.01), It=(0.01, 0.99)).recipient_text == ()


@pytest.mark.parametrize(("real", "modes"), [(0.02, ("hypothetical",)), (0.5, ()), (1.0, ())])
def test_what_it_is_sure_is_not_real_is_hypothetical(reader: Reader, real: float, modes: tuple[str, ...]) -> None:
    mention = told(read(reader, TEXT), "shelled", real=real)
    assert mention.auxiliary == modes
    assert any("learned scorer" in r.reason for r in mention.why) == bool(modes)


def test_both_opinions_count() -> None:
    bounds = KNOWLEDGE.roles.recipient
    (_, odds), *_ = heard(bytes([128, 0, 40]))
    nobody, him = Party(), Party(texts=("him",), heads=(0,))
    alone = chance(evidence(0, odds, nobody, nobody, guessed=False, known=False), bounds)
    both = chance(evidence(0, odds, him, nobody, guessed=False, known=False), bounds)
    assert alone < both
