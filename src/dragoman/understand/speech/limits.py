"""How far what is said reaches: what the grammar counts with it and the report tells in its own voice."""

from __future__ import annotations

from dragoman.records import Span, Word
from dragoman.understand.draft import Clause
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import Saying

_NEAR = 3  # words between a comma and the marker of an aside: "hours after …"
_FEW = 6  # words of a phrase that alone goes back to somebody: "55 according to the ministry"


def limited(ground: Ground, saying: Saying, part: Span) -> Span | None:
    """A part of a content as far as its source says it; None where the report itself does."""
    if _parted(ground, saying, part) or _anothers(ground, saying, part) or _meanwhile(ground, saying, part):
        return None
    if saying.word is None or saying.word.pos != "ADP" or saying.cue_at is None:
        return part
    if _is_aside(ground, saying):
        return part if part.end <= saying.cue[0].start else None
    cut = ground.text.rfind(";", part.start, part.end)
    quoted = any(q.outer.start <= cut < q.outer.end for q in ground.quotations)
    ahead = part.end <= saying.cue[0].start and cut >= 0 and not quoted
    return ground.trim(Span(cut + 1, part.end)) if ahead else part


def _parted(ground: Ground, saying: Saying, part: Span) -> bool:
    """Whether a semicolon stands between a part and the cue behind it: "The war goes on; Brandt reports from Velin"."""
    return bool(saying.cue) and ";" in ground.text[part.end : saying.cue[0].start]


def _anothers(ground: Ground, saying: Saying, part: Span) -> bool:
    """Whether somebody else speaks behind a semicolon: "Nine died, an aide said; the police put the number at four"."""
    if not saying.cue or part.start < saying.cue[0].end or ";" not in ground.text[saying.cue[0].end : part.start]:
        return False
    if not any(p.end <= saying.cue[0].start for p in saying.content) or ground.enclosed(part):
        return False
    here = [c for s in ground.overlapping(part) for c in ground.clauses_in(s.i) if part.covers(_word(ground, c).span)]
    main = next((c for c in here if c.link in ("parataxis", "conj", "root")), None)
    cue = ground.knowledge.speech.cue(main.lemma, "VERB") if main else None
    return cue is not None and cue.stating


def _word(ground: Ground, clause: Clause) -> Word:
    return ground.word((clause.sentence, clause.predicate))


def _meanwhile(ground: Ground, saying: Saying, part: Span) -> bool:
    """Whether a part only tells what went on meanwhile: "The talks failed, an aide said, hours after shots fell"."""
    if saying.cue_at is None or part.start < saying.cue[0].end:
        return False
    sentence = ground.sentences[saying.cue_at[0]]
    if not any(sentence.span.start <= p.start and p.end <= saying.cue[0].start for p in saying.content):
        return False
    words = [w for w in sentence.words if w.start >= saying.cue[0].end]
    inside = [w.i for w in words if w.start >= part.start][:_NEAR]
    last = inside[-1] if inside else -1
    commas = [w.i for w in words if w.text == "," and w.i < last]
    markers = ground.knowledge.grammar.meanwhile
    return any(sentence.plain[k] in markers for c in commas for k in range(c + 1, min(c + 1 + _NEAR, last + 1)))


def _is_aside(ground: Ground, saying: Saying) -> bool:
    """Whether but a number between a comma and "according to" is somebody's, the sentence going on behind him."""
    sentence = ground.sentences[saying.cue_at[0]] if saying.cue_at else None
    if sentence is None or not saying.source:
        return False
    before = [w for w in sentence.words if w.end <= saying.cue[0].start]
    commas = [w.i for w in before if w.text == ","]
    phrase = before[commas[-1] + 1 :] if commas else []
    behind = next((w for w in sentence.words if w.start >= saying.source[0].end), None)
    plain = len(phrase) <= _FEW and not any(w.upos in ("VERB", "AUX") for w in phrase)
    return plain and any(w.upos == "NUM" for w in phrase) and behind is not None and behind.text == ","
