"""Which clauses tell an event, of which type, by whom on whom: the lexicon and the learned typer heard together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec.structs import replace as changed

from dragoman.knowledge import Knowledge
from dragoman.records import TYPES, EventType, Sentence
from dragoman.understand.casting import Casting
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Clause
from dragoman.understand.gates import HAPPENING, NOBODY, NOBODY_TOLD, Gates
from dragoman.understand.matching import Fit, Match, Matcher
from dragoman.understand.participants import Participants
from dragoman.understand.party import Party, acted_on, doing
from dragoman.understand.restating import restated
from dragoman.understand.surmise import Surmise, Verdict
from dragoman.understand.surroundings import settled

_OF_ANOTHER = frozenset({"SUPPORT", "ACCUSE", "SANCTION"})  # one praises, blames and punishes others
_OWN_OBJECT = frozenset(
    {"ASSAULT", "PROTEST", "MOBILIZE", "CONSULT", "THREATEN", "REQUEST", "AGREE", "COOPERATE", "AID"}
)
_OWN = ("its ", "his ", "her ", "their ", "itself", "himself", "herself", "themselves")
_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
_BURSTS = frozenset({"ATTACK", "WARFARE", "BOMB"})
_FORCE = 4  # the quad of material conflict
_STEPS_BACK = frozenset({"RETREAT", "CONCEDE", "SANCTION"})


def codings(matcher: Matcher, knowledge: Knowledge) -> list[Coding]:
    """Every clause that fits a frame or is guessed to, in order of the text, those that are no mention included."""
    return Coder(matcher, knowledge).codings()


class Coder:
    """Codes the clauses of one draft."""

    def __init__(self, matcher: Matcher, knowledge: Knowledge) -> None:
        self._matcher = matcher
        self._knowledge = knowledge
        self._surmise = Surmise(matcher, knowledge)
        self._participants = Participants(matcher)
        self._gates = Gates(matcher, self._participants, knowledge)
        self._casting = Casting(matcher, self._participants, knowledge)

    def codings(self) -> list[Coding]:
        """First the guesses, which may have complements; then what only restates another; then all the rest.

        Who takes part is settled last: whether there is a mention is for the rules' own parties to say.
        """
        clauses, matches = self._matcher.draft.clauses, self._matcher.match
        guesses = {c.i: guess for c in clauses if (guess := self._surmise.guess(c, matches(c)))}
        fits = {i: fit for i, (fit, _) in guesses.items()}
        told = restated(self._matcher, fits, self._knowledge.types, self._knowledge.speech.denials)
        found = self._each(clauses, guesses, {i: reason for i, (reason, _) in told.items()})
        kept = {c.clause.i for c in found if not c.barred}
        still = {
            i: reason
            for i, (reason, other) in told.items()
            if other in kept or other == i or clauses[i].tense in ("infinitive", "participle")
        }
        if len(still) < len(told):  # what is no mention restates nothing
            found = self._each(clauses, guesses, still)
        return [self._filled(coding) for coding in _once(found)]

    def _each(
        self, clauses: Sequence[Clause], guesses: Mapping[int, tuple[Fit, Verdict]], told: Mapping[int, str]
    ) -> list[Coding]:
        """The coding of each clause that fits a frame or is guessed to, as the report around it has it."""
        found = []
        for clause in clauses:
            match, why = self._matcher.match(clause), told.get(clause.i, "")
            if match.fit is not None:
                found.append(self._weighed(self._coded(clause, match, match.fit, why)))
            elif clause.i in guesses:
                fit, verdict = guesses[clause.i]
                found.append(self._guessed(self._coded(clause, match, fit, why), verdict))
        return settled(found, self._matcher.draft.doc, self._surmise.bounds)

    def _filled(self, coding: Coding) -> Coding:
        """The coding with its parties; what only lacked somebody who does it is told where the scorer knows who."""
        cast = self._casting.cast(coding)
        doer = cast.actor.slot == "scored" and cast.actor.acting and not coding.actor.texts
        return changed(cast, barred="") if doer and coding.barred == NOBODY_TOLD else cast

    def _coded(self, clause: Clause, match: Match, fit: Fit, told: str) -> Coding:
        """The coding by this fit; `told`, if anything, why the clause only restates another."""
        sentence = self._matcher.draft.doc.sentences[clause.sentence]
        actor, recipient = self._participants.actor(clause, fit), self._participants.recipient(clause, fit)
        recipient = _another(actor, recipient, fit, self._knowledge)
        coded, mode, cameo = _code(sentence, clause, fit, self._participants, self._knowledge)
        barred = told or self._gates.barred(clause, fit, coded, actor, recipient)
        actor = doing(actor, coded, self._knowledge.types[coded].quad)
        burst = any(self._matcher.kinds.noun(sentence, i) & _BURSTS for i in actor.heads)
        if burst and actor.texts and not actor.actors and recipient.texts:
            actor = Party()  # "the blast killed ten": whoever set it off
        if len(fit.frame.actor) > 1 and clause.passive and recipient.texts == actor.texts:
            recipient = Party()  # "the president was briefed": the other side is not told
        named = recipient.actors or recipient.acting or recipient.target
        if fit.light and recipient.slot == "obj" and not named and coded in _OWN_OBJECT:
            recipient = Party()  # "launched an offensive", "set a deadline": the deed itself
        return Coding(clause, match, fit, coded, mode, cameo, actor, acted_on(recipient, coded), barred)

    def _weighed(self, coding: Coding) -> Coding:
        """What a frame tells, unless the typer is surer of nothing or of another type; it may let in what is barred."""
        bounds, opinion = self._surmise.bounds, self._surmise.opinion(coding.clause, coding)
        shares = self._surmise.shares(coding.clause, opinion)
        verdict = Verdict.of(shares)
        if verdict is None or coding.fit.frame.taught:
            return coding
        share = shares[TYPES.index(coding.type) + 1]
        coding = changed(coding, share=share, none=verdict.none)
        if coding.barred:  # the surroundings may yet let in what only lacks one of politics
            silent = coding.barred == NOBODY and self._nothing(coding, verdict)
            return changed(coding, barred=_unheard(verdict)) if silent else self._let_in(coding, verdict)
        idiom = bool(coding.fit.words)  # "had him taken away": words of which the typer sees only the first
        if verdict.type != coding.type and verdict.share >= bounds.other and not idiom:
            fit = self._surmise.fit(coding.clause, verdict.type)
            if fit is not None:
                return self._guessed(self._coded(coding.clause, coding.match, fit, ""), verdict)
        if self._nothing(coding, verdict):
            return changed(coding, barred=_unheard(verdict))
        return coding

    def _nothing(self, coding: Coding, verdict: Verdict) -> bool:
        """Whether hardly anything speaks for the frame's type; where the subject is what happens, the noun tells it."""
        bounds, fit = self._surmise.bounds, coding.fit
        sure = verdict.none >= bounds.none and fit.score < bounds.specific
        doubtful = verdict.none >= bounds.doubtful and not _worded(fit)
        faint = doubtful and coding.share < (bounds.faint if fit.score < bounds.firm else bounds.hopeless)
        unlike = self._unlike(coding)
        return (sure or faint or unlike) and not self._participants.happening(coding.clause, fit)

    def _unlike(self, coding: Coding) -> bool:
        """Whether the typer by itself hears nothing in it and the scorer of roles holds it unreal."""
        bounds, clause = self._surmise.bounds, coding.clause
        sentence = self._matcher.draft.doc.sentences[clause.sentence]
        own, role = sentence.shares(clause.predicate)[0], sentence.roles.get(clause.predicate)
        unreal = role is not None and role[0] < bounds.unreal * 255
        return unreal and not clause.negation and own >= bounds.unheard * 255 and coding.share < bounds.even

    def _guessed(self, coding: Coding, verdict: Verdict) -> Coding:
        coding = changed(coding, guessed=True, share=verdict.share, none=verdict.none)
        coding = self._let_in(coding, verdict)
        named = coding.actor.texts or coding.recipient.actors
        if (
            not coding.barred
            and not named
            and (not coding.recipient.texts or verdict.share < self._surmise.bounds.sure)
        ):
            return changed(coding, barred="a guess of the typer, in which nobody takes part whom the report knows")
        return coding

    def _let_in(self, coding: Coding, verdict: Verdict) -> Coding:
        """What only lacks somebody, where the typer is sure: a doer, or of force somebody known to be of politics."""
        sure = verdict.type == coding.type and verdict.share >= self._surmise.bounds.sure
        forceful = self._knowledge.types[coding.type].quad == _FORCE
        lacking = coding.barred == NOBODY_TOLD or (coding.barred in (NOBODY, HAPPENING) and forceful)
        return changed(coding, barred="") if sure and lacking else coding


