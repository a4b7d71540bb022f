"""Coreferring mentions, found without comparing all with all, and joined so that one bad pair cannot chain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.likeness import DISPUTED, ENOUGH, ENOUGH_WITHIN, NOBODY, UNREAL, Likeness, likeness
from dragoman.reconcile.telling import Telling
from dragoman.reconcile.words import content
from dragoman.records import Mention

WEEKS = 6  # of a long time interval, how many weeks are looked in
SLACK = 0.5  # how far the mean of all pairs of a chain may lie below what one pair needs
MEMBERS = 8  # of a long chain, how many members a newcomer is held against


class Chain:
    """Mentions held to tell one event, oldest first, with the reasons."""

    def __init__(self, mentions: Iterable[str]) -> None:
        self.mentions = list(mentions)
        self.why: list[str] = []


def blocks(found: dict[str, Telling], kin: Kinship, story_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs worth a look: an act (or a word of the trigger, or a mode) in common, somebody, and days that touch.

    A plan and an act are none, nor is what lies further apart in time than any dispute about the day.

    Each pair once, in order of the ids; never all at once, for there are millions.
    """
    having: dict[tuple[str, str, int, bool], list[str]] = defaultdict(list)
    for ident, telling in sorted(found.items()):
        having_it = [having[key] for key in _keys(telling, kin, story_of)]
        for other in sorted(set().union(*having_it)):
            if (found[other].gap(telling) or 0) <= DISPUTED:
                yield other, ident
        for together in having_it:
            together.append(ident)


def _keys(telling: Telling, kin: Kinship, story_of: Mapping[str, str]) -> list[tuple[str, str, int, bool]]:
    somebody = _somebody(telling, kin) | _same_story(telling, story_of)
    unreal = bool(UNREAL & set(telling.mention.auxiliary))
    return [(what, who, week, unreal) for what in _what(telling) for who in somebody for week in _weeks(telling)]


def _what(telling: Telling) -> set[str]:
    mention = telling.mention
    mode = {f"{mention.type} {mention.mode}"} if mention.mode else set()
    return {*mention.lemma.split(), *(f"act {act}" for act in telling.acts)} | mode


def _somebody(telling: Telling, kin: Kinship) -> set[str]:
    mention = telling.mention
    ids = {*mention.actor, *mention.recipient, *(a.actor for a in mention.attribution if a.actor)}
    known = [kin.actors[i] for i in ids if i in kin.actors]
    states = {a.country for a in known if a.country}
    sides = {f"{a.sector} of {telling.affair}" for a in known if a.sector and not kin.named(a.id)}
    place = {f"in {mention.place.name}"} if mention.place and mention.place.name else set()
    return ids | states | sides | place | {f"trigger {telling.head}"}


def _same_story(telling: Telling, story_of: Mapping[str, str]) -> set[str]:
    """What is dated to a day or two may be told of nobody in common: one story and the day will do."""
    dated = telling.days is not None and telling.days <= 2
    return {f"{story_of[telling.mention.report]} {telling.start}"} if dated else set()


