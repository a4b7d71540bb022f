"""Who did what to whom: clauses held against the lexicon, one mention a trigger."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Mention, Reason, Sentence, Span
from dragoman.understand.coder import codings
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.matching import Fit, Matcher

_STAGE = "events"


def code_events(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.mentions` from the clauses; what is found and not taken goes to `draft.rejects`."""
    matcher = Matcher(draft, knowledge)
    triggers: set[Span] = set()
    found = codings(matcher, knowledge)
    for coding in found:
        sentence = draft.doc.sentences[coding.clause.sentence]
        if coding.barred:
            reason = f"{coding.fit.frame.name}: {coding.barred}"
            draft.reject(sentence.words[coding.clause.predicate].span, stage=_STAGE, reason=reason)
            continue
        mention = _mention(draft, sentence, coding)
        if mention.trigger not in triggers:
            triggers.add(mention.trigger)
            draft.mentions.append(mention)
    guessed = {coding.clause.i for coding in found if coding.guessed}
    for clause in draft.clauses:
        match = matcher.match(clause)
        if match.fit is None and match.against and clause.kind != "nominal" and clause.i not in guessed:
            here = draft.doc.sentences[clause.sentence].words[clause.predicate].span
            draft.reject(here, stage=_STAGE, reason=f"no frame fits: {match.against}")


def _mention(draft: Draft, sentence: Sentence, coding: Coding) -> Mention:
    clause, fit, actor, recipient = coding.clause, coding.fit, coding.actor, coding.recipient
    trigger = _trigger(sentence, clause, fit)
    report = draft.doc.report.id
    return Mention(
        id=f"{report}:{trigger.start}-{coding.type}",
        report=report,
        trigger=trigger,
        span=_span(sentence, clause, trigger),
        type=coding.type,
        mode=coding.mode,
        cameo=coding.cameo,
        actor=actor.actors,
        recipient=() if coding.mutual else recipient.actors,
        actor_text=actor.texts,
        recipient_text=recipient.texts,
        confidence=_confidence(coding),
        by="model" if coding.guessed else "rule",
        why=_why(coding),
        lemma=("not " if coding.type == "REJECT" != fit.frame.type else "") + _lemma(sentence, clause, fit),
        sentence=clause.sentence,
    )


def _trigger(sentence: Sentence, clause: Clause, fit: Fit) -> Span:
    """The predicate's own words: with a particle or a light verb's noun where they follow it at once."""
    words = [clause.predicate]
    for place in fit.words:
        if place == words[-1] + 1:
            words.append(place)
    if fit.light and (noun := fit.filled.get("obj")) is not None and not clause.passive:
        head = noun.words[0]
        between = range(words[-1] + 1, head)
        close = len(between) <= 3 and all(
            sentence.words[b].head == head and sentence.words[b].upos != "PUNCT" for b in between
        )
        if close and head > words[-1] and sentence.words[head].upos == "NOUN":
            words.append(head)
    return sentence.span_of(words)


def _lemma(sentence: Sentence, clause: Clause, fit: Fit) -> str:
    """The expression the mention was coded by: `break off`, `hold talk`, `expulsion`."""
    if fit.frame.pos == "verb" and fit.light and (noun := fit.filled.get("obj")) is not None:
        return f"{fit.frame.lemma} {sentence.words[noun.words[0]].lemma.lower()}"
    return fit.frame.lemma or sentence.words[clause.predicate].lemma.lower()


def _span(sentence: Sentence, clause: Clause, trigger: Span) -> Span:
    """The clause's words: the predicate and its own arguments, without what they lend to other clauses."""
    places = [clause.predicate]
    for argument in clause.arguments:
        if argument.shared in ("", "particle") and argument.role != "adverb":
            places += sentence.subtree(argument.words[0])
    while len(places) > 1 and sentence.words[max(places)].upos == "PUNCT":
        places.remove(max(places))
    span = sentence.span_of(places)
    return Span(min(span.start, trigger.start), max(span.end, trigger.end))


def _confidence(coding: Coding) -> float:
    """How sure the coding is: how likely its type is, lexicon and typer together; no surer than .98.

    Where the typer was not asked: .5 for a bare fit, more for a specific one and for parties that are known.
    """
    if coding.share:
        return round(min(coding.share, 0.98), 2)
    value = 0.5 + min(coding.fit.score, 8.0) / 40
    value += (0.15 if coding.actor.actors else 0.0) + (0.1 if coding.recipient.actors else 0.0)
    return round(min(value, 0.95), 2)


def _lost(coding: Coding, other: Fit) -> str:
    return (
        f"fit {other.score:g}, but the typer is surer of {coding.type}"
        if coding.guessed
        else f"it fits less well, {other.score:g}"
    )


def _why(coding: Coding) -> tuple[Reason, ...]:
    fit = coding.fit
    if coding.guessed:
        how = f"the learned typer, {coding.share:.2f} with what the lexicon says; {fit.frame.gloss}"
    else:
        how = f"frame {fit.frame.name}, fit {fit.score:g}: {fit.frame.gloss}"
    reasons = [Reason("type", coding.type, how)]
    if coding.type != fit.frame.type:
        how = "refused" if coding.type == "REJECT" else "in the future tense"
        reasons.append(Reason("type", fit.frame.type, f"{how}, so {coding.type}"))
    other = coding.match.fit if coding.guessed else coding.match.second
    if other is not None:
        reasons.append(Reason("type", other.frame.type, f"not frame {other.frame.name}: {_lost(coding, other)}"))
    if coding.share and not coding.guessed:
        how = f"with the learned typer; no event at all: {coding.none:.2f}"
        reasons.append(Reason("confidence", f"{coding.share:.2f}", how))
    for slot, party in (("actor", coding.actor), ("recipient", coding.recipient)):
        if party.texts:
            how = party.by or f"fills {party.slot or 'a slot'}"
            reasons.append(Reason(slot, " + ".join(party.actors) or party.texts[0], how))
        elif party.by:
            reasons.append(Reason(slot, "", party.by))
    return tuple(reasons)
