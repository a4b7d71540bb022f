"""The board in a terminal: what the accounts agree on, where they differ, what only one tells, and who says so."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.records import Dossier
from dragoman.tell.picture import Picture, picture
from dragoman.tell.view import Contrast, Quoted, Row, Side
from dragoman.tell.words import shorten

_STANCES = {"supports": ("stand with", "green"), "opposes": ("stand against", "red")}
_STATUS = {"open": "yellow", "met": "green", "missed": "red", "unknown": "dim"}


def render(dossier: Dossier, console: Console, *, everything: bool = False) -> None:
    """Print the board; all of it when `everything`, else the most telling rows of each section."""
    shown = picture(dossier, everything=everything)
    _reports(shown, console)
    _section(console, "The accounts agree", "green", shown, "agree", [_event(r) for r in shown.agree])
    _section(console, "They differ", "yellow", shown, "differ", [_differing(r, c) for r, c in shown.differ])
    _section(console, "Only one tells", "blue", shown, "alone", [_event(r) for r in shown.alone])
    _section(console, "Who stands where", "magenta", shown, "sides", [_side(s) for s in shown.sides])
    _section(console, "Due", "cyan", shown, "due", [_due(r) for r in shown.due])
    _section(console, "In their words", "white", shown, "quoted", [_quoted(q) for q in shown.quoted])
    _section(console, "Day by day", "cyan", shown, "timeline", [_event(r, plain_note=True) for r in shown.timeline])
    held = sum(shown.held_back.values())
    hint = "`--all` shows the rest; " if held else ""
    console.print(Text(f"{hint}A7 is sentence 7 of report A; `dragoman explain` shows it with the reading.", "dim"))


def _reports(shown: Picture, console: Console) -> None:
    counts = ((len(shown.reports), "report"), (shown.mentions, "mention"), (shown.events, "event"))
    console.print(Text(", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counts), "bold"))
    table = Table.grid(padding=(0, 2))
    for row in shown.reports:
        width = max(20, console.width - 45)
        table.add_row(Text(row.marks[0], "bold"), Text(row.day, "dim"), shorten(row.text, width), Text(row.note, "dim"))
    console.print(Padding(table, (0, 0, 0, 2)))


def _section(console: Console, title: str, colour: str, shown: Picture, key: str, lines: Iterable[Table]) -> None:
    lines = list(lines)
    if not lines:
        return
    held = shown.held_back[key]
    head = Text(title, f"bold {colour}") + Text(f"  {held} more" if held else "", "dim")
    console.print(Rule(head, align="left", style=colour))
    for line in lines:
        console.print(Padding(line, (0, 0, 0, 2)))


def _grid(day: str, body: Text) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=17, no_wrap=True)
    table.add_column(ratio=1)
    table.add_row(Text(shorten(day, 17), "dim"), body)
    return table


def _marks(marks: Iterable[str]) -> Text:
    return Text(" " + " ".join(marks), "dim cyan")


def _event(row: Row, *, plain_note: bool = False) -> Table:
    body = Text(row.text)
    if row.note and not plain_note:
        body += Text(f" ({row.note})", "italic dim")
    return _grid(row.day, body + _marks(row.marks))


def _differing(row: Row, contrasts: tuple[Contrast, ...]) -> Table:
    body = Text(row.text) + _marks(row.marks)
    for contrast in contrasts:
        body += Text(f"\n{contrast.asked}: ", "yellow")
        for n, (tellers, words, marks) in enumerate(contrast.sides):
            body += Text("; " if n else "") + Text(tellers, "italic") + Text(f" “{shorten(words, 90)}”") + _marks(marks)
        if contrast.kind != "differ":
            body += Text(f" ({contrast.kind})", "dim")
    return _grid(row.day, body)


def _side(side: Side) -> Table:
    words, colour = _STANCES[side.stance]
    if len(side.actors) == 1:
        words = words.replace("stand", "stands", 1)
    body = Text()
    for n, (name, marks) in enumerate(side.actors):
        body += Text(", " if n else "") + Text(name) + _marks(marks[:3])
    body += Text(f" {words} ", colour) + Text(side.toward, "bold")
    table = Table.grid()
    table.add_row(body)
    return table


def _due(row: Row) -> Table:
    body = Text(row.text) + Text(f" {row.note}", _STATUS.get(row.note, "dim")) + _marks(row.marks)
    return _grid(row.day, body)


def _quoted(quoted: Quoted) -> Table:
    body = Text()
    for n, (words, mark) in enumerate(quoted.versions):
        body += Text("\n" if n else "") + Text(f"“{shorten(words, 170)}”") + _marks([mark])
    return _grid(quoted.speaker, body)
