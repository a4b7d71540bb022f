"""The same utterance in several reports, copies and translations alike: claims in quotation marks that share a group.

Two translations of a sentence share its names and half its words, never its order: a common speaker is required, then
words (weighed by how rare they are here) or, where sentences are short of words, vectors decide.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dragoman.reconcile.acts import Sense, sense
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.telling import vector_of
from dragoman.reconcile.words import fold, tokens
from dragoman.records import Claim

SAME_WORDS = 0.6  # weighted share of the shorter one's words that settles it
SOME_WORDS, SAME_SENSE = 0.35, 0.6  # fewer words will do when the sentences are near
LENGTHS = 3.0  # how many times longer one may be before only a fragment of it is quoted
FEW = 2  # words of content below which only the very same words count


class Utterance(Struct, frozen=True):
    """A claim ready to be compared."""

    claim: Claim
    speaker: str
    plain: str  # folded, only letters and figures
    about: Sense
    vector: NDArray[np.float32] | None


def utterances(book: Casebook) -> list[Utterance]:
    found = []
    for claim in sorted(book.claims, key=lambda c: c.id):
        if claim.direct:
            words = book.words(claim.report, claim.content)
            speaker = claim.actor or fold(claim.source)
            if speaker and tokens(words):
                found.append(Utterance(claim, speaker, " ".join(tokens(words)), sense(words), _vector(book, claim)))
    return found


def _vector(book: Casebook, claim: Claim) -> NDArray[np.float32] | None:
    """The mean of the sentences that the words stand in."""
    lines = [line for line in book.readings[claim.report].lines if line.span.overlaps(claim.content)]
    vectors = [v for line in lines if (v := vector_of(line.vector)) is not None]
    if not vectors:
        return None
    mean: NDArray[np.float32] = np.sum(vectors, axis=0)
    return mean / float(np.linalg.norm(mean))


def same_utterance(one: Utterance, other: Utterance, weights: dict[str, float]) -> bool:
    """Whether two quotations of one speaker are one utterance."""
    if one.plain == other.plain:
        return True
    short, long = sorted((one, other), key=lambda u: len(u.about.stems))
    few, many = short.about.stems, long.about.stems
    if len(few) < FEW:
        return False
    if f" {short.plain} " in f" {long.plain} ":
        return True
    if len(many) > LENGTHS * len(few):
        return False
    common = short.about.common(long.about)
    shared = sum(weights[s] for s in sorted(common)) / sum(weights[s] for s in sorted(few))
    if shared >= SAME_WORDS and len(common) > FEW:
        return True
    near = float(one.vector @ other.vector) if one.vector is not None and other.vector is not None else 0.0
    return shared >= SOME_WORDS and near >= SAME_SENSE and len(common) >= FEW


def groups_of(said: Sequence[Utterance], weights: dict[str, float]) -> list[list[Utterance]]:
    """One speaker's quotations, those of one utterance together; two that one report tells apart stay apart."""
    by_words: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in said:
        by_words[utterance.plain].append(utterance)
    groups: list[list[Utterance]] = []
    for _, same in sorted(by_words.items()):
        reports = {u.claim.report for u in same}
        home = next(
            (
                g
                for g in groups
                if not reports & {u.claim.report for u in g}
                and any(same_utterance(same[0], u, weights) for u in {u.plain: u for u in g}.values())
            ),
            None,
        )
        if home is None:
            groups.append(same)
        else:
            home += same
    return groups


def group_quotations(book: Casebook) -> None:
    """Give each group of claims that quote one utterance a common `group`; a quotation told once has none."""
    by_speaker: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in utterances(book):
        by_speaker[utterance.speaker].append(utterance)
    spread = Counter(s for us in by_speaker.values() for u in us for s in u.about.stems)
    total = sum(len(us) for us in by_speaker.values())
    weights = {s: math.log((1 + total) / (1 + n)) + 0.5 for s, n in spread.items()}
    group_of: dict[str, str] = {}
    for _, said in sorted(by_speaker.items()):
        for group in groups_of(said, weights):
            if len({u.claim.report for u in group}) > 1:
                name = f"q-{sha256(min(u.claim.id for u in group).encode()).hexdigest()[:8]}"
                group_of.update((u.claim.id, name) for u in group)
    words = {(c.report, c.content): group_of[c.id] for c in book.claims if c.id in group_of}
    book.claims = [
        replace(c, group=words.get((c.report, c.content)) if c.direct else None)
        for c in sorted(book.claims, key=lambda c: c.id)
    ]
