"""Claims are found by their words, on both databases the same, as a plain look over all of them would."""

from __future__ import annotations

import random
from hashlib import sha256
from pathlib import Path

import crises
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import tamper

from dragoman.knowledge.sought import Term, forms, terms
from dragoman.records import Claim, Reading, Report, Span
from dragoman.store import Place, Server, Store
from dragoman.tell.sayings import sayings, spoken
from dragoman.tell.view import View

WORDS = (
    *("Arrested", "arrests", "the army’s", "armies", "café", "cafes", "1e5", "x_y", "مرحبا", "Вучић", "O'Neill", "AND"),
    *("NEAR", "left", "leaving", "force", "use", "of", "naïve", "don't", "12,000", "e-mail", "\0", "😀"),
)


def said(n: int, words: str) -> tuple[Report, Reading]:
    source = "the minister"
    text = f"{source} said: {words}"
    report = Report(id=f"r{n}", origin=f"r{n}.txt", text=text, sha256=sha256(text.encode()).hexdigest())
    claim = Claim(
        id=f"r{n}:c", report=report.id, source=source, source_span=Span(0, 12), actor=None, cue="said",
        cue_span=Span(13, 17), content=Span(19, len(text)), direct=False, kind="named",
    )  # fmt: skip
    return report, Reading(report=report.id, version="1", claims=(claim,))


def stands(term: Term, words: str) -> bool:
    """Whether a term stands in words, by looking."""
    there, size = forms(f"the minister {words}"), len(term.forms)
    for at in range(len(there) - size + 1):
        some = there[at : at + size]
        if some[:-1] == list(term.forms[:-1]) and (
            some[-1] == term.forms[-1] or (not term.whole and some[-1].startswith(term.forms[-1]))
        ):
            return True
    return False


def test_both_databases_find_what_a_plain_look_finds(place: Place) -> None:
    dice = random.Random(7)
    texts = [" ".join(dice.choices(WORDS, k=dice.randint(1, 9))) for _ in range(60)]
    asked = [terms(" ".join(dice.choices(WORDS, k=dice.randint(1, 3)))) for _ in range(60)]
    asked += [terms(f'"{" ".join(dice.choices(WORDS, k=2))}"') for _ in range(60)]
    asked += [terms(word[: len(word) // 2 + 1]) for word in WORDS] + [terms("minister")]
    with Store.open(place, writable=True) as store:
        for n, words in enumerate(texts):
            store.add(*said(n, words), model="", ontology="")
        hits = 0
        for term in {term for some in asked for term in some}:
            found = store.claims_with(term)
            assert found == {f"r{n}:c" for n, words in enumerate(texts) if stands(term, words)}, term
            hits += len(found)
        assert hits > 500


def test_a_report_that_is_read_again_is_found_by_what_it_says_now(place: Place) -> None:
    with Store.open(place, writable=True) as store:
        report, reading = said(0, "the arrests go on, and the army stays")
        for _ in range(2):
            store.add(report, reading, model="", ontology="")
        (term,) = terms("army")
        assert store.claims_with(term) == {"r0:c"}
        store.add(report, Reading(report=report.id, version="2"), model="", ontology="")
        assert store.claims_with(term) == frozenset()


def test_the_claims_of_an_older_dossier_are_found_once_it_is_brought_up_to_date(place: Place) -> None:
    with Store.open(place, writable=True) as store:
        for n, words in enumerate(("the arrests go on", "the army stays")):
            store.add(*said(n, words), model="", ontology="")
    tamper(place, "DROP TABLE claims")
    if isinstance(place, Server):
        tamper(place, "UPDATE dossier SET version = 3")
    else:
        for statement in ("DROP TABLE claim_words", "PRAGMA user_version = 3"):
            tamper(place, statement)
    (term,) = terms("arrested")
    for writable in (False, True, False):  # one who only looks finds them too, in a copy of his own
        with Store.open(place, writable=writable) as store:
            assert store.claims_with(term) == {"r0:c"}


@pytest.fixture(scope="module")
def oravia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crises.write("oravia", tmp_path_factory.mktemp("claims") / "oravia.db")


def test_what_stands_as_it_was_asked_comes_first_and_the_rest_newest_first(oravia: Path) -> None:
    view = View(crises.dossier("oravia"))
    told = sayings(view)
    with Store.open(oravia) as store:
        words = next(v.words.split() for said in told for v in said.versions if len(v.words.split()) > 6)
        turned = f"{words[3]} {words[1]} {words[2]}"
        found = spoken(told, store.claims_with, words=" ".join(words[1:4]))
        assert found
        assert set(found) == set(spoken(told, store.claims_with, words=turned))
        assert any(" ".join(words[1:4]) in v.words for v in found[0].versions)
        assert spoken(told, store.claims_with, words="?!") == ()
        assert spoken(told, store.claims_with, words=" ") == told
        everything = spoken(told, store.claims_with, words="the")
        assert list(everything) == [said for said in told if said in everything]


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_gives_forms_that_no_database_cuts_up(text: str) -> None:
    for form in forms(text):
        assert form.isascii()
        assert form.isalnum()
        assert form[0] in "wu"
        assert len(form) <= 60
    for term in terms(text):
        assert len(term.forms) > 0
