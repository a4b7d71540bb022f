"""Why a clause that fits a frame is no mention: not told as an act, a game, a mishap, nobody of politics in it."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import EventType, Sentence
from dragoman.understand.aftermath import aftermath
from dragoman.understand.clauses import past_by_form
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.matching import Fit, Matcher
from dragoman.understand.participants import Participants
from dragoman.understand.party import Party

NOBODY_TOLD = "nobody is said to do it"
NOBODY = "neither an actor nor a recipient that is one of politics"
HAPPENING = "it happens, and nobody of politics is said to take part"
_BODILY = frozenset({"ASSAULT", "PROTEST", "MOBILIZE"})  # what is done in the open, whoever does it
_CIVIL = frozenset({"LEG", "JUD", "JRN", "PTY"})  # sectors of those with whom one quarrels by words and votes
_SPORTING = 4  # different words of sport that make a report one about sport, with a third of its sentences


class Gates:
    """Holds the fitted clauses of one draft against what a careful reader would list."""

    def __init__(self, matcher: Matcher, participants: Participants, knowledge: Knowledge) -> None:
        self._matcher = matcher
        self._participants = participants
        self._types = knowledge.types
        self._out_of_place = _games(matcher.draft, matcher)

    def barred(self, clause: Clause, fit: Fit, coded: EventType, actor: Party, recipient: Party) -> str:
        """The reason against this clause, empty when there is none."""
        sentence = self._matcher.draft.doc.sentences[clause.sentence]
        if reason := self._out_of_place.get(clause.sentence) or self._not_told(sentence, clause, fit, actor):
            return reason
        if fit.frame.type == "REQUEST" and self._questions(clause):
            return "a question, not a demand"
        if fit.frame.type == "REQUEST" and self._stated(clause, fit):
            return "said to be so, not demanded"
        if fit.frame.type == "AGREE" and (self._stated(clause, fit) or self._found(clause, fit)):
            return "said to be so, not promised"
        selves = [text for text in recipient.texts if text.lower().endswith(("self", "selves"))]
        if fit.frame.type == "ASSAULT" and selves and recipient.slot == "obj" and not fit.frame.rest:
            return "harm done to oneself"
        if self._drafted(clause):
            return "what a document says that nobody has put in force"
        if reason := _mishap(sentence, self._matcher, fit, actor):
            return reason
        if coded == "PROTEST" and self._canvass(sentence, clause, fit):
            return "a campaign gathers its own, which is no protest"
        civil = {self._matcher.draft.actors[a].sector for a in recipient.actors}
        if coded == "ASSAULT" and clause.kind == "nominal" and recipient.slot == "with" and civil and civil <= _CIVIL:
            return "a quarrel of politics, in which nobody fights"
        if coded == "CONSULT" and any(
            self._matcher.draft.actors[a].sector == "JRN" for a in (*actor.actors, *recipient.actors)
        ):
            return "an interview, no encounter of politics"
        if fit.frame.mode == "investigate" and any(self._matcher.draft.actors[a].sector == "JRN" for a in actor.actors):
            return "questions of a journalist"
        if coded not in _BODILY and not (actor.public or recipient.public) and self._business(sentence):
            return "business, in which nobody of politics takes part"
        if _political(actor, recipient, self._types[coded].quad) or self._participants.affair(clause, fit):
            return ""
        if self._participants.unknown(actor) and self._participants.matter(clause, fit):
            return ""
        return HAPPENING if coded in _BODILY and self._participants.happening(clause, fit) else NOBODY

    def _business(self, sentence: Sentence) -> bool:
        return bool(_words(sentence, self._matcher, "FINANCE"))

    def _not_told(self, sentence: Sentence, clause: Clause, fit: Fit, actor: Party) -> str:
        """Why the sentence does not tell it as something that happens: nobody does it, or it is asked or bidden."""
        word = sentence.words[clause.predicate]
        if clause.modals and actor.harming and not actor.acting and fit.frame.type == "ASSAULT":
            return "what a weapon is able to do"
        doing = clause.kind == "verbal" and not clause.passive and _has_doer(fit)
        if doing and not actor.texts and aftermath(self._matcher, clause) is None:
            return NOBODY_TOLD
        doers = [sentence.words[w] for a in clause.filled("subject") for w in a.words]
        spoken = bool(doers) and not clause.passive and all(w.feat("Person") in ("1", "2") for w in doers)
        told = actor.actors and clause.kind == "verbal" and not self._to_hearer(sentence, clause)
        if spoken and not told:
            return "the speaker or the hearer, whom the report does not name"
        if word.rel == "amod":
            return "a description, not told as an act"
        if clause.link == "acl" and clause.marker == "of":
            return "what a noun is about, not told as an act"
        if word.feat("Mood") == "Imp" and not clause.filled("subject"):
            return "bidden, not told"
        marks = [sentence.words[c].text[0] for c in sentence.dependents(clause.predicate, "punct")]
        if "?" in marks or (clause.link in ("root", "conj") and sentence.words[-1].text.startswith("?")):
            return "asked, not told"
        return ""

    def _questions(self, clause: Clause) -> bool:
        """ "Asked the minister whether he would stay": to know it; but "whether he should stay" asks for advice."""
        words, grammar = self._matcher.draft.doc.sentences[clause.sentence].plain, self._matcher.grammar
        return clause.kind == "verbal" and any(
            c.link == "ccomp"
            and c.marker in grammar.interrogatives
            and not any(words[m] in grammar.unspoken for m in c.modals)
            for c in self._matcher.below(clause)
        )

    def _canvass(self, sentence: Sentence, clause: Clause, fit: Fit) -> bool:
        """ "Held a campaign rally": whether what is held, or the noun itself, is a campaign's."""
        heads = {clause.predicate, *(word for argument in fit.filled.values() for word in argument.words)}
        return any("CANVASS" in self._matcher.kinds.of(sentence, i) for i in heads)

    def _stated(self, clause: Clause, fit: Fit) -> bool:
        """ "insists that the court was stopped", "that a wall could stop them": nothing that somebody is to do."""
        if "that" not in fit.filled or fit.frame.pos != "verb":
            return False
        told = self._matcher.clause_at(clause.sentence, fit.filled["that"].words[0])
        if told is None or told.kind != "verbal":
            return False
        words = self._matcher.draft.doc.sentences[clause.sentence].words
        modals = {words[m].lemma.lower() for m in told.modals}
        verb = words[told.predicate]
        past = told.tense == "past" and (
            verb.feat("VerbForm") != "Fin" or past_by_form(verb)
        )  # not "urged that he read"
        return past or bool(modals & self._matcher.grammar.stating)

    def _found(self, clause: Clause, fit: Fit) -> bool:
        """ "Agree that the ballot was a farce": how something is, which nobody can promise."""
        if "that" not in fit.filled or "obj" in fit.filled:
            return False
        told = self._matcher.clause_at(clause.sentence, fit.filled["that"].words[0])
        return told is not None and told.kind == "copular" and not told.modals and told.tense in ("past", "present")

    def _to_hearer(self, sentence: Sentence, clause: Clause) -> bool:
        """ "I can assure you": said to the one who asks, not done to anybody."""
        return any(sentence.words[w].feat("Person") == "2" for a in clause.filled("object", "iobject") for w in a.words)

    def _drafted(self, clause: Clause) -> bool:
        """ "has decrees imposing martial law in his drawer": a document that is only had orders nothing yet."""
        clauses, kinds = self._matcher.draft.clauses, self._matcher.kinds
        noun = clauses[clause.parent] if clause.link == "acl" and clause.parent is not None else None
        verb = clauses[noun.parent] if noun is not None and noun.parent is not None else None
        if noun is None or verb is None:
            return False
        sentence = self._matcher.draft.doc.sentences[clause.sentence]
        had = [sentence.words[a].lemma.lower() for a in sentence.dependents(noun.predicate, "aux")]  # "has decrees"
        if verb.lemma not in self._matcher.grammar.shelving and not had:
            return False
        return noun.kind == "nominal" and "DOCUMENT" in kinds.noun(sentence, noun.predicate)


