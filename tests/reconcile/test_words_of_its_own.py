"""One event where each account has words of its own for the nameless and for things, on readings made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from accounts import Account

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Place

NEAR, BESIDE = (100, 40, 0), (100, -40, 60)  # vectors of sentences of one matter, in words of their own


def events(*accounts: Account) -> int:
    return len(reconcile([a.report for a in accounts], [a.reading for a in accounts], Knowledge()).events)


def told(name: str, text: str, trigger: str, kind: str, lemma: str, *, by: str = "", to: str = "",
         **more: Any) -> Account:  # fmt: skip
    made = Account(name, text).like(*(NEAR if name == "one" else BESIDE))
    for who in filter(None, (by, to)):
        made.actor(who, "group")
    who = {"actor": (by,) if by else (), "recipient": (to,) if to else ()}
    return made.event(trigger, kind, lemma=lemma, **who, **more)


@pytest.mark.parametrize(("who", "wanted"), [("a mob", 1), ("clerks", 2)])
def test_a_crowd_is_told_in_many_words(who: str, wanted: int) -> None:
    one = told(
        "one",
        "Before dawn demonstrators stormed it.",
        "stormed",
        "PROTEST",
        "storm",
        by="demonstrators",
        day="2031-03-06",
    )
    two = told("two", f"Over breakfast {who} broke into it.", "broke into", "PROTEST", "raid", by=who, day="2031-03-06")
    assert events(one, two) == wanted


def test_the_followers_of_two_are_two_groups() -> None:
    mine, theirs, day = "Varga's followers", "Haln's followers", "2031-03-06"
    one = told("one", f"Before dawn {mine} stormed it.", "stormed", "PROTEST", "storm", by=mine, day=day)
    two = told("two", f"Over breakfast {theirs} broke into it.", "broke into", "PROTEST", "raid", by=theirs, day=day)
    assert events(one, two) == 2


def departure(*, taken: str, left: str) -> int:
    one = (
        Account("one", "On Monday the navy took Edda Vorn to Lund.", published="2031-03-11")
        .like(*NEAR)
        .actor("navy", "group", sector="MIL")
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .event("took", "AID", actor=("navy",), recipient=("Edda Vorn",), lemma="evacuate", day=taken)
    )
    two = (
        Account("two", "On Sunday Edda Vorn left for Lund.", published="2031-03-12")
        .like(*NEAR)
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .event("left", "RETREAT", actor=("Edda Vorn",), lemma="leave", day=left)
    )
    return events(one, two)


@pytest.mark.parametrize(("left", "wanted"), [("2031-03-09", 1), ("2031-03-02", 2)])
def test_who_is_taken_away_leaves_though_the_day_is_in_dispute(left: str, wanted: int) -> None:
    assert departure(taken="2031-03-10", left=left) == wanted


def sinking(name: str, text: str, trigger: str, lemma: str, target: str) -> Account:
    return (
        Account(name, text)
        .like(*NEAR)
        .actor("Tesmark", "state", country="TSM")
        .event(trigger, "ASSAULT", actor=("Tesmark",), lemma=lemma, recipient_text=(target,))
    )


@pytest.mark.parametrize(("target", "wanted"), [("two airstrips", 1), ("the steamer", 2)])
def test_what_is_done_to_two_sorts_of_things_is_two_deeds(target: str, wanted: int) -> None:
    one = sinking("one", "Tesmark bombed four airfields near Lund.", "bombed", "bomb", "four airfields")
    two = sinking("two", f"Tesmark shelled {target} near Lund.", "shelled", "shell", target)
    assert events(one, two) == wanted


def massacre(name: str, by: str, verb: str, day: str) -> Account:
    place = Place(text="Onda", name="Onda", country="ORV", lat=None, lon=None, geonames=None)
    rest = "Rain fell. The river rose. The bridge held. Roads were shut. Schools were shut. Nobody slept. It was cold."
    made = Account(name, f"At the mill of Onda {by} {verb}ed ten villagers. {rest}").like(*NEAR)
    who = {"actor": (by,), "recipient": ("villagers",)}
    made.actor(by, "group").actor("villagers", "group")
    return made.event(f"{verb}ed", "ASSAULT", lemma=verb, day=day, place=place, **who)


@pytest.mark.parametrize(("day", "wanted"), [("2031-03-04", 1), ("2031-03-01", 2)])
def test_one_massacre_has_two_days(day: str, wanted: int) -> None:
    one = massacre("one", "militias", "murder", "2031-03-05")
    assert events(one, massacre("two", "paramilitaries", "slaughter", day)) == wanted


def test_soldiers_are_no_militia() -> None:
    one, two = (
        told(name, f"In Onda {by} fired on the crowd.", "fired", "ASSAULT", "fire", by=by, to="the crowd",
             day="2031-03-06")
        for name, by in (("one", "soldiers"), ("two", "militiamen"))
    )  # fmt: skip
    (event,) = reconcile([one.report, two.report], [one.reading, two.reading], Knowledge()).events
    assert {d.slot for d in event.differences} == {"actor"}
