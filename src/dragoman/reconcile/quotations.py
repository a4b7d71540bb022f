"""The same utterance in several reports, copies and translations alike: claims in quotation marks that share a group.

Two translations of a sentence share its names and half its words, never its order: a common speaker is required, then
words (weighed by how rare they are) or, where sentences are short of words, vectors decide. Whom a report does not name
may be whom another one quotes; then more must be alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dragoman.knowledge import tables
from dragoman.reconcile.acts import Sense, sense
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.cast import local_ids
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.links import Links, parts, relink
from dragoman.reconcile.memory import Kind
from dragoman.reconcile.telling import vector_of
from dragoman.reconcile.weights import mass, weight
from dragoman.reconcile.words import tokens, verb_stem
from dragoman.records import Claim

SAME_WORDS = 0.6  # weighted share of the shorter one's words that settles it
SOME_WORDS, SAME_SENSE = 0.35, 0.6  # fewer words will do when the sentences are near
OTHER_WORDS, EVEN = 0.45, 1.5  # share with synonyms, which says less; how many times longer one may be for that
BRIEF = 5  # words of content up to which a saying is brief: two wordings of one may share a single word
ONE_WORD, VERY_NEAR = 0.22, 0.65  # that word's share, and the cosine it needs
MANY_WORDS, MOST_WORDS = 4, 0.7  # of content that a named and a nameless speaker must share
ALL_WORDS = 0.9  # share of a brief one for that
NAMELESS = "?"
WEIGHTY = 4  # words of an utterance under which the nameless look for it
LENGTHS = 3.0  # how many times longer one may be before only a fragment of it is quoted
FEW = 2  # words of content below which only the very same words count, or the same one in sentences very near
VERBATIM, NEARLY_ALL, ONE_SENTENCE = 4, 0.8, 0.85  # words of content, share, cosine for one told of two speakers


class Synonym(Struct, frozen=True):
    """A row of `synonyms.tsv`."""

    sense: str
    word: str


@cache
def _senses() -> dict[str, frozenset[str]]:
    """The senses of each stem."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.rows("synonyms.tsv", Synonym):
        found[verb_stem(row.word)].add(f"sense {row.sense}")
    return {word: frozenset(senses) for word, senses in found.items()}


def meaning(words: str) -> Sense:
    """What quoted words are about, with the senses that another translation may have put in other words.

    >>> sorted(meaning("I came home").common(meaning("my house was empty")))
    ['home']
    """
    told, senses = sense(words), _senses()
    acts = {s: told.acts.get(s, frozenset()) | senses.get(s, frozenset()) for s in told.stems}
    return Sense(told.stems, {s: found for s, found in acts.items() if found})


class Utterance(Struct, frozen=True):
    """A claim ready to be compared."""

    claim: str
    report: str
    speaker: str  # the actor, or NAMELESS
    plain: str  # folded, only letters and figures
    about: Sense
    meant: Sense  # with the senses of synonyms
    line: bytes  # the mean of the vectors of the sentences that it stands in


def said_keys(said: Utterance) -> Iterator[str]:
    """Under what an utterance is found: its speaker with each word of content or act, and with all its words.

    Its weightiest words are keys without a speaker too, for those whom a report does not name.
    """
    yield f"report {said.report}"
    yield from _spoken(said)
    yield from (f"{'nameless' if said.speaker == NAMELESS else 'named'} {word}" for word in _weightiest(said))
    if len(said.about.stems) >= VERBATIM:
        yield f"words {' '.join(_weightiest(said)[:2])}"


def said_asks(said: Utterance) -> Iterator[str]:
    """What an utterance looks under: its own speaker, and the named for the nameless, the nameless for the named.

    One of many words also looks under the weightiest, whoever says them.
    """
    yield from _spoken(said)
    yield from (f"{'named' if said.speaker == NAMELESS else 'nameless'} {word}" for word in _weightiest(said))
    if len(said.about.stems) >= VERBATIM:
        yield f"words {' '.join(_weightiest(said)[:2])}"


def _spoken(said: Utterance) -> Iterator[str]:
    yield f"{said.speaker}: {said.plain}"
    for about in (*said.about.stems, *(f"act {act}" for acts in said.meant.acts.values() for act in acts)):
        yield f"{said.speaker} {about}"


def _weightiest(said: Utterance) -> list[str]:
    return sorted(said.about.stems, key=lambda w: (-weight(w), w))[:WEIGHTY]


SAID: Kind[Utterance] = Kind("said", Utterance, lambda ident, said: said_keys(said))
SAME: Kind[Links[bool]] = Kind("same", dict[str, bool])


class Group(Struct, frozen=True):
    """The utterance that a claim quotes."""

    name: str


GROUP: Kind[Group] = Kind("group", Group)


def utterances(book: Casebook, report: str) -> Iterator[Utterance]:
    """The quotations of a report whose speaker is told."""
    reading = book.reading(report)
    ids, kin = local_ids(book, report), Kinship(book.actors)
    for claim in reading.claims if reading else ():
        words = book.words(report, claim.content)
        actor = ids.get(claim.actor or "", "")
        speaker = actor if kin.named(actor) else NAMELESS
        if claim.direct and (actor or claim.source) and tokens(words):
            yield Utterance(
                claim.id, report, speaker, " ".join(tokens(words)), sense(words), meaning(words), _line(book, claim)
            )


def _line(book: Casebook, claim: Claim) -> bytes:
    lines = [line for line in book.readings[claim.report].lines if line.span.overlaps(claim.content)]
    vectors = [v for line in lines if (v := vector_of(line.vector)) is not None]
    if not vectors:
        return b""
    mean: NDArray[np.float32] = np.sum(vectors, axis=0)
    return bytes((mean / float(np.abs(mean).max()) * 127).round().astype(np.int8))


