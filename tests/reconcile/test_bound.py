"""What binds two accounts where their words differ: an office, a scene, a figure, a denial of the same."""

from __future__ import annotations

from accounts import Account
from msgspec.structs import replace

from dragoman.knowledge import Knowledge, tables
from dragoman.knowledge.predicates import Row
from dragoman.reconcile import reconcile
from dragoman.reconcile.acts import acts_of_gloss
from dragoman.records import Dossier, Number, Reason
from dragoman.records.terms import TYPES

CRISIS = {
    "one": " The harbour strikers of Velin defied the premier Osk Radel while Tesmark waited.",
    "two": " All Tesmark asks what Osk Radel, the premier, will make of the strikers in Velin's harbour.",
    "three": " Velin's strikers and their harbour: that is what Tesmark reads of, and of Osk Radel, its premier.",
}


def account(name: str, text: str, *, published: str = "2031-03-07") -> Account:
    return (
        Account(name, text + CRISIS[name], published=published)
        .actor("Tesmark", "state", country="TSM")
        .actor("Osk Radel", title="premier")
    )


def told(*accounts: Account) -> Dossier:
    return reconcile([a.report for a in accounts], [a.reading for a in accounts], Knowledge())


def test_who_is_told_by_his_office_is_who_held_it() -> None:
    one = account("one", "An hour later Osk Radel resigned in Onda.").event(
        "resigned", "RETREAT", actor=("Osk Radel",), lemma="resign", day="2031-03-07"
    )
    two = account("two", "In Onda they sang when the premier gave up.", published="2031-03-09").actor("the premier")
    two.event("gave up", "RETREAT", actor=("the premier",), lemma="give up")
    assert len(told(one, two).events) == 1


def test_the_premier_of_another_state_is_another() -> None:
    one = account("one", "An hour later Osk Radel resigned in Onda.").event(
        "resigned", "RETREAT", actor=("Osk Radel",), lemma="resign", day="2031-03-07"
    )
    two = account("two", "In Onda they sang when the premier of Lund gave up.", published="2031-03-09")
    two.actor("the premier of Lund", country="LND")
    one.actors["Osk Radel"] = replace(one.actors["Osk Radel"], country="TSM")
    two.event("gave up", "RETREAT", actor=("the premier of Lund",), lemma="give up")
    assert len(told(one, two).events) == 2


def toll(name: str, text: str, verb: str, figure: float, words: str, *, published: str) -> Account:
    found = account(name, text, published=published).actor("people", "group")
    found.event(verb, "ASSAULT", recipient=("people",), lemma={"injured": "injure"}.get(verb, verb))
    at = found.span(words)
    number = Number(value=figure, low=figure, high=figure, unit="people", text=words, span=at)
    found.mentions[-1] = replace(found.mentions[-1], numbers=(number,))
    return found


def test_a_high_figure_binds_though_it_is_told_weeks_later() -> None:
    one = toll(
        "one", "At least 39 people were injured, a doctor said.", "injured", 39, "39 people", published="2031-03-07"
    )
    two = toll("two", "It was said then that 39 people were hurt.", "hurt", 39, "39 people", published="2031-03-21")
    three = toll("three", "It was said then that 7 people were hurt.", "hurt", 7, "7 people", published="2031-03-21")
    assert len(told(one, two).events) == 1
    assert len(told(one, three).events) == 2


def test_what_one_account_denies_of_the_same_thing_is_one_event() -> None:
    one = account("one", "Osk Radel tried to fly home but his aircraft was turned back.").like(9, 3, 1)
    two = account("two", "His aircraft was never turned back, whatever Osk Radel fears.").like(9, 3, 1)
    one.event("turned back", "REJECT", recipient=("Osk Radel",), lemma="turn back")
    two.event("turned back", "REJECT", recipient=("Osk Radel",), lemma="turn back", auxiliary=("negation",))
    (event,) = told(one, two).events
    assert [d.slot for d in event.differences] == ["auxiliary"]


def test_who_stands_beside_a_death_without_a_doer_binds_it() -> None:
    one = account("one", "Police fired at them in Musk. A boy, Jan Veit, was hit in Musk and died.")
    one.actor("Police", "group", sector="COP").actor("Jan Veit")
    one.event("died", "ASSAULT", recipient=("Jan Veit",), lemma="die")
    two = account("two", "In Musk they buried a teenager who was shot by the police.", published="2031-03-09")
    two.actor("the police", "group", sector="COP").actor("a teenager")
    two.event("shot", "ASSAULT", actor=("the police",), recipient=("a teenager",), lemma="shoot", day="2031-03-07")
    three = account("three", "In Lund they buried a teenager who was shot by robbers.", published="2031-03-09")
    three.actor("robbers", "group", sector="CRM").actor("a teenager")
    three.event("shot", "ASSAULT", actor=("robbers",), recipient=("a teenager",), lemma="shoot", day="2031-03-07")
    filler = " The ships lay still." * 12
    told_in = [replace_text(a, filler) for a in (one, two, three)]
    assert len(told(*told_in[:2]).events) == 1
    assert len(told(told_in[0], told_in[2]).events) == 2


def replace_text(found: Account, more: str) -> Account:
    """The account in a longer report, where a name that stands once tells a scene."""
    found.report = replace(found.report, text=found.report.text + more)
    return found


def test_frames_that_say_one_thing_tell_one_act() -> None:
    why = {"torched": "sets fire to", "went up in flames": "is burnt"}
    found = []
    for name, (verb, gloss) in zip(("one", "two"), why.items(), strict=True):
        told_by = account(name, f"On Friday the depot of Radio Onda {verb}.").actor("Radio Onda", "organization")
        told_by.event(verb, "ASSAULT", recipient=("Radio Onda",), lemma=verb, day="2031-03-07")
        reason = Reason("type", "ASSAULT", f"frame {verb}.verb[obj], fit 3: {gloss}")
        told_by.mentions[-1] = replace(told_by.mentions[-1], why=(reason,))
        found.append(told_by)
    assert len(told(*found).events) == 1


def test_glosses_are_those_of_the_predicates() -> None:
    """A gloss that changes leaves its acts behind: most must still be there."""
    glosses = {(row.type, row.gloss) for kind in TYPES for row in tables.rows(f"predicates-{kind.lower()}.tsv", Row)}
    assert sum(bool(acts_of_gloss(*gloss)) for gloss in glosses) > 0.9 * len(glosses)


def test_a_headline_is_told_again_further_down() -> None:
    text = "Tesmark calls envoys home. Nobody in Onda slept. Tesmark recalled its ambassador."
    one = account("one", text).actor("envoys", "group").actor("ambassador", "person")
    one.report = replace(one.report, title="Tesmark calls envoys home.")
    one.event("calls", "SANCTION", actor=("Tesmark",), recipient=("envoys",), lemma="call home")
    again = {"lemma": "recall", "day": "2031-03-06", "sentence": 7}
    one.event("recalled", "SANCTION", actor=("Tesmark",), recipient=("ambassador",), **again)
    assert len(told(one).events) == 1
