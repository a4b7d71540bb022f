"""Every command takes a file or an address, and says the same of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dragoman.store import Place, Store


def test_every_command_takes_a_place(run: Any, place: Place, folder: Path) -> None:
    assert run("show", place).stderr.startswith("Error: there is no dossier at")
    done = run("read", folder, "-d", place, "--published", "2021-03-02")
    assert done.exit_code == 0
    with Store.open(place) as store:
        report = store.reports()[0].id
    for words in (
        ["show", place], ["stories", place], ["explain", place, report], ["check", place], ["rejects", place],
        ["export", place, "--as", "json"], ["diff", place, "--without", "dawn.txt"], ["diff", place, place],
        ["corrections", place, "--log"], ["show", place, "--as-of", "2021-03-02"],
    ):  # fmt: skip
        done = run(*words)
        assert (done.exit_code, words[0]) == (0, words[0]), done.stderr
    assert f"{place} is whole: 2 reports." in run("check", place).stderr
    assert run("show", place).stdout == run("read", folder, "--published", "2021-03-02").stdout


def test_a_dossier_that_is_not_there_is_neither_served_nor_corrected(run: Any, place: Place) -> None:
    for words in (["serve", place], ["correct", place, "reject", "x", "--reason", "no"]):
        done = run(*words)
        assert (done.exit_code, done.stderr.split(" at ")[0]) == (1, "Error: there is no dossier")
    assert run("check", place).exit_code == 1


@pytest.mark.parametrize("address", ["mysql://h/x", "postgresql://ada:gehe@im@h/x"])
def test_an_address_that_cannot_be_one_is_a_wrong_command_line(run: Any, address: str) -> None:
    done = run("show", address)
    assert done.exit_code == 2
    assert "postgresql://user@host" in done.stderr
    assert "gehe" not in done.stderr
