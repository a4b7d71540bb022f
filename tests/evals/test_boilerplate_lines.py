"""The scorer of `boilerplate`, and what its file must hold."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from evals.boilerplate import TASK, lines_passed, load
from evals.task import ROOT

FILE: Path = ROOT / TASK.files[0]
MARKS = {"marks": ["-", "+", "?", "-"]}


def test_lines_are_counted_by_what_they_are() -> None:
    found = TASK.score([MARKS], [[True, False, True, False]])
    assert found == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "kept": 0.5, "kept_alike": 0.0}


def test_a_line_is_passed_over_when_most_of_it_is() -> None:
    assert lines_passed("Advertisement\n\nThe envoys left the town on Sunday (Photo: Ann Holt).\n") == [True, False]


def test_every_line_of_the_file_has_a_mark_and_a_place() -> None:
    pages = load(FILE)
    assert len(pages) > 40
    assert len({page["id"] for page in pages}) == len(pages)
    for page in pages:
        assert len(page["marks"]) == len([line for line in page["text"].split("\n") if line])
    marks = Counter(mark for page in pages for mark in page["marks"])
    assert set(marks) == {"-", "+", "?"}
    assert marks["-"] > 240
    assert marks["?"] > 60
