"""A record without gold is predicted and counted, not scored."""

from __future__ import annotations

from typing import Any

import pytest

from evals.__main__ import TASKS, load
from evals.judge import count
from evals.merges import keep

BARE: dict[str, dict[str, Any]] = {
    "attribution": {"doc": "a", "text": "Norland left."},
    "boilerplate": {"id": "a", "text": "Norland left."},
    "certainty": {"id": "a", "tokens": ["Left"], "events": [{"i": 0}]},
    "coding": {"id": "a", "text": "Norland left.", "date": "19950101"},
    "copies": {"text_a": "a", "text_b": "b"},
    "event-spans": {"id": "a", "text": "Norland left.", "tokens": ["Norland", "left", "."]},
    "event-type": {"id": "a", "text": "Norland left.", "events": [{"source_text": "Norland", "target_text": "it"}]},
    "pairs": {"a": {"text": "a"}, "b": {"text": "b"}},
    "stories": {"doc": "a", "title": "a", "text": "b", "day": "2021-04-01"},
    "timex": {"doc": "a", "text": "Norland left.", "dct": "2021-04-01"},
    "wordings": {"id": "a", "sentence": "Norland left."},
}


@pytest.mark.parametrize("name", sorted(BARE))
def test_bare_records_have_no_gold(name: str) -> None:
    assert name in TASKS
    assert not load(name).has_gold(BARE[name])


def test_a_kept_merge_has_no_text() -> None:
    told = {"report": "a", "sentence": "Norland closed the port.", "trigger": [8, 14], "words": "closed"}
    line = {"set": "s", "topic": "1", "coded": "COERCE", "headline": "Norland closed the port", "told": [told]}
    (kept,) = keep([line | {"right": True}])
    assert count([kept])["right"].startswith("1/1")
    assert kept == {"of": "merges", "set": "s", "topic": "1", "coded": "COERCE", "told": [["a", 8, 14]], "right": True}
