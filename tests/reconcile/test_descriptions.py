"""Descriptions that only one named person of a report or affair fits."""

from __future__ import annotations

import pytest
from accounts import Account
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Actor, Evidence, Role


def actors(*accounts: Account) -> tuple[Actor, ...]:
    return tuple(reconcile([a.report for a in accounts], [a.reading for a in accounts], Knowledge()).actors)


def persons(*accounts: Account) -> list[str]:
    return sorted(a.name for a in actors(*accounts))


def test_a_surname_in_a_description() -> None:
    one = Account("one", "The yard dismissed Edda Vorn on Monday.").actor("Edda Vorn")
    two = Account("two", "The yard did not dismiss the crane driver E. Vorn.").actor("the crane driver E. Vorn")
    two.actors["the crane driver E. Vorn"] = _nameless(two, "the crane driver E. Vorn", "crane driver")
    assert persons(one, two) == ["Edda Vorn"]


@pytest.mark.parametrize(("text", "count"), [("the president", 1), ("a president", 2)])
def test_an_office_held_alone(text: str, count: int) -> None:
    one = Account("one", "President Edda Vorn spoke on Monday.").actor("Edda Vorn", title="President")
    two = Account("two", f"Edda Vorn arrived and {text} left again.").actor("Edda Vorn")
    two.actor("president", title="president")
    two.actors["president"] = _nameless(two, text, "president", roles=two.actors["president"].roles)
    assert len(persons(one, two)) == count


def _nameless(account: Account, words: str, name: str, *, roles: tuple[Role, ...] = ()) -> Actor:
    return Actor(id="nameless", name=name, kind="person", roles=roles,
                 spans=(Evidence(account.report.id, account.span(words)),))  # fmt: skip


def test_the_country_of_a_person_is_his_state() -> None:
    account = (
        Account("one", "Prime Minister Edda Vorn said her country backs Lund. Oravia waits.")
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .actor("Oravia", "state", country="ORV")
        .actor("her country", "group")
    )
    account.actors["her country"] = replace(account.actors["her country"], name="Edda Vorn's country")
    assert persons(account) == ["Edda Vorn", "Oravia"]


@pytest.mark.parametrize(("title", "count"), [("President", 2), ("adviser", 1)])
def test_who_holds_an_office_is_not_his_namesake_the_spokesman(title: str, count: int) -> None:
    one = Account("one", "Spokesman Edda Vorn said nothing on Monday.").actor("Edda Vorn", title="Spokesman")
    two = Account("two", f"The {title} Vorn froze the funds of the league.").actor("Vorn", title=title)
    assert len(persons(one, two)) == count


@pytest.mark.parametrize(("title", "count"), [("Ayatollah", 1), ("Bishop", 2)])
def test_a_surname_with_one_title_is_one_person_in_the_whole_dossier(title: str, count: int) -> None:
    one = Account("one", "Ayatollah Vorn spoke to a crowd.", published="2031-01-07").actor("Vorn", title="Ayatollah")
    two = Account("two", f"{title} Vorn ordered a halt to trains.", published="2031-06-07").actor("Vorn", title=title)
    assert len(persons(one, two)) == count


def test_a_surname_with_an_office_is_who_holds_it_not_his_family() -> None:
    one = Account("one", "President Edda Vorn spoke.").actor("Edda Vorn", title="President")
    two = Account("two", "Osk Vorn sang.").actor("Osk Vorn")
    three = Account("three", "President Vorn left.").actor("Vorn", title="President")
    assert persons(one, two, three) == ["Edda Vorn", "Osk Vorn"]


def test_a_surname_is_who_is_called_by_it_elsewhere() -> None:
    one = Account("one", "Edda Vorn spoke, and Vorn sang.").actor("Edda Vorn", aliases=("Vorn",))
    two = Account("two", "Osk Vorn sang.").actor("Osk Vorn")
    three = Account("three", "At last Vorn left.").actor("Vorn")
    assert persons(one, two, three) == ["Edda Vorn", "Osk Vorn"]


def test_a_short_form_is_the_first_name_in_full() -> None:
    one = Account("one", "Robert J. Vorn spoke.").actor("Robert J. Vorn")
    two = Account("two", "Bob Vorn sang.").actor("Bob Vorn")
    assert len(persons(one, two)) == 1


def test_a_title_says_whose_first_name_it_is() -> None:
    """The marshal is called by the first of his names, which is his son's surname."""
    full = Account("one", "Marshal Sok Vann spoke in Lund.").actor("Sok Vann", title="Marshal")
    son = Account("two", "Rithy Sok, his son, left Lund.").actor("Rithy Sok")
    short = Account("three", "Marshal Sok fell ill.", published="2031-03-27").actor("Sok", title="Marshal")
    assert persons(full, short) == ["Sok Vann"]
    assert persons(full, son, short) == ["Rithy Sok", "Sok Vann"]
    (marshal,) = (a for a in actors(full, son, short) if a.name == "Sok Vann")
    assert {spot.report for spot in marshal.spans} == {full.report.id, short.report.id}
