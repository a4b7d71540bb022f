"""Who acted and who was acted on: from the slots of a frame to actors and their words."""

from __future__ import annotations

from dataclasses import replace

from dragoman.records import EventType, Sentence, Span
from dragoman.understand.aftermath import aftermath, attack_behind, fought, struck_in, suffered
from dragoman.understand.borrowing import addressee, authors, hearer, subject_above, supporters, told_by, traveller
from dragoman.understand.draft import Argument, Clause, Reference
from dragoman.understand.kinds import HARMING, POLITICAL, PUBLIC, of_what
from dragoman.understand.matching import Fit, Matcher
from dragoman.understand.owners import Owners
from dragoman.understand.party import LONGEST, Party, phrase, same_person

_TARGETS = frozenset({"TERRITORY", "PLACE", "BUILDING", "PROPERTY", "HARM", "CRAFT", "HUMAN", "MISSION"})
_SOMEBODY = frozenset(
    {"ACTOR", "CIVILIANS", "FORCE", "STATE", "OFFICIAL", "DIPLOMAT", "COURT", "MEDIA", "COMPANY", "STAFF"}
)
_BODIES = frozenset({"FORCE", "STATE", "OFFICIAL", "COURT", "DIPLOMAT", "CIVILIANS", "STAFF"})
_WEAPONS = frozenset({"WEAPON", "BOMB"})
_EVENTS = frozenset({"AFFAIR", "TALKS", "PROTEST", "WARFARE", "ATTACK", "GUNFIRE", "BOMB"})
_BARE = ("subj", "obj", "iobj", "that", "inf", "by")


