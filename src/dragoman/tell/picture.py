"""What to show of a dossier, and in which order: one selection that the board, the brief and the web page share.

The most telling comes first: what several independent accounts tell, then what stands early in its report. Each section
keeps how many of its rows it holds back.
"""

from __future__ import annotations

from msgspec import Struct

from dragoman.records import Dossier
from dragoman.tell.view import LIMITS, Contrast, Quoted, Row, Side, View, section_of

TITLES = {  # of the sections, in their order
    "agree": "What the accounts agree on",
    "differ": "Where they differ",
    "alone": "What only one tells",
    "sides": "Who stands where",
    "due": "What is due",
    "quoted": "In their words",
    "timeline": "Day by day",
}


class Picture(Struct, frozen=True, kw_only=True):
    """Everything that a board or brief shows, section by section; `held_back` counts the rows not shown of each."""

    reports: tuple[Row, ...]
    agree: tuple[Row, ...]
    differ: tuple[tuple[Row, tuple[Contrast, ...]], ...]
    alone: tuple[Row, ...]
    sides: tuple[Side, ...]
    due: tuple[Row, ...]
    quoted: tuple[Quoted, ...]
    timeline: tuple[Row, ...]
    held_back: dict[str, int]
    mentions: int
    events: int


def picture(dossier: Dossier, *, everything: bool = False) -> Picture:
    """Select and order what a dossier has to show."""
    view = View(dossier)
    agree, differ, alone = [], [], []
    for event in sorted(dossier.events, key=view.telling):
        section = section_of(event)
        if section == "alone":
            alone.append(view.row(event))
        elif section == "differ":
            differ.append((view.row(event), view.contrasts(event)))
        else:
            agree.append(view.row(event))
    held_back: dict[str, int] = {}

    def cut(name: str, rows: list) -> tuple:  # type: ignore[type-arg]
        shown = rows if everything else rows[: LIMITS[name]]
        held_back[name] = len(rows) - len(shown)
        return tuple(shown)

    return Picture(
        reports=tuple(view.report(r) for r in view.notes.reports),
        agree=cut("agree", agree),
        differ=cut("differ", differ),
        alone=cut("alone", alone),
        sides=cut("sides", view.sides()),
        due=cut("due", view.due()),
        quoted=cut("quoted", view.quoted()),
        timeline=cut("timeline", view.timeline(everything=everything)),
        held_back=held_back,
        mentions=len(dossier.mentions),
        events=len(dossier.events),
    )
