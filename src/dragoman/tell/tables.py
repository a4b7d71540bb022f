"""Event tables for other programs: PLOVER as POLECAT lays it out, CAMEO as GDELT 2.0 does.

One row an event, never one a mention or a pair: several actors stand in one cell (PLOVER) or the first of them in its
column (CAMEO). What did not happen, is only feared or lies ahead is left out unless asked for; a promise is an event of
its own type.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable

from dragoman.knowledge import Knowledge
from dragoman.records import Actor, Dossier, Event, Mention, Report
from dragoman.tell.words import plain

NOT_DONE = frozenset({"negation", "hypothetical"})
UNREAL = NOT_DONE | {"future"}


def table(dossier: Dossier, knowledge: Knowledge, *, form: str, everything: bool = False) -> str:
    """The events as tab-separated text with a header line; `form` is `plover` or `cameo`.

    Rows are sorted by date and id; the same dossier gives the same bytes.
    """
    view = _View(dossier, knowledge)
    row: Callable[[Event], dict[str, str]] = view.plover if form == "plover" else view.cameo
    columns = [c.column for c in knowledge.codebooks.columns[form]]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    for event in sorted(dossier.events, key=lambda e: ((e.time and e.time.start) or "", e.id)):
        if everything or not UNREAL & set(event.auxiliary):
            cells = row(event)
            writer.writerow([plain(cells.get(column, "")) for column in columns])
    return out.getvalue()


def codebook(knowledge: Knowledge, *, form: str) -> str:
    """What each column of an export means, as tab-separated text."""
    lines = [f"{c.column}\t{c.meaning}" for c in knowledge.codebooks.columns[form]]
    return "\n".join(["column\tmeaning", *lines]) + "\n"


class _View:
    """Look-ups over one dossier."""

    def __init__(self, dossier: Dossier, knowledge: Knowledge) -> None:
        self.dossier = dossier
        self.knowledge = knowledge
        self.actors = {a.id: a for a in dossier.actors}
        self.mentions = {m.id: m for m in dossier.mentions}
        self.reports = {r.id: r for r in dossier.reports}

    def plover(self, event: Event) -> dict[str, str]:
        kind = self.knowledge.types[event.type]
        told = self._told(event)
        code = self.knowledge.codebooks.cameo.get(_cameo(told))
        reports = self._reports(event)
        place = event.place
        return {
            "Event ID": event.id,
            "Event Date": (event.time and event.time.start) or "",
            "Event Type": event.type,
            "Event Mode": event.mode or "",
            "Intensity": f"{kind.intensity:g}",
            "Quad Code": str(kind.quad),
            "Contexts": code.context if code else "",
            **self._party("Actor", event.actor, [w for m in told for w in m.actor_text]),
            **self._party("Recipient", event.recipient, [w for m in told for w in m.recipient_text]),
            "Placename": (place and (place.name or place.text)) or "",
            "City": (place and place.geonames and place.name) or "",
            "Country": (place and place.country) or "",
            "Latitude": _number(place.lat if place else None),
            "Longitude": _number(place.lon if place else None),
            "GeoNames ID": str(place.geonames) if place and place.geonames else "",
            "Raw Placename": place.text if place else "",
            "Source": _joined(r.outlet or r.origin for r in reports),
            "Publication Date": min((r.published for r in reports if r.published), default=""),
            **self._story(event),
            "Language": reports[0].language if reports else "",
            "Version": self.dossier.dragoman,
        }

    def cameo(self, event: Event) -> dict[str, str]:
        kind = self.knowledge.types[event.type]
        told = self._told(event)
        code = _cameo(told) or f"{kind.root}0"
        known = self.knowledge.codebooks.cameo.get(code)
        day = (event.time and event.time.start) or ""
        reports = self._reports(event)
        added = max((r.published for r in reports if r.published), default="")
        place = event.place
        country = self.knowledge.world.countries.get(place.country or "") if place else None
        return {
            "GLOBALEVENTID": event.id,
            "SQLDATE": day.replace("-", ""),
            "MonthYear": day[:7].replace("-", ""),
            "Year": day[:4],
            "FractionDate": _fraction(day),
            **self._dyad("Actor1", event.actor),
            **self._dyad("Actor2", event.recipient),
            "IsRootEvent": "1" if any(m.sentence < 3 for m in told) else "0",
            "EventCode": code,
            "EventBaseCode": code[:3],
            "EventRootCode": code[:2],
            "QuadClass": str(kind.quad),
            "GoldsteinScale": _number(known.goldstein if known else None),
            "NumMentions": str(len(event.mentions)),
            "NumSources": str(event.independent),
            "NumArticles": str(len(event.reports)),
            "ActionGeo_Type": "0" if place is None else "4" if place.geonames else "1",
            "ActionGeo_FullName": (place and (place.name or place.text)) or "",
            "ActionGeo_CountryCode": country.fips if country else "",
            "ActionGeo_Lat": _number(place.lat if place else None),
            "ActionGeo_Long": _number(place.lon if place else None),
            "ActionGeo_FeatureID": str(place.geonames) if place and place.geonames else "",
            "DATEADDED": f"{added.replace('-', '')}000000" if added else "",
            "SOURCEURL": reports[0].origin if reports else "",
        }

    def _told(self, event: Event) -> list[Mention]:
        return [self.mentions[m] for m in event.mentions if m in self.mentions]

    def _reports(self, event: Event) -> list[Report]:
        return sorted((self.reports[r] for r in event.reports), key=lambda r: (r.published or "9999", r.id))

    def _party(self, side: str, ids: Iterable[str], words: list[str]) -> dict[str, str]:
        found = [self.actors[a] for a in ids if a in self.actors]
        countries = list(dict.fromkeys(a.country for a in found if a.country))
        cow = [self.knowledge.world.countries[c].cow for c in countries if c in self.knowledge.world.countries]
        return {
            f"{side} Name": _joined(a.name for a in found),
            f"{side} Country": _joined(countries),
            f"{side} COW": _joined(cow),
            f"Primary {side} Sector": (found[0].sector or "") if found else "",
            f"{side} Sectors": _joined(a.sector for a in found if a.sector),
            f"{side} Title": _joined(a.roles[0].title for a in found if a.roles),
            f"{side} Name Raw": _joined(words),
        }

    def _dyad(self, side: str, ids: tuple[str, ...]) -> dict[str, str]:
        actor = next((self.actors[a] for a in ids if a in self.actors), None)
        if actor is None:
            return {}
        role = self.knowledge.codebooks.sectors.get(actor.sector or "", "")
        return {
            f"{side}Code": f"{actor.country or ''}{'' if actor.kind == 'state' else role}",
            f"{side}Name": actor.name,
            f"{side}CountryCode": actor.country or "",
            f"{side}Type1Code": "" if actor.kind == "state" else role,
        }

    def _story(self, event: Event) -> dict[str, str]:
        def named(*kinds: str) -> str:
            return _joined(a.name for a in self.dossier.actors if a.kind in kinds and self._named_in(a, event))

        return {
            "Story People": named("person"),
            "Story Organizations": named("organization"),
            "Story Locations": named("state", "place"),
        }

    def _named_in(self, actor: Actor, event: Event) -> bool:
        return any(e.report in event.reports for e in actor.spans)


def _cameo(told: list[Mention]) -> str:
    return next((m.cameo for m in told if m.cameo), "")


def _joined(values: Iterable[str]) -> str:
    """Values in one cell, each once; `;` separates, so none may stand inside a value."""
    return ";".join(dict.fromkeys(plain(v).replace(";", ",") for v in values if v))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}".rstrip("0").rstrip(".")


def _fraction(day: str) -> str:
    """The year with the share of it that has passed, to four digits, as GDELT writes it."""
    if not day:
        return ""
    date = dt.date.fromisoformat(day[:10])
    first, next_first = dt.date(date.year, 1, 1), dt.date(date.year + 1, 1, 1)
    return f"{date.year + (date - first) / (next_first - first):.4f}"
