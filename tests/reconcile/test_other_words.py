"""One event in other words, and near but different events, on readings made by hand."""

from __future__ import annotations

import pytest
from accounts import Account
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.reconcile.words import slug
from dragoman.records import Attribution, Dossier, Number


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
        ("type", ["a demand: told", "a penalty: ordered"])
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


def affair(name: str, text: str, *, published: str = "2031-03-07") -> Account:
    """A report that names the people of one crisis."""
    people = "Edda Vorn, Rolf Haln and Tesmark spoke. "
    return (
        Account(name, people + text, published=published)
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .actor("Rolf Haln", country="TSM", sector="GOV")
        .actor("Tesmark", "state", country="TSM")
        .like(100, 20)
    )


@pytest.mark.parametrize(("published", "events"), [("2031-03-08", 1), ("2031-03-18", 2)])
def test_a_ban_is_imposed_once_though_accounts_give_it_two_days(published: str, events: int) -> None:
    one = affair("one", "Edda Vorn banned live broadcasts.").event(
        "banned", "COERCE", actor=("Edda Vorn",), day="2031-03-06", lemma="ban broadcast", mode="censor"
    )
    two = affair("two", "The suspension of coverage went on.", published=published).event(
        "suspension", "COERCE", day="2031-03-07", lemma="suspension", mode="censor"
    )
    assert len(dossier(one, two).events) == events


def test_captives_are_taken_in_one_account_and_hostages_seized_in_the_other() -> None:
    one = (
        affair("one", "Students took sixty clerks captive.")
        .actor("Students", "group")
        .actor("clerks", "group")
        .event("took", "ASSAULT", actor=("Students",), recipient=("clerks",), day="2031-03-06", lemma="take",
               mode="abduct")
    )  # fmt: skip
    two = (
        affair("two", "Attackers seized hostages.")
        .actor("Attackers", "group")
        .actor("hostages", "group")
        .event("seized", "ASSAULT", actor=("Attackers",), recipient=("hostages",), day="2031-03-06", lemma="seize",
               mode="abduct")
    )  # fmt: skip
    assert len(dossier(one, two).events) == 1


def moved(name: str, words: str, *, by: str | None = None, auxiliary: tuple[str, ...] = ()) -> Account:
    account = affair(name, words)
    if by:
        account.actor(by, "group", country="ORV", sector="MIL")
    return account.event(
        "sent", "MOBILIZE", actor=(by,) if by else (), lemma="send", auxiliary=auxiliary,
        recipient_text=("armoured cars",), mode="troops"
    )  # fmt: skip


def test_what_one_account_denies_is_what_the_other_tells() -> None:
    one = moved("one", "Into the harbour armoured cars were sent.")
    two = moved("two", "At no time were armoured cars sent anywhere.", auxiliary=("negation",))
    (event,) = dossier(one, two).events
    assert [(d.slot, d.kind) for d in event.differences] == [("auxiliary", "denial")]


def test_what_one_account_abandons_the_other_has_not_given_up() -> None:
    league, told = "the Harbour League", "its long mediation between the two islands"
    one = affair("one", f"After all {league} abandoned {told}.").actor(league, "organization")
    two = affair("two", f"As always {league} had not given up {told}.", published="2031-03-14")
    two.actor(league, "organization")
    one.event("abandoned", "SANCTION", actor=(league,), lemma="abandon mediation")
    two.event("given up", "SANCTION", actor=(league,), lemma="give up mediation", auxiliary=("negation",))
    (event,) = dossier(one, two).events
    assert [d.kind for d in event.differences] == ["denial"]


def test_assets_are_frozen_once_though_accounts_give_two_days() -> None:
    one = affair("one", "Edda Vorn froze the funds.").event(
        "froze", "COERCE", actor=("Edda Vorn",), lemma="freeze fund", day="2031-03-05", mode="seize"
    )
    two = affair("two", "The freeze by Edda Vorn hurt banks.").event(
        "freeze", "COERCE", actor=("Edda Vorn",), lemma="freeze", day="2031-03-06", mode="seize"
    )
    (event,) = dossier(one, two).events
    assert [d.slot for d in event.differences] == ["time"]


