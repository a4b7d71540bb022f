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
ASIDE = ("speech", "accusation", "belief")
FEW = 6  # words of where and when behind a verb of saying
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
        sure = (*_turned(ground, sentence), *_so_he_says(ground, sentence), *_by_account(ground, sentence))
        for told in (*sure, *_asides(ground, sentence, found)):
            saying = _saying(ground, sentence, told)
            if saying is None or any(_same(ground, saying, other) for other in found):
                continue
            found = [s for s in found if not any(c.overlaps(saying.cue[0]) for c in s.cue)] + [saying]
    return found


def _same(ground: Ground, saying: Saying, other: Saying) -> bool:
    """Whether a saying was found already: its cue with a source among the same words and something said."""
    cue = any(c.overlaps(saying.cue[0]) for c in other.cue)
    return cue and any(saying.source[0].overlaps(s) for s in other.source) and _tells(ground, other)


def _tells(ground: Ground, saying: Saying) -> bool:
    """Whether what is said holds a verb or a quotation: "the palace", cut off by a comma, says nothing."""
    quoted = any(q.outer.overlaps(part) for q in ground.quotations for part in saying.content)
    return quoted or any(w.upos in ("VERB", "AUX") for part in saying.content for w in ground.words_in(part))


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


def _asides(ground: Ground, sentence: Sentence, sayings: list[Saying]) -> Iterator[Found]:
    """Somebody and a verb of saying between two commas, or behind the last: ", survivors of the first wave insist,"."""
    words = sentence.words
    for v in range(3, len(words)):
        cue = _says(ground, sentence, v, kinds=ASIDE)
        at = words[v].span
        if (
            cue is None
            or words[v].upos != "VERB"
            or any(s.source and any(c.overlaps(at) for c in s.cue) and _tells(ground, s) for s in sayings)
        ):
            continue
        behind = next((w.i for w in words[v + 1 :] if w.upos == "PUNCT"), len(words))
        when = words[v + 1 : behind]
        closed = behind == len(words) or words[behind].text in (",", ".", ";")
        if not closed or (when and (when[0].upos not in ("ADP", "ADV", "PROPN", "ADJ") or len(when) > FEW)):
            continue
        first = _opens(sentence, v)
        if first is None or any(w.upos in ("VERB", "AUX") for w in when) or words[first].upos not in _NOMINAL:
            continue
        head = _who(ground, sentence, range(first, v))
        after = words[behind + 1] if behind + 1 < len(words) else None
        if head is not None and not (after and after.text.lower() == "that") and _main_before(sentence, first - 1):
            yield Found(v, cue, range(first, v), range(first - 1, behind + 1))


def _opens(sentence: Sentence, v: int) -> int | None:
    """Where the phrase before a verb begins, behind a comma; past a relative clause between two commas."""
    words = sentence.words
    commas = [w.i for w in words[:v] if w.text == ","]
    if commas and commas[-1] == v - 1 and len(commas) > 2 and words[commas[-2] + 1].feat("PronType") == "Rel":
        commas = commas[:-2]
    return commas[-1] + 1 if commas and v - commas[-1] > 1 else None


def _main_before(sentence: Sentence, stop: int) -> bool:
    """Whether what stands before an aside is no mere "When asked": it has no verb, or one that no conjunction opens."""
    here = [w for w in sentence.words[max(_before(sentence, stop).start, 0) : stop] if w.upos != "PUNCT"]
    verbs = [w for w in here if w.upos in ("VERB", "AUX")]
    opened = here[:1] and (here[0].upos in ("SCONJ", "CCONJ") or here[0].feat("PronType") == "Int")
    return bool(here) and not opened and not (verbs and here[0].upos == "VERB")


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


def _says(ground: Ground, sentence: Sentence, v: int, *, kinds: tuple[str, ...] = ("speech",)) -> Cue | None:
    """The row of a finite verb that says that something is so, also where the tree takes it for a noun."""
    word = sentence.words[v]
    if word.upos not in ("VERB", "NOUN"):
        return None
    cue = ground.knowledge.speech.cue(sentence.lemmas[v], "VERB")
    if cue is None or cue.kind not in kinds or not cue.takes("that") or cue.cue in ground.knowledge.grammar.heard:
        return None
    if word.feat("VerbForm") in ("Inf", "Ger"):
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
