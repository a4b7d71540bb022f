"""Imports run one way: records ← knowledge ← each room ← store ← scale ← web ← cli; no room knows another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dragoman"
ROOMS = ("collect", "read", "understand", "reconcile", "tell")
BASE = {"records", "knowledge", "__version__"}
ALLOWED = {
    "__init__": set(),
    "records": set(),
    "knowledge": {"records"},
    **dict.fromkeys(ROOMS, BASE),
    "store": {*BASE, *ROOMS},
    "scale": {*BASE, *ROOMS, "store"},
    "web": {*BASE, *ROOMS, "store", "scale"},
    "cli": {*BASE, *ROOMS, "store", "scale", "web"},
    "__main__": {"cli"},
}
OUTSIDE = {"evals", "learn", "bench", "tests"}  # these import the package, never the reverse


def part_of(path: Path) -> str:
    """The room a module belongs to, or its own name at the top of the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(source: str, *, module: str) -> list[tuple[int, str]]:
    """Line and dotted name of everything a module imports, wherever the import stands in it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*package, *([node.module] if node.module else [])])
            names = [f"{base}.{a.name}" for a in node.names] if base == "dragoman" else [base]
            found += [(node.lineno, name) for name in names]
    return found


def faults(path: Path, source: str) -> list[str]:
    part = part_of(path)
    module = ".".join(("dragoman", *path.relative_to(PACKAGE).with_suffix("").parts))
    wrong = []
    for line, name in imported(source, module=module):
        first, _, rest = name.partition(".")
        if first in OUTSIDE:
            wrong.append(f"{path}:{line}: the package must not import {first}")
        elif first == "dragoman" and (target := rest.split(".")[0] or "dragoman") not in ALLOWED[part] | {part}:
            wrong.append(f"{path}:{line}: {part} must not import {target}")
    return wrong


def test_imports_run_one_way() -> None:
    modules = sorted(PACKAGE.rglob("*.py"))
    assert len(modules) > 20
    assert [fault for path in modules for fault in faults(path, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("read/x.py", "from dragoman.understand.draft import Draft"),
        ("understand/x.py", "def f():\n    import dragoman.reconcile"),
        ("tell/x.py", "from ..store import Store"),
        ("records/x.py", "from dragoman.knowledge import Knowledge"),
        ("knowledge/x.py", "from dragoman import read"),
        ("store/x.py", "from dragoman.cli import main"),
        ("web/x.py", "from dragoman.cli import main"),
        ("cli/x.py", "from evals import task"),
    ],
)
def test_the_check_sees_a_wrong_import(module: str, source: str) -> None:
    assert faults(PACKAGE / module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("read/x.py", "from dragoman.read.tokens import words\nfrom . import tokens"),
        ("store/x.py", "from dragoman import __version__\nfrom dragoman.understand import understand"),
        ("cli/x.py", "import dragoman.store"),
    ],
)
def test_the_check_passes_a_right_import(module: str, source: str) -> None:
    assert faults(PACKAGE / module, source) == []


def test_every_part_of_the_package_has_a_place() -> None:
    parts = {part_of(path) for path in PACKAGE.rglob("*.py")}
    assert parts <= set(ALLOWED)
