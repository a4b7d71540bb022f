"""GraphML: who did what to whom, and who stands where, as a directed network."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as xml

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.tables import UNREAL
from dragoman.tell.words import plain

NODE = {"name": "string", "kind": "string", "country": "string", "sector": "string", "events": "int"}
EDGE = {"type": "string", "weight": "int", "independent": "int", "first": "string", "last": "string", "ids": "string"}


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """A node an actor, an edge for each pair and type of event; positions are edges of type `supports` and the like.

    `weight` counts events, not reports; `independent` is the most accounts that tell one of them. What did not happen,
    is feared or lies ahead is left out unless `everything`.
    """
    taking: defaultdict[str, int] = defaultdict(int)
    found: defaultdict[tuple[str, str, str], list[tuple[str, int, str]]] = defaultdict(list)
    for event in dossier.events:
        if everything or not UNREAL & set(event.auxiliary):
            for ident in {*event.actor, *event.recipient}:
                taking[ident] += 1
            for one in event.actor:
                for other in event.recipient:
                    day = (event.time.start if event.time else "") or ""
                    found[one, other, event.type].append((day, event.independent, event.id))
    for position in dossier.positions:
        known = (position.since or "", len(position.reports), position.id)
        found[position.actor, position.toward, position.stance].append(known)

    root = xml.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for kind, fields in (("node", NODE), ("edge", EDGE)):
        for name, of in fields.items():
            xml.SubElement(root, "key", {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": of})
    graph = xml.SubElement(root, "graph", edgedefault="directed")
    there = {ident for one, other, _ in found for ident in (one, other)}
    for actor in dossier.actors:
        if actor.id in there or actor.id in taking:
            node = xml.SubElement(graph, "node", id=actor.id)
            told = (actor.name, actor.kind, actor.country or "", actor.sector or "", taking[actor.id])
            _data(node, "node", dict(zip(NODE, told, strict=True)))
    for (one, other, kind), rows in sorted(found.items()):
        edge = xml.SubElement(graph, "edge", source=one, target=other)
        days = sorted(day for day, _, _ in rows if day)
        ids = " ".join(sorted(ident for _, _, ident in rows))
        most = max(number for _, number, _ in rows)
        values = (kind, len(rows), most, days[0] if days else "", days[-1] if days else "", ids)
        _data(edge, "edge", dict(zip(EDGE, values, strict=True)))
    xml.indent(root)
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _data(parent: xml.Element, kind: str, values: dict[str, object]) -> None:
    for name, value in values.items():
        xml.SubElement(parent, "data", key=f"{kind}-{name}").text = plain(str(value))
