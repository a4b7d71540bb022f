"""Whose account a report's telling of an event is: its own, that of the report it repeats, or of the outlet it relays.

Ten reports that say "the wire reported" are one account, the wire's; a round-up is one of its own wherever it does not
repeat the wire inside it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.spelling import is_named
from dragoman.reconcile.words import plain_name
from dragoman.records import Mention


def accounts(book: Casebook, mentions: Sequence[Mention]) -> tuple[tuple[str, ...], ...]:
    """The reports of an event, those together that are one account; the first account first."""
    told: dict[str, list[Mention]] = {}
    for mention in mentions:
        told.setdefault(mention.report, []).append(mention)
    outlets = outlets_of(book, told)
    groups: dict[str, list[str]] = {}
    for report in sorted(told):
        groups.setdefault(whose(book, told[report], outlets), []).append(report)
    return tuple(sorted(map(tuple, groups.values())))


def outlets_of(book: Casebook, reports: Mapping[str, object]) -> dict[str, str]:
    """The first report of each outlet that tells the event, by the outlet's name."""
    found: dict[str, str] = {}
    for report in sorted(reports, key=lambda r: (book.reports[r].published or "9999", r)):
        if name := book.reports[report].outlet:
            found.setdefault(plain_name(name), book.original(report))
    return found


def whose(book: Casebook, told: Sequence[Mention], outlets: Mapping[str, str]) -> str:
    """Whose account a report's mentions of one event are; one told in its own voice makes it the report's own."""
    found = [_source(book, mention, outlets) for mention in told]
    own = told[0].report
    return own if own in found else min(found)


def _source(book: Casebook, mention: Mention, outlets: Mapping[str, str]) -> str:
    if book.repeats(mention):
        return book.original(mention.report)
    outlet = relayed(book, mention, outlets)
    return outlets.get(outlet, f"outlet {outlet}") if outlet else mention.report


def relayed(book: Casebook, mention: Mention, outlets: Container[str]) -> str:
    """The outlet whose claim a mention only relays, by its name; empty where the report or somebody else says so.

    An outlet is whom the words call so, and whose own report is among those that tell it: one of `outlets`.
    """
    if not mention.attribution:
        return ""
    first = mention.attribution[0]
    actor = book.actors.get(first.actor or "")
    words = plain_name(first.source)
    names = {words, *([plain_name(actor.name)] if actor and is_named(actor.name) else [])}
    if plain_name(book.reports[mention.report].outlet or "") in names:
        return ""
    if known := sorted(name for name in names if name in outlets):
        return known[0]
    named = is_named(actor.name if actor else first.source)
    return (plain_name(actor.name) if actor else words) if first.kind == "media" and named else ""
