"""Who is meant behind "the step", behind "it", behind "supporters of the League"."""

from __future__ import annotations

from accounts import Account

from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile


def positions(account: Account) -> set[tuple[str, str, str]]:
    found = reconcile([account.report], [account.reading], Knowledge())
    return {(p.actor, p.stance, p.toward) for p in found.positions}


def test_who_rejects_the_step_opposes_who_took_it() -> None:
    account = (
        Account("step", "Tesmark closed the straits on Monday. Averia rejected the step.")
        .actor("Tesmark", "state", country="TSM")
        .actor("Averia", "state", country="AVR")
        .event("closed", "COERCE", actor=("Tesmark",), lemma="close")
        .event("rejected", "REJECT", actor=("Averia",), lemma="reject", recipient_text=("the step",))
    )
    assert ("averia", "opposes", "tesmark") in positions(account)


def test_who_rejects_his_own_side_opposes_nobody() -> None:
    account = (
        Account("step", "Averia closed the straits on Monday. Averia rejected the step.")
        .actor("Averia", "state", country="AVR")
        .event("closed", "COERCE", actor=("Averia",), lemma="close")
        .event("rejected", "REJECT", actor=("Averia",), lemma="reject", recipient_text=("the step",))
    )
    assert not positions(account)


def test_who_accuses_supporters_of_a_party_opposes_the_party() -> None:
    account = (
        Account("party", "Averia accused supporters of the Harbour League of arson.")
        .actor("Averia", "state", country="AVR")
        .actor("Harbour League", "organization", sector="PTY")
        .actor("supporters of the Harbour League", "group", sector="CVL")
        .event("accused", "ACCUSE", actor=("Averia",), recipient=("supporters of the Harbour League",), lemma="accuse")
    )
    assert ("averia", "opposes", "harbour-league") in positions(account)


def test_who_is_supported_behind_a_pronoun() -> None:
    account = (
        Account("pronoun", "Edda Vorn offered an amnesty. She also received support from Lund.")
        .actor("Edda Vorn", country="ORV", sector="GOV")
        .actor("Lund", "state", country="LND")
        .event("offered", "CONCEDE", actor=("Edda Vorn",), lemma="offer")
        .event("received support", "SUPPORT", actor=("Lund",), lemma="receive support", sentence=1)
    )
    assert ("lund", "supports", "edda-vorn") in positions(account)


def test_who_takes_what_is_theirs_opposes_them() -> None:
    account = (
        Account("assets", "Averia froze all Tesmark assets in its banks.")
        .actor("Averia", "state", country="AVR")
        .actor("Tesmark", "state", country="TSM")
        .event("froze", "COERCE", actor=("Averia",), lemma="freeze asset", recipient_text=("all Tesmark assets",))
    )
    assert ("averia", "opposes", "tesmark") in positions(account)


def test_who_protests_in_solidarity_supports() -> None:
    account = (
        Account("dockers", "Dockers of Lund walked out in solidarity with the students on Monday.")
        .actor("Dockers", "group", sector="LAB")
        .actor("students", "group", sector="EDU")
        .event("walked out", "PROTEST", actor=("Dockers",), lemma="walk out", mode="strike")
    )
    assert positions(account) == {("dockers", "supports", "students")}


def test_who_does_not_recognise_somebody_opposes_him() -> None:
    account = (
        Account("recognise", "Edda Vorn does not recognise Rolf Haln.")
        .actor("Edda Vorn", sector="GOV")
        .actor("Rolf Haln", sector="GOV")
        .event("recognise", "REJECT", actor=("Edda Vorn",), recipient=("Rolf Haln",), lemma="recognise",
               auxiliary=("negation",))
    )  # fmt: skip
    assert positions(account) == {("edda-vorn", "opposes", "rolf-haln")}
