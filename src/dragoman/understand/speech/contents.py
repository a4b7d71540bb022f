"""The content of a cue, read off the tree: clauses, infinitives, objects, prepositional phrases, host clauses."""

from __future__ import annotations

from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, Span
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.sources import phrase_noun, told_before

_FRONTED = ("parataxis",)


def contents(ground: Ground, sentence: Sentence, i: int, cue: Cue, *, span: Span) -> tuple[Span, ...]:
    """The spans of what is said, in order; empty when the tree holds no content for this cue."""
    places = _places(sentence, i, cue)
    if not places:
        return ()
    own = sentence.touched(span)
    pieces = ground.pieces(sentence, [p for p in places if p not in own])
    grown: list[Span] = []
    for piece in pieces:
        piece = ground.with_marks(piece, cue=span)
        if grown and grown[-1].overlaps(piece):
            piece = Span(min(grown.pop().start, piece.start), piece.end)
        grown.append(piece)
    return _this_side(ground, sentence, grown, span=span) if cue.pos == "ADP" else tuple(grown)


def _this_side(ground: Ground, sentence: Sentence, pieces: list[Span], *, span: Span) -> tuple[Span, ...]:
    """What "in the words of the envoy" goes with: its part between semicolons, and what is quoted there."""
    quoted = [q.outer for q in ground.quotations if sentence.span.covers(q.outer)]
    stops = [
        at
        for at in range(sentence.span.start, sentence.span.end)
        if ground.text[at] == ";" and not any(q.start <= at < q.end for q in quoted)
    ]
    low = max((at + 1 for at in stops if at < span.start), default=sentence.span.start)
    high = min((at for at in stops if at >= span.end), default=sentence.span.end)
    kept = [ground.trim(Span(max(p.start, low), min(p.end, high))) for p in pieces if p.start < high and p.end > low]
    more = [q for q in quoted if low <= q.start and q.end <= high and not any(p.overlaps(q) for p in kept)]
    return tuple(sorted([*(p for p in kept if p.start < p.end), *more]))


def _places(sentence: Sentence, i: int, cue: Cue) -> list[int]:
    if cue.pos == "ADP":
        if behind_pronoun(sentence, i):
            return _after(sentence, i)
        return _host(sentence, sentence.words[i].head if phrase_noun(sentence, i) is None else i)
    found: list[int] = []
    if cue.takes("that"):
        found = _clausal(sentence, i, cue)
    if not found and cue.takes("to"):
        found = _infinitive(sentence, i)
    if not found:
        found = _phrases(sentence, i, cue)
    if not found and cue.pos == "VERB" and cue.takes("that"):
        found = _interposed(sentence, i)
    return found


def behind_pronoun(sentence: Sentence, i: int) -> bool:
    """Whether a preposition stands right behind a relative pronoun: "the mayor, who according to an aide knew"."""
    before = i - 2 if i > 1 and sentence.words[i - 1].text == "," else i - 1
    return before >= 0 and sentence.words[before].feat("PronType") in ("Rel", "Int")


def _after(sentence: Sentence, i: int) -> list[int]:
    """ "fighting in which, by the count of the envoys, ninety died, …": the clause behind the phrase, without it."""
    noun = phrase_noun(sentence, i)
    head = i if noun is not None else sentence.words[i].head
    aside = set(sentence.subtree(head))
    for c in sentence.dependents(head, "acl:relcl"):
        aside -= set(told_before(sentence, head, c))
    verbs = (w.i for w in sentence.words[i:] if w.upos == "VERB" and w.i not in aside)
    verb = next(verbs, None)
    return [] if verb is None else [p for p in sentence.subtree(verb) if p > i and p not in aside]


def _clausal(sentence: Sentence, i: int, cue: Cue) -> list[int]:
    """Complement clauses; for a noun, the clause that says what the claim or fear is."""
    found: list[int] = []
    for c in sentence.dependents(i, "ccomp", "csubj"):
        found += sentence.subtree(c)
    if not found and cue.pos != "VERB":
        for c in sentence.dependents(i, "acl", "advcl"):
            opened = {sentence.words[m].text.lower() for m in sentence.dependents(c, "mark")}
            if "that" in opened:
                found += sentence.subtree(c)
    return found


def _infinitive(sentence: Sentence, i: int) -> list[int]:
    for c in sentence.dependents(i, "xcomp", "acl", "ccomp"):
        if sentence.words[c].feat("VerbForm") == "Inf":
            return sentence.subtree(c)
    return []


def _phrases(sentence: Sentence, i: int, cue: Cue) -> list[int]:
    """Objects and prepositional phrases that the frame names; "accused X of Y" has both."""
    found: list[int] = []
    for c in sentence.dependents(i, "obl", "nmod", "advcl", "obl:arg"):
        opened = [m for m in sentence.dependents(c, "case", "mark") if m < c]
        if opened and cue.takes(sentence.words[opened[0]].text.lower()):
            cut = set(opened) if cue.kind != "accusation" else set()
            found += [p for p in sentence.subtree(c) if p not in cut]
    if cue.takes("object") or (found and cue.kind in ("accusation", "judgement", "demand")):
        for c in sentence.dependents(i, "obj", "nsubj:pass"):
            found += sentence.subtree(c)
    return found


def _interposed(sentence: Sentence, i: int) -> list[int]:
    """ "The pact, the minister said, will hold" and "As the minister said, …": the clause around or beside the cue."""
    word = sentence.words[i]
    marks = {sentence.words[m].text.lower() for m in sentence.dependents(i, "mark")}
    subject = sentence.dependents(i, "nsubj")
    if word.rel == "parataxis" and subject and not sentence.dependents(i, "obj"):
        return _host(sentence, i)
    if word.rel == "advcl" and subject and (marks == {"as"} or (not marks and _told_last(sentence, i, subject[0]))):
        return _host(sentence, i)
    return [p for c in sentence.dependents(i, *_FRONTED) for p in sentence.subtree(c)]


def _told_last(sentence: Sentence, i: int, subject: int) -> bool:
    """Whether "…, a spokesman there disclosed" ends what it belongs to: a finite verb behind comma and subject."""
    word = sentence.words[i]
    first = min(sentence.subtree(subject))
    behind = word.head < first < i and first > 0 and sentence.words[first - 1].text == ","
    return behind and word.feat("VerbForm") == "Fin" and not sentence.dependents(i, "obj", "ccomp", "xcomp")


def _host(sentence: Sentence, i: int) -> list[int]:
    """The clause that the phrase or aside at `i` belongs to, without it."""
    above = sentence.words[i].head
    if above < 0:
        return []
    while sentence.words[above].head >= 0 and sentence.words[above].upos not in ("VERB", "AUX"):
        if sentence.dependents(above, "cop"):
            break
        above = sentence.words[above].head
    aside = set(sentence.subtree(i))
    return [p for p in sentence.subtree(above) if p not in aside]
