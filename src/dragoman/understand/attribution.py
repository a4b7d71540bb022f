"""Attribution: the claims of a report, who says what, each with exact spans.

A claim is made of every stretch that a source states, and of every quotation by itself: its content is the words
between the marks, also inside indirect speech. What is only wanted, judged or demanded gives no claim of its own
unless it is quoted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from dragoman.knowledge import Knowledge
from dragoman.records import Claim, Sentence, SourceKind, Span, Word
from dragoman.understand.draft import Draft, Reference
from dragoman.understand.speech import sayings
from dragoman.understand.speech.contents import contents
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.limits import limited
from dragoman.understand.speech.mute import antecedent_phrase, mute, set_off
from dragoman.understand.speech.named import named
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.sources import a_people, counted, kind_of


def attribute(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.claims`, in order of their contents."""
    ground = Ground(draft, knowledge)
    told = []
    for saying in sayings(draft, knowledge):
        if not saying.source:
            draft.reject(saying.content[0], stage="attribution", reason=f"no source for {saying.why}")
        elif not (voice := _own_voice(ground, saying) or mute(ground, saying)):
            told.append(saying)
        elif voice != "of one who is quoted":
            draft.reject(saying.content[0], stage="attribution", reason=f"{voice}, for {saying.why}")
    made: dict[tuple[Span, bool, Span | None], Claim] = {}
    for claim in (*_indirect(ground, told), *_direct(ground, told)):
        made.setdefault((claim.content, claim.direct, claim.source_span), claim)
    draft.claims = sorted(made.values(), key=lambda c: (c.content, c.id))


def _indirect(ground: Ground, told: list[Saying]) -> Iterator[Claim]:
    """One claim for each part that is stated; a part that is nothing but a quotation is spoken directly."""
    for saying in told:
        parts = (limited(ground, saying, part) for part in saying.content)
        for part in (said_alone(ground, saying, ahead_only(ground, saying, _up_to_cue(told, p))) for p in parts if p):
            within = any(part.covers(s) or s.covers(part) for s in saying.source)
            if (
                states(ground, saying, part)
                and not within
                and not (ground.enclosed(part) or _torn(ground, saying, part))
            ):
                yield claim(ground, saying, part, direct=False)


def _up_to_cue(told: list[Saying], part: Span) -> Span:
    """A part that ends in another's name with the cue behind it: "… , the aide | said, according to the agency"."""
    for other in told:
        ends = any(part.covers(s) and s.end == part.end for s in other.source)
        cue = other.cue[0] if other.cue else None
        if ends and cue is not None and cue.start - part.end == 1:
            return Span(part.start, cue.end)
    return part


def _torn(ground: Ground, saying: Saying, part: Span) -> bool:
    """Whether a part in a later sentence than its cue is but the rest of a clause there: "sought | to show that …"."""
    at = ground.sentence_at(part.start)
    if saying.cue_at is None or at <= saying.cue_at[0] or any(part.overlaps(q.outer) for q in ground.quotations):
        return False
    sentence = ground.sentences[at]
    root = next((w for w in sentence.words if w.head < 0), None)
    return root is not None and root.upos in ("VERB", "AUX") and root.end <= part.start


def ahead_only(ground: Ground, saying: Saying, part: Span) -> Span:
    """What is vowed or feared, without the past that it follows: "vowed revenge after a crowd stormed the gate"."""
    if saying.kind not in AHEAD or saying.cue_at is None:
        return part
    sentence = ground.sentences[saying.cue_at[0]]
    for clause in ground.draft.clauses:
        if clause.sentence != sentence.i or clause.link != "advcl" or clause.tense != "past":
            continue
        behind = sentence.span_of(sentence.subtree(clause.predicate))
        opened = clause.marker in ground.knowledge.grammar.occasions
        if opened and part.start < behind.start < part.end and sentence.span.end - behind.end <= 2:
            return ground.trim(Span(part.start, behind.start))
    return part


def said_alone(ground: Ground, saying: Saying, part: Span) -> Span:
    """What is said up to where the speaker goes on to say something else: "admits the error, and it promises …"."""
    if saying.cue_at is None or part.start < saying.cue[0].end or (cue := ground.clauses.get(saying.cue_at)) is None:
        return part
    sentence = ground.sentences[saying.cue_at[0]]
    for clause in ground.clauses_in(sentence.i):
        if clause.link != "conj" or clause.tense != cue.tense or clause.i == cue.i:
            continue
        first = min(i for i in sentence.subtree(clause.predicate) if sentence.words[i].upos != "PUNCT")
        subjects = [i for a in clause.filled("subject") if not a.shared for i in a.words if i < clause.predicate]
        own = bool(subjects) and sentence.words[subjects[0]].upos == "PRON" and sentence.words[first].upos == "CCONJ"
        begins = sentence.words[first].start
        after = part.start < begins < part.end and ground.text[part.start : begins].rstrip().endswith(",")
        speaks = ground.knowledge.speech.cue(clause.lemma, "VERB")
        if own and after and speaks and speaks.stating and speaks.cue not in ground.knowledge.grammar.deeds:
            return ground.trim(Span(part.start, begins))
    return part


AHEAD = frozenset({"promise", "threat", "offer", "wish", "fear", "demand", "intention"})