def same_utterance(one: Utterance, other: Utterance) -> bool:
    """Whether two quotations are one utterance: of one speaker, of somebody whom a report does not name, or word for
    word, when the reports say of two that they said it.
    """
    if one.speaker == other.speaker != NAMELESS:
        return _alike(one, other)
    return _verbatim(one, other) or (NAMELESS in (one.speaker, other.speaker) and _somebodys(one, other))


def _alike(one: Utterance, other: Utterance) -> bool:
    """Whether two quotations of one speaker are one utterance."""
    if one.plain == other.plain:
        return True
    short, long = sorted((one, other), key=lambda u: (len(u.about.stems), u.plain))
    few, many = short.about.stems, long.about.stems
    if len(few) < FEW:
        return bool(few) and few == many and _near(one, other) >= VERY_NEAR
    if f" {short.plain} " in f" {long.plain} ":
        return True
    if len(many) > LENGTHS * len(few):
        return False
    common, shared = _common(short, long)
    if shared >= SAME_WORDS and common > FEW:
        return True
    near = _near(one, other)
    if len(many) <= EVEN * len(few) and _translated(short, long, near=near):
        return True
    return (shared >= SOME_WORDS and near >= SAME_SENSE and common >= FEW) or (
        len(many) <= BRIEF and near >= VERY_NEAR and shared >= (ONE_WORD if len(few) > FEW else SAME_WORDS)
    )


def _translated(short: Utterance, long: Utterance, *, near: float) -> bool:
    """Whether two quotations of one length are alike once other words of one sense count: "my house", "my home"."""
    common, shared = _common(short, long, meant=True)
    return (shared >= SAME_WORDS and common > FEW) or (shared >= OTHER_WORDS and near >= SAME_SENSE and common >= FEW)


def _somebodys(one: Utterance, other: Utterance) -> bool:
    """Whether two quotations, one of them of a nameless speaker, are one utterance."""
    short, long = sorted((one, other), key=lambda u: (len(u.about.stems), u.plain))
    few, many = short.about.stems, long.about.stems
    common, shared = _common(short, long, meant=True)
    if not common or len(many) > LENGTHS * len(few) or _near(one, other) < SAME_SENSE:
        return False
    brief = len(many) <= BRIEF and common >= FEW
    if one.speaker != other.speaker:
        return shared >= MOST_WORDS and (common >= MANY_WORDS or (brief and shared >= ALL_WORDS))
    return brief and shared >= SAME_WORDS


def _verbatim(one: Utterance, other: Utterance) -> bool:
    short, long = sorted((one, other), key=lambda u: (len(u.about.stems), u.plain))
    if len(short.about.stems) < VERBATIM or len(long.about.stems) > LENGTHS * len(short.about.stems):
        return False
    common, shared = _common(short, long)
    return common >= VERBATIM and shared >= NEARLY_ALL and _near(one, other) >= ONE_SENTENCE


def _common(short: Utterance, long: Utterance, *, meant: bool = False) -> tuple[int, float]:
    """How many words of the shorter one the longer one has too (or a synonym, if so `meant`), and their share."""
    common = short.meant.common(long.meant) if meant else short.about.common(long.about)
    return len(common), mass(common) / (mass(short.about.stems) or 1.0)


def _near(one: Utterance, other: Utterance) -> float:
    """Cosine of the sentences that they stand in, 0 without vectors."""
    a, b = vector_of(one.line), vector_of(other.line)
    return float(a @ b) if a is not None and b is not None else 0.0


def _same(one: Utterance, other: Utterance) -> bool | None:
    return same_utterance(one, other) or None


def groups_of(said: Sequence[Utterance]) -> list[list[Utterance]]:
    """Quotations that links lead to, those of one utterance together; two that one report tells apart stay apart."""
    by_words: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in said:
        by_words[utterance.plain].append(utterance)
    groups: list[list[Utterance]] = []
    for _, same in sorted(by_words.items()):
        reports = {u.report for u in same}
        home = next(
            (
                g
                for g in groups
                if not reports & {u.report for u in g}
                and any(same_utterance(same[0], u) for u in {u.plain: u for u in g}.values())
            ),
            None,
        )
        if home is None:
            groups.append(same)
        else:
            home += same
    return groups


def group_quotations(book: Casebook, reports: set[str]) -> None:
    """Give the quotations of some reports, and those they touch, the utterance they are of; one told once has none."""
    memory = book.memory
    old = memory.having(SAID, [f"report {r}" for r in sorted(reports)])
    changed: dict[str, Utterance | None] = dict.fromkeys(old)
    changed.update((u.claim, u) for report in sorted(reports) for u in utterances(book, report))
    touched = relink(memory, SAID, SAME, changed, asks=said_asks, link=_same)
    names: dict[str, Group | None] = {}
    for part in parts(touched, lambda todo: memory.many(SAME, todo)):
        names.update(dict.fromkeys(part))
        for group in groups_of(list(memory.many(SAID, part).values())):
            if len({u.report for u in group}) > 1:
                name = f"q-{sha256(min(u.claim for u in group).encode()).hexdigest()[:8]}"
                names.update((u.claim, Group(name)) for u in group)
    memory.put(GROUP, names)


def grouped(book: Casebook, report: str) -> Iterator[Claim]:
    """The claims of a report with the dossier's actors and the utterances that they quote."""
    reading = book.reading(report)
    ids = local_ids(book, report)
    claims = reading.claims if reading else ()
    groups = book.memory.many(GROUP, [c.id for c in claims])
    words = {c.content: groups[c.id].name for c in claims if c.id in groups}
    for claim in claims:
        yield replace(claim, actor=ids.get(claim.actor or ""), group=words.get(claim.content) if claim.direct else None)
