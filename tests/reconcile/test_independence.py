"""How many accounts there are of an event: copies, passages of a wire in a round-up, claims that are only relayed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from accounts import Account
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.reconcile.passages import shared_passages
from dragoman.records import Attribution, Dossier, Event, Report

WIRE = (
    "The harbour guard of Oravia fired on dockers at the east gate late on Thursday, and three boats burned until the"
    " morning while the bells of the old customs house rang without a pause."
)
REST = (
    "In other news the council of Lund put off its vote on the new ferry line for the third time this spring, because"
    " its members could not agree on who should pay for the piers. The mint of Averia struck a coin with the face of"
    " its late admiral, and collectors stood in line for hours. Prices of salt herring rose again after the storms of"
    " last week kept the small boats in port, and the fishers of Tesmark asked their ministry for help."
)


def raid(name: str, text: str, *, source: str | None = None, kind: Any = "media", **more: Any) -> Account:
    told = (Attribution(source=source, span=None, actor=None, cue="reported", kind=kind),) if source else ()
    return (
        Account(name, text, outlet=more.pop("outlet", name.title()))
        .actor("harbour guard", "organization", country="ORV", sector="COP")
        .actor("dockers", "group", country="ORV")
        .event("fired on", "ASSAULT", actor=("harbour guard",), recipient=("dockers",), day="2031-03-06", lemma="fire",
               attribution=told)
    )  # fmt: skip


def found(*given: Account) -> Dossier:
    return reconcile([a.report for a in given], [a.reading for a in given], Knowledge())


def the_event(*given: Account) -> Event:
    (event,) = [e for e in found(*given).events if e.type == "ASSAULT"]
    return event


OWN = raid("star", "Oravia's harbour guard fired on dockers on Thursday night, our man at the gate saw.")
WIRED = raid("wire", WIRE)
RELAYS = [
    raid("dawn", "The harbour guard fired on dockers on Thursday, the Wire reported.", source="the Wire"),
    raid("mail", "According to the Wire, guards of the harbour guard fired on dockers in Oravia.", source="Wire"),
]


def test_relays_of_one_outlet_are_one_account() -> None:
    event = the_event(*RELAYS)
    assert (len(event.reports), event.independent) == (2, 1)
    event = the_event(*RELAYS, WIRED)
    assert (len(event.reports), event.independent) == (3, 1)
    assert event.accounts == (tuple(sorted(event.reports)),)
    assert the_event(*RELAYS, WIRED, OWN).independent == 2


def test_what_a_report_tells_itself_or_of_another_source_is_its_own_account() -> None:
    minister = raid("post", "The harbour guard fired on dockers, the minister said.", source="minister", kind="named")
    itself = raid("gull", "The harbour guard fired on dockers, people told the Gull.", source="the Gull")
    assert the_event(WIRED, minister, itself).independent == 3


def test_a_copy_is_no_second_account_and_shows_what_it_shares() -> None:
    copy = raid("echo", "From our services. " + WIRE.replace("late on Thursday", "on Thursday night"))
    event = the_event(WIRED, copy)
    assert (len(event.reports), event.independent) == (2, 1)
    repeated = next(r for r in found(WIRED, copy).reports if r.copy_of)
    for passage in repeated.shared:
        assert passage.report == repeated.copy_of
        assert passage.span.of(repeated.text)[:30] in (WIRE[:30], copy.report.text[:30])


def test_a_round_up_is_its_own_account_where_it_does_not_repeat_the_wire() -> None:
    more = "The harbour guard fired on dockers once more on Friday, this paper learned."
    both = Account("tide", f"{REST} {WIRE} {more}", outlet="Tide", published="2031-03-08")
    both.actor("harbour guard", "organization", country="ORV", sector="COP").actor("dockers", "group", country="ORV")
    both.event("put off", "REJECT", lemma="put off").actor("council", "organization")
    both.event("fired on", "ASSAULT", actor=("harbour guard",), recipient=("dockers",), day="2031-03-06", lemma="fire")
    dossier = found(WIRED, both)
    held = next(r for r in dossier.reports if r.id == both.report.id)
    assert held.copy_of == WIRED.report.id
    assert [p.span.of(held.text) for p in held.shared] == [WIRE.removesuffix(".")]
    assert the_event(WIRED, both).independent == 1
    (own,) = [e for e in dossier.events if e.type == "REJECT"]
    assert own.accounts == ((both.report.id,),)


WORDS = st.lists(st.sampled_from(["the", "pact", "holds", "and", "envoys", "left", "port", "on", "noon"]), max_size=40)


@settings(deadline=None, max_examples=150)
@given(WORDS, WORDS)
def test_passages_are_in_both_texts_in_order_and_do_not_overlap(one: list[str], other: list[str]) -> None:
    mine = Report(id="a", origin="a", sha256="", text=" ".join(one))
    theirs = Report(id="b", origin="b", sha256="", text=" ".join(other))
    spans = [p.span for p in shared_passages(mine, theirs)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for passage in shared_passages(mine, theirs):
        ends = [
            (p.of(r.text).split()[:4], p.of(r.text).split()[-4:])
            for p, r in ((passage.span, mine), (passage.theirs, theirs))
        ]
        assert ends[0] == ends[1]


@settings(deadline=None, max_examples=50)
@given(WORDS.filter(lambda w: len(w) >= 8))
def test_a_text_shares_itself_whole(words: list[str]) -> None:
    report = Report(id="a", origin="a", sha256="", text=" ".join(words))
    (passage, *_) = shared_passages(report, report)
    assert passage.span.start == 0
