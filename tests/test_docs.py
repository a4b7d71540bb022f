"""The documents are held against the code: what exists is documented."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import msgspec
import pytest
from golden.rewrite import GOLDEN, family

from dragoman import records
from dragoman.cli import dragoman

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## `(\w+)`", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


@pytest.mark.parametrize(
    ("section", "record"),
    [
        ("reports", records.Report),
        ("actors", records.Actor),
        ("mentions", records.Mention),
        ("events", records.Event),
        ("claims", records.Claim),
        ("positions", records.Position),
        ("expectations", records.Expectation),
        ("stories", records.Story),
        ("rejects", records.Reject),
        ("corrections", records.Correction),
    ],
)
def test_every_field_of_the_dossier_is_documented(section: str, record: type[msgspec.Struct]) -> None:
    text = _sections((DOCS / "dossier.md").read_text(encoding="utf-8"))[section]
    documented = set(re.findall(r"`(\w+)`", text))
    assert set(record.__struct_fields__) <= documented


@pytest.mark.parametrize("name", sorted(dragoman.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"## `dragoman {name}`" in text
    section = text.split(f"## `dragoman {name}`", 1)[1].split("\n## ", 1)[0]
    for parameter in dragoman.commands[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert f"`{max(parameter.opts, key=len)}`" in section, parameter.opts


@pytest.mark.parametrize("name", ["README.md", "docs/knowledge.md", "docs/questions.md", "docs/results.md"])
def test_generated_parts_are_fresh(name: str) -> None:
    printed_on = (GOLDEN / "FAMILY").read_text(encoding="utf-8").strip()
    if name in ("README.md", "docs/questions.md") and family() != printed_on:
        pytest.skip("what it shows was printed on another family of processors")
    command = [sys.executable, "-m", "cogapp", "--check", "-r", name]
    found = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": f"src{os.pathsep}."}, capture_output=True, text=True
    )
    assert found.returncode == 0, f"{found.stdout}{found.stderr}; run `make docs`"