def _worded(fit: Fit) -> bool:
    """Whether the frame names a word of what is said ("said all options are on the table"): "said" tells nothing."""
    return any(wish.slots == ("that",) and wish.lemmas for wish in fit.frame.companions)


def _unheard(verdict: Verdict) -> str:
    return f"the learned typer sees no event in it: {verdict.none:.2f} with the frame"


def _once(found: list[Coding]) -> list[Coding]:
    """A guessed noun is no second event beside the verb it stands with: "held talks", "the protest marched"."""
    taken = {(c.clause.i, c.type) for c in found if not c.barred and c.clause.kind != "nominal"}
    return [
        changed(c, barred="told by its verb")
        if c.guessed and c.clause.kind == "nominal" and (c.clause.parent, c.type) in taken
        else c
        for c in found
    ]


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
    if recipient.names != recipient.texts:
        return Party() if fit.frame.type not in _OF_ANOTHER else replace(recipient, actors=())  # "defends his record"
    pronoun = all(w in knowledge.actor_words.pronouns and not w.endswith(("self", "selves")) for w in words)
    return replace(recipient, actors=()) if pronoun else recipient


def _refused(sentence: Sentence, clause: Clause, knowledge: Knowledge) -> bool:
    """Whether the clause says that somebody will not do it, or is not going to."""
    modals = {sentence.plain[m] for m in clause.modals}
    if clause.negation and modals & knowledge.grammar.refusing:
        return True
    word = sentence.words[clause.predicate]
    if word.rel != "xcomp" or sentence.plain[word.head] not in knowledge.grammar.refusing:
        return False
    return any(sentence.plain[c] in knowledge.grammar.negations for c in sentence.children[word.head])


