"""Whether a source states a part of what stands beside its cue, or only wants it, asks it, or shows it by a deed."""

from __future__ import annotations

from dragoman.records import Sentence, Span, Word
from dragoman.understand.speech.contents import contents
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import Saying


def states(ground: Ground, saying: Saying, part: Span) -> bool:
    """Whether the source states this part: a clause, or a noun where the cue's frame takes one.

    What someone is told or asked to do is no statement, though "tell" and "ask" are words of speech.
    """
    if not saying.stating or saying.cue_at is None or _unsaid(ground, saying):
        return False
    elsewhere = saying.kind in _ATTITUDES and not ground.sentences[saying.cue_at[0]].span.overlaps(part)
    if saying.kind == "wish" or elsewhere or not any(w.upos not in _EMPTY for w in ground.words_in(part)):
        return False
    if saying.word is None:
        return True
    if on_a_topic(ground, saying, part):
        return False
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    asked = saying.kind == "question" or (_told_to(sentence, i) and saying.kind not in BINDING)
    if asked and not _finite_clause(sentence, i):
        return False
    if saying.word.cue in ground.knowledge.grammar.deeds:
        return _finite_clause(sentence, i)
    bound = saying.kind in CLAUSAL or _only_an_object(ground, saying, part)
    finite = any(
        w.feat("VerbForm") == "Fin" and not (bound and _in_aside(ground, part, w)) for w in ground.words_in(part)
    )
    if finite or saying.kind in BINDING:
        return True
    if saying.kind in CLAUSAL or saying.word.takes("as"):
        return False
    if not (saying.word.takes("object") or saying.word.takes("to")) and not _says_something(ground, part):
        return False
    held = contents(ground, sentence, i, saying.word, span=saying.cue[0])
    return any(part.overlaps(span) for span in held)


def _says_something(ground: Ground, part: Span) -> bool:
    """Whether a part has a predicate of its own: neither a name alone nor an infinitive alone, cut off by a comma."""
    words = [w for w in ground.words_in(part) if w.upos != "PUNCT"]
    return any(w.upos in ("VERB", "AUX") for w in words) and words[0].text.lower() != "to"


def _only_an_object(ground: Ground, saying: Saying, part: Span) -> bool:
    """Whether a part is but the object of a verb that states no object: "claimed another minister, who …"."""
    if saying.word is None or saying.cue_at is None:
        return False
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    if saying.word.takes("object") or saying.word.takes("as") or saying.word.cue == "say":
        return False
    objects = [c for c in sentence.dependents(i, "obj") if part.covers(sentence.words[c].span)]
    return bool(objects) and not sentence.dependents(i, "ccomp", "xcomp", "parataxis")


def _in_aside(ground: Ground, part: Span, word: Word) -> bool:
    """Whether a word stands in a relative clause of a noun of its part: "denied a report that has gone round"."""
    sentence = next(ground.overlapping(word.span))
    at = word.i
    while at >= 0 and part.covers(sentence.words[at].span):
        if sentence.words[at].rel == "acl:relcl" and part.covers(sentence.words[sentence.words[at].head].span):
            return True
        at = sentence.words[at].head
    return False


def on_a_topic(ground: Ground, saying: Saying, part: Span) -> bool:
    """Whether a part is only what is spoken about: "commenting on a note in which the council alleged fraud"."""
    assert saying.word is not None
    last = list(ground.words_in(saying.cue[0]))[-1:]
    opened = (
        saying.word.pos == "VERB" and last and last[0].upos == "ADP" and not saying.word.takes(last[0].text.lower())
    )
    return bool(opened) and 0 <= part.start - saying.cue[0].end <= 1


