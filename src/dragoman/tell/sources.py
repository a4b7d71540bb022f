"""Who has it from whom: every chain of sources, from the report that prints it to the one who first says so."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from dragoman.records import Attribution
from dragoman.tell.view import View
from dragoman.tell.words import plain


class Link(Struct, frozen=True, kw_only=True):
    """A source that another names, and how often; the first in a chain are named by outlets."""

    above: str  # key of the node that names it
    below: str
    count: int
    marks: tuple[str, ...]


class Node(Struct, frozen=True, kw_only=True):
    """An outlet (`depth` 0) or a source; `kind` is outlet, or that of the source: named, anonymous, witness …"""

    key: str
    name: str
    kind: str
    depth: int
    count: int
    actor: str | None


class Sources(Struct, frozen=True, kw_only=True):
    """The picture: nodes by depth, the busiest first; `own_voice` counts what outlets tell without a source."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    own_voice: tuple[tuple[str, int], ...]
    held_back: int


def sources(view: View, *, most: int = 40) -> Sources:
    """Chains of sources of all mentions; nodes beyond the `most` busiest of a depth are left out, and counted."""
    counts: dict[str, int] = defaultdict(int)
    about: dict[str, tuple[str, str, int, str | None]] = {}
    links: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    often: dict[tuple[str, str], int] = defaultdict(int)
    alone: dict[str, int] = defaultdict(int)
    for mention in view.dossier.mentions:
        outlet = view.notes.teller(mention.report)
        if not mention.attribution:
            alone[outlet] += 1
            continue
        above = f"0:{outlet}"
        about[above] = (outlet, "outlet", 0, None)
        counts[above] += 1
        for depth, link in enumerate(mention.attribution[:4], 1):
            name = _name(view, link)
            below = f"{depth}:{name}"
            about[below] = (name, link.kind, depth, link.actor)
            counts[below] += 1
            often[above, below] += 1
            links[above, below][view.notes.mark(mention.report, mention.trigger)] = None
            above = below
    ranked = sorted(about, key=lambda key: (about[key][2], -counts[key], key))
    kept = [key for depth in range(5) for key in [k for k in ranked if about[k][2] == depth][:most]]
    return Sources(
        nodes=tuple(Node(key=key, name=about[key][0], kind=about[key][1], depth=about[key][2], count=counts[key],
                         actor=about[key][3]) for key in kept),
        links=tuple(Link(above=a, below=b, count=often[a, b], marks=tuple(marks)[:12])
                    for (a, b), marks in sorted(links.items()) if a in kept and b in kept),
        own_voice=tuple(sorted(alone.items(), key=lambda pair: (-pair[1], pair[0]))), held_back=len(ranked) - len(kept),
    )  # fmt: skip


def _name(view: View, link: Attribution) -> str:
    return view.name(link.actor) if link.actor and link.actor in view.actors else plain(link.source) or "somebody"
