from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest

from dragoman import __version__
from dragoman.cli import COMMANDS
from dragoman.records import Dossier
from dragoman.understand import STAGES


def test_version(run: Any) -> None:
    assert run("--version").stdout == f"dragoman {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_command_and_option_has_a_help(command: Any) -> None:
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_stages_are_listed_in_order(run: Any) -> None:
    out = run("stages").stdout
    places = [out.index(f" {stage.name} ") for stage in STAGES]
    assert places == sorted(places)


def test_the_schema_fits_the_dossier(run: Any) -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["$defs"]["Dossier"]["properties"].keys() == set(Dossier.__struct_fields__)


def test_rejects_are_listed_with_stage_reason_and_words(run: Any, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    run("read", folder, "-d", folder / "crisis.db")
    lines = run("rejects", folder / "crisis.db").stdout.splitlines()
    assert any(line.startswith("collect\tthe file is empty") for line in lines)
    rows = [json.loads(line) for line in run("rejects", folder / "crisis.db", "--json").stdout.splitlines()]
    assert {"report": "empty.txt", "stage": "collect"}.items() <= next(
        row for row in rows if row["stage"] == "collect"
    ).items()


def test_explain_knows_a_report_and_names_the_way_for_an_unknown_id(run: Any, folder: Path) -> None:
    done = run("read", folder, "-d", folder / "crisis.db", "--format", "json")
    ident = msgspec.json.decode(done.stdout_bytes, type=Dossier).reports[0].id
    assert run("explain", folder / "crisis.db", ident).exit_code == 0
    wrong = run("explain", folder / "crisis.db", "nobody")
    assert wrong.exit_code == 1
    assert "--format json" in wrong.stderr