def test_what_somebody_left_undone_denies_nothing() -> None:
    one = moved("one", "Into the harbour armoured cars were sent.")
    two = moved("two", "The army never sent armoured cars in time.", by="army", auxiliary=("negation",))
    assert len(dossier(one, two).events) == 2


def hurt(name: str, text: str, whom: str, *, number: float, kind: str = "group") -> Account:
    return (
        affair(name, text)
        .actor(whom, kind)
        .event("hurt", "ASSAULT", recipient=(whom,), lemma="hurt", number=(number, whom))
    )


@pytest.mark.parametrize(("number", "events"), [(90.0, 1), (40.0, 1), (2.0, 2)])
def test_a_few_of_many_are_a_part_of_those_it_befell(number: float, events: int) -> None:
    one = hurt("one", "In the blast at the pier some clerks were hurt.", "clerks", number=90)
    two = hurt("two", "In the blast at the pier a few pilots were hurt.", "pilots", number=number).like(20, 100)
    assert len(dossier(one, two).events) == events


@pytest.mark.parametrize(("kind", "whom", "events"), [("person", "Ada Lund", 2), ("group", "pilots", 1)])
def test_who_is_named_is_not_the_nameless_many(kind: str, whom: str, events: int) -> None:
    one = affair("one", "Nobody knew until the evening that in the old camp clerks were held.").actor("clerks", "group")
    two = affair("two", f"In the old camp {whom} were held, said a cook who had come back from there.").actor(
        whom, kind
    )
    one.event("held", "COERCE", recipient=("clerks",), lemma="hold")
    two.event("held", "COERCE", recipient=(whom,), lemma="hold")
    assert len(dossier(one, two).events) == events


def said(name: str, words: str, by: str, *, like: tuple[int, int]) -> Account:
    return affair(name, f'"{words}," {by} told us.').quote(words, by).like(*like)


@pytest.mark.parametrize(
    ("words", "by", "near", "grouped"),
    [
        ("The begun war is about coins", "Edda Vorn", True, True),  # brief, one word in common, very near
        ("The begun war is about coins", "Edda Vorn", False, False),
        ("The begun war is about coins", "a clerk", True, False),  # somebody else, who knows
        ("They alone declared that war", "a clerk", True, True),
        ("They alone declared that war", "Rolf Haln", True, False),
    ],
)
def test_one_saying_in_other_words(words: str, by: str, near: bool, grouped: bool) -> None:
    speaker = "Edda Vorn" if by != "a clerk" else "a pilot"
    one = said("one", "They have declared economic war", speaker, like=(100, 20))
    two = said("two", words, by, like=(100, 30) if near else (10, 100))
    groups = {c.group for c in dossier(one, two).claims}
    assert (None not in groups and len(groups) == 1) is grouped


def blast(name: str, text: str, *numbers: tuple[float, str], by: str | None = None) -> Account:
    account = (
        affair(name, text).actor("people", "group").event("killed", "ASSAULT", recipient=("people",), lemma="kill")
    )
    told = (Attribution(source=by, span=account.span(by), actor=None, cue="said", kind="named"),) if by else ()
    found = tuple(
        Number(value=n, low=n, high=n, unit="people", text=words, span=account.span(words)) for n, words in numbers
    )
    phrase = numbers[0][1] if numbers else "people"
    account.mentions = [replace(account.mentions[0], numbers=found, recipient_text=(phrase,), attribution=told)]
    return account


def test_a_part_of_a_figure_is_no_other_figure() -> None:
    one = blast("one", "A blast killed 84 people, ten children among them.", (84, "84 people"), (10, "ten children"))
    two = blast("two", "The blast at the pier killed 60 people.", (60, "60 people"))
    (event,) = dossier(one, two).events
    assert [[v.value for v in d.values] for d in event.differences] == [["84 people", "60 people"]]


