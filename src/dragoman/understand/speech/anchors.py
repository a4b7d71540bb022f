"""A proposed cue and what stands around it: what comes before it, who ends the sentence with it, whom it cites."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, Span
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import At

CLOSE = 3  # characters between two cues, a comma and blanks
ONE_ADVERB = 12  # characters: "a spokesman there said"
LAST_WORDS = 6  # of where and when behind a cue, or of a source between a comma and its cue


class Anchor(Struct, frozen=True):
    """A proposed cue: its span, its head word, its row (a general one where the table has none), what the tree says."""

    span: Span
    at: At
    cue: Cue
    source: int | None
    said: tuple[Span, ...]


def cited(ground: Ground, anchors: Sequence[Anchor], given: dict[int, list[Span]]) -> set[int]:
    """ "…, the radio said, according to a note": what the radio said is what the note says; the note is not said."""
    found = set()
    for n, anchor in enumerate(anchors[1:], 1):
        before = anchors[n - 1]
        if anchor.cue.pos != "ADP" or anchor.cue.kind == "citation" or anchor.source is None:
            continue
        if anchor.at[0] != before.at[0]:
            continue
        noun = ground.word((anchor.at[0], anchor.source)).span
        told = [c for c in (*given[n], *given[n - 1]) if c.end <= before.span.start]
        if noun.start >= anchor.span.end and 0 <= anchor.span.start - before.span.end <= CLOSE and told:
            given[n] = given[n - 1] = told
            found.add(n)
    return found


def speaks(ground: Ground, anchor: Anchor) -> bool:
    """Whether the noun of a preposition tells something."""
    if anchor.source is None or anchor.cue.kind != "citation":
        return anchor.source is not None
    return ground.tells((anchor.at[0], anchor.source))


def fronted(ground: Ground, cue: Span, source: Span | None) -> Span | None:
    """ "The pact will hold, two officials have said.": all before the source and cue that end a sentence."""
    if source is None or cue.overlaps(source):
        return None
    between = ground.text[min(cue.end, source.end) : max(cue.start, source.start)]
    if len(between) > 2 and not (between.strip().isalpha() and len(between) <= ONE_ADVERB):
        return None
    low, high = min(cue.start, source.start), max(cue.end, source.end)
    sentence = ground.sentences[ground.sentence_at(low)]
    start, before = sentence.span.start, ground.text[sentence.span.start : low].rstrip()
    if not before.endswith(",") or len(before.split()) < 3 or not _only_when_and_where(sentence, high):
        return None
    front = Span(start, start + len(before))
    told = any(w.feat("VerbForm") == "Fin" and _opens_itself(sentence, w.i) for w in sentence.words if w.end < low)
    ends = not any(w.span.start >= high and w.upos != "PUNCT" for w in sentence.words)
    return ground.with_marks(ground.trim(front), cue=cue) if told or ends else None


def goes_on(ground: Ground, anchor: Anchor, source: Span, said: Sequence[Span]) -> Span | None:
    """ "It was the envoy, he said, who had promised …": what hangs on the words before source and cue, behind them."""
    low, high = min(anchor.span.start, source.start), max(anchor.span.end, source.end)
    sentence = ground.sentences[anchor.at[0]]
    front = next((c for c in said if c.start >= sentence.span.start and 0 <= low - c.end <= CLOSE), None)
    if front is None or anchor.cue.kind != "speech" or ground.text[high : high + 1] != ",":
        return None
    rest = [w for w in sentence.words if w.start > high and w.upos != "PUNCT"]
    end = sentence.span.end
    later = [c for c in said if c.end > high]
    if not rest or ground.enclosed(front) or any(w.upos in ("VERB", "AUX") for c in later for w in ground.words_in(c)):
        return None
    tops = [w for w in rest if not any(w.head == v.i for v in rest)]
    before = {w.i for w in sentence.words if front.covers(w.span)}
    if len(tops) != 1 or tops[0].head not in before or tops[0].rel not in ("acl:relcl", "advcl:relcl"):
        return None
    return ground.trim(Span(rest[0].start, end))


def _opens_itself(sentence: Sentence, i: int) -> bool:
    """Whether no conjunction opens the clause of a verb: "But when they came, the state backed …" is told by nobody."""
    opened = [c for c in sentence.dependents(i, "mark", "advmod") if c < i]
    return not any(sentence.words[c].rel == "mark" or sentence.words[c].feat("PronType") == "Int" for c in opened)


def _only_when_and_where(sentence: Sentence, start: int) -> bool:
    """Whether nothing but "on Monday", "by telephone", "in a statement" follows in the sentence."""
    rest = [w for w in sentence.words if w.start >= start]
    words = [w for w in rest if w.upos != "PUNCT"]
    if not words:
        return True
    opens = rest[0].upos in ("ADP", "ADV") or rest[0].rel.startswith("obl")
    return opens and len(words) <= LAST_WORDS and not any(w.upos in ("VERB", "AUX", "PRON", "SCONJ") for w in words)


def before_cue(ground: Ground, anchor: Anchor) -> Span | None:
    """The source that ends a sentence with its cue where the tree has lost it: ", residents reached by phone said."""
    sentence = ground.sentences[anchor.at[0]]
    if anchor.cue.kind != "speech" or anchor.cue.pos != "VERB" or not _only_when_and_where(sentence, anchor.span.end):
        return None
    comma = ground.text.rfind(",", sentence.span.start, anchor.span.start)
    words = [w for w in sentence.words if comma < w.start and w.end <= anchor.span.start]
    nouns = any(w.upos in ("NOUN", "PROPN") for w in words)
    opens = words and words[0].upos in ("DET", "NOUN", "PROPN", "ADJ", "NUM")
    if comma < 0 or not opens or not nouns or len(words) > LAST_WORDS or words[-1].upos in ("ADV", "CCONJ"):
        return None
    return ground.trim(Span(words[0].start, words[-1].end))


def antecedent(ground: Ground, source: Span, anchor: Anchor) -> Span:
    """For the "who" of a relative clause before the cue the whole phrase: "a nurse who had seen them said"."""
    sentence = ground.sentences[anchor.at[0]]
    who = next((w for w in sentence.words if w.start == source.start), None)
    if who is None or who.text.lower() not in ground.knowledge.grammar.relatives or who.head == anchor.at[1]:
        return source
    verb = who.head
    beside = anchor.at[1] in sentence.dependents(verb, "conj")  # "which tells of the war and says that …"
    if sentence.words[verb].rel != "acl:relcl" or sentence.words[verb].head < 0 or beside:
        return source
    phrase = [*sentence.subtree(sentence.words[verb].head)]
    places = [p for p in phrase if sentence.words[p].end <= anchor.span.start]
    return ground.trim(sentence.span_of(places)) if places else source