def _has_doer(fit: Fit) -> bool:
    """Whether the subject acts: "the truce is holding" and "unrest spread" are told though nobody does it."""
    return any(slot.split(".")[-1] == "subj" for group in fit.frame.actor for slot in group)


def _political(actor: Party, recipient: Party, quad: int) -> bool:
    """Whether somebody political takes part; of material conflict, anybody at all."""
    if quad == 4:
        return actor.acting or recipient.acting
    return any(party.public for party in (actor, recipient))


def _mishap(sentence: Sentence, matcher: Matcher, fit: Fit, actor: Party) -> str:
    """Why harm without a doer is no act: the sentence tells of an accident or a disaster."""
    if fit.frame.type != "ASSAULT" or actor.texts:
        return ""
    found = _words(sentence, matcher, "DISASTER") | _words(sentence, matcher, "MISHAP", "VERB")
    return f"harm that nobody intended: {', '.join(sorted(found))}" if found else ""


def _games(draft: Draft, matcher: Matcher) -> dict[int, str]:
    """Sentences that speak of sport (two different words of it), or all of them where the report does."""
    words = {s.i: _words(s, matcher, "SPORT") for s in draft.doc.sentences}
    whole = {word for found in words.values() for word in found}
    if len(whole) >= _SPORTING and sum(map(bool, words.values())) * 3 >= len(words):
        return dict.fromkeys(words, "the report is about sport: " + ", ".join(sorted(whole)[:5]))
    return {
        i: "the sentence speaks of sport: " + ", ".join(sorted(found)) for i, found in words.items() if len(found) >= 2
    }


def _words(sentence: Sentence, matcher: Matcher, kind: str, *speech: str) -> set[str]:
    """The nouns of a sentence, or words of these parts of speech, that belong to a class."""
    asked = [w for w in sentence.words if w.upos in (speech or ("NOUN",))]
    return {w.lemma.lower() for w in asked if kind in matcher.kinds.noun(sentence, w.i)}
