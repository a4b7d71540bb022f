"""What a clause notes of its event beside who takes part: proper names, and whether it is told as known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from dragoman.knowledge import tables
from dragoman.knowledge.world import Country
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.telling import UNREAL
from dragoman.reconcile.weights import is_common
from dragoman.reconcile.words import fold, plain_words, stem, tokens
from dragoman.records import Mention, Span

SELDOM, RARELY = 6, 3  # a name that tells one scene from another stands in a sixth of the sentences at most, in three
_WORD = re.compile(r"[^\W\d_][\w-]*")
_SURMISED = re.compile(r"\b(?:may|might|could|must)(?: well)? have(?: been)?\s+$", re.IGNORECASE)
_WHETHER = re.compile(r"\bwhether\b[^.;:]*$", re.IGNORECASE)
_PAST = re.compile(r"(?:\b(?:ever|really|actually|had|has|have|was|were)\b[^.;:]*)$", re.IGNORECASE)
_KNOWN = re.compile(r"(?:\b(?:the|this|that|his|her|its|their)|['’]s?)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)


@cache
def _states() -> frozenset[str]:
    """The words by which states, their people and their capitals are named: they stand in every report of a crisis."""
    cells = ((c.name, c.aliases, c.demonyms, c.capital) for c in tables.rows("countries.tsv", Country))
    words = {t for row in cells for cell in row for t in tokens(cell)}
    return frozenset(words | {f"{w}s" for w in words})


def proper_names(book: Casebook, mention: Mention, kin: Kinship, *, toll: bool = False) -> frozenset[str]:
    """The proper names of its clause that name nobody who takes part: "the raid on Dorun" → dorun.

    A place may stand in the words for those who suffer ("the barracks at Dorun"): only who is an actor is left out. A
    `toll` ("at least 27 people were killed") stands behind the sentence that says where.
    """
    where = surroundings(book, mention) if toll else mention.span
    words = book.words(mention.report, where)
    time = mention.time.text if mention.time else ""
    actors = (kin.actors[i] for i in (*mention.actor, *mention.recipient) if i in kin.actors)
    taken = {t for a in actors if a.kind != "place" for name in (a.name, *a.aliases) for t in tokens(name)}
    taken |= {*tokens(time), *(t for a in mention.attribution for t in tokens(a.source))}
    found: set[str] = set()
    for match in _WORD.finditer(words):
        word = match.group()
        at = where.start + match.start()
        if word[:1].isupper() and not _opens(book, mention.report, at):
            found.update(tokens(word))
    return frozenset(t for t in found - taken - _states() - plain_words() if not is_common(stem(t)))


def surroundings(book: Casebook, mention: Mention, *, after: int = 0, before: int = 1) -> Span:
    """Its sentence with those before and after it in the paragraph."""
    lines, n = book.readings[mention.report].lines, mention.sentence
    if not 0 <= n < len(lines):
        return mention.span
    around = range(max(n - before, 0), min(n + after + 1, len(lines)))
    near = [i for i in around if lines[i].paragraph == lines[n].paragraph]
    return Span(lines[near[0]].span.start, lines[near[-1]].span.end)


def scene_names(book: Casebook, mention: Mention) -> frozenset[str]:
    """The proper names near it that stand in few sentences of its report: where and beside whom it happened."""
    spread = _spread(book, mention.report)
    words = book.words(mention.report, surroundings(book, mention, before=2, after=1))
    sayers = {t for a in mention.attribution for t in tokens(a.source)}
    seldom = min(len(book.readings[mention.report].lines) // SELDOM, RARELY)
    return frozenset(t for t in tokens(words) if 0 < spread.get(t, 0) <= seldom and t not in sayers)


def _spread(book: Casebook, report: str) -> Mapping[str, int]:
    """In how many sentences of a report each of its proper names stands, those of states left out."""
    if report not in book.spread:
        found: Counter[str] = Counter()
        for line in book.readings[report].lines:
            words = book.words(report, line.span)
            names = {
                t
                for match in _WORD.finditer(words)
                if match.group()[:1].isupper() and not _opens(book, report, line.span.start + match.start())
                for t in tokens(match.group())
            }
            found.update(t for t in names - _states() - plain_words() if len(t) > 2 and not is_common(stem(t)))
        book.spread[report] = found
    return book.spread[report]


def _opens(book: Casebook, report: str, at: int) -> bool:
    """Whether a word opens a sentence, where everything has a capital."""
    before = book.reports[report].text[max(0, at - 3) : at].rstrip(" \n\"“”‘’'")
    return not before or before[-1] in ".!?:"


def day_before(book: Casebook, mention: Mention, earlier: Sequence[Mention]) -> str | None:
    """The day of what is told before it in its paragraph or the last, where it has none itself: a story goes on."""
    if (mention.time and mention.time.start) or UNREAL & {*mention.auxiliary} or "historical" in mention.auxiliary:
        return None
    lines, at = book.readings[mention.report].lines, mention.trigger.start
    dated = [m for m in earlier if m.trigger.start < at and m.time and m.time.start and not m.auxiliary]
    last = max(dated, key=lambda m: m.trigger.start, default=None)
    if last is None or last.time is None or last.time.start != last.time.end:
        return None
    if not 0 <= last.sentence <= mention.sentence < len(lines):
        return None
    return last.time.start if lines[mention.sentence].paragraph - lines[last.sentence].paragraph <= 1 else None


def told_as_known(book: Casebook, mention: Mention) -> bool:
    """Whether an act is told as one that the reader knows of: "the raid", "his arrest", "the sacked minister"."""
    before = book.words(mention.report, mention.span)[: max(mention.trigger.start - mention.span.start, 0)]
    found = _KNOWN.search(before)
    if found is None:
        return False
    between = fold(found.group()).split()[1:]
    doers = [fold(text) for text in (*mention.actor_text, *mention.recipient_text)]
    return not between or not any(text.endswith(between[-1]) for text in doers)


def surmised(book: Casebook, mention: Mention) -> bool:
    """Whether it is said to have happened perhaps, which is no plan: "may have drowned", "whether she ever left"."""
    if "hypothetical" not in mention.auxiliary or "future" in mention.auxiliary:
        return False
    text = book.reports[mention.report].text
    before = text[max(0, mention.trigger.start - 30) : mention.trigger.start]
    if _SURMISED.search(before):
        return True
    asked = _WHETHER.search(text[max(0, mention.trigger.start - 60) : mention.trigger.start])
    return asked is not None and _PAST.search(asked.group()) is not None