def _unsaid(ground: Ground, saying: Saying) -> bool:
    """Whether nobody says it: "has not said whether he will run", "did not repeat the threat", "that shows why"."""
    assert saying.cue_at is not None
    if saying.source_at is not None and ground.word(saying.source_at).feat("PronType") == "Dem":
        return True
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    words = ground.knowledge.grammar
    if sentence.words[i].feat("Mood") == "Imp":  # "Assume that …"
        return True
    if _only_wanted(ground, sentence, i) or _shown_by_a_deed(ground, saying, sentence, i):
        return True
    if any(sentence.words[c].text.lower() in words.unspoken for c in sentence.dependents(i, "aux")):
        return True
    dets = [sentence.words[c].text.lower() for c in sentence.dependents(i, "det")]
    if saying.word and saying.word.pos == "NOUN" and "no" in dets:
        return True  # "gave no indication that …"
    negated = any(sentence.words[c].text.lower() in words.negations for c in sentence.dependents(i, "advmod"))
    opened = [
        sentence.words[m]
        for c in sentence.dependents(i, "ccomp")
        for m in sentence.subtree(c)
        if m > i and sentence.words[m].upos != "PUNCT"
    ][:1]
    asks = any(w.lemma.lower() in words.interrogatives for w in opened)
    if asks and saying.kind in ("perception", "belief") and opened[0].lemma.lower() in ("whether", "if"):
        return True  # "watched to see whether it would hold"
    thing = not sentence.dependents(i, "ccomp", "xcomp", "parataxis") and sentence.dependents(i, "obj")
    if thing and any(sentence.plain[d] == "no" for c in thing for d in sentence.dependents(c, "det")):
        return True  # "revealed no details about …"
    return negated and (asks or bool(thing)) and saying.kind == "speech"


def _only_wanted(ground: Ground, sentence: Sentence, i: int) -> bool:
    """Whether what somebody is to say is only wanted or promised: "urged her to tell them that …", "plans to say"."""
    word = sentence.words[i]
    if word.feat("VerbForm") != "Inf" or word.head < 0:
        return False
    if word.rel == "advcl":  # "plans to travel south to explain that …"
        return _only_wanted(ground, sentence, word.head) or _plans(ground, sentence, word.head)
    if word.rel not in ("xcomp", "ccomp", "acl"):
        return False
    above = sentence.words[word.head]
    wants = ground.knowledge.speech.cue(above.lemma, "VERB" if above.upos == "AUX" else above.upos)
    return wants is not None and wants.kind in _WANTING and wants.cue not in ground.knowledge.grammar.tried


def _plans(ground: Ground, sentence: Sentence, i: int) -> bool:
    """Whether a verb's object is what is only meant to be done: "announced plans to go south"."""
    held = [ground.knowledge.speech.cue(sentence.words[c].lemma, "NOUN") for c in sentence.dependents(i, "obj")]
    return any(cue is not None and cue.kind in _WANTING for cue in held)


def _shown_by_a_deed(ground: Ground, saying: Saying, sentence: Sentence, i: int) -> bool:
    """Whether a deed only shows it: "suspended work, indicating a bleak outlook"."""
    word = sentence.words[i]
    if saying.word is None or saying.word.cue not in ground.knowledge.grammar.shown or word.rel != "advcl":
        return False
    host = sentence.words[word.head]
    says = ground.knowledge.speech.cue(host.lemma, "VERB")
    return word.text.lower().endswith("ing") and (says is None or says.kind in _UNSPOKEN)


_UNSPOKEN = frozenset({"intention", "belief", "perception", "wish", "fear", "seeming", "document"})
_WANTING = frozenset({"demand", "intention", "wish", "offer", "promise", "threat"})
_EMPTY = ("PRON", "DET", "PUNCT", "ADV", "ADP", "SCONJ", "PART", "CCONJ", "SYM", "NUM")  # "which", "that", "so"
_ATTITUDES = frozenset({"belief", "perception", "fear"})  # "knew", "heard": only what the sentence itself hangs on it
INWARD = _ATTITUDES | {"intention", "wish", "seeming"}  # a quotation in another sentence is no word of theirs
BINDING = frozenset({"promise", "threat", "offer", "accusation"})  # stated also by an infinitive or a noun
CLAUSAL = frozenset({"denial", "question", "belief", "wish", "citation"})  # stated by a clause only


def _told_to(sentence: Sentence, i: int) -> bool:
    return any(sentence.words[c].feat("VerbForm") == "Inf" for c in sentence.dependents(i, "xcomp", "ccomp"))


def _finite_clause(sentence: Sentence, i: int) -> bool:
    """Whether a clause that is no infinitive hangs on the word: "said that he left", not "told him to leave".

    "is to meet, they said" has a finite helper beside its infinitive.
    """
    clauses = sentence.dependents(i, "ccomp")
    helped = {c for c in clauses if any(sentence.words[a].feat("VerbForm") == "Fin" for a in _helpers(sentence, c))}
    marks = {c: {sentence.words[m].text.lower() for m in sentence.dependents(c, "mark")} for c in clauses}
    return bool(helped) or any(marks[c] != {"to"} for c in clauses)


def _helpers(sentence: Sentence, i: int) -> tuple[int, ...]:
    return sentence.dependents(i, "aux", "aux:pass", "cop")
