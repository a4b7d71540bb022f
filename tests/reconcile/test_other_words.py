"""One event in other words, and near but different events, on readings made by hand."""

from __future__ import annotations

import pytest
from accounts import Account

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier


def dossier(*accounts: Account) -> Dossier:
    return reconcile([a.report for a in accounts], [a.reading for a in accounts], Knowledge())


def landing(name: str, text: str, trigger: str, lemma: str, day: str, *, published: str) -> Account:
    return (
        Account(name, text, published=published)
        .actor("Tesmark", "state", country="TSM")
        .event(trigger, "ASSAULT", actor=("Tesmark",), day=day, lemma=lemma)
    )


def test_what_is_done_once_has_one_day_in_dispute() -> None:
    found = dossier(
        landing("one", "Troops of Tesmark landed on the Lund coast on Friday.", "landed", "land", "2031-03-07",
                published="2031-03-08"),
        landing("two", "Tesmark invaded the Lund coast on Thursday night.", "invaded", "invade", "2031-03-06",
                published="2031-03-09"),
    )  # fmt: skip
    assert [[d.slot for d in e.differences] for e in found.events] == [["time"]]


def request(name: str, text: str, by: str, to: str) -> Account:
    return (
        Account(name, text)
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .actor("Rolf Haln", country="TSM", sector="GOV")
        .event("demanded", "REQUEST", actor=(by,), recipient=(to,), lemma="demand")
    )


def test_who_asked_whom_is_a_difference_where_the_same_is_asked() -> None:
    one = request("one", "Edda Vorn demanded of Rolf Haln the recall of harbour guards.", "Edda Vorn", "Rolf Haln")
    two = request("two", "Rolf Haln demanded of Edda Vorn the recall of harbour guards.", "Rolf Haln", "Edda Vorn")
    (event,) = dossier(one, two).events
    assert {d.slot for d in event.differences} == {"actor", "recipient"}


def test_who_asked_whom_for_other_things_are_two_requests() -> None:
    one = request("one", "Edda Vorn demanded of Rolf Haln the recall of harbour guards.", "Edda Vorn", "Rolf Haln")
    two = request("two", "Rolf Haln demanded of Edda Vorn an apology for the flood.", "Rolf Haln", "Edda Vorn")
    assert len(dossier(one, two).events) == 2


def talks(name: str, words: str, *, day: str | None, lemma: str = "meet", trigger: str = "met") -> Account:
    return (
        Account(name, f"Edda Vorn {words}.")
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .actor("Rolf Haln", country="TSM", sector="GOV")
        .event(trigger, "CONSULT", actor=("Edda Vorn", "Rolf Haln"), day=day, lemma=lemma)
    )


@pytest.mark.parametrize(("day", "events"), [(None, 2), ("2031-03-06", 1)])
def test_talks_of_two_are_one_only_on_one_occasion(day: str | None, events: int) -> None:
    one = talks("one", "met Rolf Haln in a garden", day=day)
    two = talks("two", "saw Rolf Haln before the vote", day=day, trigger="saw", lemma="visit")
    assert len(dossier(one, two).events) == events


def shots(name: str, text: str, by: str, whom: str, *, published: str = "2031-03-07") -> Account:
    return (
        Account(name, text, published=published)
        .actor(by, "group")
        .actor(whom, "group")
        .event("fired", "ASSAULT", actor=(by,), recipient=(whom,), lemma="fire")
    )


@pytest.mark.parametrize(("published", "events"), [("2031-03-08", 1), ("2031-03-28", 2)])
def test_one_deed_of_nameless_people_told_alike_within_days(published: str, events: int) -> None:
    one = shots("one", "Gunmen fired at fishermen near the old lighthouse pier.", "Gunmen", "fishermen")
    two = shots("two", "Men fired at boatmen near the old lighthouse pier.", "Men", "boatmen", published=published)
    assert len(dossier(one, two).events) == events


def order(name: str, text: str, trigger: str, kind: str, lemma: str, **more: object) -> Account:
    return (
        Account(name, text)
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .actor("envoys", "group", country="TSM", sector="GOV")
        .event(trigger, kind, actor=("Edda Vorn",), recipient=("envoys",), lemma=lemma, **more)
    )


def test_an_order_in_one_account_is_an_expulsion_in_the_other() -> None:
    one = order("one", "Edda Vorn told the envoys to leave the harbour.", "told", "REQUEST", "tell")
    two = order("two", "Edda Vorn ordered the envoys out of the harbour.", "ordered", "SANCTION", "order")
    (event,) = dossier(one, two).events
    assert [(d.slot, [v.value for v in d.values]) for d in event.differences] == [
        ("type", ["REQUEST (told)", "SANCTION (ordered)"])
    ]


def test_what_is_planned_in_one_account_hangs_on_a_condition_in_the_other() -> None:
    one = order(
        "one", "Edda Vorn will expel the envoys from the harbour.", "expel", "SANCTION", "expel", auxiliary=("future",)
    )
    two = order("two", "Edda Vorn may expel the envoys from the harbour.", "expel", "SANCTION", "expel",
                auxiliary=("hypothetical",))  # fmt: skip
    (event,) = dossier(one, two).events
    assert [d.slot for d in event.differences] == ["auxiliary"]


def test_other_deeds_of_one_actor_need_a_day_or_somebody_they_are_done_to() -> None:
    one = (
        Account("one", "Averia abandoned an old treaty on whales.")
        .actor("Averia", "state", country="AVR")
        .event("abandoned", "RETREAT", actor=("Averia",), lemma="abandon")
    )
    two = (
        Account("two", "In the end Averia quit the singing contest.")
        .actor("Averia", "state", country="AVR")
        .event("quit", "RETREAT", actor=("Averia",), lemma="quit")
    )
    assert len(dossier(one, two).events) == 2


@pytest.mark.parametrize(("published", "events"), [("2031-03-06", 2), ("2031-03-08", 1)])
def test_a_report_cannot_tell_of_what_happens_after_it(published: str, events: int) -> None:
    one = (
        Account("one", "Averia demolished the tall harbour tower.", published=published)
        .actor("Averia", "state", country="AVR")
        .event("demolished", "ASSAULT", actor=("Averia",), lemma="demolish", recipient_text=("the tall harbour tower",))
    )
    two = (
        Account("two", "Averia demolished the old harbour tower on Friday.", published="2031-03-08")
        .actor("Averia", "state", country="AVR")
        .event("demolished", "ASSAULT", actor=("Averia",), lemma="demolish", day="2031-03-07",
               recipient_text=("the old harbour tower",))
    )  # fmt: skip
    assert len(dossier(one, two).events) == events
