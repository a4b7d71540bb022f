"""Certainty: for every mention who says so, in which mode, and how surely.

`weigh` needs the mentions and claims of a draft; the judgement of a single word is `factuality`'s.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Attribution, Auxiliary, Claim, Mention, Reason, Sentence, Span
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.factuality import factuality

_MODES: tuple[Auxiliary, ...] = ("historical", "future", "hypothetical", "negation")
_LASTING = ("since", "from", "until")


def weigh(draft: Draft, knowledge: Knowledge) -> None:
    """Give every mention of the draft its attribution, auxiliary modes, certainty and hedge."""
    clauses: dict[int, dict[int, Clause]] = {}
    for clause in draft.clauses:
        clauses.setdefault(clause.sentence, {})[clause.predicate] = clause
    draft.mentions = [_weighed(draft, m, clauses.get(m.sentence, {}), knowledge=knowledge) for m in draft.mentions]


def _weighed(draft: Draft, mention: Mention, clauses: dict[int, Clause], *, knowledge: Knowledge) -> Mention:
    sentence = draft.doc.sentences[mention.sentence]
    i = trigger_word(sentence, mention.trigger)
    verdict = factuality(sentence, i, clauses, knowledge=knowledge)
    when = dated(draft, sentence, i)
    modes = set(verdict.modes)
    if when == "historical" and not modes & {"future", "hypothetical"}:
        modes.add("historical")
    if when == "future" and not modes and _present(clauses.get(i)):
        modes.add("future")
    chain = attribution_of(draft, mention.trigger)
    hedge = " ".join(sentence.words[h].text for h in sorted(set(verdict.hedges))) or None
    auxiliary = tuple(m for m in _MODES if m in modes)
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


def trigger_word(sentence: Sentence, trigger: Span) -> int:
    """The head word of a trigger: the one whose own head lies outside it."""
    inside = [w.i for w in sentence.words if trigger.overlaps(w.span)]
    return next((i for i in inside if sentence.words[i].head not in inside), inside[0])


def attribution_of(draft: Draft, trigger: Span) -> tuple[Attribution, ...]:
    """The chain of sources for what a trigger tells, outermost first.

    A claim says so when its content covers the trigger; an event that is itself the cue is not said by that claim,
    and a quotation inside indirect speech of the same source is the same link, spoken directly.
    """
    claims = [
        c for c in draft.claims if c.content.covers(trigger) and not (c.cue_span and c.cue_span.overlaps(trigger))
    ]
    links: dict[tuple[Span | None, Span | None], list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (c.content.start - c.content.end, c.content.start, c.id)):
        links.setdefault((claim.source_span, claim.cue_span), []).append(claim)
    return tuple(
        Attribution(
            source=told[0].source,
            span=told[0].source_span,
            actor=told[0].actor,
            cue=told[0].cue,
            kind=told[0].kind,
            direct=any(c.direct for c in told),
            hedge=next((c.hedge for c in told if c.hedge), None),
        )
        for told in links.values()
    )


def dated(draft: Draft, sentence: Sentence, i: int) -> str | None:
    """`historical` or `future` by a time expression of the event's own clause, against the day of the report."""
    published = draft.doc.report.published
    if not published:
        return None
    today = date.fromisoformat(published)
    for moment in draft.moments:
        if moment.sentence != sentence.i or not moment.time.end or not moment.time.start:
            continue
        head = trigger_word(sentence, sentence.span_of(moment.words))
        opened = {sentence.words[c].text.lower() for c in sentence.dependents(head, "case", "mark")}
        if sentence.words[head].head != i or opened & set(_LASTING):
            continue
        if moment.kind not in ("DATE", "TIME"):
            continue
        start, end = date.fromisoformat(moment.time.start[:10]), date.fromisoformat(moment.time.end[:10])
        if end <= today - timedelta(days=365) or (moment.time.precision == "year" and end.year < today.year):
            return "historical"
        if start > today:
            return "future"
    return None


def _present(clause: Clause | None) -> bool:
    return (
        clause is None or clause.kind == "nominal" or (clause.tense in ("present", "infinitive") and not clause.perfect)
    )
