"""What the rest of a report decides of a clause: whether it is of politics at all, a fight in which people die."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dragoman.knowledge.typerbounds import TyperBounds
from dragoman.records import TYPES, Doc
from dragoman.understand.coding import Coding
from dragoman.understand.gates import HAPPENING, NOBODY

ELSEWHERE = "a report in which hardly anything of politics is told"
_EVEN = 0.5
_LEAST = 3  # acts that make a report one of politics, or of a fight
_NEAR = 2  # sentences between an act and what only counts beside it
_HARSH_SHARE, _SURE_SHARE = 0.5, 0.75  # how likely an act must be of which no party is told
_HARDLY_NOTHING = 0.2  # as the share of no event, where a frame fits
_IDIOM = 8.0  # the fit of a frame that names the words beside its verb: "was met with automatic fire"
_HARSH = frozenset({"ASSAULT", "COERCE", "PROTEST"})


def settled(found: Sequence[Coding], doc: Doc, bounds: TyperBounds) -> list[Coding]:
    """The codings of a report with what their surroundings say: some let in, some barred."""
    found = _in_politics(found, len(doc.sentences))
    if _of_other_things(doc, bounds):
        found = [c if c.barred or c.fit.frame.taught else replace(c, barred=ELSEWHERE) for c in found]
    return [_beside(coding, found) for coding in found]


def _of_other_things(doc: Doc, bounds: TyperBounds) -> bool:
    """Whether the typer hears hardly an event in a whole report, and so what a frame finds there is mostly none."""
    words = sum(len(s.words) for s in doc.sentences)
    if words < bounds.brief or not any(s.types for s in doc.sentences):
        return False
    size = len(TYPES) + 1
    heard = sum(
        none < 255 * _EVEN and any(s.shares(i)) for s in doc.sentences for i, none in enumerate(s.types[::size])
    )
    return 100 * heard < bounds.quiet * words


def _in_politics(found: Sequence[Coding], sentences: int) -> list[Coding]:
    """In a report of politics those of whom it does not say what they are may act: strikers, a man called Cerpa."""
    told = sum(not c.barred and (c.actor.public or c.recipient.public) for c in found)
    private = sum(c.barred == NOBODY for c in found)
    least = min(_LEAST, max(1, sentences - 1))  # of a flash fewer
    if told < max(least, private):
        return list(found)
    return [replace(c, barred="") if _let_in(c) else c for c in found]


def _let_in(coding: Coding) -> bool:
    return coding.barred == HAPPENING or (coding.barred == NOBODY and (_somebody(coding) or _done(coding)))


def _somebody(coding: Coding) -> bool:
    """Whether who acts (of a passive: who is acted on) is known to the report, and not as a private person.

    Of harsh acts anybody: "gunmen hold thirty guests".
    """
    party = coding.actor if coding.actor.texts else coding.recipient
    if party.private:
        return False
    people = bool(party.actors) or (party.acting and party.somebody)
    return people or (coding.type in _HARSH and (party.acting or party.somebody))


def _done(coding: Coding) -> bool:
    """Whether a passive tells without its doer what only politics does: "the archive was set on fire"."""
    clause = coding.clause
    finite = clause.kind == "verbal" and clause.passive and clause.tense not in ("participle", "infinitive", "none")
    sure = coding.share >= (_HARSH_SHARE if coding.type in _HARSH else _SURE_SHARE)
    told = clause.tense == "future" or not clause.modals
    plain = coding.none <= _HARDLY_NOTHING or coding.fit.score >= _IDIOM
    return finite and (sure or (told and not coding.guessed and plain))


def _beside(coding: Coding, found: Sequence[Coding]) -> Coding:
    """Barred when its frame asks for an act of some type near it ("forty people died", of a battle) and none is."""
    amid = coding.fit.frame.amid
    if not amid or coding.barred:
        return coding
    here = coding.clause.sentence
    near = [c for c in found if abs(c.clause.sentence - here) <= _NEAR and not c.barred and not c.fit.frame.amid]
    whole = [c for c in found if c.type == amid and not c.barred and not c.fit.frame.amid]
    if any(c.type == amid for c in near) or len(whole) >= _LEAST:
        return coding
    return replace(coding, barred=f"no {amid} is told beside it")
