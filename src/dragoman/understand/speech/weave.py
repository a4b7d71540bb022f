"""The model's proposals woven into sayings: which source and which contents belong to which cue.

The reading model marks sources, cues and contents one by one. A cue takes the source that the grammar names, else the
nearest; a content goes to the cue whose complement it is in the tree, else to the nearest, over as few words, other
cues and sentence ends as can be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile
from operator import attrgetter

from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, Span, Stretch
from dragoman.understand.naming.phrases import extent, from_the
from dragoman.understand.speech.anchors import Anchor, antecedent, before_cue, cited, fronted, goes_on, speaks
from dragoman.understand.speech.contents import behind_pronoun, contents
from dragoman.understand.speech.cues import content_word, preposition
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.sources import source_span, source_word
from dragoman.understand.speech.trees import hedge_of

_start = attrgetter("start")
_ANY = "that to object direct of about for on against with as at"


def weave(ground: Ground, stretches: Sequence[Stretch]) -> list[Saying]:
    """Sayings made of proposals alone, in order of their cues; a cue that finds no content gives none."""
    by_role = {role: [s.span for s in stretches if s.role == role] for role in ("source", "cue", "content")}
    anchors = [a for span in by_role["cue"] if (a := _anchor(ground, span))]
    cues = sorted(a.span for a in anchors)
    given: dict[int, list[Span]] = {n: [] for n in range(len(anchors))}
    for content in mended(ground, [_before(span, by_role["cue"]) for span in by_role["content"]]):
        best, nearest = FAR, None
        for n, anchor in enumerate(anchors):
            if _between(content, anchor.span) - _TOLD < best:
                cost = _content_cost(ground, content, anchor, cues)
                if cost < best:
                    best, nearest = cost, n
        if nearest is not None:
            given[nearest].append(content)
    handed_on = cited(ground, anchors, given)
    found: list[Saying] = []
    for n, anchor in enumerate(anchors):
        source = _source_for(ground, anchor, by_role["source"], anchors)
        source = antecedent(ground, _with_noun(ground, source), anchor) if source else None
        said = _near(ground, anchor, source, given[n]) if given[n] else list(anchor.said)
        if front := fronted(ground, anchor.span, source):
            said = [front, *(s for s in said if not s.overlaps(front) and s.start > front.end)]
        if n in handed_on and found and found[-1].cue_at == anchors[n - 1].at:
            said = list(found[-1].content)
        if source and said and (rest := goes_on(ground, anchor, source, said)):
            said = [*(c for c in said if not rest.covers(c)), rest]
        if said:
            found.append(_saying(ground, anchor, source, said))
    return found


def _before(content: Span, cues: Sequence[Span]) -> Span:
    """A content without the next cue at its end."""
    cut = [c.start for c in cues if content.start < c.start < content.end <= c.end]
    return Span(content.start, min(cut, default=content.end))


def mended(ground: Ground, contents: Sequence[Span]) -> list[Span]:
    """Contents with what belongs together joined: no word between them, no end of a sentence or of a quotation."""
    found: list[Span] = []
    for span in sorted(contents):
        gap = Span(found[-1].end, span.start) if found else None
        if gap and not any(ch.isalnum() or ch == "\n" for ch in gap.of(ground.text)):
            quoted = any(q.inner.covers(gap) for q in ground.quotations)
            ends = any(q.outer.end == gap.start for q in ground.quotations) and gap.of(ground.text).strip()
            if quoted or not (ends or set(gap.of(ground.text)) & _STOPS):
                span = Span(found.pop().start, span.end)
        found.append(span)
    return found


_STOPS = frozenset(".!?…")


def _near(ground: Ground, anchor: Anchor, source: Span | None, given: list[Span]) -> list[Span]:
    """The contents that fit: those the tree supports, those quoted, those beside the cue and its source."""
    if anchor.cue.pos == "ADP" and anchor.said and behind_pronoun(ground.sentences[anchor.at[0]], anchor.at[1]):
        return [*anchor.said]
    kept = []
    given = _closed(ground, given)
    given = [grown for c in given if (grown := _grown(ground, anchor, c)).start < grown.end]
    if ground.word(anchor.at).feat("VerbForm") == "Ger" or ground.word(anchor.at).rel == "advcl":
        given = [_first_clause(ground, anchor, c) for c in given]
    for c in given:
        told = any(_share(part, c) >= 0.4 for part in anchor.said)
        quoted = any(q.outer.overlaps(c) and _share(q.outer, c) > 0.8 for q in ground.quotations)
        if told or quoted or _gap(c, anchor.span, source) <= REACH:
            kept.append(c)
    return kept or sorted(given, key=lambda c: (_gap(c, anchor.span, source), c))[:1]


def _closed(ground: Ground, said: Sequence[Span]) -> list[Span]:
    """Contents of one cue with the verb between two of them that was left out: "Oravia will | insist on | it"."""
    taken = [s.span for s in ground.draft.doc.stretches if s.role != "content"]
    found: list[Span] = []
    for part in sorted(said):
        if found and found[-1].end < part.start:
            gap = Span(found[-1].end, part.start)
            free = not any(gap.overlaps(other) for other in taken)
            if free and len(gap.of(ground.text).split()) <= _GAP and _predicate_in(ground, found[-1], gap):
                part = Span(found.pop().start, part.end)
        found.append(part)
    return found


def _predicate_in(ground: Ground, part: Span, gap: Span) -> bool:
    """Whether a gap holds the verb of a subject that stands in the part before it."""
    sentence = ground.sentences[ground.sentence_at(gap.start)]
    verbs = [w.i for w in sentence.words if gap.covers(w.span) and w.upos in ("VERB", "AUX")]
    if set(gap.of(ground.text)) & (_STOPS | {"\n"}):
        return False
    return any(part.covers(sentence.words[c].span) for v in verbs for c in sentence.dependents(v, "nsubj"))


_GAP = 2  # words between two contents that belong together


def _first_clause(ground: Ground, anchor: Anchor, content: Span) -> Span:
    """What follows an aside's cue up to a semicolon: "…, noting that the count was slow; the army kept out of it"."""
    at = ground.text.find(";", content.start, content.end)
    quoted = any(q.outer.start <= at < q.outer.end for q in ground.quotations)
    return (
        ground.trim(Span(content.start, at)) if at >= 0 and content.start > anchor.span.end and not quoted else content
    )


