"""What the templates know: the pages there are, wording for sections and kinds, drawings, likely candidates."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dragoman.knowledge import ontology
from dragoman.records import ASKED
from dragoman.tell.accounts import EventSheet
from dragoman.tell.cast import ActorRow
from dragoman.tell.lines import Line, near
from dragoman.tell.places import Spot
from dragoman.tell.reported import ReportSheet
from dragoman.tell.stances import Grid, Square
from dragoman.tell.words import SECTIONS, days, plain
from dragoman.web.drawing import draw_sources, draw_stances, draw_timeline
from dragoman.web.mapping import draw_map
from dragoman.web.shelf import sheet_of

HERE = Path(__file__).parent
KINDS = ontology.load()
NAV = (
    ("/", "Board"),
    ("/new", "New"),
    ("/reports", "Reports"),
    ("/compare", "Side by side"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/sides", "Who stands where"),
    ("/actors", "Actors"),
    ("/claims", "Claims"),
    ("/due", "Due"),
    ("/sources", "Sources"),
    ("/corrections", "Corrections"),
    ("/handover", "Hand over"),
    ("/add", "Add reports"),
)


def _square(grid: Grid, actor: str, toward: str) -> Square | None:
    return next((s for s in grid.squares if s.actor == actor and s.toward == toward), None)


def _near_events(request: Request, event: EventSheet) -> tuple[Line, ...]:
    sheet = sheet_of(request)
    line = sheet.line_of.get(event.id)
    if line is None:
        return ()
    keys = (*line.actors, *([line.start] if line.start else []))
    return near({other.id: other for key in keys for other in sheet.beside[key][:500]}.values(), line)


def _others(report: ReportSheet, most: int = 1) -> list[str]:
    """The letters of the reports that tell most of the same events."""
    shared = Counter(mark.rstrip("0123456789") for row in report.found for mark in row.elsewhere)
    return [letter for letter, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]


def _near_actors(request: Request, row: ActorRow) -> list[tuple[str, str]]:
    """Other actors of the same kind, those with a word of the name in common first."""
    words = set(row.name.casefold().split())
    others = [a for a in sheet_of(request).dossier.actors if a.kind == row.kind and a.id != row.id]
    ranked = sorted(others, key=lambda a: (-len(words & set(a.name.casefold().split())), -len(a.spans), a.id))
    return [(a.id, plain(a.name)) for a in ranked[:40]]


def _spot_told(spot: Spot) -> str:
    """What is told of a place, in one line."""
    name = f"{spot.name}, {spot.country}" if spot.country and spot.country != spot.name else spot.name
    where = {"country": "somewhere in ", "region": "somewhere in or near ", "unknown": "", "place": ""}[spot.level]
    parts = [f"{where}{name}: {spot.events} event{'s' if spot.events != 1 else ''}"]
    parts += [f"{spot.others} of them planned, feared or denied"] if spot.others else []
    parts += [f"accounts of {spot.disputed} differ about the place"] if spot.disputed else []
    return ", ".join(parts)


environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals.update(draw_timeline=draw_timeline, draw_stances=draw_stances, draw_sources=draw_sources,
                           draw_map=draw_map, spot_told=_spot_told, squares=_square, near_events=_near_events,
                           near_actors=_near_actors, others=_others,
                           types=[(t.type, sorted(t.mode_names)) for t in KINDS.values()])  # fmt: skip
environment.filters.update(
    day=lambda iso: days(iso, iso),
    heading=lambda section: SECTIONS[section][0],
    about=lambda section: SECTIONS[section][1],
    nothing=lambda section: SECTIONS[section][2],
    kind_about=lambda kind: KINDS[kind].about,
    kind=lambda kind: f"k-{kind}",
    kind_name=str.lower,
    plain=plain,
    slot_name=lambda slot: ASKED.get(slot, slot),
    kinds=lambda types: [(kind, kind.lower()) for kind in types],
)
