"""The scorers of dossiers and partitions, on rows made by hand."""

from __future__ import annotations

from typing import Any

from dragoman.records import Actor, Dossier, Due, Event, Expectation, Mention, Report, Span, Time
from evals.facts import Held

TEXT = "Vorn expelled the envoy on Monday. She will meet Haln on Friday."
GOLD: dict[str, Any] = {
    "reports": {"A": "gazette"},
    "facts": [
        {"id": "A1", "report": "A", "evidence": "Vorn expelled the envoy", "type": ["SANCTION"], "actor": ["Vorn"],
         "recipient": ["TSM"], "time": ["2031-03-03", "2031-03-03"], "aux": [], "by": None, "certainty": None},
        {"id": "A2", "report": "A", "evidence": "She will meet Haln", "type": ["CONSULT"], "actor": ["Vorn"],
         "recipient": [], "time": None, "aux": ["future"], "by": None, "certainty": None},
    ],
    "expectations": [{"fact": "A2", "due": ["2031-03-07", "2031-03-07"]}],
    "never": [{"report": "A", "evidence": "expelled the envoy", "what": "as certain"}],
}  # fmt: skip

DUE = Due("2031-03-07", "2031-03-07")


def dossier(*, together: bool = False, trigger: int = 5) -> Dossier:
    one = Mention(id="m1", report="gazette-1", trigger=Span(trigger, trigger + 8), span=Span(0, 34), type="SANCTION",
                  actor=("vorn",), recipient=("tesmark",),
                  time=Time(text="Monday", start="2031-03-03", end="2031-03-03", precision="day"))  # fmt: skip
    two = Mention(id="m2", report="gazette-1", trigger=Span(44, 48), span=Span(35, 64), type="CONSULT",
                  actor=("vorn",), auxiliary=("future",))  # fmt: skip
    chains = [("m1", "m2")] if together else [("m1",), ("m2",)]
    return Dossier(
        dragoman="", model="", ontology="", read_at=None,
        reports=(Report(id="gazette-1", origin="gazette.txt", text=TEXT, sha256=""),),
        actors=(Actor(id="vorn", name="Edda Vorn", kind="person"),
                Actor(id="tesmark", name="Tesmark", kind="state", country="TSM")),
        mentions=(one, two),
        events=tuple(Event(id=c[0], type="SANCTION", mentions=c, reports=("A",), independent=1) for c in chains),
        expectations=(Expectation(id="x", mention="m2", event="m2", due=DUE, status="open"),),
    )  # fmt: skip


def test_all_right() -> None:
    held = Held(dossier(), GOLD)
    assert all(right == total for right, total in held.shares().values())
    rows, expected = held.checks()["expectations"]
    assert list(map(expected, rows)) == [True]
    assert held.false_merges() == []


def test_a_trigger_outside_its_evidence_is_not_found() -> None:
    right, total = Held(dossier(trigger=40), GOLD).shares()["found"]
    assert (right, total) == (1, 2)


def test_two_kinds_in_one_event_are_a_false_merge() -> None:
    assert Held(dossier(together=True), GOLD).false_merges() == [("A1", "A2")]


def test_a_certain_expulsion_is_what_must_never_be() -> None:
    rows, kept_out = Held(dossier(), GOLD).checks()["never"]
    assert list(map(kept_out, rows)) == [False]
