"""Events that are told in like words and are two, on readings made by hand."""

from __future__ import annotations

import pytest
from accounts import Account

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile

NEAR = (100, 40, 0)  # the vector of sentences of one matter


def events(*accounts: Account) -> int:
    return len(reconcile([a.report for a in accounts], [a.reading for a in accounts], Knowledge()).events)


def visit(name: str, text: str, *guests: str) -> Account:
    made = Account(name, text).like(*NEAR).actor("Edda Vorn", country="ORV", sector="GOV")
    for guest in guests:
        made.actor(guest, "group")
    return made.event("met", "CONSULT", actor=("Edda Vorn",), recipient=guests, lemma="meet")


@pytest.mark.parametrize(("guests", "wanted"), [("dockers", 1), ("students", 2)])
def test_one_person_meets_others_elsewhere(guests: str, wanted: int) -> None:
    one = visit("one", "Edda Vorn met dockers about the harbour strike in Lund.", "dockers")
    two = visit("two", f"Edda Vorn met {guests} about the harbour strike in Lund.", guests)
    assert events(one, two) == wanted


def plea(name: str, text: str, *who: str, number: tuple[float, str] | None = None) -> Account:
    made = Account(name, text).like(*NEAR).actor("Edda Vorn", country="ORV", sector="GOV")
    if "clerks" in who:
        made.actor("clerks", "group")
    return made.event("confessed", "CONCEDE", actor=who, lemma="confess", number=number)


@pytest.mark.parametrize(("number", "wanted"), [(None, 1), ((4.0, "Four"), 2)])
def test_each_of_several_confesses_for_himself(number: tuple[float, str] | None, wanted: int) -> None:
    one = plea("one", "Four clerks and Edda Vorn confessed that harbour funds were stolen.", "Edda Vorn", "clerks",
               number=number)  # fmt: skip
    two = plea("two", "In Lund, Edda Vorn confessed that she had stolen harbour funds.", "Edda Vorn")
    assert events(one, two) == wanted


@pytest.mark.parametrize(("by", "wanted"), [((), 2), (("Tesmark",), 1)])
def test_what_a_state_suffers_again_and_again_wants_an_author(by: tuple[str, ...], wanted: int) -> None:
    texts = ("Tesmark may keep the harsh sanctions on Orvia in force.", "Harsh sanctions on Orvia by Tesmark hurt all.")
    accounts = [
        Account(name, text)
        .like(*NEAR)
        .actor("Orvia", "state", country="ORV")
        .actor("Tesmark", "state", country="TSM")
        .event("sanctions", "SANCTION", actor=by, recipient=("Orvia",), lemma="sanction")
        for name, text in zip(("one", "two"), texts, strict=True)
    ]
    assert events(*accounts) == wanted


@pytest.mark.parametrize(("host", "wanted"), [("Rolf Haln", 1), ("", 2)])
def test_a_denial_is_of_the_talks_whose_company_it_names(host: str, wanted: int) -> None:
    both = ("Edda Vorn", host) if host else ("Edda Vorn",)
    words = f"Over the Lund harbour strike Edda Vorn was never phoned{' by ' + host if host else ''}."
    one = Account("one", "Rolf Haln phoned Edda Vorn about the harbour strike in Lund at night.").like(*NEAR)
    two = Account("two", words).like(*NEAR)
    for account, who, modes in ((one, ("Edda Vorn", "Rolf Haln"), ()), (two, both, ("negation",))):
        for name in who:
            account.actor(name, country="ORV", sector="GOV")
        account.event("phoned", "CONSULT", actor=who, lemma="phone", auxiliary=modes)
    assert events(one, two) == wanted
