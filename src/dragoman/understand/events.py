"""Who did what to whom: clauses held against the lexicon, one mention a trigger."""

from __future__ import annotations

from dataclasses import replace

from dragoman.knowledge import Knowledge
from dragoman.records import EventType, Mention, Reason, Sentence, Span
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.gates import Gates
from dragoman.understand.matching import Fit, Matcher
from dragoman.understand.participants import Participants
from dragoman.understand.party import Party, acted_on, doing
from dragoman.understand.restating import restated
from dragoman.understand.surmise import Surmise
from dragoman.understand.surroundings import settled

_STAGE = "events"
_OF_ANOTHER = frozenset({"SUPPORT", "ACCUSE", "SANCTION"})  # one praises, blames and punishes others
_OWN_OBJECT = frozenset(
    {"ASSAULT", "PROTEST", "MOBILIZE", "CONSULT", "THREATEN", "REQUEST", "AGREE", "COOPERATE", "AID"}
)
_OWN = ("its ", "his ", "her ", "their ", "itself", "himself", "herself", "themselves")
_DOUBTED = 0.2  # what a weak fit loses where the typer sees no event
_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})


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


def codings(matcher: Matcher, knowledge: Knowledge) -> list[Coding]:
    """Every clause that fits a frame or is guessed to, in order of the text, those that are no mention included."""
    surmise = Surmise(matcher, knowledge)
    participants = Participants(matcher)
    gates = Gates(matcher, participants, knowledge)
    told = restated(matcher, knowledge.types, knowledge.speech.denials)
    found = []
    for clause in matcher.draft.clauses:
        match = matcher.match(clause)
        fit = match.fit or (None if clause.i in told else surmise.fit(clause, match))
        if fit is None:
            continue
        sentence = matcher.draft.doc.sentences[clause.sentence]
        actor, recipient = participants.actor(clause, fit), participants.recipient(clause, fit)
        recipient = _another(actor, recipient, fit, knowledge)
        coded, mode, cameo = _code(sentence, clause, fit, participants, knowledge)
        barred = told.get(clause.i) or gates.barred(clause, fit, coded, actor, recipient)
        actor = doing(actor, coded, knowledge.types[coded].quad)
        if len(fit.frame.actor) > 1 and clause.passive and recipient.texts == actor.texts:
            recipient = Party()  # "the president was briefed": the other side is not told
        named = recipient.actors or recipient.acting or recipient.target
        if fit.light and recipient.slot == "obj" and not named and coded in _OWN_OBJECT:
            recipient = Party()  # "launched an offensive", "set a deadline": the deed itself
        guessed = 0.0 if match.fit else surmise.chance(clause, fit.frame.type)
        doubt = surmise.doubt(clause, match)
        if guessed and not _known(clause, actor, recipient):  # whatever the report lets in beside it
            barred = "a guess of the typer, without two sides of whom one is known and one of politics"
        recipient = acted_on(recipient, coded)
        found.append(Coding(clause, match, fit, coded, mode, cameo, actor, recipient, barred, guessed, doubt))
    return settled(found, len(matcher.draft.doc.sentences))


def _known(clause: Clause, actor: Party, recipient: Party) -> bool:
    """Whether the act has two sides, who does it known (of a passive: whom it is done to), and one is of politics."""
    if not recipient.texts or not (actor.public or recipient.public):
        return False
    return bool(actor.actors or (clause.passive and recipient.actors))


def _another(actor: Party, recipient: Party, fit: Fit, knowledge: Knowledge) -> Party:
    """The recipient, unless it is the actor again: "its own troops", or a pronoun that grammar says means another."""
    if len(fit.frame.actor) > 1 or not set(recipient.actors) & set(actor.actors):
        return recipient
    words = [text.lower() for text in recipient.texts]
    if recipient.slot != "obj":
        whole = recipient.names == recipient.texts and not any(w.startswith(_OWN) for w in words)
        pronoun = all(w in knowledge.actor_words.pronouns for w in words)
        another = replace(recipient, actors=(), somebody=True)  # "with the island republic"
        return another if whole and not pronoun else Party()
    if recipient.names != recipient.texts and fit.frame.type in _OF_ANOTHER:
        return replace(recipient, actors=())  # "defends his own record"
    pronoun = all(w in knowledge.actor_words.pronouns and not w.endswith(("self", "selves")) for w in words)
    return replace(recipient, actors=()) if pronoun else recipient