def _gap(content: Span, cue: Span, source: Span | None) -> int:
    """Characters between a content and its cue, those of the source between them not counted."""
    between = Span(min(content.end, cue.end), max(content.start, cue.start))
    inner = source.end - source.start if source and between.covers(source) else 0
    return between.end - between.start - inner


REACH = 25


FAR = 900.0


def _anchor(ground: Ground, span: Span) -> Anchor | None:
    for sentence in ground.overlapping(span):
        inside = sentence.touched(span)
        if not inside:
            return None
        tops = [i for i in inside if sentence.words[i].head not in inside]
        order = tops + [i for i in inside if i not in tops]
        known = {i: preposition(ground, sentence, i) or content_word(ground, sentence, i) for i in order}
        at = next((i for i in order if known[i]), None)
        if at is None:
            verbs = [i for i in order if sentence.words[i].upos in ("VERB", "NOUN", "ADJ")]
            at = (verbs or order)[0]
        cue = known[at] or Cue(sentence.words[at].lemma.lower(), _pos(sentence.words[at].upos), "proposed", _ANY)
        source = next((s for i in (at, *order) if (s := source_word(ground, sentence, i, cue)) is not None), None)
        said = [p for i in inside for p in contents(ground, sentence, i, cue, span=span)] if cue.pos != "ADP" else None
        if said is None:
            said = list(contents(ground, sentence, at, cue, span=span))
        return Anchor(span, (sentence.i, at), cue, source, tuple(said))
    return None


def _pos(upos: str) -> str:
    return upos if upos in ("NOUN", "ADJ") else "VERB"


_TOLD = 400  # what the tree's own word for it takes off a content's cost


def _between(content: Span, cue: Span) -> int:
    """Characters between a content and a cue, the least that it costs; below 0 where they overlap."""
    return max(content.start, cue.start) - min(content.end, cue.end)


