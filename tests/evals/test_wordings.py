"""The scorer of `wordings`, and what its file must hold."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, get_args

from dragoman.records import EventType
from evals.task import ROOT
from evals.wordings import NONE, PARTIES, TASK, judged, load

FILE: Path = ROOT / TASK.files[0]
ROW = {
    "id": "a", "sentence": "The pilots of Vorn walked out.", "trigger": "walked out", "type": "PROTEST|REJECT",
    "actor": "pilots", "recipient": "",
}  # fmt: skip


def event(**slots: Any) -> dict[str, Any]:
    return {"start": 19, "end": 29, "type": "PROTEST", "actor": ["The pilots of Vorn"], "recipient": []} | slots


def test_the_best_event_on_the_marked_words_counts() -> None:
    assert all(judged(ROW, [event(type="AID"), event(), event(actor=["Vorn"])]).values())


def test_an_event_beside_the_marked_words_is_not_found() -> None:
    assert judged(ROW, [event(start=4, end=10)]) == {"found": False, "type": False, "actor": False}


def test_what_is_found_where_nothing_happens_is_counted() -> None:
    quiet = {"id": "b", "sentence": "The clock struck nine.", "trigger": "", "type": NONE, "actor": "", "recipient": ""}
    assert TASK.score([ROW, quiet, quiet], [[event()], [event(), event()], []]) == {
        "found": 1.0, "type": 1.0, "actor": 1.0, "quiet": 0.5, "invented": 100.0,
    }  # fmt: skip


def test_every_row_marks_words_of_its_sentence() -> None:
    rows = load(FILE)
    kinds = Counter(row["type"].split("|")[0] for row in rows)
    assert set(kinds) <= {*get_args(EventType), NONE}
    assert len({row["id"] for row in rows}) == len(rows) == 480
    for row in rows:
        assert row["trigger"] in row["sentence"]
        assert (row["type"] == NONE) == (not row["trigger"])
        assert all(row[slot].lower() in row["sentence"].lower() for slot in PARTIES)
