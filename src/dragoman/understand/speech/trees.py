"""Sayings that the grammar shows: a cue with its source and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, Span, Word
from dragoman.understand.speech.contents import contents
from dragoman.understand.speech.cues import cue_span, cues_of
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.sources import source_span, source_word


def tree_sayings(ground: Ground, sentence: Sentence) -> Iterator[Saying]:
    """The sayings whose cue stands in this sentence, in order of their cues."""
    for i, cue in cues_of(ground, sentence):
        source = source_word(ground, sentence, i, cue)
        span = cue_span(sentence, i, cue)
        said = contents(ground, sentence, i, cue, span=span)
        if said:
            yield make(ground, sentence, (i, cue, span), source=source, said=said)


def make(
    ground: Ground, sentence: Sentence, cue_at: tuple[int, Cue, Span], *, source: int | None, said: tuple[Span, ...]
) -> Saying:
    """A saying with the grammar's source phrase and the words that weaken its cue."""
    i, cue, span = cue_at
    without = i if source is not None and i in sentence.subtree(source) and cue.pos != "ADP" else None
    phrase = () if source is None else (source_span(ground, sentence, source, without=without),)
    return Saying(
        source=phrase,
        source_at=None if source is None else (sentence.i, source),
        cue=(span,),
        cue_at=(sentence.i, i),
        content=said,
        kind=cue.kind,
        word=cue,
        hedge=hedge_of(ground, sentence, i, cue),
        why=f"{cue.cue} ({cue.kind})",
    )


def hedge_of(ground: Ground, sentence: Sentence, i: int, cue: Cue) -> str | None:
    """What weakens a report of speech: "may have", "did not", "reportedly", or a cue that itself doubts."""
    found = []
    for c in sentence.children[i]:
        word = sentence.words[c]
        negates = word.text.lower() in ground.knowledge.grammar.negations
        if (
            negates
            or _modal(ground, word)
            or (word.rel == "advmod" and word.lemma.lower() in ground.knowledge.modality.hedges)
        ):
            found.append(word)
    if cue.certainty:
        found.append(sentence.words[i])
    return " ".join(w.text for w in sorted(found, key=lambda w: w.i)) or None


def _modal(ground: Ground, word: Word) -> bool:
    row = ground.knowledge.modality.modals.get(word.lemma.lower())
    return word.rel == "aux" and row is not None and row.auxiliary == "hypothetical"