def _content_cost(ground: Ground, content: Span, anchor: Anchor, cues: Sequence[Span]) -> float:
    """How far a content is from being this cue's, with all cues in order; FAR and beyond: not at all."""
    if content.overlaps(anchor.span) or (content.end <= anchor.span.start and _announces(ground, anchor)):
        return FAR * 2
    if _ahead_of(ground, content, anchor):
        return FAR * 2
    low, high = min(content.end, anchor.span.end), max(content.start, anchor.span.start)
    between = ground.text[low:high]
    cost = float(len(between))
    after = bisect_left(cues, low, key=_start)  # of a long report's cues few stand between
    cost += 150 * sum(cue.end <= high for cue in takewhile(lambda cue: cue.start <= high, islice(cues, after, None)))
    first, last = sorted((ground.sentence_at(content.start), anchor.at[0]))
    cost += 60 * max(0, last - first - _sentences_inside(ground, content, first, last))
    cost += 400 * between.strip("\n").count("\n\n") + 60 * between.count("\n")
    if anchor.at[0] > ground.sentence_at(max(content.end - 1, content.start)):
        cost += 80  # a quotation's cue comes with it or before it
    if any(_share(part, content) >= 0.4 for part in anchor.said):
        cost -= _TOLD
    elif anchor.cue.kind not in VOICES and ground.enclosed(content) and not _utters(ground, anchor):
        cost += 300  # whole sentences between marks are spoken, not wanted or done
    return cost


def _utters(ground: Ground, anchor: Anchor) -> bool:
    """Whether a word that no table has stands with a quotation of its own: "“…,” enthused the founder"."""
    told = [q.inner for q in ground.quotations if any(q.inner.overlaps(p) for p in anchor.said)]
    return anchor.cue.kind == "proposed" and any(len(q.of(ground.text).split()) > _FEW for q in told)


_FEW = 3  # words between marks that may be no utterance: had typed "no threat"


VOICES = frozenset({"speech", "document", "citation", "question", "denial", "accusation", "judgement", "demand"})


def _ahead_of(ground: Ground, content: Span, anchor: Anchor) -> bool:
    """Whether a content ends before the cue's sentence, and that sentence takes up nothing."""
    return content.end <= ground.sentences[anchor.at[0]].span.start and not _looks_back(ground, anchor)


def _looks_back(ground: Ground, anchor: Anchor) -> bool:
    """Whether what an earlier sentence says may be said here: this one goes on with it, or only tells who says it."""
    sentence = ground.sentences[anchor.at[0]]
    words = [w for w in sentence.words if w.upos != "PUNCT"]
    if not anchor.said or not words or any(q.inner.start <= words[0].start < q.inner.end for q in ground.quotations):
        return True
    return len(words) <= _ONLY_WHO


_ONLY_WHO = 6  # words of a sentence that has but a source and a cue: "Brandt said on Monday."


def _announces(ground: Ground, anchor: Anchor) -> bool:
    """Whether a quotation follows the cue behind a colon: what stands before "the officer said:" is not said by him."""
    rest = ground.text[anchor.span.end - 1 : anchor.span.end + 2].lstrip()
    after = (q.outer.start for q in ground.quotations if q.outer.start >= anchor.span.end)
    return ":" in rest and any(start - anchor.span.end <= REACH for start in after)


def _sentences_inside(ground: Ground, content: Span, first: int, last: int) -> int:
    inside = ground.sentences_in(content)
    return max(0, min(inside.stop, last + 1) - max(inside.start, first))


