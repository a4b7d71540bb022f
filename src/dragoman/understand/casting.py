"""Who acts and who is acted on, by the rules and the learned scorer together.

The rules choose through the slots of a frame; the scorer has its own opinion of every noun of the sentence. Where both
together are sure that the rules' choice is wrong it goes, and where nobody is left, whom they are sure of comes in. How
they are weighed and how sure they must be stands in `knowledge/roles.toml`.
"""

from __future__ import annotations

import math
from dataclasses import replace

from msgspec.structs import replace as changed

from dragoman.knowledge import Knowledge
from dragoman.knowledge.rolebounds import RoleBounds
from dragoman.records import Sentence
from dragoman.understand.coding import Coding
from dragoman.understand.matching import Matcher
from dragoman.understand.participants import Participants
from dragoman.understand.party import Party, acted_on, doing

_SIDES = ("actor", "recipient")
_LOGIT = [math.log((share + 0.5) / (255.5 - share)) for share in range(256)]


class Casting:
    """Holds the codings of one draft against the scorer."""

    def __init__(self, matcher: Matcher, participants: Participants, knowledge: Knowledge) -> None:
        self._draft = matcher.draft
        self._participants = participants
        self._bounds = knowledge.roles
        self._types = knowledge.types
        self._bare = knowledge.actor_words.pronouns

    def cast(self, coding: Coding) -> Coding:
        """The coding with the parties that both opinions give it."""
        sentence = self._draft.doc.sentences[coding.clause.sentence]
        opinion = sentence.roles.get(coding.clause.predicate)
        if opinion is None:
            return coding
        for side, name in enumerate(_SIDES):
            if coding.mutual and side:
                continue
            party = self._side(coding, sentence, opinion[1 + side :: 2], side)
            coding = changed(coding, **{name: party})
        return coding

    def _side(self, coding: Coding, sentence: Sentence, shares: bytes, side: int) -> Party:
        """One side of the event, as the two opinions have it."""
        mine, other = (coding.actor, coding.recipient)[:: 1 - 2 * side]
        bounds = (self._bounds.actor, self._bounds.recipient)[side]
        chances = {
            i: chance(evidence(i, told, mine, other, guessed=coding.guessed, known=bool(self.who(sentence, i))), bounds)
            for i, told in heard(shares)
        }
        kept = max((chances.get(i, 1.0) for i in mine.heads), default=1.0) if mine.texts else 0.0
        wrong = bool(mine.texts) and kept < (bounds.spare if mine.actors else bounds.keep)
        if mine.texts and not wrong:
            return mine
        least = bounds.take if wrong else bounds.fill if coding.type in bounds.of else 2.0
        taken = {*mine.heads, *other.heads}
        free = [i for i, share in chances.items() if share >= least and i not in taken]
        for i in sorted(free, key=lambda i: (-chances[i], i)):
            found = self._participants.of_word(sentence, i)
            found = acted_on(found, coding.type) if side else doing(found, coding.type, self._types[coding.type].quad)
            nameless = not found.actors and sentence.words[i].upos == "PRON"
            again = set(found.heads) & taken or set(found.actors) & set(other.actors)
            if found.texts and not nameless and not again:
                was = f"rather than {mine.texts[0]} ({kept:.2f})" if wrong else "the rules had nobody"
                return replace(found, slot="scored", by=f"the learned scorer with the rules, {chances[i]:.2f}: {was}")
        return Party(by=f"not {mine.texts[0]}: {kept:.2f} by the learned scorer with the rules") if wrong else mine

    def who(self, sentence: Sentence, i: int) -> str | None:
        """The actor of the report that this word stands for."""
        reference = self._draft.reference_at(sentence.i, i)
        return reference.actor if reference is not None and reference.actor in self._draft.actors else None


def heard(shares: bytes) -> list[tuple[int, tuple[float, float]]]:
    """For each word that the scorer has an opinion of: its log odds, and those of the likeliest other word."""
    odds = {i: _LOGIT[share] for i, share in enumerate(shares) if share}
    order = sorted(odds.values(), reverse=True)
    first, second = (order + [_LOGIT[0]] * 2)[:2]
    return [(i, (own, second if own == first else first)) for i, own in odds.items()]


def evidence(
    i: int, told: tuple[float, float], mine: Party, other: Party, *, guessed: bool, known: bool
) -> tuple[float, ...]:
    """What speaks for word `i` on a side that the rules give to `mine`, in the order of `RoleBounds.weights`."""
    picked = bool(mine.texts) and i in mine.heads
    elsewhere = bool(mine.texts) and not picked
    return (1.0, *told, known, picked, picked and guessed, elsewhere, i in other.heads)


def chance(of: tuple[float, ...], bounds: RoleBounds) -> float:
    """How likely it is, by both opinions."""
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(bounds.weights, of))))
