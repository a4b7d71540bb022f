"""A few of the moments at which `python -m bench.faults` kills a reading, with the shipped model."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.faults import disks, kept, kills, undisturbed, write_reports

COUNT = 8


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_killed_at_any_moment_and_read_again_it_is_the_same_dossier(tmp_path: Path) -> None:
    write_reports(tmp_path / "reports", COUNT)
    rows = list(kills(tmp_path / "reports", tmp_path, 3, late=2))
    assert [row["same"] for row in rows] == [True] * 5
    assert any(row["phase"] != "starting" for row in rows)


def test_a_full_disk_and_a_read_only_one_cost_nothing_that_was_read(tmp_path: Path) -> None:
    write_reports(tmp_path / "reports", COUNT)
    whole, _ = undisturbed(tmp_path / "reports", tmp_path / "whole.db")
    try:
        full, read_only = disks(tmp_path / "reports", tmp_path, whole, ("128k",))
    except (PermissionError, FileNotFoundError) as err:
        pytest.skip(f"no file system may be mounted here: {err}")
    assert (full["status"], full["same"]) == (1, True)
    assert "is full; make room (df -h" in full["said"]
    assert "goes on from what was kept" in full["said"]
    assert (read_only["status"], read_only["kept"], read_only["same"]) == (1, COUNT // 2, True)
    assert "may not be written" in read_only["said"]
    assert kept(tmp_path / "whole.db") == COUNT
