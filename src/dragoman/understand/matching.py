"""Which frame of the lexicon a clause fits, how well, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.knowledge import Knowledge
from dragoman.knowledge.predicates import Companion, Frame
from dragoman.records import Sentence
from dragoman.understand.arguments import case_of, members
from dragoman.understand.company import Company, behind_times, company, crossing, without_led
from dragoman.understand.draft import Argument, Clause, Draft
from dragoman.understand.expressions import expression
from dragoman.understand.kinds import Kinds, expressions, of_what

# How much a companion that is there tells: a named word most, a class less, mere presence least.
_WORD, _TYPE, _CLASS, _PREPOSITION, _ACTOR, _PRESENT = 4.0, 3.0, 2.5, 2.0, 1.5, 1.0
_PASSIVE = 1.0
_BARRED = "is barred"
_UNTOLD_SUBJECT = -0.5
COMPLEMENTS = frozenset({"inf", "that", "ger", "xcomp"})
_PLAIN = COMPLEMENTS | {"subj", "obj", "iobj", "by", "poss", "mod", "of"}
_DOERS = frozenset({"by", "poss", "mod", "from"})
_PEOPLE = frozenset(
    {"ACTOR", "CIVILIANS", "PERSON", "OFFICIAL", "FORCE", "GROUP", "PRISONER", "HUMAN", "DIPLOMAT", "suspect", "people",
     "activist", "leader", "journalist", "student", "protester", "POLICE", "REBEL"}
)  # fmt: skip
_TARGETS = frozenset({"ACTOR", "TERRITORY", "PLACE", "BUILDING"})


@dataclass(frozen=True)
class Fit:
    """A frame that a clause fits: what filled its slots, the words of the expression, and how specific the fit is."""

    frame: Frame
    score: float
    filled: dict[str, Argument]
    company: Company
    words: tuple[int, ...] = ()  # of the expression, the predicate apart
    light: bool = False  # the object belongs to the predicate: "hold talks"


@dataclass
class Match:
    """The best fit of a clause, the runner-up of another type, and the reasons against the frames that failed."""

    fit: Fit | None = None
    second: Fit | None = None
    against: list[str] = field(default_factory=list)

    @property
    def ruled_out(self) -> bool:
        """Whether a frame names what stands here as what it does not mean."""
        return any(reason.endswith(_BARRED) for reason in self.against)


class Matcher:
    """Fits the clauses of one draft, each once."""

    def __init__(self, draft: Draft, knowledge: Knowledge) -> None:
        self.draft = draft
        self.kinds = Kinds(draft, knowledge.noun_classes, knowledge.sectors, knowledge.grammar)
        self.grammar = knowledge.grammar
        self._lexicon = knowledge.frames
        self._below: dict[int, list[Clause]] = {}
        self._at = {(c.sentence, c.predicate): c for c in draft.clauses}
        for clause in draft.clauses:
            if clause.parent is not None:
                self._below.setdefault(clause.parent, []).append(clause)
        self._known: dict[int, Match] = {}

    def below(self, clause: Clause) -> list[Clause]:
        return self._below.get(clause.i, [])

    def clause_at(self, sentence: int, word: int) -> Clause | None:
        return self._at.get((sentence, word))

    def match(self, clause: Clause) -> Match:
        """The best frame for this clause; complements are matched on the way."""
        if clause.i not in self._known:
            self._known[clause.i] = Match()  # a tree has no cycles, a wrong parse may
            self._known[clause.i] = self._match(clause)
        return self._known[clause.i]

    def _match(self, clause: Clause) -> Match:
        sentence = self.draft.doc.sentences[clause.sentence]
        beside = self.company(clause)
        fits, against = [], []
        for frame, words, around in self._candidates(sentence, clause, beside):
            found = self._fit(sentence, frame, words, around)
            if isinstance(found, Fit):
                fits.append(found)
            else:
                against.append(f"{frame.name}: {found}")
        fits.sort(key=lambda f: (-f.score, f.frame.rank))
        if not fits:
            return Match(against=against)
        second = next((f for f in fits[1:] if f.frame.type != fits[0].frame.type), None)
        return Match(fits[0], second, against)

    def company(self, clause: Clause) -> Company:
        """The company of the clause; what hangs on its object ("legal action against the state") stands by it too.

        So does what hangs on a noun's agent: "the use of force by police against students".
        """
        sentence = self.draft.doc.sentences[clause.sentence]
        found = company(sentence, clause, self.below(clause))
        times = {w for m in self.draft.moments if m.sentence == clause.sentence for w in m.words}
        for argument in behind_times(sentence, clause, times):
            found.setdefault(argument.case, []).append(argument)
        for adverb in clause.filled("adverb"):  # "stayed away from the summit": what the tree hangs on the adverb
            for c in sentence.dependents(adverb.words[0], "obl", "nmod"):
                if case := case_of(sentence, c):
                    found.setdefault(case, []).append(Argument("oblique", (c,), case))
        for slot, arguments in found.items():  # "on Tuesday" is nobody
            found[slot] = [a for a in arguments if a.role != "oblique" or a.words[0] not in times]
        if clause.kind == "verbal" and not clause.passive and not found.get("obj"):
            found["obj"] = self._bare_oblique(sentence, clause, times)
            taken = {a.words[0] for a in found["obj"]}
            found["xcomp"] = [a for a in found.get("xcomp", []) if a.words[0] not in taken]
        for lender in {"verbal": ("obj", "subj"), "nominal": ("of", "by")}.get(clause.kind, ()):
            for thing in found.get(lender, [])[:1]:
                if lender == "subj" and (clause.passive or found.get("obj") or self._acts(sentence, thing)):
                    continue  # "talks between A and B began": the talks' parties are the verb's
                somebody = sentence.words[thing.words[0]].upos == "PRON"  # "flew him and his family out of the palace"
                inner = self.clause_at(sentence.i, thing.words[-1 if somebody else 0])
                for argument in inner.arguments if inner is not None else ():
                    if argument.role in ("oblique", "of", "agent") and argument.case != lender:
                        found.setdefault(argument.case, []).append(argument)
                    elif argument.role == "infinitive":
                        found.setdefault("inf", []).append(argument)
        if clause.kind == "verbal" and (astray := crossing(sentence, clause, self.grammar)) is not None:
            found.setdefault(astray.case, []).append(astray)
        if clause.passive and not found.get("by") and (lost := self._lost_agent(sentence, clause)):
            found["by"] = [lost]
        if clause.passive and found.get("by"):
            found.setdefault("subj", found["by"])  # "denied a licence by the court": the tree hangs court on licence
        return found

    def _lost_agent(self, sentence: Sentence, clause: Clause) -> Argument | None:
        """ "Was dismissed as a farce by the loser": an agent that the tree hangs on what stands before it."""
        for oblique in clause.filled("oblique"):
            for c in sentence.dependents(oblique.words[0], "nmod"):
                noun = self.clause_at(sentence.i, oblique.words[0])
                told = noun is not None and oblique.case != "as" and self.match(noun).fit is not None
                if case_of(sentence, c) == "by" and c > clause.predicate and not told:
                    return Argument("agent", members(sentence, c, self.grammar), shared="oblique")
        return None

    def _bare_oblique(self, sentence: Sentence, clause: Clause, times: set[int]) -> list[Argument]:
        """An oblique after the verb without a preposition, no time: an object that the tree calls by another name."""
        return [
            Argument("object", a.words, shared="oblique")
            for a in clause.filled("oblique", "infinitive")
            if not a.case and a.words[0] > clause.predicate and a.words[0] not in times
            if sentence.words[a.words[0]].rel != "obl:unmarked"  # "broke in the night before"
            if not sentence.dependents(a.words[0], "mark")
            if a.role == "oblique" or self.kinds.noun(sentence, a.words[0])
        ][:1]

    def _candidates(
        self, sentence: Sentence, clause: Clause, beside: Company
    ) -> Iterator[tuple[Frame, tuple[int, ...], Company]]:
        word = sentence.words[clause.predicate]
        if clause.kind == "nominal":
            if word.rel in ("compound", "nmod:desc", "nmod:unmarked"):
                return
            for name in expressions(sentence, clause.predicate):
                for frame in self._lexicon.of("noun", name):
                    yield frame, (), beside
            return
        if clause.kind == "verbal":
            frames = self._lexicon.of("verb", word.lemma.lower())
            particles = frozenset(frame.rest[0] for frame in frames if len(frame.rest) == 1)
            plain = without_led(sentence, clause, beside)
            for frame in frames:
                if frame.passive and not clause.passive:
                    continue
                around = beside if frame.rest else plain
                found = expression(sentence, clause, frame.rest, around, particles=particles)
                if found is not None:
                    yield frame, found.words, found.company
        if clause.kind == "copular" or clause.passive:
            states = dict(beside)
            if clause.passive:
                states["subj"] = beside.get("obj", [])
            forms = [word.text.lower()] if clause.passive else [word.text.lower(), word.lemma.lower()]
            for name in dict.fromkeys(forms):  # "was arrested" is no "under arrest"
                for frame in self._lexicon.of("adj", name):
                    yield frame, (), states

    def _fit(self, sentence: Sentence, frame: Frame, words: tuple[int, ...], beside: Company) -> Fit | str:
        """The fit, or the reason why this frame does not."""
        score = 1.0 + 2.0 * len(words) + _PASSIVE * frame.passive
        filled: dict[str, Argument] = {}
        light = False
        others = frame.needs_company
        for wish in frame.companions:
            if wish.words:
                if not self._has_word(sentence, beside, wish):
                    return f"lacks the word {'|'.join(sorted(wish.words))}"
                score += _WORD
                continue
            there = [(s, a) for s in wish.slots for a in beside.get(s, [])]
            if wish.absent:
                if there:
                    return f"has {there[0][0]}"
                score += 0.5
                continue
            weights = [(self._weigh(sentence, frame, wish, slot, a), slot, a) for slot, a in there]
            if barred := [slot for weight, slot, _ in weights if weight is not None and weight < 0]:
                return f"{barred[0]} {_BARRED}"
            good = [(weight, slot, a) for weight, slot, a in weights if weight is not None]
            if good:
                weight, slot, argument = max(good, key=lambda g: g[0])
                filled.setdefault(slot, argument)
                score += weight / 2 if wish.optional else weight
                light |= slot == "obj" and weight > _ACTOR and not self._acts(sentence, argument)
            elif there and (not wish.optional or there[0][0] in ("subj", "obj")):
                return f"{there[0][0]} is not {wish.asked}"
            elif not there and not wish.optional:
                if wish.told:
                    return "nobody is said to do it"
                if "subj" in wish.slots and others:
                    if _narrow(wish) and frame.pos == "verb" and not frame.passive:
                        return "nobody of those who may is said to do it"
                    score += 0.0 if wish.open else _UNTOLD_SUBJECT
                elif not ("subj" in wish.slots and wish.open and len(wish.slots) == 1 and frame.pos == "verb"):
                    return f"lacks {'/'.join(wish.slots)}"
        return Fit(frame, score, filled, beside, words, light)

    def _weigh(self, sentence: Sentence, frame: Frame, wish: Companion, slot: str, argument: Argument) -> float | None:
        """How well this argument fills the wish: None not at all, below 0 barred; of coordinated heads the best."""
        weights = [self._weigh_head(sentence, frame, wish, slot, argument, head) for head in argument.words]
        known = [weight for weight in weights if weight is not None]
        if weights[0] is not None and weights[0] < 0:
            return weights[0]
        return max(known, default=None)

    def _weigh_head(
        self, sentence: Sentence, frame: Frame, wish: Companion, slot: str, argument: Argument, head: int
    ) -> float | None:
        clause = self.clause_at(sentence.i, head)
        is_clause = slot in COMPLEMENTS or argument.role == "clause"
        names = set(expressions(sentence, head))
        kinds = self.kinds.of(sentence, head) if not is_clause or slot == "xcomp" else frozenset()
        if is_clause and clause is not None:
            names.add(clause.lemma)
        elif (whole := of_what(sentence, head)) is not None and "QUANTITY" in kinds:
            names.update(expressions(sentence, whole))  # "a set of resolutions"
        if wish.bars & (names | kinds):
            return -1.0
        if wish.open:
            if frame.pos == "noun" and not self._political(slot, kinds):
                return None
            return _PRESENT if slot in _PLAIN else _PREPOSITION
        if wish.lemmas & names:
            return _WORD
        if slot == "subj" and "ACTOR" in wish.classes and "DOCUMENT" in kinds:
            return _PRESENT  # "the decree orders"
        if hit := wish.classes & kinds:
            return _CLASS if hit - {"ACTOR"} else _ACTOR
        third = slot == "obj" and sentence.words[head].feat("Person") == "3"
        if third and wish.classes and self._univocal(frame, sentence, head):
            return _PRESENT  # "dispersed them": the verb alone tells what is done, whatever the pronoun means
        if is_clause and clause is not None and (inner := self.match(clause).fit) and inner.frame.type in wish.classes:
            return _TYPE
        return None

    def _univocal(self, frame: Frame, sentence: Sentence, head: int) -> bool:
        """Whether a verb with a doer tells one type of event of whatever it acts on."""
        asked = {name for c in frame.companions if "obj" in c.slots for name in c.classes | c.lemmas}
        if sentence.words[head].text.lower() in self.grammar.neuter and asked and asked <= _PEOPLE:
            return False  # "the truck was left there, and he picked it up"
        verb = self.clause_at(sentence.i, sentence.words[head].head)
        if frame.pos != "verb" or (verb is not None and verb.passive and not verb.filled("agent")):
            return False
        others = [f for f in self._lexicon.of("verb", frame.key) if f.lemma == frame.lemma]
        return {f.type for f in others if any("obj" in c.slots for c in f.companions)} == {frame.type}

    def _acts(self, sentence: Sentence, argument: Argument) -> bool:
        return "ACTOR" in self.kinds.of(sentence, argument.words[0])

    def _political(self, slot: str, kinds: frozenset[str]) -> bool:
        """Whether a noun's unrestricted slot is filled by one who acts (or, of targets, by a place)."""
        if slot in COMPLEMENTS:
            return True
        return bool(kinds & (frozenset({"ACTOR"}) if slot in _DOERS else _TARGETS))

    def _has_word(self, sentence: Sentence, beside: Company, wish: Companion) -> bool:
        places = {w for arguments in beside.values() for a in arguments for w in a.words}
        places |= {c for a in places for c in sentence.children[a]} | self._beside(sentence, beside)
        return any(
            {sentence.words[p].text.lower(), sentence.words[p].lemma.lower()} & wish.words for p in sorted(places)
        )

    def _beside(self, sentence: Sentence, beside: Company) -> set[int]:
        heads = {sentence.words[a.words[0]].head for arguments in beside.values() for a in arguments}
        return {c for h in heads if h >= 0 for c in sentence.children[h]}


def _narrow(wish: Companion) -> bool:
    """Whether only some who act may fill it, so that untold it may be anybody."""
    return bool(wish.classes | wish.lemmas) and not wish.classes & {"ACTOR", "STATE", "OFFICIAL", "ORGANIZATION"}