@pytest.mark.parametrize(("other", "differ"), [("Ada Shehu", False), ("Olu Garba", True)])
def test_sources_with_a_name_in_common_do_not_differ(other: str, differ: bool) -> None:
    one = blast("one", "A blast killed people at the pier, Colonel Shehu said.", by="Colonel Shehu")
    two = blast("two", f"{other}, said that the blast killed people there.", by=other)
    for account, who in ((one, "Colonel Shehu"), (two, other)):
        account.actor(who)
        told = account.mentions[0].attribution[0]
        account.mentions = [replace(account.mentions[0], attribution=(replace(told, actor=slug(who)),))]
    (event,) = dossier(one, two).events
    assert ("attribution" in {d.slot for d in event.differences}) is differ


def reproach(name: str, text: str, verb: str, lemma: str, *, published: str, day: str | None) -> Account:
    made = affair(name, text, published=published)
    return made.event(verb, "ACCUSE", actor=("Edda Vorn",), lemma=lemma, day=day)


@pytest.mark.parametrize(("day", "events"), [("2031-03-06", 1), ("2031-02-20", 2)])
def test_a_late_report_that_tells_the_day_is_held_by_that_day(day: str, events: int) -> None:
    one = reproach(
        "one", "Edda Vorn condemned the coup.", "condemned", "condemn coup", published="2031-03-07", day=None
    )
    two = reproach("two", "There Edda Vorn deplored the coup.", "deplored", "deplore", published="2031-03-19", day=day)
    assert len(dossier(one, two).events) == events


@pytest.mark.parametrize(("body", "events"), [("Channel 4", 1), ("the studios", 2)])
def test_a_named_body_is_stormed_once_a_day(body: str, events: int) -> None:
    one = affair("one", f"Armed followers overran {body} on Thursday.").like(100, 0, 127)
    two = affair("two", f"By ten that day {body} were captured by soldiers.").like(100, 127, 0)
    one.actor(body, "organization").actor("followers", "group")
    two.actor(body, "organization").actor("soldiers", "group")
    one.event("overran", "ASSAULT", actor=("followers",), recipient=(body,), lemma="overrun", day="2031-03-06")
    two.event("captured", "COERCE", actor=("soldiers",), recipient=(body,), lemma="capture", day="2031-03-06")
    assert len(dossier(one, two).events) == events


def test_one_saying_told_of_two_speakers() -> None:
    words = "the harbour will be closed to foreign tankers until the league releases our pilots"
    again = "Our harbour is closed to the foreign tankers until the league releases the pilots"
    one, two = (
        affair(name, f'"{told}," {by} told us.').actor(by).quote(told, by).like(*like)
        for name, told, by, like in (("one", words, "Edda Vorn", (99, 20)), ("two", again, "Osk Radel", (98, 22)))
    )
    groups = {c.group for c in dossier(one, two).claims}
    assert len(groups) == 1
    assert None not in groups


@pytest.mark.parametrize(("vector", "events"), [((100, -40, 60), 1), ((0, 100, 10), 2)])
def test_what_is_only_taken_up_is_what_was_said(vector: tuple[int, int, int], events: int) -> None:
    one = (
        Account("one", "Edda Vorn has rejected all suggestions that observers be let in.")
        .like(100, 40, 0)
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .event("rejected all suggestions", "REJECT", actor=("Edda Vorn",), lemma="reject suggestion")
    )
    two = (
        Account("two", "A day before, Edda Vorn had dismissed the very idea.", published="2031-03-08")
        .like(*vector)
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .event("dismissed the very idea", "REJECT", actor=("Edda Vorn",), lemma="dismiss idea", day="2031-03-07",
               when="A day before")
    )  # fmt: skip
    assert len(dossier(one, two).events) == events
