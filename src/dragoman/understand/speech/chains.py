"""Chains of sources: "the agency cited the minister as saying …" is the agency's word for the minister's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from dragoman.records import Sentence, Span
from dragoman.understand.speech.cues import content_word, cue_span
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.mute import antecedent_noun
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.sources import source_word
from dragoman.understand.speech.trees import make


def chained(ground: Ground, saying: Saying) -> Iterator[Saying]:
    """The saying itself, or, where its cue hands on another's words, the outer saying and the inner one.

    In the passive ("was quoted by the agency as saying") the subject is the inner source and the agent the outer.
    """
    if (outer := _quoted_by(ground, saying)) is not None:
        yield outer
    inner = _handed_on(ground, saying) if saying.kind == "citation" and saying.cue_at else None
    if saying.cue_at is None or inner is None:
        yield saying
        return
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    opening, verb = inner
    passive = bool(sentence.dependents(i, "aux:pass")) or sentence.words[i - 1].lemma.lower() == "be"
    named = saying.source, saying.source_at
    if passive:
        subject = next(iter(sentence.dependents(i, "nsubj:pass", "nsubj")), None)
        within = _phrase(ground, sentence, sentence.subtree(subject)) if subject is not None else None
        outside = named if named[0] and named[0][0].start > sentence.words[i].start else ((), None)
    else:
        within, outside = _phrase(ground, sentence, list(range(i + 1, opening))), named
    bridge = Span(saying.cue[0].start, sentence.words[verb].end)
    said = _said(ground, sentence, saying, bridge, without=within[0][0] if within and passive else None)
    if within is None or not said:
        yield saying
        return
    if outside[0]:
        yield replace(saying, source=outside[0], source_at=outside[1], content=said)
    span = sentence.words[verb].span
    yield replace(
        saying,
        source=within[0],
        source_at=within[1],
        cue=(span,),
        cue_at=(sentence.i, verb),
        content=said,
        kind="speech",
        word=ground.knowledge.speech.cue(sentence.words[verb].lemma, "VERB"),
        why=f"{saying.why}; handed on",
    )


def relayed(ground: Ground, sayings: Sequence[Saying]) -> list[Saying]:
    """What "the radio, quoting the minister, said" tells, the minister tells too; "the radio" alone is its source."""
    found = list(sayings)
    for n, inner in enumerate(sayings):
        if inner.word is None or inner.word.pos != "ADP" or inner.kind != "citation" or inner.cue_at is None:
            continue
        host = _host(ground.sentences[inner.cue_at[0]], inner.cue_at[1])
        outer = next((m for m, s in enumerate(found) if s.cue_at == (inner.cue_at[0], host) and m != n), None)
        if outer is None or not found[outer].stating or not ground.tells(inner.source_at):
            continue
        source = tuple(
            ground.trim(Span(part.start, inner.cue[0].start)) if part.covers(inner.cue[0]) else part
            for part in found[outer].source
        )
        found[outer] = replace(found[outer], source=source)
        if not _own_words(ground, found[outer], inner):
            found[n] = replace(inner, content=found[outer].content, kind="stated", word=None)
    return found


def _quoted_by(ground: Ground, saying: Saying) -> Saying | None:
    """Who quotes the speaker: "the Gazette quotes a colonel who says …", "a colonel quoted in the Gazette said …"."""
    if saying.source_at is None or saying.cue_at is None or not saying.stating:
        return None
    sentence = ground.sentences[saying.source_at[0]]
    noun = antecedent_noun(ground, sentence, saying.source_at[1])
    if noun is None:
        return None
    over = sentence.words[noun].head if sentence.words[noun].rel == "obj" else -1
    for i in (over, *sentence.dependents(noun, "acl")):
        if i < 0 or (sentence.i, i) == saying.cue_at or (cue := content_word(ground, sentence, i)) is None:
            continue
        if cue.kind != "citation":
            continue
        if i == over:
            by = source_word(ground, sentence, i, cue)
        else:
            by = next((c for c in sentence.dependents(i, "obl:agent", "obl") if ground.tells((sentence.i, c))), None)
        if by is not None and by != noun and _speaks_for_itself(ground, sentence, by):
            cue_at = (i, cue, cue_span(sentence, i, cue))
            outer = make(ground, sentence, cue_at, source=by, said=saying.content)
            return replace(outer, kind="stated", word=None)
    return None


def _speaks_for_itself(ground: Ground, sentence: Sentence, i: int) -> bool:
    """Whether a word is somebody or an outlet, not a document or a day."""
    return sentence.words[i].upos in _NOUNS and ground.tells((sentence.i, i))


def _host(sentence: Sentence, i: int) -> int:
    """The verb that "quoting" goes with: the one it hangs on, or that of the subject it hangs on."""
    head = sentence.words[i].head
    subject = head >= 0 and sentence.words[head].rel.split(":")[0] == "nsubj"
    return sentence.words[head].head if subject else head


def _own_words(ground: Ground, outer: Saying, inner: Saying) -> bool:
    """Whether what is said is all quotation of who says it: "“…,” the senator said, citing aides"."""
    if inner.source_at is None or (inner.word and inner.word.cue == QUOTING):
        return False
    quoted = all(any(q.outer.covers(c) for q in ground.quotations) for c in outer.content)
    kind = ground.knowledge.speech.sources.get(ground.word(inner.source_at).lemma.lower())
    return quoted and kind not in ("media", "document")


QUOTING = "quoting"  # hands on the very words, "citing" what they go back to


def _handed_on(ground: Ground, saying: Saying) -> tuple[int, int] | None:
    """Places of "as" and of "saying" after the cue."""
    if saying.cue_at is None:
        return None
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    for k in range(i + 1, len(sentence.words) - 1):
        verb = sentence.words[k + 1]
        cue = ground.knowledge.speech.cue(verb.lemma, "VERB")
        if sentence.words[k].text.lower() == "as" and verb.text.endswith("ing") and cue and cue.kind == "speech":
            return k, k + 1
    return None


def _phrase(ground: Ground, sentence: Sentence, places: list[int]) -> tuple[tuple[Span, ...], tuple[int, int]] | None:
    """The words of a source by their places; None where they hold no noun."""
    if not places:
        return None
    tops = [p for p in places if sentence.words[p].head not in places and sentence.words[p].upos in _NOUNS]
    if not tops:
        return None
    return (ground.trim(sentence.span_of(places)),), (sentence.i, tops[0])


_NOUNS = ("NOUN", "PROPN", "PRON")


def _said(
    ground: Ground, sentence: Sentence, saying: Saying, bridge: Span, *, without: Span | None
) -> tuple[Span, ...]:
    """The contents outside "cited X as saying"; what follows it when nothing else is there."""
    kept = []
    for part in saying.content:
        if without and part.overlaps(without):
            part = ground.trim(Span(part.start, without.start)) if part.start < without.start else bridge
        if part.start < part.end and not part.overlaps(bridge):
            kept.append(part)
    rest = ground.trim(Span(bridge.end, sentence.span.end))
    clause = any(w.upos in ("VERB", "AUX") for w in sentence.words if rest.covers(w.span))
    if not kept and not clause:
        rest = _ahead(ground, sentence, saying, bridge)
        clause = any(w.upos in ("VERB", "AUX") for w in sentence.words if rest.covers(w.span))
    return tuple(kept) or ((ground.with_marks(rest, cue=bridge),) if clause else ())


def _ahead(ground: Ground, sentence: Sentence, saying: Saying, bridge: Span) -> Span:
    """What stands before a citation that ends its sentence: "The pact will hold, the radio cited him as saying"."""
    low = min([bridge.start, *(s.start for s in saying.source if sentence.span.covers(s))])
    before = ground.text[sentence.span.start : low].rstrip()
    end = sentence.span.start + len(before) if before.endswith(",") else sentence.span.start
    return ground.trim(Span(sentence.span.start, end))
