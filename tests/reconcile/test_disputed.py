"""What one account tells and another denies, turns round or puts elsewhere, on readings made by hand."""

from __future__ import annotations

import pytest
from accounts import Account
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Dossier, Time

NEAR = (100, 40, 0)  # the vector of sentences of one matter


def dossier(*accounts: Account) -> Dossier:
    return reconcile([a.report for a in accounts], [a.reading for a in accounts], Knowledge())


def lines(found: Dossier) -> list[str]:
    return [d.line for e in found.events for d in e.differences]


def sacking(
    name: str, text: str, by: tuple[str, ...], *, published: str = "2031-03-07", denied: bool = False
) -> Account:
    made = Account(name, text, published=published).like(*NEAR)
    made.actor("Edda Vorn", country="ORV", sector="GOV")
    for one in by:
        made.actor(one, country="ORV", sector="GOV")
    aux = ("negation",) if denied else ()
    return made.event("dismissed", "SANCTION", actor=by, recipient=("Edda Vorn",), lemma="dismiss", auxiliary=aux)


def test_what_nobody_did_is_a_denial_of_whoever_did_it() -> None:
    found = dossier(
        sacking("one", "Rolf Haln dismissed Edda Vorn over the harbour.", ("Rolf Haln",)),
        sacking("two", "Edda Vorn was not dismissed over any harbour.", (), denied=True),
    )
    assert lines(found) == ["whether it happened: one says that it happened; two says that it did not happen"]


def test_a_denial_is_found_weeks_later() -> None:
    found = dossier(
        sacking("one", "Rolf Haln dismissed Edda Vorn over the harbour.", ("Rolf Haln",)),
        sacking("two", "Edda Vorn was not dismissed over any harbour.", (), denied=True, published="2031-03-29"),
    )
    assert len(found.events) == 1


def raid(name: str, text: str, *, lemma: str = "raid", published: str = "2031-03-07") -> Account:
    return Account(name, text, published=published).like(*NEAR).event(lemma, "ASSAULT", lemma=lemma)


@pytest.mark.parametrize(("by", "day", "events"), [("rule", None, 1), ("model", None, 2), ("model", "2031-03-05", 1)])
def test_a_guess_in_other_words_wants_a_day_in_common(by: str, day: str | None, events: int) -> None:
    one = Account("one", "All spoke of the raid on Dorun and its harbour guards.", published="2031-03-07").like(*NEAR)
    two = Account("two", "Few survived the attack on Dorun by night.", published="2031-03-07").like(*NEAR)
    one.event("raid", "ASSAULT", lemma="raid", day=day, by=by)
    two.event("attack", "ASSAULT", lemma="attack", day=day, by=by)
    assert len(dossier(one, two).events) == events


@pytest.mark.parametrize(("town", "events"), [("Dorun", 1), ("Telan", 2)])
def test_a_deed_of_nobody_is_known_by_the_name_of_its_place(town: str, events: int) -> None:
    one = raid("one", "All spoke of the raid on Dorun and its harbour guards.")
    two = raid("two", f"Few survived the attack on {town} by night.", lemma="attack")
    assert len(dossier(one, two).events) == events


def bombing(name: str, text: str, day: str, when: str, *, published: str = "2031-03-08") -> Account:
    made = Account(name, text, published=published).like(*NEAR).actor("Tesmark", "state", country="TSM")
    return made.event("bombed", "ASSAULT", actor=("Tesmark",), day=day, when=when, lemma="bomb")


@pytest.mark.parametrize(("when", "events"), [("on Thursday night", 1), ("on Thursday", 2)])
def test_a_night_runs_on_into_the_next_day(when: str, events: int) -> None:
    one = bombing("one", "Tesmark bombed the harbour at Dorun on Friday.", "2031-03-07", "on Friday")
    two = bombing("two", f"Tesmark bombed the docks at Dorun {when}.", "2031-03-06", when, published="2031-03-09")
    assert len(dossier(one, two).events) == events


def promise(name: str, text: str, by: str, to: str) -> Account:
    made = Account(name, text).like(*NEAR).actor("Edda Vorn", country="ORV", sector="GOV").actor("the envoy", "person")
    return made.event("promised", "AGREE", actor=(by,), recipient=(to,), lemma="promise")


def test_roles_that_are_turned_differ_though_one_has_no_name() -> None:
    found = dossier(
        promise("one", "Edda Vorn promised the envoy that harbour guards would leave.", "Edda Vorn", "the envoy"),
        promise("two", "the envoy promised Edda Vorn that harbour guards would leave.", "the envoy", "Edda Vorn"),
    )
    assert [{d.slot for d in e.differences} for e in found.events] == [{"actor", "recipient"}]


@pytest.mark.parametrize(("why", "events"), [("the story goes on: its clause", 1), ("its clause", 2)])
def test_the_day_of_the_story_contradicts_no_day_beside_it(why: str, events: int) -> None:
    one = raid("one", "All saw guns shell the barracks at Dorun.", lemma="shell")
    two = raid("two", "Few saw who began to shell the barracks at Dorun.", lemma="shell")
    for account, day, reason in ((one, "2031-03-05", "its clause"), (two, "2031-03-06", why)):
        time = Time(text=day, start=day, end=day, precision="day", why=reason)
        account.mentions = [replace(account.mentions[0], time=time)]
    assert len(dossier(one, two).events) == events
