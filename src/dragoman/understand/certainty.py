"""Certainty: for every mention who says so, in which mode, and how surely.

`weigh` needs the mentions and claims of a draft; the judgement of a single word is `factuality`'s.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.speech import Cue
from dragoman.records import AUXILIARIES, Attribution, Claim, Mention, Reason, Sentence, Span
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.factuality import Verdict, factuality

_FELT = ("fear", "wish")
_LAST = Span(2**31, 2**31)


def weigh(draft: Draft, knowledge: Knowledge) -> None:
    """Give every mention of the draft its attribution, auxiliary modes, certainty and hedge."""
    clauses: dict[int, dict[int, Clause]] = {}
    for clause in draft.clauses:
        clauses.setdefault(clause.sentence, {})[clause.predicate] = clause
    draft.mentions = [_weighed(draft, m, clauses.get(m.sentence, {}), knowledge=knowledge) for m in draft.mentions]


def _weighed(draft: Draft, mention: Mention, clauses: dict[int, Clause], *, knowledge: Knowledge) -> Mention:
    sentence = draft.doc.sentences[mention.sentence]
    i = trigger_word(sentence, mention.trigger)
    verdict = _scored(factuality(sentence, i, clauses, knowledge=knowledge), sentence, i, knowledge=knowledge)
    when = dated(draft, sentence, i, knowledge=knowledge)
    modes = set(verdict.modes)
    if when == "historical" and not modes & {"future", "hypothetical"}:
        modes.add("historical")
    if when == "future" and not modes and _present(clauses.get(i)):
        modes.add("future")
    told = sayers(draft, mention.trigger, knowledge=knowledge)
    verdict = _as_estimated(draft, told, verdict, knowledge=knowledge)
    chain = attribution_of(told)
    hedge = " ".join(sentence.words[h].text for h in sorted(set(verdict.hedges))) or None
    auxiliary = tuple(m for m in AUXILIARIES if m in modes)
    why = [Reason("auxiliary", "+".join(auxiliary) or "none", "; ".join(verdict.why) or "told as it is")]
    if verdict.certainty != "certain":
        why.append(Reason("certainty", verdict.certainty, hedge or "; ".join(verdict.why)))
    return replace(
        mention,
        attribution=chain,
        auxiliary=auxiliary,
        certainty=verdict.certainty,
        hedge=hedge if verdict.certainty != "certain" else None,
        why=(*mention.why, *why),
    )


def _scored(verdict: Verdict, sentence: Sentence, i: int, *, knowledge: Knowledge) -> Verdict:
    """Told as it is, by the rules; only thought of, where the learned scorer is sure that it is not real."""
    opinion = sentence.roles.get(i)
    if opinion is None or verdict.modes:
        return verdict
    share = opinion[0] / 255
    if share >= knowledge.roles.real.least:
        return verdict
    return verdict.add("hypothetical", why=f"the learned scorer: real with {share:.2f}")


def trigger_word(sentence: Sentence, trigger: Span) -> int:
    """The head word of a trigger: the one whose own head lies outside it."""
    inside = sentence.touched(trigger)
    return next((i for i in inside if sentence.words[i].head not in inside), inside[0])


def sayers(draft: Draft, trigger: Span, *, knowledge: Knowledge) -> list[Claim]:
    """The claims that say what a trigger tells, the widest first; of equal ones the cue that stands first.

    A claim says so when its content covers the trigger; an event that is itself the cue is not said by that claim, and
    a relative clause inside what someone fears or hopes is the report's own aside.
    """
    found = []
    for claim in draft.claims:
        if not claim.content.covers(trigger) or (claim.cue_span and claim.cue_span.overlaps(trigger)):
            continue
        cue = cue_of(draft, claim, knowledge=knowledge)
        if cue and cue.kind in _FELT and not claim.direct and _aside(draft, claim.content, trigger):
            continue
        if cue and cue.takes("as") and not claim.direct and _judged(draft, claim, trigger):
            continue
        found.append(claim)
    inner = {c.id: relays(c, knowledge) for c in found}  # wherever "quoting" stands, it is inner
    width = {c.id: c.content.start - c.content.end for c in found}
    return sorted(found, key=lambda c: (inner[c.id], width[c.id], c.content.start, c.cue_span or _LAST, c.id))


def relays(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the claim's cue names whom another source quotes: "quoting", "citing"."""
    cue = knowledge.speech.cue((claim.cue or "").lower(), "ADP")
    return cue is not None and cue.kind == "citation"