def _direct(ground: Ground, told: list[Saying]) -> Iterator[Claim]:
    """One claim for each quotation: of the contents around it the innermost, one that is stated before others.

    Where an outlet hands on another's words, the words are the other's.
    """
    for quotation in ground.quotations:
        speakers = []
        for n, saying in enumerate(told):
            shared = [_shared(part, quotation.inner) for part in saying.content if part.overlaps(quotation.inner)]
            if saying.kind in _INWARD and saying.cue_at is not None:
                here = ground.sentences[saying.cue_at[0]].span
                shared = [part for part in shared if part.overlaps(here)]
            if not shared or any(quotation.inner.covers(cue) for cue in saying.cue):
                continue
            if saying.word and any(
                _on_a_topic(ground, saying, p) and p.start < quotation.outer.start for p in saying.content
            ):
                continue
            around = max(part.end - part.start for part in saying.content if part.overlaps(quotation.inner))
            speakers.append((not saying.stating, around, -n, saying, shared))
        if speakers and not _is_title(ground, quotation.inner) and not _anothers(ground, quotation.inner):
            *_, saying, shared = min(speakers, key=lambda s: s[:3])
            if set_off(ground, saying, quotation.inner):
                ground.draft.reject(quotation.inner, stage="attribution", reason="marks around words that nobody says")
                continue
            whole = 2 * sum(s.end - s.start for s in shared) >= quotation.inner.end - quotation.inner.start
            yield claim(ground, saying, quotation.inner if whole else shared[0], direct=True)


def _shared(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))


def _anothers(ground: Ground, span: Span) -> bool:
    """Whether quoted words are what somebody else is said to call a thing: "classified as “secret” by the army"."""
    sentence = ground.sentences[ground.sentence_at(span.start)]
    before = [w for w in sentence.words if w.end <= span.start and w.text not in QUOTES]
    behind = next((w for w in sentence.words if w.start >= span.end and w.text not in QUOTES), None)
    handed = bool(before) and before[-1].text.lower() == "as"
    calls = before[-2:-1] if handed else before[-1:]
    if not calls or behind is None or behind.text.lower() != "by":
        return False
    known = handed or calls[0].lemma.lower() in ground.knowledge.speech.verbs
    return (
        known and calls[0].upos == "VERB" and calls[0].feat("VerbForm") == "Part" and calls[0].feat("Tense") != "Pres"
    )


def _is_title(ground: Ground, span: Span) -> bool:
    """Whether the words between marks are a title: two or more, each with a capital save the small ones."""
    words = [w for w in span.of(ground.text).split() if w[0].isalpha()]
    large = [w for w in span.of(ground.text).split() if w[0].isupper() or w[0].isdigit()]
    rest = [w for w in words if not w[0].isupper()]
    cue_follows = ground.text[span.end + 1 : span.end + 3].strip() != "" and _cue_after(ground, span)
    ends = span.of(ground.text)[-1] in (",!?…" if cue_follows else "!?…")
    stops = span.of(ground.text)[-1] == "." and _told_there(ground, span)
    return len(large) > 1 and not (ends or stops) and all(len(w) < 4 for w in rest)


def _told_there(ground: Ground, span: Span) -> bool:
    """Whether a quotation begins its sentence or stands right behind a reporting verb or a mark: no title does."""
    sentence = ground.sentences[ground.sentence_at(span.start)]
    before = [w for w in sentence.words if w.end <= span.start and w.text not in QUOTES]
    return not before or before[-1].upos == "PUNCT" or before[-1].lemma.lower() in ground.knowledge.speech.verbs


QUOTES = ("“", "”", '"', "``", "''", "‘", "’", "'")


def _cue_after(ground: Ground, span: Span) -> bool:
    """Whether a reporting verb stands right after a quotation: "“…,” said Brandt", "“…,” Ilse Brandt said"."""
    after = [
        w for w in ground.words_in(Span(span.end, min(span.end + CUE_REACH, len(ground.text)))) if w.upos != "PUNCT"
    ]
    return any(w.lemma.lower() in ground.knowledge.speech.verbs for w in after[:3])


CUE_REACH = 60  # characters


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
    if _on_a_topic(ground, saying, part):
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


def _on_a_topic(ground: Ground, saying: Saying, part: Span) -> bool:
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
_INWARD = _ATTITUDES | {"intention", "wish", "seeming"}  # a quotation in another sentence is no word of theirs
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


def claim(ground: Ground, saying: Saying, content: Span, *, direct: bool) -> Claim:
    """The record of one content of a saying."""
    text = ground.text
    span = antecedent_phrase(ground, saying) or counted(ground, saying.source[0])
    reference = _reference(ground, saying)
    if saying.source_at is not None and a_people(ground, saying.source_at):
        reference = None
    actor = reference.actor if reference else None
    cue = saying.cue[0] if saying.cue else None
    kind: SourceKind = "anonymous"
    if saying.source_at is not None:
        sentence = ground.sentences[saying.source_at[0]]
        kind = kind_of(ground, sentence, saying.source_at[1], actor)
    report = ground.draft.doc.report.id
    return Claim(
        id=_id(report, content, cue, direct=direct),
        report=report,
        source=span.of(text),
        source_span=span,
        actor=actor,
        cue=cue.of(text) if cue else None,
        cue_span=cue,
        content=content,
        direct=direct,
        kind=kind,
        hedge=saying.hedge,
    )


def _own_voice(ground: Ground, saying: Saying) -> str:
    """Why nobody is named for "I think": between marks the speaker's own words, else the writer's; "" if named."""
    if saying.source_at is None or (person := ground.word(saying.source_at).feat("Person")) not in ("1", "2"):
        return ""
    quoted = any(q.inner.covers(cue) for q in ground.quotations for cue in saying.cue)
    return "of one who is quoted" if quoted else "the writer's own voice" if person == "1" else ""


def _reference(ground: Ground, saying: Saying) -> Reference | None:
    if saying.source_at is None:
        return None
    return named(ground, saying.source_at, saying.source[0])


def _id(report: str, content: Span, cue: Span | None, *, direct: bool) -> str:
    key = f"{report}|{content.start}-{content.end}|{cue.start if cue else ''}|{direct}"
    return "claim-" + hashlib.sha256(key.encode()).hexdigest()[:10]
