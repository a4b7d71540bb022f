"""What is done side by side is what is done in turn."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.scale import forks

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes that begin as copies")


@given(sizes=st.lists(st.integers(0, 9), max_size=30), count=st.integers(1, 6))
def test_shares_are_all_rows_in_order_and_no_more_than_asked_for(sizes: list[int], count: int) -> None:
    rows = [str(n) for n in range(len(sizes))]
    shares = list(forks._shares(rows, sizes, count))
    assert [row for share in shares for row in share] == rows
    assert len(shares) <= count


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_results_come_in_the_order_of_the_rows(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "FEW", 0)
    rows = [str(n) for n in range(40)]
    found = forks.side_by_side(count)(lambda some: [(row, 2 * int(row)) for row in some], rows, int)
    assert list(found) == [(row, 2 * int(row)) for row in rows]


def test_what_a_process_dies_of_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "FEW", 0)
    here = os.getpid()

    def work(rows: Sequence[str]) -> list[str]:
        if os.getpid() != here:
            os._exit(9)
        return list(rows)

    assert list(forks.side_by_side(3)(work, list("abcdef"), lambda row: 1)) == list("abcdef")