class Participants:
    """Finds the parties of fitted clauses."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._draft = matcher.draft
        self._grammar = matcher.grammar
        self._owners = Owners(matcher, self._reference)

    def actor(self, clause: Clause, fit: Fit) -> Party:
        """All groups of the frame's actor column together."""
        whole = Party()
        if (attack := aftermath(self._matcher, clause)) is not None:
            told = self.of_word(self._draft.doc.sentences[clause.sentence], attack)
            return told if told.actors else whole
        if fit.frame.type == "ASSAULT" and (both := attack_behind(self._matcher, clause)) is not None:
            told = self.of_word(self._draft.doc.sentences[clause.sentence], both[0])
            return told if told.actors else Party(heads=both)
        for group in fit.frame.actor:
            whole |= self.first(clause, fit, group)
        if clause.link == "acl" and not clause.passive and not whole.acting and not suffered(self._matcher, clause):
            if (sent := self._sent(clause)) is not None:
                return sent
            for argument in authors(self._draft.clauses, clause):
                return self._of_argument(clause, argument)
        if fit.frame.type == "THREATEN" and clause.passive and not whole.texts:
            return self._threatening(clause)
        if clause.kind == "nominal" and not whole.acting:
            below = self._matcher.below(clause)
            for argument in supporters(self._draft.clauses, clause, below, self._grammar.supports):
                return self._of_argument(clause, argument)
            if fit.frame.type == "CONSULT" and not whole.texts:
                for argument in traveller(self._draft.clauses, clause, self._draft.doc.sentences[clause.sentence]):
                    return self._of_argument(clause, argument)
        if not whole.texts and fit.frame.type == "ASSAULT":
            for argument in fought(self._matcher, clause):
                return self._of_argument(clause, argument)
            if (strike := struck_in(self._matcher, clause)) is not None:
                told = self.of_word(self._draft.doc.sentences[clause.sentence], strike)
                return told if told.actors else whole
        return whole

    def _threatening(self, clause: Clause) -> Party:
        """ "Any landing will be treated as hostile, he said": who says it threatens, whoever is to do it."""
        here = self._draft.doc.sentences[clause.sentence].words[clause.predicate].span
        told = told_by(self._draft.claims, here)
        if told is None or told.actor not in self._draft.actors or told.source_span is None:
            return Party()
        public = self._matcher.kinds.public(self._draft.actors[told.actor])
        words = (told.source,)
        return Party((told.actor,), words, (told.source_span,), True, public=public, names=words, somebody=True)

    def _sent(self, clause: Clause) -> Party | None:
        """ "Raise an army to fight them": the army, where the verb has an object of its own."""
        noun = self._draft.clauses[clause.parent] if clause.parent is not None else None
        if noun is None or noun.kind != "nominal" or clause.tense != "infinitive" or not clause.filled("object"):
            return None
        found = self.of_word(self._draft.doc.sentences[noun.sentence], noun.predicate)
        forces = "FORCE" in self._matcher.kinds.of(self._draft.doc.sentences[noun.sentence], noun.predicate)
        return found if forces else None

    def recipient(self, clause: Clause, fit: Fit) -> Party:
        """The recipient of the frame's column; of a request that names none, the one who is to act."""
        written_to = addressee(self._draft.clauses, clause) if fit.frame.type in ("REQUEST", "THREATEN") else None
        if written_to and (party := self._of_argument(clause, written_to)).actors:
            return party
        found = self.first(clause, fit, tuple(s for s in fit.frame.recipient if s != "by" or not clause.passive))
        words = self._draft.doc.sentences[clause.sentence].words
        given = [a for a in fit.company.get("iobj", []) if a.role == "iobject"]
        if not clause.passive and any(words[a.words[0]].feat("Reflex") != "Yes" for a in given):
            whom = self.first(clause, fit, ("iobj",))  # "promised the envoy that …": whoever is promised it
            found = whom if whom.actors or (whom.acting and not found.actors) else found
        if fit.frame.type == "ASSAULT" and clause.kind == "nominal" and not found.texts:
            return self._where(clause)
        if fit.frame.mode == "visit" and not found.actors:
            return self._host(clause, found)
        if not found.texts and (told := hearer(self._draft.clauses, clause, self._grammar.heard)) is not None:
            return self._of_argument(clause, told)
        if found.actors or fit.frame.type != "REQUEST":
            return found
        asked = self._asked(clause, fit)
        return asked if asked.actors else found

    def _where(self, clause: Clause) -> Party:
        """ "The Tessal bombing": the town that is struck."""
        struck = (a for a in clause.filled("modifier") if self._place(clause.sentence, a))
        return next((self._of_argument(clause, a) for a in struck), Party())

    def _host(self, clause: Clause, place: Party) -> Party:
        """The state that is visited with its capital or a town of it, where the report has it act."""
        spots = [
            s.place.country for s in self._draft.spots if s.sentence == clause.sentence and s.place.span in place.spans
        ]
        states = [a.id for a in self._draft.actors.values() if a.kind == "state" and a.country and a.country in spots]
        return replace(place, actors=tuple(states[:1])) if states else place

    def _asked(self, clause: Clause, fit: Fit) -> Party:
        """ "called for the governor's resignation", "called for the governor to step aside": the governor."""
        sentence = self._draft.doc.sentences[clause.sentence]
        for slot in ("for", "obj"):
            for argument in [fit.filled[slot]] if slot in fit.filled else []:
                if argument.role == "clause":
                    continue  # "for the governor to step aside", all of it
                owners = sentence.dependents(argument.words[0], "nmod:poss")
                if owners:
                    return self.of_word(sentence, owners[0])
                if slot == "for" and fit.company.get("inf"):
                    return self._of_argument(clause, argument)
        for child in self._draft.clauses:
            if child.parent == clause.i and child.marker.startswith("for "):
                mine = {a.words for a in clause.filled("subject")}
                subjects = [a for a in child.filled("subject") if a.words not in mine]
                if subjects:
                    return self._of_argument(child, subjects[0])
        return Party()

    def matter(self, clause: Clause, fit: Fit) -> bool:
        """Whether what is spoken of is a thing of politics."""
        sentence = self._draft.doc.sentences[clause.sentence]
        return any(
            "MATTER" in self._matcher.kinds.noun(sentence, argument.words[0])
            for slot, argument in fit.filled.items()
            if slot != "subj"
        )

    def affair(self, clause: Clause, fit: Fit) -> bool:
        """Whether what begins, ends or is imposed is of politics whoever has a hand in it: a curfew, an invasion."""
        sentence = self._draft.doc.sentences[clause.sentence]
        spoken = [w.i for w in sentence.words if w.upos == "NOUN" and not sentence.dependents(w.i, "nummod")]
        if any("MARKET" in self._matcher.kinds.noun(sentence, i) for i in spoken):
            return False  # talks about a merger, a strike at a plant whose shares fall; a sum of dollars is no market
        things = [word for argument in fit.filled.values() for word in argument.words]
        return any("AFFAIR" in self._matcher.kinds.of(sentence, word) for word in things)

    def happening(self, clause: Clause, fit: Fit) -> bool:
        """Whether the subject is what happens, not who does it: "the riot began", "a blast tore through"."""
        sentence = self._draft.doc.sentences[clause.sentence]
        heads = fit.filled["subj"].words if "subj" in fit.filled else ()
        return any(self._matcher.kinds.noun(sentence, i) & _EVENTS for i in heads)

    def unknown(self, party: Party) -> bool:
        """Whether a party is made of named ones of whom the report does not say what they are."""
        known = [self._draft.actors[a] for a in party.actors]
        return bool(known) and all(actor.sector is None for actor in known)

    def complement(self, clause: Clause, fit: Fit) -> tuple[EventType, bool] | None:
        """The type of event that the frame's complement would be, and whether it is denied."""
        for slot in ("inf", "that", "ger"):
            for argument in fit.company.get(slot, []):
                child = self._matcher.clause_at(clause.sentence, argument.words[0])
                if child is not None and (inner := self._matcher.match(child).fit):
                    return inner.frame.type, bool(child.negation)
        return None

    def first(self, clause: Clause, fit: Fit, slots: tuple[str, ...], depth: int = 0) -> Party:
        """The first slot that gives actors; failing that, the first that gives words of some who act, or any words."""
        seen = [party for slot in slots if (party := self._party(clause, fit, slot, depth)).texts]
        own = fit.light and "obj"  # the noun of a light verb is no party while another slot has words
        for wanted in (
            lambda p: p.actors and p.slot != own,
            lambda p: p.acting and p.slot != own,
            lambda p: p.slot in fit.filled and p.slot not in _BARE,
            lambda p: p.slot in _BARE,
        ):
            for party in seen:
                if wanted(party):
                    return party
        return Party()

    def _party(self, clause: Clause, fit: Fit, slot: str, depth: int) -> Party:
        head, _, inner = slot.partition(".")
        if inner:
            found = self._inner(clause, fit, head, inner, depth)
            return found if found.actors or found.somebody or found.target else Party()
        arguments = fit.company.get(head, [])
        if head == "subj" and not arguments:
            arguments = subject_above(self._draft.clauses, clause)
        chosen = fit.filled.get(head)
        whole = Party(slot=head)
        words = self._draft.doc.sentences[clause.sentence].words
        for argument in [chosen] if chosen is not None else arguments[:1]:
            if argument.role in ("clause", "infinitive") or (
                head in self._grammar.settings and _opens(self._draft.doc.sentences[clause.sentence], clause, argument)
            ):
                continue
            told = self._of_argument(clause, argument)
            quality = words[argument.words[0]].upos == "ADJ"  # "other bombings", "the general strike"
            doing = (
                told.acting and not quality and not self._place(clause.sentence, argument)
            )  # "the Tessal bombing": nobody
            whole |= told if told.actors or head != "mod" or doing else Party()  # nor "suicide bombing"
        return whole

    def _place(self, sentence: int, argument: Argument) -> bool:
        """Whether a phrase names a place."""
        here = self._draft.doc.sentences[sentence].words[argument.words[0]].span
        return any(s.sentence == sentence and s.place.span and s.place.span.overlaps(here) for s in self._draft.spots)

    def _of_argument(self, clause: Clause, argument: Argument) -> Party:
        """The party of all coordinated heads."""
        sentence = self._draft.doc.sentences[clause.sentence]
        whole = Party()
        for word in argument.words:
            if not same_person(sentence, argument.words[0], word):
                whole |= self.of_word(sentence, word)
        return whole

    def _inner(self, clause: Clause, fit: Fit, head: str, inner: str, depth: int) -> Party:
        """`inf.recipient`, `that.subj`: what the complement has in its slots."""
        for argument in fit.company.get(head, []):
            child = self._matcher.clause_at(clause.sentence, argument.words[0])
            if child is None or depth > 3:
                continue
            match = self._matcher.match(child)
            if match.fit is not None:
                if inner == "recipient":
                    return self.first(child, match.fit, match.fit.frame.recipient, depth + 1)
                return self.first(child, match.fit, (inner,), depth + 1)
            bare = self._bare(child, inner)
            if bare.texts:
                return bare
        return Party()

    def _bare(self, child: Clause, inner: str) -> Party:
        """The same of a complement that fits no frame."""
        sentence = self._draft.doc.sentences[child.sentence]
        roles = {"subj": "subject", "obj": "object", "recipient": "object", "mod": "modifier", "of": "of"}
        whole = Party(slot=inner)
        for argument in child.arguments:
            role = roles.get(inner)
            nameless = role == "object" and child.kind == "nominal" and not argument.case  # "to amnesty the members"
            if argument.role == role or (argument.role == "oblique" and (argument.case == inner or nameless)):
                for word in argument.words:
                    whole |= self.of_word(sentence, word)
                break
        return whole

    def of_word(self, sentence: Sentence, word: int) -> Party:
        """The actor a phrase stands for; of an act or thing, the one whose it is ("Washington's sanctions")."""
        span = self._words(sentence, word)
        text = (span.of(self._draft.text),) if span else ()
        spans = (span,) if span else ()
        kinds = self._matcher.kinds.of(sentence, word)
        armed = bool(self._matcher.kinds.noun(sentence, word) & _WEAPONS)
        acting = (sentence.words[word].upos != "PRON" or self._matcher.kinds.anybody(sentence, word)) and not armed
        acting = acting and ("ACTOR" in kinds or self._unknown_name(sentence, word))
        nouns = self._matcher.kinds.noun(sentence, word)
        counting = "QUANTITY" in nouns and "PRIVATE" not in nouns  # "a family of four", not "the family of a soldier"
        own = self._draft.reference_at(sentence.i, word)
        titled = own is not None and own.head == word and own.how == "title"  # "one of its members, Ada Lund,"
        if counting and not titled and (whole := of_what(sentence, word)) is not None:
            inner = self.of_word(sentence, whole)
            if inner.actors:
                return replace(inner, texts=text or inner.texts, spans=spans or inner.spans, heads=(*inner.heads, word))
        private = "PRIVATE" in self._matcher.kinds.noun(sentence, word)
        if ref := self._reference(sentence, word):
            public = self._public(sentence, word, [ref])
            forces = "FORCE" in kinds and self._draft.actors[ref.actor].country is None
            return Party(
                (ref.actor,), text, spans, True,
                public=public, names=text, private=private, forces=forces, heads=(word,),
            )  # fmt: skip
        human = any(p.first <= word < p.last and p.kind in ("person", "organization") for p in sentence.nominals)
        served = human and sentence.words[word].upos == "NOUN"  # "the minister's aides"
        itself = (
            private or served or bool(sentence.dependents(word, "cop"))
        )  # "it was the UN's envoy who": no act or thing
        if not itself and (owners := self._owners.of(sentence, word)):
            named = [phrase(sentence, owner.head, self._grammar) for owner in owners]
            return Party(
                tuple(dict.fromkeys(owner.actor for owner in owners)),
                text,
                spans,
                True,
                public=self._public(sentence, word, owners),
                building="BUILDING" in kinds and not kinds & _BODIES,
                names=tuple(span.of(self._draft.text) for span in named if span),
                heads=(*(owner.head for owner in owners), word),
            )
        public, harming = self._public(sentence, word, []), bool(kinds & HARMING)
        thing = sentence.words[word].upos == "PRON" and sentence.words[word].lemma.lower() in self._grammar.neuter
        if thing and not self._matcher.kinds.anybody(sentence, word):
            told = [s for c in sentence.dependents(word, "acl:relcl") for s in sentence.dependents(c, "nsubj")]
            refs = [ref for w in told if (ref := self._reference(sentence, w))]  # "welcomed what the king had said"
            if refs:
                public = self._public(sentence, told[0], refs[:1])
                return Party((refs[0].actor,), text, spans, True, public=public, heads=(told[0], word))
            return Party(names=text)  # "it was time", "that could include": nobody
        return Party(
            (), text, spans, acting, public=public, harming=harming, names=text,
            private=private, target=bool(kinds & _TARGETS), event=bool(kinds & _EVENTS) and not acting,
            somebody=(acting or human or bool(kinds & _SOMEBODY)) and not kinds & _WEAPONS,
            building="BUILDING" in kinds, heads=(word,),
        )  # fmt: skip

    def _public(self, sentence: Sentence, word: int, references: list[Reference]) -> bool:
        """Whether a phrase stands for one of politics; a president's wife does not."""
        nouns = self._matcher.kinds.noun(sentence, word)
        if "PRIVATE" in nouns:
            return False
        actors = [self._draft.actors[ref.actor] for ref in references]
        return bool(nouns & PUBLIC) or any(self._matcher.kinds.public(actor) for actor in actors)

    def _words(self, sentence: Sentence, word: int) -> Span | None:
        """The phrase around a head; of a name at least the whole name."""
        span = phrase(sentence, word, self._grammar)
        ref = self._draft.reference_at(sentence.i, word)
        if span is None or ref is None or not ref.span.overlaps(span):
            return span
        whole = Span(min(span.start, ref.span.start), max(span.end, ref.span.end))
        return whole if len(whole.of(self._draft.text).split()) <= LONGEST else span

    def _unknown_name(self, sentence: Sentence, word: int) -> bool:
        """Whether this is a name of somebody whom no earlier stage knows; days and months are none."""
        if sentence.words[word].upos != "PROPN":
            return False
        return not any(m.sentence == sentence.i and word in m.words for m in self._draft.moments)

    def _reference(self, sentence: Sentence, word: int) -> Reference | None:
        ref = self._draft.reference_at(sentence.i, word) or self._speaker(sentence, word)
        if ref is None or ref.actor not in self._draft.actors:
            return None
        if self._draft.actors[ref.actor].kind not in POLITICAL:
            return None
        return ref

    def _speaker(self, sentence: Sentence, word: int) -> Reference | None:
        """Who says "I" or "we" in a quotation: the one who is quoted."""
        here = sentence.words[word]
        if here.upos != "PRON" or here.feat("Person") != "1":
            return None
        told = told_by([c for c in self._draft.claims if c.direct], here.span)
        if told is None or told.actor is None:
            return None
        return Reference(sentence.i, word, word, word + 1, here.span, told.actor, "pronoun")


def _opens(sentence: Sentence, clause: Clause, argument: Argument) -> bool:
    """Whether a phrase stands before its verb, as a setting does: "at her school, they protested".

    What hangs on the verb's object is none: "the offer from the king was declined".
    """
    before = clause.kind == "verbal" and not argument.shared and argument.words[0] < clause.predicate
    return before and sentence.words[sentence.words[argument.words[0]].head].upos not in ("NOUN", "PROPN")