def _weeks(telling: Telling) -> list[int]:
    """Numbers of the weeks a mention may fall in, each with the next so that neighbours meet."""
    start, end = telling.start, telling.end
    if start is None or end is None or (end - start).days > 7 * WEEKS:
        start = end = telling.published
    if start is None or end is None:
        return [0]
    weeks = {(start + timedelta(days=d)).toordinal() // 7 for d in range(0, (end - start).days + 7, 7)}
    weeks.add(end.toordinal() // 7)
    return sorted(weeks | {w + 1 for w in weeks})


def aligned_copies(book: Casebook) -> Iterator[tuple[str, str]]:
    """Mentions of a copy with those of its original: same trigger in the same words, taken in order."""
    by_report: dict[str, list[Mention]] = defaultdict(list)
    for mention in book.mentions.values():
        by_report[mention.report].append(mention)
    for report in sorted(by_report):
        original = book.original(report)
        if original == report:
            continue
        left = sorted(by_report.get(original, []), key=book.order)
        for mention in sorted(by_report[report], key=book.order):
            words = Counter(content(book.words(report, mention.span)))
            for other in left:
                if (
                    other.lemma == mention.lemma
                    and other.type == mention.type
                    and _same_words(words, Counter(content(book.words(original, other.span))))
                ):
                    left.remove(other)
                    yield other.id, mention.id
                    break


def _same_words(one: Counter[str], other: Counter[str]) -> bool:
    shared = (one & other).total()
    return shared >= 0.6 * max(one.total(), other.total(), 1)


class _Joiner:
    """Joins chains pair by pair, best first, remembering every likeness it asked for."""

    def __init__(self, book: Casebook, found: dict[str, Telling], kin: Kinship) -> None:
        self.book, self.found, self.kin = book, found, kin
        self.chain_of = {i: Chain([i]) for i in sorted(found)}
        self.known: dict[tuple[str, str], Likeness] = {}

    def like(self, one: str, other: str) -> Likeness:
        pair = (one, other) if one < other else (other, one)
        known = self.known.get(pair)
        if known is None:
            known = likeness(self.found[pair[0]], self.found[pair[1]], self.kin)
            if not known.barred:  # the others are millions, and hardly one is asked for again
                self.known[pair] = known
        return known

    def spare(self, one: str, other: str) -> float:
        """Points above what the pair needs: more within one report than across two."""
        within = self.found[one].mention.report == self.found[other].mention.report
        return self.like(one, other).points - (ENOUGH_WITHIN if within else ENOUGH)

    def join(self, one: str, other: str, *, reason: str) -> None:
        keep, gone = self.chain_of[one], self.chain_of[other]
        if keep is gone or self.parted(keep, gone):
            return
        keep.mentions = sorted([*keep.mentions, *gone.mentions], key=lambda i: self.book.order(self.book.mentions[i]))
        keep.why += [*gone.why, reason]
        for ident in gone.mentions:
            self.chain_of[ident] = keep

    def parted(self, one: Chain, other: Chain) -> bool:
        """Whether a person keeps a mention of one apart from a mention of the other."""
        bars = self.book.rulings.parted
        return bool(bars) and any(bars.get(i, frozenset()) & set(other.mentions) for i in one.mentions)

    def fits(self, one: str, other: str) -> bool:
        """Whether the two chains may become one: no pair barred, and the mean of all pairs high enough."""
        ones, others = (self._originals(self.chain_of[i]) for i in (one, other))
        spares = [self.spare(a, b) for a in ones for b in others]
        barred = any(self.like(a, b).barred not in ("", NOBODY) for a in ones for b in others)
        return not barred and sum(spares) / len(spares) >= -SLACK

    def _originals(self, chain: Chain) -> list[str]:
        own = [
            i
            for i in chain.mentions
            if self.book.original(self.found[i].mention.report) == self.found[i].mention.report
        ]
        return (own or chain.mentions)[:MEMBERS]


def find_chains(book: Casebook) -> list[Chain]:
    """All mentions in chains of one event each; most chains have one member."""
    found = book.tellings
    kin = Kinship(book.actors)
    joiner = _Joiner(book, found, kin)
    for one, other in aligned_copies(book):
        joiner.join(one, other, reason=f"{other} repeats {one}: a copy")
    copies = set(joiner.chain_of) - {c.mentions[0] for c in joiner.chain_of.values()}
    for one, other, said in book.rulings.same_event():
        if one in found and other in found:
            joiner.join(one, other, reason=said)
    worth = {i: t for i, t in found.items() if i not in copies}
    pairs = ((joiner.spare(one, other), one, other) for one, other in blocks(worth, kin, book.story_of))
    good = [p for p in pairs if p[0] >= 0 and not joiner.like(p[1], p[2]).barred]
    for _, one, other in sorted(good, key=lambda p: (-p[0], p[1], p[2])):
        if joiner.chain_of[one] is not joiner.chain_of[other] and joiner.fits(one, other):
            like = joiner.like(one, other)
            reason = f"{one} = {other} ({like.points:.1f}): " + "; ".join(like.why)
            joiner.join(one, other, reason=reason)
    chains = {id(c): c for c in joiner.chain_of.values()}
    return sorted(chains.values(), key=lambda c: book.order(book.mentions[c.mentions[0]]))
