"""The laws of reconciling, on readings made by hand about the straits of an invented country."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest
from accounts import Account
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Attribution, Dossier, Due, Event, Span

KNOWLEDGE = Knowledge()

GAZETTE = (
    Account(
        "gazette",
        "President Edda Vorn broke off relations with Tesmark on Wednesday. She ordered Tesmark's envoys out of Oravia"
        " within 48 hours. At least 12 dockers were killed in the port on Thursday. Minister Rolf Haln will meet the"
        " Straits Council on Saturday. “I was about to tell the harbour master to lock the gates, but Haln got there"
        " first,” Vorn said. Tesmark, Lund and Averia supported Haln.",
    )
    .actor("Edda Vorn", country="ORV", sector="GOV", title="President")
    .actor("Rolf Haln", country="TSM", sector="GOV", title="Minister")
    .actor("Tesmark", "state", country="TSM")
    .actor("Lund", "state", country="LND")
    .actor("Averia", "state", country="AVR")
    .actor("envoys", "group", country="TSM", sector="GOV")
    .actor("dockers", "group", country="ORV")
    .actor("Straits Council", "organization")
    .event("broke off", "SANCTION", actor=("Edda Vorn",), recipient=("Tesmark",), day="2031-03-05", lemma="break off")
    .event("ordered", "REQUEST", actor=("Edda Vorn",), recipient=("envoys",), day="2031-03-05", lemma="order",
           due=Due("2031-03-07", "2031-03-07"))
    .event("killed", "ASSAULT", recipient=("dockers",), day="2031-03-06", number=(12, "12 dockers"), lemma="kill")
    .event("meet", "CONSULT", actor=("Rolf Haln",), recipient=("Straits Council",), day="2031-03-08",
           auxiliary=("future",))
    .event("supported", "SUPPORT", actor=("Tesmark", "Lund", "Averia"), recipient=("Rolf Haln",), lemma="support")
    .quote("I was about to tell the harbour master to lock the gates, but Haln got there first", "Edda Vorn")
)  # fmt: skip

HERALD = (
    Account(
        "herald",
        "Oravia's leader Edda Vorn severed ties with Tesmark on Wednesday in an angry speech. Tesmark's staff were told"
        " by Vorn to leave Oravia within 48 hours. Nine dockers were killed on Thursday, according to a union. Dockers"
        " were killed in an earlier clash on Monday too. “I was going to say to the master of the harbour: lock the"
        " gates. But Haln has preceded me,” said Vorn. Vorn denounced Tesmark on Friday.",
    )
    .actor("Edda Vorn", country="ORV", sector="GOV", title="leader")
    .actor("Haln")
    .actor("Tesmark", "state", country="TSM")
    .actor("staff", "group", country="TSM", sector="GOV")
    .actor("dockers", "group", country="ORV")
    .actor("union", "organization")
    .event("severed", "SANCTION", actor=("Edda Vorn",), recipient=("Tesmark",), day="2031-03-05", lemma="sever")
    .event("told", "SANCTION", actor=("Edda Vorn",), recipient=("staff",), lemma="tell")
    .event("killed", "ASSAULT", recipient=("dockers",), day="2031-03-06", number=(9, "Nine dockers"), lemma="kill",
           attribution=(Attribution(source="a union", span=Span(10, 12), actor="union", cue="according to",
                                    kind="organization"),))
    .event("clash", "ASSAULT", recipient=("dockers",), day="2031-03-03", lemma="kill")
    .event("denounced", "ACCUSE", actor=("Edda Vorn",), recipient=("Tesmark",), day="2031-03-07", lemma="denounce")
    .quote("I was going to say to the master of the harbour: lock the gates. But Haln has preceded me", "Edda Vorn")
)  # fmt: skip

LATER = (
    Account(
        "later",
        "Rolf Haln met the Straits Council on Saturday. Protesters marched in Averia. Averia accused Haln of fraud.",
        published="2031-03-09",
    )
    .actor("Rolf Haln", country="TSM", sector="GOV")
    .actor("Averia", "state", country="AVR")
    .actor("Straits Council", "organization")
    .event("met", "CONSULT", actor=("Rolf Haln",), recipient=("Straits Council",), day="2031-03-08", lemma="meet")
    .event("accused", "ACCUSE", actor=("Averia",), recipient=("Rolf Haln",), day="2031-03-09", lemma="accuse")
)

ALL = (GAZETTE, HERALD, LATER)


def dossier(*accounts: Account) -> Dossier:
    return reconcile([a.report for a in accounts], [a.reading for a in accounts], KNOWLEDGE)


def event(found: Dossier, account: Account, trigger: str) -> Event:
    at = account.span(trigger)
    mention = next(m for m in found.mentions if m.report == account.report.id and m.trigger == at)
    return next(e for e in found.events if mention.id in e.mentions)


@pytest.mark.parametrize("order", list(permutations(ALL)))
def test_order_of_reading_does_not_show(order: tuple[Account, ...]) -> None:
    assert msgspec.json.encode(dossier(*order)) == msgspec.json.encode(dossier(*ALL))


@settings(max_examples=25, deadline=None)
@given(st.permutations(ALL), st.integers(1, 3))
def test_a_report_read_twice_counts_once(order: list[Account], times: int) -> None:
    assert dossier(*order, *order[:times]) == dossier(*order)


@settings(max_examples=25, deadline=None)
@given(st.permutations(ALL))
def test_former_ids_find_the_event(order: list[Account]) -> None:
    """Adding one by one: an id that an event once had is still its id or stands in `was`."""
    seen: set[str] = set()
    for n in range(1, len(order) + 1):
        found = dossier(*order[:n])
        known = {i for e in found.events for i in (e.id, *e.was)}
        assert seen <= known
        seen |= {e.id for e in found.events}


@pytest.mark.parametrize(("one", "other"), [("broke off", "severed"), ("ordered", "told"), ("killed", "killed")])
def test_one_event_in_two_accounts(one: str, other: str) -> None:
    found = dossier(*ALL)
    assert event(found, GAZETTE, one) == event(found, HERALD, other)
    assert event(found, GAZETTE, one).independent == 2
    assert event(found, GAZETTE, one).why


@pytest.mark.parametrize(
    ("account", "one", "other"),
    [(GAZETTE, "broke off", "ordered"), (HERALD, "killed", "clash"), (HERALD, "severed", "denounced")],
)
def test_near_but_different_events_stay_apart(account: Account, one: str, other: str) -> None:
    found = dossier(*ALL)
    assert event(found, account, one) != event(found, account, other)


def test_a_plan_and_the_act_stay_apart_and_the_act_meets_the_plan() -> None:
    found = dossier(*ALL)
    plan, act = event(found, GAZETTE, "meet"), event(found, LATER, "met")
    assert plan != act
    expected = next(e for e in found.expectations if e.event == plan.id)
    assert (expected.status, expected.met_by) == ("met", act.mentions)
    alone = dossier(GAZETTE, HERALD)
    assert next(e for e in alone.expectations if e.event == plan.id).status == "open"


def test_figures_that_contradict_are_kept_side_by_side() -> None:
    killed = event(dossier(*ALL), GAZETTE, "killed")
    (number,) = [d for d in killed.differences if d.slot == "number"]
    assert {v.value for v in number.values} == {"12 dockers", "Nine dockers"}
    assert number.line


def test_what_only_one_report_tells() -> None:
    broke = event(dossier(*ALL), GAZETTE, "broke off")
    assert ("in an angry speech", "detail") in {(a.value, a.slot) for a in broke.added}
    for added in broke.added:
        text = next(a.report.text for a in ALL if a.report.id == added.report)
        assert added.span.of(text) == added.value


def test_translations_of_one_utterance_share_a_group() -> None:
    groups = [c.group for c in dossier(*ALL).claims]
    assert groups[0] is not None
    assert groups == [groups[0]] * 2


def test_positions_of_each_in_a_list_and_a_change_of_side() -> None:
    found = dossier(*ALL)
    rows = {(p.actor, p.toward, p.stance, p.since, p.until) for p in found.positions}
    assert ("lund", "rolf-haln", "supports", "2031-03-07", None) in rows
    assert ("averia", "rolf-haln", "supports", "2031-03-07", "2031-03-07") in rows
    assert ("averia", "rolf-haln", "opposes", "2031-03-09", None) in rows
    assert ("edda-vorn", "tesmark", "opposes", "2031-03-05", None) in rows
    assert all(p.evidence for p in found.positions)


def test_a_surname_alone_is_the_one_who_can_have_it() -> None:
    found = dossier(*ALL)
    assert sum("haln" in a.id for a in found.actors) == 1
    namesake = Account("other", "Berta Haln won a race in Lund.").actor("Berta Haln", country="LND")
    assert {a.id for a in dossier(*ALL, namesake).actors if "haln" in a.id} >= {"rolf-haln", "berta-haln"}


def test_a_copy_is_one_account_and_its_mentions_align() -> None:
    text = GAZETTE.report.text + " More follows."
    copy = Account("mirror", text, published="2031-03-08")
    copy.actors = GAZETTE.actors
    copy.event("broke off", "SANCTION", actor=("Edda Vorn",), recipient=("Tesmark",), lemma="break off")
    found = dossier(GAZETTE, copy)
    assert next(r for r in found.reports if r.id == copy.report.id).copy_of == GAZETTE.report.id
    broke = event(found, copy, "broke off")
    assert (len(broke.mentions), broke.independent) == (2, 1)


def test_short_names_in_many_reports_all_find_the_full_one() -> None:
    """Joining must not lose sight of a circle that was itself joined before."""
    one = Account("a", "Haln spoke in Lund.", published="2031-03-06").actor("Haln")
    two = Account("b", "Haln left.", published="2031-03-06").actor("Haln")
    full = Account("c", "Rolf Haln spoke in Lund and left.", published="2031-03-06").actor("Rolf Haln")
    last = Account("d", "Then Haln came.", published="2031-03-06").actor("Haln")
    assert [a.id for a in dossier(one, two, full, last).actors] == ["rolf-haln"]


def test_a_common_noun_at_the_start_of_a_sentence_is_no_name() -> None:
    one = Account("a", "Dockers marched. The dockers sang.").actor("Dockers", "group")
    assert [a.name for a in dossier(one).actors] == ["dockers"]


def strike(name: str, day: str, *, by: str = "army", published: str = "2031-03-07") -> Account:
    sector = {"army": "MIL", "police": "COP"}[by]
    text = {
        "one": f"The {by} shelled the port of Lund with mortars.",
        "two": f"Mortars of the {by} shelled Lund's port.",
    }
    return (
        Account(name, text[name], published=published)
        .actor(by, "organization", sector=sector)
        .actor("Lund", "place", country="LND")
        .event("shelled", "ASSAULT", actor=(by,), recipient=("Lund",), day=day, lemma="shell")
    )


def test_the_same_deed_on_the_next_day_is_another() -> None:
    found = dossier(strike("one", "2031-03-06"), strike("two", "2031-03-07", published="2031-03-08"))
    assert len(found.events) == 2


def test_who_did_it_is_a_difference_where_accounts_name_different_sides() -> None:
    (event,) = dossier(strike("one", "2031-03-06"), strike("two", "2031-03-06", by="police")).events
    assert [d.slot for d in event.differences] == ["actor"]


def ultimatum() -> Account:
    return (
        Account("ultimatum", "Averia demanded that Rolf Haln resign within two days.", published="2031-03-05")
        .actor("Averia", "state", country="AVR")
        .actor("Rolf Haln", country="TSM", sector="GOV")
        .event("demanded", "REQUEST", actor=("Averia",), recipient=("Rolf Haln",), lemma="demand",
               due=Due("2031-03-07", "2031-03-07"))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind", "lemma", "status"),
    [("refused to resign", "REJECT", "refuse", "missed"), ("resigned", "RETREAT", "resign", "met"),
     ("spoke at a dinner", "CONSULT", "speak", "unknown")],
)  # fmt: skip
def test_what_became_of_an_ultimatum(words: str, kind: str, lemma: str, status: str) -> None:
    answer = Account("answer", f"On Friday Rolf Haln {words}.", published="2031-03-08").actor(
        "Rolf Haln", country="TSM"
    )
    answer.event(words.split()[0], kind, actor=("Rolf Haln",), day="2031-03-07", lemma=lemma)
    (expected,) = dossier(ultimatum(), answer).expectations
    assert expected.status == status


def test_to_ask_again_is_not_to_be_obeyed() -> None:
    again = Account("again", "Averia demanded once more that Rolf Haln resign.", published="2031-03-08")
    again.actor("Averia", "state", country="AVR").actor("Rolf Haln", country="TSM", sector="GOV")
    again.event("demanded", "REQUEST", actor=("Averia",), recipient=("Rolf Haln",), lemma="demand", day="2031-03-07")
    assert [e.status for e in dossier(ultimatum(), again).expectations] == ["unknown"]


def test_headlines_are_the_line_of_the_mention_that_tells_most() -> None:
    account = Account("one", "They met. Averia met Tesmark.").actor("Averia", "state", country="AVR")
    account.event("met", "CONSULT").event("Averia met", "CONSULT", actor=("Averia",), day="2031-03-07")
    account.mentions[1] = msgspec.structs.replace(account.mentions[1], line="Averia met Tesmark")
    assert "Averia met Tesmark" in {e.headline for e in dossier(account).events}
