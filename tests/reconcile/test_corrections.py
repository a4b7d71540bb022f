"""What a person decides holds: over re-reads with other ids, in any order of reading, until it is undone."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import msgspec
import pytest
from accounts import Account
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.reconcile.correct import ImpossibleCorrection, correct
from dragoman.records import Actor, Correction, Dossier, Event, Span

KNOWLEDGE = Knowledge()


def account(name: str, text: str, trigger: str, kind: str = "ASSAULT", **more: Any) -> Account:
    return (
        Account(name, text, published=more.pop("published", "2031-03-07"))
        .actor("Harbour Guard", "organization", country="ORV", sector="COP")
        .actor("dockers", "group", country="ORV")
        .event(trigger, kind, actor=("Harbour Guard",), recipient=("dockers",), day="2031-03-06", **more)
    )


DAWN = account("dawn", "The Harbour Guard attacked dockers at the east gate on Thursday.", "attacked", lemma="attack")
STAR = account("star", "On Thursday the Harbour Guard attacked the dockers.", "attacked", lemma="attack")
MAIL = account("mail", "Dockers say the Harbour Guard arrested dockers on Thursday.", "arrested", "COERCE",
               lemma="arrest", published="2031-03-08")  # fmt: skip
ALL = (DAWN, STAR, MAIL)


def dossier(*given: Account, corrections: tuple[Correction, ...] = ()) -> Dossier:
    return reconcile([a.report for a in given], [a.reading for a in given], KNOWLEDGE, corrections=corrections)


def made(found: Dossier, action: Any, *idents: str, to: str | None = None, at: int = 0) -> Correction:
    when = f"2031-04-01T00:00:{at:02}+00:00"
    return correct(found, action, idents, to=to, author="Ada", reason="I was there", made=when)


def event_with(found: Dossier, one: Account) -> Event | None:
    return next((e for e in found.events if one.report.id in e.reports), None)


def actor(found: Dossier, name: str) -> Actor | None:
    return next((a for a in found.actors if name in (a.name, *a.aliases)), None)


def shifted(one: Account) -> Account:
    """The same report read by another version: other ids, a trigger cut a little otherwise."""
    again = Account(one.report.origin.removesuffix(".txt"), one.report.text, published=one.report.published)
    again.actors = {n: replace(a, id=f"new-{a.id}") for n, a in one.actors.items()}
    again.mentions = [
        replace(
            m,
            id=f"new-{m.id}",
            trigger=Span(m.trigger.start, m.trigger.end - 1),
            actor=tuple(f"new-{a}" for a in m.actor),
            recipient=tuple(f"new-{a}" for a in m.recipient),
        )
        for m in one.mentions
    ]
    return again


def test_a_merge_makes_one_event_and_says_who_decided() -> None:
    before = dossier(*ALL)
    one, other = event_with(before, DAWN), event_with(before, MAIL)
    assert one
    assert other
    assert one.id != other.id
    row = made(before, "merge", one.id, other.id)
    after = dossier(*ALL, corrections=(row,))
    event = event_with(after, DAWN)
    assert event
    assert set(event.reports) == {a.report.id for a in ALL}
    assert event.by == "person"
    assert any("Ada" in why and "I was there" in why and row.id in why for why in event.why)
    assert {one.id, other.id} <= {event.id, *event.was}
    assert after.corrections[0].rows == (event.id,)


def test_a_split_keeps_them_apart_and_both_say_so() -> None:
    before = dossier(*ALL)
    one = event_with(before, DAWN)
    assert one is not None
    assert set(one.reports) == {DAWN.report.id, STAR.report.id}
    for part in (STAR.report.id, STAR.mentions[0].id):
        after = dossier(*ALL, corrections=(made(before, "split", one.id, part),))
        parts = [event_with(after, a) for a in (DAWN, STAR)]
        assert parts[0] != parts[1]
        assert all(e and e.by == "person" for e in parts)


def test_the_later_of_two_decisions_holds() -> None:
    before = dossier(*ALL)
    one = event_with(before, DAWN)
    assert one is not None
    parted = made(before, "split", one.id, STAR.report.id, at=1)
    apart = dossier(*ALL, corrections=(parted,))
    ids = [e.id for a in (DAWN, STAR) if (e := event_with(apart, a))]
    joined = made(apart, "merge", *ids, at=2)
    again = dossier(*ALL, corrections=(parted, joined))
    assert event_with(again, DAWN) == event_with(again, STAR)
    earlier = replace(joined, made="2031-04-01T00:00:00+00:00")
    still = dossier(*ALL, corrections=(parted, earlier))
    assert event_with(still, DAWN) != event_with(still, STAR)


def test_a_rejected_event_is_gone_and_listed_with_the_reason() -> None:
    before = dossier(*ALL)
    one = event_with(before, MAIL)
    assert one is not None
    after = dossier(*ALL, corrections=(made(before, "reject", one.id),))
    assert event_with(after, MAIL) is None
    (reject,) = [r for r in after.rejects if r.stage == "correction"]
    assert reject.report == MAIL.report.id
    assert "Ada" in reject.reason


def test_types_and_names_are_changed() -> None:
    before = dossier(*ALL)
    one = event_with(before, DAWN)
    assert one is not None
    rows = (
        made(before, "retype", one.id, to="protest/riot", at=1),
        made(before, "rename", one.id, to="The fight at the gate", at=2),
        made(before, "rename", "harbour-guard", to="Oravian Harbour Guard", at=3),
        made(before, "retype", "dockers", to="organization", at=4),
    )
    after = dossier(*ALL, corrections=rows)
    event = event_with(after, DAWN)
    assert event is not None
    assert (event.type, event.mode, event.headline) == ("PROTEST", "riot", "The fight at the gate")
    assert {m.by for m in after.mentions if m.id in event.mentions} == {"person"}
    guard = actor(after, "Harbour Guard")
    assert guard is not None
    assert (guard.id, guard.name, guard.by) == ("harbour-guard", "Oravian Harbour Guard", "person")
    workers = actor(after, "dockers")
    assert workers is not None
    assert workers.kind == "organization"


def test_actors_are_rejected_merged_and_split() -> None:
    before = dossier(*ALL)
    gone = dossier(*ALL, corrections=(made(before, "reject", "dockers"),))
    assert actor(gone, "dockers") is None
    assert not any("dockers" in (*m.actor, *m.recipient) for m in gone.mentions)
    one = dossier(*ALL, corrections=(made(before, "merge", "harbour-guard", "dockers"),))
    assert actor(one, "dockers") == actor(one, "Harbour Guard")
    two = dossier(*ALL, corrections=(made(before, "split", "harbour-guard", MAIL.report.id),))
    assert len([a for a in two.actors if a.name == "Harbour Guard"]) == 2


CHANGES = (
    ("merge", DAWN, MAIL, None),
    ("split", DAWN, STAR, None),
    ("reject", STAR, None, None),
    ("retype", DAWN, None, "COERCE"),
    ("rename", MAIL, None, "Arrests"),
)


def row_of(n: int, before: Dossier) -> Correction:
    action, one, other, to = CHANGES[n]
    event = event_with(before, one)
    assert event is not None
    more = event_with(before, other) if other else None
    parts = [] if other is None or more is None else [other.report.id if action == "split" else more.id]
    return made(before, action, event.id, *parts, to=to, at=n)


@pytest.mark.parametrize("n", range(len(CHANGES)))
def test_a_correction_holds_when_ids_change(n: int) -> None:
    row = row_of(n, dossier(*ALL))
    one, other = dossier(*ALL, corrections=(row,)), dossier(*map(shifted, ALL), corrections=(row,))

    def shape(found: Dossier) -> list[object]:
        return sorted((e.reports, e.type, e.headline, e.by) for e in found.events)

    assert shape(one) == shape(other)
    assert shape(one) != shape(dossier(*ALL))
    assert all(c.rows for c in other.corrections)


@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(0, len(CHANGES) - 1)), st.permutations(ALL), st.randoms(use_true_random=False))
def test_order_of_reports_and_of_rows_does_not_show(chosen: set[int], order: list[Account], dice: Any) -> None:
    before = dossier(*ALL)
    rows = [row_of(n, before) for n in sorted(chosen)]
    expected = dossier(*ALL, corrections=tuple(rows))
    dice.shuffle(rows)
    assert msgspec.json.encode(dossier(*order, corrections=tuple(rows))) == msgspec.json.encode(expected)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, len(CHANGES) - 1))
def test_deleting_the_row_undoes_it(n: int) -> None:
    before = dossier(*ALL)
    assert dossier(*ALL, corrections=(row_of(n, before),)) != before
    assert dossier(*ALL, corrections=()) == before


def test_a_correction_waits_for_its_report() -> None:
    row = row_of(0, dossier(*ALL))
    for order in permutations((STAR, MAIL)):
        (waiting,) = dossier(*order, corrections=(row,)).corrections
        assert waiting.rows  # the mention of the other report is still here
    (waiting,) = dossier(STAR, corrections=(row_of(4, dossier(*ALL)),)).corrections
    assert waiting.rows == ()


@pytest.mark.parametrize(
    ("action", "idents", "to", "said"),
    [
        ("reject", ["e-none"], None, "explain"),
        ("reject", [DAWN.report.id], None, "only those"),
        ("merge", ["{dawn}", "{dawn}"], None, "one already"),
        ("merge", ["{dawn}", "dockers"], None, "one kind"),
        ("split", ["{mail}", "x"], None, "nothing to split"),
        ("split", ["{dawn}", "x"], None, "no part of"),
        ("split", ["{dawn}"], None, "name what"),
        ("split", ["{dawn}", DAWN.report.id, STAR.report.id], None, "all of"),
        ("split", [DAWN.mentions[0].id, "x"], None, "its event"),
        ("retype", ["{dawn}"], "WAR", "ASSAULT"),
        ("retype", ["{dawn}"], "PROTEST/x", "riot"),
        ("retype", ["{dawn}"], "assault", "already"),
        ("retype", ["{dawn}"], None, "--to"),
        ("rename", [DAWN.mentions[0].id], "x", "no name"),
        ("retype", ["dockers"], "ASSAULT", "person"),
        ("reject", ["{dawn}"], "x", "leave it out"),
    ],
)
def test_what_cannot_be_done_names_the_next_step(action: Any, idents: list[str], to: str | None, said: str) -> None:
    before = dossier(*ALL)
    known = {"dawn": event_with(before, DAWN), "mail": event_with(before, MAIL)}
    ids = {name: event.id for name, event in known.items() if event}
    with pytest.raises(ImpossibleCorrection, match=said):
        made(before, action, *(i.format(**ids) for i in idents), to=to)


def test_a_correction_without_a_reason_is_none() -> None:
    with pytest.raises(ImpossibleCorrection, match="--reason"):
        correct(dossier(*ALL), "reject", ["dockers"], author="Ada", reason=" ", made="2031-04-01")
