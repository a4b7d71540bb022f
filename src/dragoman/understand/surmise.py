"""What the lexicon and the learned typer together make of a clause: a guess where no frame fits, a doubt where one
does.

How the two opinions are weighed and how sure they must be stands in `knowledge/typer.toml`; which slots hold the
parties of a guess in the frames of the verb, or for words that the lexicon does not know in
`knowledge/typer_slots.tsv`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.knowledge.predicates import Frame
from dragoman.records import TYPES, EventType
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Clause
from dragoman.understand.matching import Fit, Match, Matcher
from dragoman.understand.weighing import Opinion, weighed

_NOTHING = 204  # in 255ths: where so much speaks for no event, the lexicon adds too little for a guess
_OF_SPEECH = {"verbal": "verb", "nominal": "noun", "copular": "adj"}


class Verdict(Struct, frozen=True):
    """The likeliest type and its share, and the share of no event, of both opinions together."""

    type: EventType
    share: float
    none: float

    @classmethod
    def of(cls, shares: Sequence[float]) -> Verdict | None:
        """Of seventeen shares, none of the types first; None of none."""
        if not shares:
            return None
        best = max(range(1, len(shares)), key=shares.__getitem__)
        return cls(TYPES[best - 1], shares[best], shares[0])


class Surmise:
    """Asks the typer about the clauses of one draft."""

    def __init__(self, matcher: Matcher, knowledge: Knowledge) -> None:
        self._matcher = matcher
        self._lexicon = knowledge.frames
        self._types = knowledge.types
        # Of a type that a user's own lexicon has no word for nothing is guessed.
        self._slots = {
            key: frame for key, frame in knowledge.typer_slots.items() if frame.type in knowledge.frames.types
        }
        self.bounds = knowledge.typer

    def opinion(self, clause: Clause, coding: Coding | None = None) -> Opinion:
        """The lexicon's own, of a clause and of its coding where a frame fits; a guess is none of the lexicon's."""
        frames = self._senses(clause)
        counts = Counter(TYPES.index(frame.type) + 1 for frame in frames)
        senses = tuple((type, n / len(frames)) for type, n in sorted(counts.items()))
        if coding is None or coding.match.fit is None:
            return Opinion(senses=senses)
        return Opinion(TYPES.index(coding.type) + 1, coding.match.fit.score, bool(coding.barred), senses)

    def shares(self, clause: Clause, opinion: Opinion) -> list[float]:
        """How likely both hold none of the types, and each of them; empty where the typer was not asked."""
        own = self._matcher.draft.doc.sentences[clause.sentence].shares(clause.predicate)
        return weighed(own, opinion, self.bounds) if any(own) else []

    def guess(self, clause: Clause, match: Match) -> tuple[Fit, Verdict] | None:
        """The fit that the typer proposes for a clause that fits no frame, and that no frame rules out."""
        if match.fit is not None or match.ruled_out:
            return None
        own = self._matcher.draft.doc.sentences[clause.sentence].shares(clause.predicate)
        if own[:1] and own[0] >= _NOTHING:
            return None
        verdict = Verdict.of(self.shares(clause, self.opinion(clause)))
        if verdict is None or not self._likely(clause, verdict):
            return None
        fit = self.fit(clause, verdict.type)
        return (fit, verdict) if fit is not None else None

    def _likely(self, clause: Clause, verdict: Verdict) -> bool:
        """Whether the type is likely enough, or of a verb that there is an event, whichever of two types.

        "Voted to reject it", "turned out to cheer him": where in doubt the second verb tells it, if a frame fits it.
        """
        bounds = self.bounds
        if verdict.share >= bounds.least or clause.kind != "verbal":
            return verdict.share >= bounds.least
        torn = 1 - verdict.none >= bounds.event and verdict.share >= bounds.torn
        below = self._matcher.company(clause).get("inf", []) if torn else []
        inner = (self._matcher.clause_at(clause.sentence, argument.words[0]) for argument in below)
        return torn and not any(child is not None and self._matcher.match(child).fit for child in inner)

    def fit(self, clause: Clause, type: EventType) -> Fit | None:
        """A fit of this type by the clause's own company, whatever the frames of its word ask for."""
        told = {type}
        if clause.tense == "future":
            told |= {row.type for row in self._types.values() if row.future == type}
        senses = self._senses(clause)
        mine = [frame for frame in senses if frame.type in told]
        frame = _bare(mine, len(senses)) if mine else self._slots.get((type, _OF_SPEECH[clause.kind]))
        return Fit(frame, 0.0, {}, self._matcher.company(clause)) if frame is not None else None

    def _senses(self, clause: Clause) -> list[Frame]:
        """The frames of the word; of a verb with a particle those with the same one, where there are any."""
        sentence = self._matcher.draft.doc.sentences[clause.sentence]
        frames = self._lexicon.of(_OF_SPEECH[clause.kind], sentence.words[clause.predicate].lemma.lower())
        particles = {sentence.words[p].lemma.lower() for p in clause.particles}
        if not particles:
            return [frame for frame in frames if not frame.rest]
        return [frame for frame in frames if frame.rest and frame.rest[0] in particles]


def _bare(frames: list[Frame], count: int) -> Frame:
    """What the frames of one type have in common, without the company that none of them found."""
    first = min(frames, key=lambda frame: frame.rank)
    code = Counter(frame.cameo for frame in frames).most_common(1)[0][0]
    return Frame(
        type=first.type,
        lemma=first.lemma,
        pos=first.pos,
        companions=(),
        text="",
        mode=None,
        cameo=code,
        actor=first.actor,
        recipient=tuple(dict.fromkeys(slot for frame in frames for slot in frame.recipient if "." not in slot)),
        gloss=f"{len(frames)} of the {count} frames of this word are of the type",
        rank=first.rank,
    )