def cue_of(draft: Draft, claim: Claim, *, knowledge: Knowledge) -> Cue | None:
    """The row of the claim's cue."""
    if claim.cue_span is None:
        return None
    for sentence in draft.doc.sentences:
        if not sentence.span.overlaps(claim.cue_span):
            continue
        for i in sentence.inside(claim.cue_span):
            word = sentence.words[i]
            if word.upos in ("VERB", "NOUN", "ADJ"):
                return knowledge.speech.cue(word.lemma, word.upos)
    return None


def _aside(draft: Draft, content: Span, trigger: Span) -> bool:
    """Whether the trigger stands in a relative clause inside the content."""
    sentence = next(s for s in draft.doc.sentences if s.span.overlaps(trigger))
    at = trigger_word(sentence, trigger)
    while at >= 0 and content.covers(sentence.words[at].span):
        if sentence.words[at].rel == "acl:relcl":
            return True
        at = sentence.words[at].head
    return False


def _judged(draft: Draft, claim: Claim, trigger: Span) -> bool:
    """Whether the trigger lies in what is only called something: "the freeze was described as illegal"."""
    sentence = next(s for s in draft.doc.sentences if s.span.overlaps(trigger))
    if claim.cue_span is None or not sentence.span.covers(claim.cue_span):
        return False
    verb = next((i for i in sentence.inside(claim.cue_span) if sentence.words[i].upos == "VERB"), None)
    if verb is None:
        return False
    called = [
        c
        for c in sentence.children[verb]
        if "as" in (sentence.plain[m] for m in sentence.dependents(c, "case", "mark"))
    ]
    if not called:
        return False  # "described how soldiers beat him"
    topics = [k for c in sentence.dependents(verb, "obj", "nsubj:pass") for k in sentence.subtree(c)]
    return trigger_word(sentence, trigger) in topics


def _as_estimated(draft: Draft, told: list[Claim], verdict: Verdict, *, knowledge: Knowledge) -> Verdict:
    """What someone estimates is probable at best, also where it hangs on the thing estimated as a participle."""
    for claim in told:
        cue = cue_of(draft, claim, knowledge=knowledge)
        if cue and cue.kind == "estimate" and not claim.direct:
            return verdict.add(doubt=cue.certainty, why=f"{cue.cue} ({cue.kind})")
    return verdict


def attribution_of(told: list[Claim]) -> tuple[Attribution, ...]:
    """The chain of sources, outermost first.

    A quotation inside indirect speech of the same source is the same link, spoken directly.
    """
    links: dict[tuple[Span | None, Span | None], list[Claim]] = {}
    for claim in told:
        links.setdefault((claim.source_span, claim.cue_span), []).append(claim)
    return tuple(
        Attribution(
            source=same[0].source,
            span=same[0].source_span,
            actor=same[0].actor,
            cue=same[0].cue,
            kind=same[0].kind,
            direct=any(c.direct for c in same),
            hedge=next((c.hedge for c in same if c.hedge), None),
        )
        for same in links.values()
    )


def dated(draft: Draft, sentence: Sentence, i: int, *, knowledge: Knowledge) -> str | None:
    """`historical` or `future` by a time expression of the event's own clause, against the day of the report."""
    if not draft.today:
        return None
    today = date.fromisoformat(draft.today)
    helpers = (sentence.words[c] for c in sentence.dependents(i, "aux"))
    perfect = any(w.lemma.lower() == "have" and w.feat("Tense") == "Pres" for w in helpers)
    for moment in draft.moments:
        if moment.sentence != sentence.i or not moment.time.end or not moment.time.start:
            continue
        head = trigger_word(sentence, sentence.span_of(moment.words))
        opened = {sentence.words[c].text.lower() for c in sentence.dependents(head, "case", "mark")}
        if sentence.words[head].head != i or opened & knowledge.times.lists["lasts"]:
            continue
        if moment.kind not in ("DATE", "TIME"):
            continue
        start, end = date.fromisoformat(moment.time.start[:10]), date.fromisoformat(moment.time.end[:10])
        if perfect and end < today - timedelta(days=365):
            continue  # "has freed those seized two years ago"
        if end <= today - timedelta(days=365) or (moment.time.precision == "year" and end.year < today.year):
            return "historical"
        if start > today:
            return "future"
    return None


def _present(clause: Clause | None) -> bool:
    return (
        clause is None or clause.kind == "nominal" or (clause.tense in ("present", "infinitive") and not clause.perfect)
    )