def _code(
    sentence: Sentence, clause: Clause, fit: Fit, participants: Participants, knowledge: Knowledge
) -> tuple[EventType, str | None, str | None]:
    """Type, mode and CAMEO code.

    Future cooperation is an agreement, an announced step back a concession, and what one will not do a refusal.
    """
    kind = knowledge.types[fit.frame.type]
    mode = fit.frame.mode
    inner = participants.complement(clause, fit)
    if kind.type == "THREATEN" and inner is not None and inner[1] and knowledge.types[inner[0]].quad == _FORCE:
        return "REJECT", None, f"{knowledge.types['REJECT'].root}0"  # "told him that it would not fire on the crowd"
    if kind.type == "CONCEDE" and inner is not None and inner[1] and inner[0] in _STEPS_BACK:
        return "AGREE", None, f"{knowledge.types['AGREE'].root}0"  # "promised not to withdraw from the union"
    if mode is None and inner is not None:
        complement = knowledge.types[inner[0]]
        mode = {"REQUEST": complement.asked, "REJECT": complement.asked, "THREATEN": complement.menaced}.get(kind.type)
        if mode not in kind.mode_names:
            mode = None
    if _refused(sentence, clause, knowledge) and kind.type in _COOPERATIVE:
        return "REJECT", kind.asked, f"{knowledge.types['REJECT'].root}0"
    if clause.tense == "future" and kind.future is not None:
        return kind.future, None, f"{knowledge.types[kind.future].root}0"
    return kind.type, mode, fit.frame.cameo
