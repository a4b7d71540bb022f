"""`make bench`: the time of every stage of reading and understanding, by pytest-benchmark.

One round runs a stage over all examples, put together to reports of some 600 words; the drafts it works on are made
anew before each round by the stages before it. Compare two states of the code with pytest-benchmark's own options:

    pytest bench/stages.py --benchmark-autosave         # here
    pytest bench/stages.py --benchmark-compare          # and after a change
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from bench.__main__ import ROOT, load, of_length
from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Doc, Report
from dragoman.understand import STAGES, Stage, understand
from dragoman.understand.draft import Draft

ROUNDS = 8


@cache
def knowledge() -> Knowledge:
    return Knowledge()


@cache
def reader() -> Reader:
    return Reader(threads=1)


@cache
def reports() -> tuple[Report, ...]:
    return tuple(of_length(load(sorted((ROOT / "examples").glob("*/*.txt"))), 600))


@cache
def docs() -> tuple[Doc, ...]:
    return tuple(reader().read(report) for report in reports())


def drafts(before: Stage) -> list[Draft]:
    """The reports as the stages before this one leave them."""
    made = [Draft(doc) for doc in docs()]
    for stage in STAGES[: STAGES.index(before)]:
        for draft in made:
            stage.run(draft, knowledge())
    return made


def test_reading(benchmark: Any) -> None:
    reader().read(reports()[0])
    benchmark.pedantic(lambda: [reader().read(report) for report in reports()], rounds=ROUNDS)


def test_understanding(benchmark: Any) -> None:
    docs()
    benchmark.pedantic(lambda: [understand(doc, knowledge(), version="bench") for doc in docs()], rounds=ROUNDS)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_stage(benchmark: Any, stage: Stage) -> None:
    def run(made: list[Draft]) -> None:
        for draft in made:
            stage.run(draft, knowledge())

    benchmark.pedantic(run, setup=lambda: ((drafts(stage),), {}), rounds=ROUNDS)
