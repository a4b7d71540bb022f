"""Attribution: the claims of a report, who says what, each with exact spans.

A claim is made of every stretch that a source states, and of every quotation by itself: its content is the words
between the marks, also inside indirect speech. What is only wanted, judged or demanded gives no claim of its own
unless it is quoted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from dragoman.knowledge import Knowledge
from dragoman.records import Claim, SourceKind, Span
from dragoman.understand.draft import Draft, Reference
from dragoman.understand.speech import sayings
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.limits import limited
from dragoman.understand.speech.mute import antecedent_phrase, mute, set_off
from dragoman.understand.speech.named import named
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.sources import a_people, counted, kind_of
from dragoman.understand.speech.stated import INWARD, on_a_topic, states


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
            if saying.kind in INWARD and saying.cue_at is not None:
                here = ground.sentences[saying.cue_at[0]].span
                shared = [part for part in shared if part.overlaps(here)]
            if not shared or any(quotation.inner.covers(cue) for cue in saying.cue):
                continue
            if saying.word and any(
                on_a_topic(ground, saying, p) and p.start < quotation.outer.start for p in saying.content
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
