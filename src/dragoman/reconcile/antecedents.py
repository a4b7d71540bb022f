"""Who is meant where a report names no actor: behind "the step", behind "it", behind "supporters of the League"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.reconcile.acts import acts_of
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.cast import named_in
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.words import fold
from dragoman.records import Mention, Span

WORDS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "AID", "THREATEN", "PROTEST"})  # what is directed at what was done
TAKING = frozenset({"SANCTION", "COERCE"})  # what is done to somebody by way of what is his
NEXT = 12  # characters after a phrase within which stands whom it names: "in solidarity with the | students"
BACK = 2  # sentences back in which what is come back to was told
FAR_BACK = 12  # the same where the noun names the very act ("condemned the overthrow")


class Deed(Struct, frozen=True):
    """A row of `deeds.tsv`."""

    word: str
    kind: str


class SideNoun(Struct, frozen=True):
    """A row of `sides.tsv`."""

    word: str


@cache
def _deeds() -> dict[str, str]:
    return {row.word: row.kind for row in tables.rows("deeds.tsv", Deed)}


@cache
def _sides() -> frozenset[str]:
    return frozenset(row.word for row in tables.rows("sides.tsv", SideNoun))


def meant_by(book: Casebook, mention: Mention, before: Sequence[Mention], kin: Kinship) -> tuple[str, ...]:
    """Who did what a mention without a recipient is directed at: the last act told before it that fits its words.

    `before` are the mentions of the same report that come earlier, oldest first.
    """
    noun = _noun(mention.recipient_text or _subject(book, mention) or _object(book, mention))
    kind = _deeds().get(noun)
    if mention.recipient or kind is None or mention.type not in WORDS:
        return ()
    if kind == "person" and _named_before(book, mention):
        return ()
    acts = acts_of(noun).keys()
    for told in reversed(before):
        back = mention.sentence - told.sentence
        same_act = bool(acts & acts_of(told.lemma).keys())
        if back > (FAR_BACK if same_act else BACK) or (back == 0 and kind == "person"):
            continue
        who = tuple(i for i in told.actor if kin.has_a_side(i) and i not in mention.actor)
        if who and not _one_state(who, mention.actor, kin) and (same_act or not acts or kind == "person"):
            return who
    return ()


def _subject(book: Casebook, mention: Mention) -> tuple[str, ...]:
    """A pronoun that opens the clause and does nothing in it: "It has received support from Lund"."""
    first = book.words(mention.report, Span(mention.span.start, mention.trigger.start)).split()[:1]
    does = {fold(text) for text in mention.actor_text}
    return tuple(w for w in first if _deeds().get(fold(w)) == "person" and fold(w) not in does)


def _object(book: Casebook, mention: Mention) -> tuple[str, ...]:
    """The first deed named behind the verb, where nobody is: "rejected | the offer"."""
    behind = book.words(mention.report, Span(mention.trigger.start, mention.span.end)).split(",")[0].split()[1:]
    return next(((w,) for w in behind if _deeds().get(_noun((w,)), "person") != "person"), ())


def _named_before(book: Casebook, mention: Mention) -> bool:
    """Whether somebody else whom a pronoun can mean stands before it in its own sentence."""
    line = book.line(mention)
    start = line.span.start if line else mention.span.start
    spots = named_in(book, mention.report)
    return any(
        start <= spot.start and spot.end <= mention.trigger.start and i not in mention.actor for spot, i in spots
    )


def _noun(texts: Sequence[str]) -> str:
    """The head of the first phrase, singular: "the first steps of the army" → "step"."""
    if not texts:
        return ""
    head = fold(texts[0].split(" of ")[0].split(",")[0]).split()[-1:]
    word = head[0] if head else ""
    return word if word in _deeds() else word.removesuffix("s")


def _one_state(ones: Sequence[str], others: Sequence[str], kin: Kinship) -> bool:
    states = {kin.actors[i].country for i in others if i in kin.actors} - {None}
    return any(kin.actors[i].country in states for i in ones)


def owners(book: Casebook, mention: Mention, kin: Kinship) -> tuple[str, ...]:
    """Whose are the things that are taken, cut or closed: "froze all Iranian government assets" → Iran."""
    if mention.recipient or mention.type not in TAKING:
        return ()
    found = (i for text in mention.recipient_text for i in _inside(book, mention, text))
    return tuple(dict.fromkeys(i for i in found if kin.named(i) and i not in mention.actor))


def joined_with(book: Casebook, mention: Mention, phrases: str) -> tuple[str, ...]:
    """Whom one of the phrases (parted by `|`) names: "walked out | in solidarity with | the students"."""
    clause = Span(mention.trigger.end, max(mention.span.end, mention.trigger.end))
    said = book.words(mention.report, clause)
    for phrase in phrases.split("|"):
        at = said.find(phrase)
        if at >= 0:
            after = clause.start + at + len(phrase)
            spots = named_in(book, mention.report)
            near = [(spot, i) for spot, i in spots if after <= spot.start <= after + NEXT and i not in mention.actor]
            return (min(near)[1],) if near else ()
    return ()


def _inside(book: Casebook, mention: Mention, text: str) -> list[str]:
    """The actors named in a phrase of a mention's clause."""
    at = book.words(mention.report, mention.span).find(text)
    where = Span(mention.span.start + at, mention.span.start + at + len(text)) if at >= 0 else None
    return [i for spot, i in named_in(book, mention.report) if where and where.covers(spot)]


def sides_of(book: Casebook, mention: Mention, slot: Sequence[str], texts: Sequence[str], kin: Kinship) -> list[str]:
    """Ids of a slot, and those whose side nameless people in it are: "supporters of the League" → the League."""
    found = list(slot)
    for text in texts:
        if _sides() & set(fold(text).split()):
            named = [i for i in _inside(book, mention, text) if kin.named(i) and kin.actors[i].kind != "place"]
            found += [i for i in named if i not in found and i not in mention.actor]
    return found
