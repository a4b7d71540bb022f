"""The changes between two dossiers in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.tell.changes import Change, Changes, Kind, Sign
from dragoman.tell.words import days, shorten

_SIGNS: dict[Sign, tuple[str, str]] = {
    "added": ("+", "bold green"),
    "changed": ("~", "bold yellow"),
    "withdrawn": ("−", "bold red"),
}
_SECTIONS: tuple[tuple[str, Kind, tuple[Sign, ...], int], ...] = (
    ("Reports", "report", ("added", "changed", "withdrawn"), 20),
    ("Now they differ", "difference", ("added", "changed"), 8),
    ("What was expected", "expectation", ("changed", "added", "withdrawn"), 8),
    ("Told again, or otherwise", "event", ("changed",), 10),
    ("New", "event", ("added",), 12),
    ("No longer told", "event", ("withdrawn",), 10),
    ("Who stands where", "position", ("changed", "added", "withdrawn"), 8),
    ("Corrections", "correction", ("added", "withdrawn"), 10),
    ("Actors", "actor", ("changed", "added", "withdrawn"), 10),
)


def render(found: Changes, console: Console, *, everything: bool = False) -> None:
    """Print what was added (+), changed (~) and withdrawn (−), the most telling of each sort first."""
    console.print(Text(_head(found), "bold"))
    for title, kind, signs, limit in _SECTIONS:
        rows = [r for r in found.rows if r.kind == kind and r.sign in signs]
        if rows:
            _section(console, title, rows, len(rows) if everything else limit)


def _head(found: Changes) -> str:
    between = f"{days(found.old, found.old) or 'undated'} → {days(found.new, found.new) or 'undated'}: "
    counts = []
    for kind, word in (("report", "report"), ("event", "event")):
        for sign in ("added", "changed", "withdrawn"):
            number = sum(r.kind == kind and r.sign == sign for r in found.rows)
            if number:
                counts.append(f"{number} {word}{'s' if number > 1 else ''} {sign}")
    return between + (", ".join(counts) or ("no report or event changed" if found.rows else "nothing changed"))


def _section(console: Console, title: str, rows: Sequence[Change], limit: int) -> None:
    held = max(0, len(rows) - limit)
    console.print(Rule(Text(title, "bold") + Text(f"  {held} more" if held else "", "dim"), align="left", style="dim"))
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    if any(row.day for row in rows[:limit]):
        table.add_column(width=17, no_wrap=True)
    table.add_column(ratio=1)
    for row in rows[:limit]:
        sign, style = _SIGNS[row.sign]
        cells = [Text(sign, style), Text(shorten(_day(row), 17), "dim"), _body(row)]
        table.add_row(*(cells if len(table.columns) == 3 else (cells[0], cells[2])))
    console.print(Padding(table, (0, 0, 0, 2)))


def _day(row: Change) -> str:
    return days(row.day, row.day) if row.kind in ("report", "position", "correction") else row.day


def _body(row: Change) -> Text:
    body = Text(row.line, "strike dim" if row.sign == "withdrawn" else "")
    body += Text(" " + " ".join(row.marks), "dim cyan")
    for turn in row.slots:
        body += Text(f"\n{turn.slot}: ", "yellow")
        if turn.before:
            body += Text(turn.before, "dim") + Text(" → ", "dim")
        body += Text(turn.after or "—")
    return body
