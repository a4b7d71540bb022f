"""Which frame of the lexicon a clause fits, how well, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.knowledge import Knowledge
from dragoman.knowledge.predicates import Companion, Frame
from dragoman.records import Sentence
from dragoman.understand.arguments import members
from dragoman.understand.company import Company, behind_name, behind_times, company, crossing, without_led
from dragoman.understand.draft import Argument, Clause, Draft
from dragoman.understand.expressions import Expression, expression
from dragoman.understand.fillers import COMPLEMENTS, Filler, Fillers
from dragoman.understand.kinds import Kinds

# How much a companion that is there tells: a named word most, a class less, mere presence least.
_WORD, _TYPE, _CLASS, _PREPOSITION, _ACTOR, _PRESENT = 4.0, 3.0, 2.5, 2.0, 1.5, 1.0
_PASSIVE = 1.0
_BARRED = "is barred"
_UNTOLD_SUBJECT = -0.5
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
    """The best fit of a clause, the runner-up of another type, and the reason against the first frame that failed.

    `ruled_out` says that a frame names what stands here as what it does not mean.
    """

    fit: Fit | None = None
    second: Fit | None = None
    against: str = ""
    ruled_out: bool = False


class Matcher:
    """Fits the clauses of one draft, each once."""

    def __init__(self, draft: Draft, knowledge: Knowledge) -> None:
        self.draft = draft
        self.kinds = Kinds(draft, knowledge.noun_classes, knowledge.sectors, knowledge.grammar)
        self.grammar = knowledge.grammar
        self._lexicon = knowledge.frames
        self._below: dict[int, list[Clause]] = {}
        self._at = {(c.sentence, c.predicate): c for c in draft.clauses}
        self._fillers = Fillers(self._at, self.kinds)
        self._times: dict[int, set[int]] = {}  # by sentence, the words of its time expressions
        for moment in draft.moments:
            self._times.setdefault(moment.sentence, set()).update(moment.words)
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
        fits, against, ruled_out = [], "", False
        looks: dict[int, dict[str, frozenset[str] | None]] = {}  # by company and slot
        for frame, words, around in self._candidates(sentence, clause, beside):
            found = self._fit(sentence, frame, words, around, looks.setdefault(id(around), {}))
            if isinstance(found, Fit):
                fits.append(found)
            else:
                against = against or f"{frame.name}: {found}"
                ruled_out = ruled_out or found.endswith(_BARRED)
        fits.sort(key=lambda f: (-f.score, f.frame.rank))
        if not fits:
            return Match(None, None, against, ruled_out)
        second = next((f for f in fits[1:] if f.frame.type != fits[0].frame.type), None)
        return Match(fits[0], second, against, ruled_out)

    def company(self, clause: Clause) -> Company:
        """The company of the clause; what hangs on its object ("legal action against the state") stands by it too.

        So does what hangs on a noun's agent: "the use of force by police against students".
        """
        sentence = self.draft.doc.sentences[clause.sentence]
        found = company(sentence, clause, self.below(clause))
        times = self._times.get(clause.sentence, set())
        for argument in behind_times(sentence, clause, times):
            found.setdefault(argument.case, []).append(argument)
        for adverb in clause.filled("adverb"):  # "stayed away from the summit": what the tree hangs on the adverb
            for c in sentence.dependents(adverb.words[0], "obl", "nmod"):
                if case := sentence.cases[c]:
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
                for argument in self._behind_last(sentence, thing) if lender == "obj" else ():
                    found.setdefault(argument.case, []).append(argument)
                for argument in self._beyond(inner) if inner is not None and lender == "obj" else ():
                    if not found.get(argument.case):
                        found[argument.case] = [argument]
                if inner is not None and lender == "obj" and clause.kind == "verbal" and not found.get("ger"):
                    about = [c for c in self.below(inner) if c.link == "acl" and c.marker == "of"]
                    found["ger"] = [Argument("clause", (c.predicate,), "of") for c in about]  # "no intention of going"
                if lender == "obj" and inner is None:
                    for argument in behind_name(sentence, thing.words[0], self.grammar):
                        found.setdefault(argument.case, []).append(argument)
        for asked in ("on", "upon", "with") if clause.kind == "verbal" and not found.get("inf") else ():
            for thing in found.get(asked, [])[:1]:  # "called on the pair to stop": hung on the pair
                inner = self.clause_at(sentence.i, thing.words[0])
                found.setdefault("inf", []).extend(inner.filled("infinitive") if inner is not None else ())
        if clause.kind == "verbal" and (astray := crossing(sentence, clause, self.grammar)) is not None:
            found.setdefault(astray.case, []).append(astray)
        if clause.passive and not found.get("by") and (lost := self._lost_agent(sentence, clause)):
            found["by"] = [lost]
        if clause.passive and found.get("by"):
            found.setdefault("subj", found["by"])  # "denied a licence by the court": the tree hangs court on licence
        return found

    def _behind_last(self, sentence: Sentence, thing: Argument) -> list[Argument]:
        """ "Imposed bans and freezes on officials": what the tree hangs on the last of several stands by the verb."""
        last = self.clause_at(sentence.i, thing.words[-1]) if len(thing.words) > 1 else None
        told = last.arguments if last is not None and last.kind == "nominal" else ()
        return [a for a in told if a.role in ("oblique", "agent") and a.case not in ("", "by")]

    def _beyond(self, thing: Clause) -> list[Argument]:
        """ "The sanctions imposed on the state", "a pact of mutual help with the state": who stands behind a thing."""
        done = [c for c in self.below(thing) if c.link == "acl" and c.passive]
        found = [a for c in done for a in c.filled("oblique") if a.case in ("on", "upon", "against")]
        inner = (self.clause_at(thing.sentence, a.words[0]) for a in thing.filled("of"))
        return found + [a for c in inner if c is not None for a in c.filled("oblique") if a.case in ("with", "between")]

    def _lost_agent(self, sentence: Sentence, clause: Clause) -> Argument | None:
        """ "Was dismissed as a farce by the loser": an agent that the tree hangs on what stands before it."""
        for oblique in clause.filled("oblique"):
            for c in sentence.dependents(oblique.words[0], "nmod"):
                noun = self.clause_at(sentence.i, oblique.words[0])
                told = noun is not None and oblique.case != "as" and self.match(noun).fit is not None
                if sentence.cases[c] == "by" and c > clause.predicate and not told:
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
            for name in self.kinds.expressions(sentence, clause.predicate):
                for frame in self._lexicon.of("noun", name):
                    yield frame, (), beside
            return
        if clause.kind == "verbal":
            verb = word.lemma.lower()
            particles = self._lexicon.particles(verb)
            plain = without_led(sentence, clause, beside)
            found: dict[tuple[str, ...], Expression | None] = {}
            for frame in self._lexicon.of("verb", verb):
                if frame.passive and not clause.passive:
                    continue
                rest = frame.rest
                if rest not in found:
                    around = beside if rest else plain
                    found[rest] = expression(sentence, clause, rest, around, particles=particles)
                if (here := found[rest]) is not None:
                    yield frame, here.words, here.company
        if clause.kind == "copular" or clause.passive:
            states = dict(beside)
            if clause.passive:
                states["subj"] = beside.get("obj", [])
            forms = [word.text.lower()] if clause.passive else [word.text.lower(), word.lemma.lower()]
            for name in dict.fromkeys(forms):  # "was arrested" is no "under arrest"
                for frame in self._lexicon.of("adj", name):
                    yield frame, (), states

    def _fit(
        self,
        sentence: Sentence,
        frame: Frame,
        words: tuple[int, ...],
        beside: Company,
        looks: dict[str, frozenset[str] | None],
    ) -> Fit | str:
        """The fit, or the reason why this frame does not; `looks` is what a look at the slots told so far."""
        score = 1.0 + 2.0 * len(words) + _PASSIVE * frame.passive
        filled: dict[str, Argument] = {}
        light = False
        for wish in frame.companions:
            if wish.words:
                if not self._has_word(sentence, beside, wish):
                    return f"lacks the word {'|'.join(sorted(wish.words))}"
                score += _WORD
                continue
            there: Sequence[str] = wish.slots
            if len(there) > 1:
                there = [slot for slot in there if beside.get(slot)]
            elif not beside.get(there[0]):
                there = ()
            if wish.absent:
                if there:
                    return f"has {there[0]}"
                score += 0.5
                continue
            best, barred = None, ""
            for slot in there:
                if slot not in looks:
                    looks[slot] = self._look(sentence, slot, beside[slot])
                every = looks[slot]
                if every is not None and not wish.open and wish.asks.isdisjoint(every):
                    continue
                for argument in beside[slot]:
                    weight = self._weigh(sentence, frame, wish, slot, argument)
                    if weight is None:
                        continue
                    if weight < 0:
                        barred = barred or slot
                    elif best is None or weight > best[0]:
                        best = weight, slot, argument
            if barred:
                return f"{barred} {_BARRED}"
            if best is not None:
                weight, slot, argument = best
                filled.setdefault(slot, argument)
                score += weight / 2 if wish.optional else weight
                light |= slot == "obj" and weight > _ACTOR and not self._acts(sentence, argument)
            elif there and (not wish.optional or there[0] in ("subj", "obj")):
                return f"{there[0]} is not {wish.asked}"
            elif not there and not wish.optional:
                if wish.told:
                    return "nobody is said to do it"
                if "subj" in wish.slots and frame.needs_company:
                    if _narrow(wish) and frame.pos == "verb" and not frame.passive:
                        return "nobody of those who may is said to do it"
                    score += 0.0 if wish.open else _UNTOLD_SUBJECT
                elif not ("subj" in wish.slots and wish.open and len(wish.slots) == 1 and frame.pos == "verb"):
                    return f"lacks {'/'.join(wish.slots)}"
        return Fit(frame, score, filled, beside, words, light)

    def _look(self, sentence: Sentence, slot: str, arguments: list[Argument]) -> frozenset[str] | None:
        """The names and classes of all that fills a slot, and the events that complements tell.

        None where a frame may want it for something else: a pronoun for the verb, a document for who speaks by it.
        """
        whole: set[str] = set()
        for argument in arguments:
            for head in argument.words:
                filler = self._fillers.of(sentence, head, slot, clausal=argument.role == "clause")
                if filler.third and slot == "obj":
                    return None
                whole |= filler.every
                if filler.clause is not None and (inner := self.match(filler.clause).fit):
                    whole.add(inner.frame.type)
        return None if slot == "subj" and "DOCUMENT" in whole else frozenset(whole)

    def _weigh(self, sentence: Sentence, frame: Frame, wish: Companion, slot: str, argument: Argument) -> float | None:
        """How well this argument fills the wish: None not at all, below 0 barred; of coordinated heads the best."""
        clausal, best, barred = argument.role == "clause", None, None
        for head in argument.words:
            filler = self._fillers.of(sentence, head, slot, clausal=clausal)
            weight = self._weigh_head(sentence, frame, wish, slot, filler, head)
            if weight is not None and (best is None or weight > best):
                best = weight
            if barred is None:  # the first head alone bars
                barred = weight is not None and weight < 0
        return -1.0 if barred else best

    def _weigh_head(
        self, sentence: Sentence, frame: Frame, wish: Companion, slot: str, filler: Filler, head: int
    ) -> float | None:
        if not wish.bars.isdisjoint(filler.every):
            return -1.0
        classes, kinds = wish.classes, filler.kinds
        if not classes and not wish.lemmas:
            if frame.pos == "noun" and not self._political(slot, kinds):
                return None
            return _PRESENT if slot in _PLAIN else _PREPOSITION
        if not wish.lemmas.isdisjoint(filler.names):
            return _WORD
        if slot == "subj" and "ACTOR" in classes and "DOCUMENT" in kinds:
            return _PRESENT  # "the decree orders"
        if not classes.isdisjoint(kinds):
            return _CLASS if classes & kinds - {"ACTOR"} else _ACTOR
        if filler.third and slot == "obj" and classes and self._univocal(frame, sentence, head):
            return _PRESENT  # "dispersed them": the verb alone tells what is done, whatever the pronoun means
        if filler.clause is not None and (inner := self.match(filler.clause).fit) and inner.frame.type in classes:
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
        return "ACTOR" in kinds if slot in _DOERS else not kinds.isdisjoint(_TARGETS)

    def _has_word(self, sentence: Sentence, beside: Company, wish: Companion) -> bool:
        if wish.words.isdisjoint(sentence.forms):
            return False
        places = {w for arguments in beside.values() for a in arguments for w in a.words}
        places |= {c for a in places for c in sentence.children[a]} | self._beside(sentence, beside)
        return any(sentence.plain[p] in wish.words or sentence.lemmas[p] in wish.words for p in places)

    def _beside(self, sentence: Sentence, beside: Company) -> set[int]:
        heads = {sentence.words[a.words[0]].head for arguments in beside.values() for a in arguments}
        return {c for h in heads if h >= 0 for c in sentence.children[h]}


def _narrow(wish: Companion) -> bool:
    """Whether only some who act may fill it, so that untold it may be anybody."""
    return bool(wish.classes | wish.lemmas) and not wish.classes & {"ACTOR", "STATE", "OFFICIAL", "ORGANIZATION"}
