"""What the learned typer adds to the lexicon: guesses at verbs that fit no frame, doubts where a frame fits barely.

A guess is taken only where the lexicon knows the verb in a sense of that type, the typer is sure, and the clause has
no complement of its own. How sure it must be stands in `knowledge/typer.toml`.
"""

from __future__ import annotations

from collections import Counter

from dragoman.knowledge import Knowledge
from dragoman.knowledge.predicates import Frame
from dragoman.records import EventType
from dragoman.understand.draft import Clause
from dragoman.understand.fillers import COMPLEMENTS
from dragoman.understand.matching import Fit, Match, Matcher


class Surmise:
    """Asks the typer about the clauses of one draft."""

    def __init__(self, matcher: Matcher, knowledge: Knowledge) -> None:
        self._matcher = matcher
        self._lexicon = knowledge.frames
        self._bounds = knowledge.typer

    def chance(self, clause: Clause, type: EventType) -> float:
        """How likely the typer holds the clause's verb to tell an event of this type."""
        return self._matcher.draft.doc.sentences[clause.sentence].chance(clause.predicate, type)

    def fit(self, clause: Clause, match: Match) -> Fit | None:
        """The fit that the typer proposes for a clause that fits no frame, and that no frame rules out."""
        if match.ruled_out or clause.kind != "verbal" or not self._matcher.draft.doc.sentences[clause.sentence].types:
            return None
        type = self._matcher.draft.doc.sentences[clause.sentence].likeliest(clause.predicate)
        if self.chance(clause, type) < self._bounds.least:
            return None
        frames = self._senses(clause)
        mine = [frame for frame in frames if frame.type == type]
        if len(mine) < self._bounds.share * len(frames) or not mine:
            return None
        company = self._matcher.company(clause)
        if any(company.get(slot) for slot in COMPLEMENTS):
            return None
        return Fit(_bare(mine, len(frames)), 0.0, {}, company)

    def doubt(self, clause: Clause, match: Match) -> float:
        """The typer's share for no event where a frame fits barely and the typer sees none; else 0."""
        sentence = self._matcher.draft.doc.sentences[clause.sentence]
        if match.fit is None or clause.kind != "verbal" or match.fit.score > self._bounds.barely or not sentence.types:
            return 0.0
        none = sentence.chance(clause.predicate, None)
        return none if none >= self._bounds.none else 0.0

    def _senses(self, clause: Clause) -> list[Frame]:
        """The frames of the verb; of a verb with a particle those with the same one, where there are any."""
        sentence = self._matcher.draft.doc.sentences[clause.sentence]
        frames = self._lexicon.of("verb", sentence.words[clause.predicate].lemma.lower())
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
        gloss=f"{len(frames)} of the {count} frames of this verb are of the type",
        rank=first.rank,
    )
