"""Sayings that the order of words shows where the tree does not: ", claims the union,", "by the nurse's account"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, Word
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import At, Saying

_NOMINAL = ("DET", "NOUN", "PROPN", "ADJ", "NUM")
_BREAKS = (",", ";", ":", ".", "!", "?", "–", "—")
_STOPS = (";", ":")
HEAD = 8  # words at the head of a sentence in which somebody's account is named


class Found(Struct, frozen=True):
    """Places in a sentence: of the cue, of the source's words, from the first word of the aside to the last."""

    cue: int
    word: Cue
    source: range
    aside: range


def ordered(ground: Ground, sayings: list[Saying]) -> list[Saying]:
    """`sayings` with those that the order of words shows, in the place of others of the same cue."""
    found = list(sayings)
    for sentence in ground.sentences:
        for told in (*_turned(ground, sentence), *_so_he_says(ground, sentence), *_by_account(ground, sentence)):
            saying = _saying(ground, sentence, told)
            if saying is None or any(_same(saying, other) for other in found):
                continue
            found = [s for s in found if not any(c.overlaps(saying.cue[0]) for c in s.cue)] + [saying]
    return found


def _same(saying: Saying, other: Saying) -> bool:
    """Whether a saying was found already: its cue with a source among the same words and something said."""
    cue = any(c.overlaps(saying.cue[0]) for c in other.cue)
    return cue and any(saying.source[0].overlaps(s) for s in other.source) and bool(other.content)


def _turned(ground: Ground, sentence: Sentence) -> Iterator[Found]:
    """A verb of saying right behind a comma, with who says it right behind it, up to a comma or the end."""
    words = sentence.words
    for v in range(2, len(words) - 1):
        cue = _says(ground, sentence, v)
        if cue is None or words[v - 1].text != "," or words[v + 1].upos not in _NOMINAL:
            continue
        last = _end(sentence, v + 1)
        source = range(v + 1, last)
        if _who(ground, sentence, source) and not any(words[c].i < v for c in sentence.dependents(v, "nsubj")):
            yield Found(v, cue, source, range(v - 1, last + 1))


def _so_he_says(ground: Ground, sentence: Sentence) -> Iterator[Found]:
    """Somebody and a verb of saying between "so" and a comma or the end: "fired first, or so the opposition says"."""
    words = sentence.words
    for so in range(1, len(words) - 2):
        if words[so].text.lower() != "so" or words[so - 1].text.lower() not in (",", "or"):
            continue
        last = _end(sentence, so + 1)
        v = last - 1
        cue = _says(ground, sentence, v) if v > so + 1 else None
        source = range(so + 1, v)
        if cue and words[so + 1].upos in (*_NOMINAL, "PRON") and _who(ground, sentence, source):
            first = so - 1 if words[so - 1].text == "," else so - 2
            yield Found(v, cue, source, range(max(first, 0), last + 1))


def _by_account(ground: Ground, sentence: Sentence) -> Iterator[Found]:
    """Somebody's account at the head of a sentence: "By the nurse's account …", "The union's story is that …"."""
    words, grammar = sentence.words, ground.knowledge.grammar
    first = int(words[0].text.lower() in grammar.by_account)
    mark = next((w.i for w in words[first + 1 : HEAD] if w.upos == "PART" and w.rel == "case"), None)
    told = (
        next((w.i for w in words[mark + 1 : mark + 3] if w.lemma.lower() in grammar.accounts), None) if mark else None
    )
    if mark is None or told is None or _who(ground, sentence, range(first, mark)) is None:
        return
    opens = [w.lemma.lower() for w in words[told + 1 : told + 3]]
    is_that = opens == ["be", "that"]
    if bool(first) is not is_that:
        cue = Cue(words[told].lemma.lower(), "NOUN", "speech", "that")
        yield Found(told, cue, range(first, mark), range(told + (3 if is_that else 1)))


