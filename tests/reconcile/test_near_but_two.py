"""Events that are told in like words and are two, on readings made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from accounts import Account

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Place

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


def talks(name: str, text: str, kind: str, trigger: str, lemma: str, **more: Any) -> Account:
    made = Account(name, text).like(*NEAR)
    for who in ("Edda Vorn", "Rolf Haln"):
        made.actor(who, country="ORV", sector="GOV")
    return made.event(trigger, kind, actor=("Edda Vorn", "Rolf Haln"), lemma=lemma, **more)


@pytest.mark.parametrize(("modes", "wanted"), [(("future",), 1), ((), 2)])
def test_that_talks_are_agreed_on_is_no_talks(modes: tuple[str, ...], wanted: int) -> None:
    one = talks("one", "Edda Vorn and Rolf Haln agree to meet on the harbour.", "AGREE", "meet", "meet",
                auxiliary=modes)  # fmt: skip
    two = talks("two", "Edda Vorn and Rolf Haln meet over the harbour.", "CONSULT", "meet", "meet", auxiliary=modes)
    assert events(one, two) == wanted


def town(name: str, *, number: int | None = None, country: str = "USA") -> Place:
    return Place(text=name, name=name, country=country, geonames=number)


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        (town("Oval Office"), town("Mount Vernon", number=1), 2),
        (town("Oval Office"), town("White House"), 1),
        (town("Washington", number=2), town("White House"), 1),
        (town("Mount Vernon", number=1), town("United States"), 1),
    ],
)
def test_talks_without_a_day_in_common_are_held_in_one_place(ours: Place, theirs: Place, wanted: int) -> None:
    texts = (
        "Edda Vorn and Rolf Haln held talks on pilots, tugs, wages, shifts and fish.",
        "Rolf Haln had talks with Edda Vorn about fish, quays, fees, cranes and pensions.",
    )
    one = talks("one", texts[0], "CONSULT", "held talks", "hold talk", place=ours)
    two = talks("two", texts[1], "CONSULT", "had talks", "have talk", place=theirs).like(20, 100, 0)
    assert events(one, two) == wanted


@pytest.mark.parametrize(("site", "wanted"), [("Dorun Gate", 1), ("Harbour Park", 2)])
def test_crowds_at_sites_of_their_own_are_two(site: str, wanted: int) -> None:
    texts = ("On Sunday dockers marched through Lund to Dorun Gate.", f"On Sunday strikers came in Lund to {site}.")
    accounts = [
        Account(name, text)
        .like(*NEAR)
        .actor(who, "group")
        .event(word, "PROTEST", actor=(who,), lemma=lemma, mode="demo", day="2031-03-02", place=lund)
        for name, text, who, word, lemma, lund in zip(
            ("one", "two"), texts, ("dockers", "strikers"), ("marched", "came"), ("march", "converge"),
            [town("Lund", number=3)] * 2, strict=True,
        )
    ]  # fmt: skip
    assert events(*accounts) == wanted


@pytest.mark.parametrize(("modes", "wanted"), [("future", 1), ("hypothetical", 2)])
def test_a_plan_is_not_what_is_only_thought_of(modes: str, wanted: int) -> None:
    accounts = [
        Account(name, text)
        .like(*vector)
        .actor("Tesmark", "state", country="TSM")
        .event(trigger, "RETREAT", actor=("Tesmark",), lemma=lemma, mode="ceasefire", auxiliary=(mode,))
        for name, text, trigger, lemma, mode, vector in (
            ("one", "Tesmark will suspend tests of rockets.", "suspend tests", "suspend test", "future", (100, 40, 0)),
            ("two", "Tesmark to join all who halt tests, it said.", "halt tests", "halt test", modes, (60, 100, 0)),
        )
    ]
    assert events(*accounts) == wanted