def _share(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / min(one.end - one.start, other.end - other.start)


def _source_for(ground: Ground, anchor: Anchor, sources: Sequence[Span], anchors: Sequence[Anchor]) -> Span | None:
    """The proposed source that holds the grammar's, grown to its whole phrase; else the nearest; else the grammar's."""
    sentence = ground.sentences[anchor.at[0]]
    phrase = None
    if anchor.source is not None:
        word = sentence.words[anchor.source].span
        within = anchor.at[1] if anchor.at[1] in sentence.subtree(anchor.source) and anchor.cue.pos != "ADP" else None
        phrase = source_span(ground, sentence, anchor.source, without=within)
        if anchor.cue.pos == "ADP" and behind_pronoun(sentence, anchor.at[1]):
            return phrase
        own = sentence.words[anchor.source].head == anchor.at[1]
        beside = [span for span in sources if not own and 0 <= anchor.span.start - span.end <= 1]
        for span in beside or sources:
            if beside or span.overlaps(word):
                return _whole(span, phrase, sentence)
        beside_cue = 0 <= anchor.span.start - phrase.end <= 1
        if anchor.cue.pos == "ADP" and speaks(ground, anchor) and 0 <= phrase.start - anchor.span.end <= 1:
            return phrase
        if own and (beside_cue or _asserts(sentence, anchor)) and not _said_itself(ground, anchor, word):
            return phrase
    scored = []
    for span in sources:
        if not sentence.span.overlaps(span):
            continue
        low, high = min(span.end, anchor.span.end), max(span.start, anchor.span.start)
        cost = len(ground.text[low:high]) + 80 * sum(low <= a.span.start and a.span.end <= high for a in anchors)
        scored.append((cost + (10 if span.start > anchor.span.start else 0), span))
    best = min(scored, default=(FAR, None))
    if best[1] is None or best[0] >= 200:
        return phrase or before_cue(ground, anchor)
    return best[1]


def _with_noun(ground: Ground, source: Span) -> Span:
    """A source of which only a part was proposed, whole: "the | father", "The Velin, Oravia, | company"."""
    sentence = ground.sentences[ground.sentence_at(source.start)]
    inside = sentence.touched(source)
    if not inside:
        return source
    if (opens := from_the(sentence, inside[0])) < inside[0]:
        return ground.trim(sentence.span_of((opens, inside[-1])))
    if any(sentence.words[i].rel != "det" for i in inside):
        return source
    first, last = extent(sentence, sentence.words[inside[0]].head)
    return ground.trim(sentence.span_of((min(first, *inside), last - 1)))


def _asserts(sentence: Sentence, anchor: Anchor) -> bool:
    """Whether somebody named is the subject of a finite verb that says: no other than he says it."""
    word = sentence.words[anchor.source] if anchor.source is not None else None
    verb = sentence.words[anchor.at[1]]
    finite = verb.feat("VerbForm") == "Fin" or sentence.dependents(verb.i, "aux")
    return bool(word and word.rel == "nsubj" and word.upos in ("PROPN", "NOUN") and finite)


def _said_itself(ground: Ground, anchor: Anchor, word: Span) -> bool:
    """Whether a word stands between marks that the cue stands outside of: it is said, and says nothing."""
    return any(q.inner.covers(word) and not q.inner.overlaps(anchor.span) for q in ground.quotations)


def _whole(span: Span, phrase: Span, sentence: Sentence) -> Span:
    """The phrase around a proposed source, not its "on Thursday" or "in the capital" behind what was proposed."""
    if not phrase.covers(span):
        return span
    after = next((w for w in sentence.words if w.start >= span.end), None)
    if after and after.end <= phrase.end and after.upos == "ADP" and after.lemma.lower() != "of":
        return Span(phrase.start, span.end)
    return phrase


def _saying(ground: Ground, anchor: Anchor, source: Span | None, given: list[Span]) -> Saying:
    sentence = ground.sentences[anchor.at[0]]
    head = None
    if source is not None:
        inside = sentence.touched(source)
        top = next((i for i in inside if sentence.words[i].head not in inside), inside[0] if inside else None)
        head = None if top is None else (sentence.i, top)
    return Saying(
        source=() if source is None else (source,),
        source_at=head,
        cue=(_with_adverbs(sentence, anchor.span),),
        cue_at=anchor.at,
        content=tuple(sorted(given)),
        kind=_kind(sentence, anchor),
        word=None if anchor.cue.kind == "proposed" else anchor.cue,
        hedge=hedge_of(ground, sentence, anchor.at[1], anchor.cue),
        why=f"{anchor.cue.cue} ({anchor.cue.kind}), proposed by the model",
    )


def _with_adverbs(sentence: Sentence, span: Span) -> Span:
    """A cue with its own adverbs right before it: "also said", "repeatedly warned"."""
    inside = sentence.touched(span)
    first = inside[0] if inside else 0
    while first > 0 and sentence.words[first - 1].upos == "ADV" and sentence.words[first - 1].head in inside:
        first -= 1
    return Span(sentence.words[first].start, span.end) if inside else span


def _kind(sentence: Sentence, anchor: Anchor) -> str:
    """The kind of the cue's row; an unknown verb that has a clause for its object states it."""
    clausal = anchor.cue.kind == "proposed" and any(
        sentence.words[w].feat("VerbForm") == "Fin"
        for c in sentence.dependents(anchor.at[1], "ccomp")
        for w in (c, *sentence.dependents(c, "aux", "aux:pass", "cop"))
    )
    return "stated" if clausal else anchor.cue.kind


def _grown(ground: Ground, anchor: Anchor, content: Span) -> Span:
    """A proposed content grown to the complement that the tree shows around it, as far as nothing else is proposed."""
    best = max(anchor.said, key=lambda part: (_share(part, content), part), default=content)
    if not best.covers(content):
        return ground.trim(content)
    added = (Span(best.start, content.start), Span(content.end, best.end))
    others = [s.span for s in ground.draft.doc.stretches if s.span.start < best.end and best.start < s.span.end
              and (s.role != "content" or not s.span.overlaps(content))]  # fmt: skip
    return ground.trim(content) if any(part.overlaps(other) for part in added for other in others) else best
