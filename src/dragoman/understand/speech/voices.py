"""Quotations whose speaker stands elsewhere: in the clause around a fragment, before a colon, or a paragraph ago."""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, Span
from dragoman.understand.speech.cues import content_word, cue_span
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.marks import Quotation
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.sources import source_word
from dragoman.understand.speech.trees import make


def voiced(ground: Ground, sayings: list[Saying]) -> list[Saying]:
    """`sayings` with every quotation that can be given a speaker, in order of the text.

    A quotation inside a content already told keeps that content's source. Others take, in this order, the cue that
    governs them in their sentence, the cue left open by a colon just before, or the speaker of the quotation before,
    when nothing but quotations stands between.
    """
    found = list(sayings)
    for quotation in ground.quotations:
        if any(part.overlaps(quotation.inner) and s.stating for s in found for part in s.content):
            continue
        sentence = _sentence_of(ground, quotation)
        if sentence is None:
            continue
        added = _governed(ground, sentence, quotation)
        if added is None and _alone(ground, sentence, quotation):
            added = _after_colon(ground, sentence, quotation) or _continued(ground, quotation, found)
        if added is not None:
            found = [s for s in found if s.cue != added.cue or s.source != added.source] + [added]
    return sorted(found, key=lambda s: (s.content, s.cue))


def _sentence_of(ground: Ground, quotation: Quotation) -> Sentence | None:
    return next((s for s in ground.sentences if s.span.overlaps(quotation.inner)), None)


def _alone(ground: Ground, sentence: Sentence, quotation: Quotation) -> bool:
    """Whether its sentence holds no word outside the marks."""
    before = ground.text[sentence.span.start : max(quotation.outer.start, sentence.span.start)]
    after = ground.text[min(quotation.outer.end, sentence.span.end) : sentence.span.end]
    return not any(ch.isalnum() for ch in before + after)


def _governed(ground: Ground, sentence: Sentence, quotation: Quotation) -> Saying | None:
    """The nearest reporting word above the quoted words that has a source."""
    quoted = [w.i for w in sentence.words if quotation.inner.covers(w.span)]
    tops = [i for i in quoted if sentence.words[i].head not in quoted]
    for top in tops:
        at = sentence.words[top].head
        while at >= 0:
            cue = content_word(ground, sentence, at) or _manner(sentence, top, at)
            if cue and at not in quoted and (source := source_word(ground, sentence, at, cue)) is not None:
                if source in quoted:
                    return None
                span = cue_span(sentence, at, cue)
                said = (quotation.outer,)
                return make(ground, sentence, (at, cue, span), source=source, said=said)
            at = sentence.words[at].head
    return None


def _manner(sentence: Sentence, quoted: int, verb: int) -> Cue | None:
    """A verb that only tells how something was said, with the quotation for its clause: ", fumed the mayor, "we …"."""
    word = sentence.words[verb]
    clause = sentence.words[quoted].head == verb and sentence.words[quoted].rel in ("ccomp", "parataxis")
    told = word.upos == "VERB" and word.feat("Tense") == "Past" and word.feat("VerbForm") == "Fin"
    return Cue(word.lemma.lower(), "VERB", "speech", "direct") if clause and told else None


def _after_colon(ground: Ground, sentence: Sentence, quotation: Quotation) -> Saying | None:
    """ "The minister went on:" and then the quotation, perhaps in a paragraph of its own."""
    if sentence.i == 0:
        return None
    before = ground.sentences[sentence.i - 1]
    if not ground.text[: before.span.end].endswith(":"):
        return None
    for word in reversed(before.words):
        cue = content_word(ground, before, word.i)
        if cue is None or cue.pos != "VERB":
            continue
        source = source_word(ground, before, word.i, cue)
        if source is not None:
            span = cue_span(before, word.i, cue)
            return make(ground, before, (word.i, cue, span), source=source, said=(quotation.outer,))
    return None


def _continued(ground: Ground, quotation: Quotation, found: list[Saying]) -> Saying | None:
    """The speaker of the quotation just before, when only its cue's clause stands between the two."""
    earlier = [q for q in ground.quotations if q.outer.end <= quotation.outer.start]
    if not earlier:
        return None
    last = earlier[-1]
    same = [s for s in found if s.source and any(part.overlaps(last.inner) for part in s.content)]
    if not same:
        return None
    saying = same[-1]
    between = Span(last.outer.end, quotation.outer.start)
    told = saying.source + saying.cue + saying.content
    rest = "".join(
        ground.text[at] for at in range(between.start, between.end) if not any(s.start <= at < s.end for s in told)
    )
    parted = "\n" in rest and last.run != quotation.run
    close = sum(ch.isalnum() for ch in rest) <= (0 if parted else 60)
    if not close:
        return None
    if parted and saying.cue_at is not None and not quotation.opens_paragraph:
        return None
    return replace(saying, content=(*saying.content, quotation.outer), why=f"{saying.why}; goes on")