def _says(ground: Ground, sentence: Sentence, v: int) -> Cue | None:
    """The row of a finite verb that says that something is so, also where the tree takes it for a noun."""
    word = sentence.words[v]
    cue = ground.knowledge.speech.cue(sentence.lemmas[v], "VERB")
    if cue is None or cue.kind != "speech" or not cue.takes("that") or cue.cue in ground.knowledge.grammar.heard:
        return None
    if word.upos not in ("VERB", "NOUN") or word.feat("VerbForm") in ("Inf", "Ger"):
        return None
    quoted = any(q.inner.overlaps(word.span) for q in ground.quotations)
    return None if quoted or (word.upos == "NOUN" and not word.text.endswith("s")) else cue


def _end(sentence: Sentence, start: int) -> int:
    """Where a phrase ends: at the next mark, past what is set beside it: "…, fumed Anna Reyes, a deputy,"."""
    words = sentence.words
    marks = [w.i for w in words[start:] if w.text in _BREAKS]
    last = marks[0] if marks else len(words)
    if last < len(words) and words[last].text == ",":
        after = marks[1] if len(marks) > 1 else len(words) - _closes(words)
        beside = words[last + 1 : after]
        if beside and not any(w.upos in ("VERB", "AUX") for w in beside):
            ends = after >= len(words) - _closes(words)
            return after if ends or any(w.rel == "appos" for w in beside) else last
    return last


def _closes(words: tuple[Word, ...]) -> int:
    return int(words[-1].upos == "PUNCT")


def _who(ground: Ground, sentence: Sentence, source: range) -> int | None:
    """The head of a phrase of somebody who speaks, without a verb outside a relative clause."""
    words = sentence.words
    relative = next((i for i in source if words[i].feat("PronType") == "Rel"), source.stop)
    if any(words[i].feat("VerbForm") == "Fin" for i in source if i < relative):
        return None
    heads = [i for i in source if i < relative and words[i].upos in ("NOUN", "PROPN", "PRON")]
    tops = [i for i in heads if words[i].head not in source] or heads[:1]
    return next((i for i in tops if _speaks(ground, sentence, i)), None)


def _speaks(ground: Ground, sentence: Sentence, i: int) -> bool:
    people = any(n.first <= i < n.last and n.kind in ("person", "organization") for n in sentence.nominals)
    named = any(n.first <= i < n.last and n.kind in ("person", "organization") for n in sentence.names)
    he = sentence.words[i].upos == "PRON" and sentence.words[i].feat("Person") == "3"
    return people or named or he or ground.tells((sentence.i, i))


def _saying(ground: Ground, sentence: Sentence, told: Found) -> Saying | None:
    words = sentence.words
    head = _who(ground, sentence, told.source)
    parts = (_before(sentence, told.aside.start), _after(sentence, told.aside.stop))
    spans = [ground.trim(sentence.span_of(list(part))) for part in parts if part]
    spans = [s for s in spans if s.start < s.end]
    if head is None or not any(w.upos in ("VERB", "AUX") for s in spans for w in ground.words_in(s)):
        return None
    at: At = (sentence.i, head)
    return Saying(
        source=(ground.trim(sentence.span_of(list(told.source))),),
        source_at=at,
        cue=(words[told.cue].span,),
        cue_at=(sentence.i, told.cue),
        content=tuple(spans),
        kind="stated",
        why=f"{told.word.cue} (by the order of words)",
    )


def _before(sentence: Sentence, stop: int) -> range:
    """The words of what is said up to an aside, from the last stop on."""
    first = max((w.i + 1 for w in sentence.words[:stop] if w.text in _STOPS), default=0)
    return range(first, stop)


def _after(sentence: Sentence, start: int) -> range:
    """The words of what is said from an aside on, up to the next stop."""
    last = next((w.i for w in sentence.words[start:] if w.text in _STOPS), len(sentence.words))
    return range(start, last)