def _mention(draft: Draft, sentence: Sentence, coding: Coding) -> Mention:
    clause, fit, actor, recipient = coding.clause, coding.fit, coding.actor, coding.recipient
    trigger = _trigger(sentence, clause, fit)
    report = draft.doc.report.id
    mutual = len(fit.frame.actor) > 1
    return Mention(
        id=f"{report}:{trigger.start}-{coding.type}",
        report=report,
        trigger=trigger,
        span=_span(sentence, clause, trigger),
        type=coding.type,
        mode=coding.mode,
        cameo=coding.cameo,
        actor=actor.actors,
        recipient=() if mutual else recipient.actors,
        actor_text=actor.texts,
        recipient_text=recipient.texts,
        confidence=_confidence(coding),
        by="model" if coding.guessed else "rule",
        why=_why(coding),
        lemma=("not " if coding.type == "REJECT" != fit.frame.type else "") + _lemma(sentence, fit),
        sentence=clause.sentence,
    )


def _refused(sentence: Sentence, clause: Clause, knowledge: Knowledge) -> bool:
    """Whether the clause says that somebody will not do it."""
    modals = {sentence.words[m].text.lower() for m in clause.modals}
    return bool(clause.negation and modals & knowledge.grammar.refusing)


def _code(
    sentence: Sentence, clause: Clause, fit: Fit, participants: Participants, knowledge: Knowledge
) -> tuple[EventType, str | None, str | None]:
    """Type, mode and CAMEO code.

    Future cooperation is an agreement, an announced step back a concession, and what one will not do a refusal.
    """
    kind = knowledge.types[fit.frame.type]
    mode = fit.frame.mode
    if mode is None and (inner := participants.complement(clause, fit)) is not None:
        complement = knowledge.types[inner]
        mode = {"REQUEST": complement.asked, "REJECT": complement.asked, "THREATEN": complement.menaced}.get(kind.type)
        if mode not in kind.mode_names:
            mode = None
    if _refused(sentence, clause, knowledge) and kind.type in _COOPERATIVE:
        return "REJECT", kind.asked, f"{knowledge.types['REJECT'].root}0"
    if clause.tense == "future" and kind.future is not None:
        return kind.future, None, f"{knowledge.types[kind.future].root}0"
    return kind.type, mode, fit.frame.cameo


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


def _lemma(sentence: Sentence, fit: Fit) -> str:
    """The expression the mention was coded by: `break off`, `hold talk`, `expulsion`."""
    if fit.frame.pos == "verb" and fit.light and (noun := fit.filled.get("obj")) is not None:
        return f"{fit.frame.lemma} {sentence.words[noun.words[0]].lemma.lower()}"
    return fit.frame.lemma


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
    """How sure the coding is: .5 for a bare fit, more for a specific one and for parties that are known.

    A guess is as sure as the typer; where the typer sees no event, a bare fit is worth less.
    """
    if coding.guessed:
        return round(coding.guessed, 2)
    value = 0.5 + min(coding.fit.score, 8.0) / 40
    value += (0.15 if coding.actor.actors else 0.0) + (0.1 if coding.recipient.actors else 0.0)
    return round(min(value, 0.95) - (_DOUBTED if coding.doubt else 0.0), 2)


def _why(coding: Coding) -> tuple[Reason, ...]:
    fit = coding.fit
    if coding.guessed:
        how = f"no frame fits; the learned typer gives it {coding.guessed:.2f}, and {fit.frame.gloss}"
    else:
        how = f"frame {fit.frame.name}, fit {fit.score:g}: {fit.frame.gloss}"
    reasons = [Reason("type", coding.type, how)]
    if coding.type != fit.frame.type:
        how = "refused" if coding.type == "REJECT" else "in the future tense"
        reasons.append(Reason("type", fit.frame.type, f"{how}, so {coding.type}"))
    if (other := coding.match.second) is not None:
        reasons.append(
            Reason("type", other.frame.type, f"not frame {other.frame.name}: it fits less well, {other.score:g}")
        )
    if coding.doubt:
        reasons.append(Reason("confidence", "", f"a weak fit, and the learned typer sees no event, {coding.doubt:.2f}"))
    for slot, party in (("actor", coding.actor), ("recipient", coding.recipient)):
        if party.texts:
            reasons.append(Reason(slot, " + ".join(party.actors) or party.texts[0], f"fills {party.slot or 'a slot'}"))
    return tuple(reasons)
