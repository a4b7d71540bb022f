"""In which mode and how surely a word's event is told: its own marks, then what each governing word says of it.

One judgement serves the dossier and the evaluation of factuality alike. The way up the tree is short: a governing
word that stands in `embedders.tsv` passes its meaning on ("refused to sign": negation; "wants to sign": hypothetical),
a statement ends the way ("said that …": what is told is told), a relative clause or participle stands by itself.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.knowledge.modality import Embedder, Modal, Mode
from dragoman.records import CERTAINTIES, Certainty, Sentence, Word
from dragoman.understand.draft import Clause

_VERBS = ("VERB", "AUX")
_OPENING = 3  # words of a sentence that may negate it from the front


class Verdict(Struct, frozen=True):
    """Modes, certainty, the words that weaken, and the reasons, innermost first."""

    modes: frozenset[Mode] = frozenset()
    certainty: Certainty = "certain"
    hedges: tuple[int, ...] = ()  # places in the sentence
    why: tuple[str, ...] = ()

    def add(self, mode: Mode = "", doubt: str = "", *, by: int | None = None, why: str = "") -> Verdict:
        """This verdict with one more mark on it; doubt only ever grows."""
        level = max(CERTAINTIES.index(self.certainty), CERTAINTIES.index(doubt) if doubt else 0)
        return Verdict(
            self.modes | ({mode} if mode else set()),
            CERTAINTIES[level],
            (*self.hedges, by) if by is not None and (doubt or mode == "hypothetical") else self.hedges,
            (*self.why, why) if why else self.why,
        )


class Judge:
    """Judges the words of one sentence; `clauses` are its clauses by the place of their predicate."""

    def __init__(self, sentence: Sentence, clauses: dict[int, Clause], knowledge: Knowledge) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self.clauses = clauses
        self.knowledge = knowledge
        self.modality = knowledge.modality

    def verdict(self, i: int) -> Verdict:
        """The verdict on the event of word `i`."""
        found = self.marks(i)
        at, crossed = i, 0
        while not self.announced(i) and (step := self.step(at)) is not None and crossed < 12:
            above, frame = step
            crossed += 1
            row = self.row(above, frame)
            found = self.passed_on(found, at, above, frame, row)
            if row is None and frame not in ("conj", "purpose"):
                break
            if frame == "that" and self.knowledge.speech.cue(self.lemma(above), _pos(self.words[above])):
                found = found.add("hypothetical", why="left unsaid") if self.unsaid(above) else found
                break
            at = above
        if self.of_the_unreal(at):
            found = found.add("hypothetical", why="of something not yet real")
        return settle(found)

    def of_the_unreal(self, i: int) -> bool:
        """ "seeks a deal that ends the war": a relative clause, no comma before it, on a noun that is not there yet."""
        word = self.words[i]
        if word.rel != "acl:relcl" or self.words[min(self.sentence.subtree(i))].i == 0:
            return False
        noun, first = word.head, min(self.sentence.subtree(i))
        definite = any(self.words[d].feat("Definite") == "Def" for d in self.sentence.dependents(noun, "det"))
        parted = "," in (self.words[first].text, self.words[first - 1].text)  # the tree has the comma in or before it
        if definite or parted or self.words[noun].upos != "NOUN":
            return False
        if self.words[first].upos == "ADV":
            return False  # "a war, as in 1992, when the leader was driven out": on that day it was
        return "hypothetical" in self.verdict(noun).modes

    def unsaid(self, i: int) -> bool:
        """ "refused to say that he supports it": whether a word of saying is itself what somebody does not do."""
        step = self.step(i)
        row = self.row(*step) if step is not None else None
        return row is not None and row.auxiliary == "negation"

    # -- the word's own marks -----------------------------------------------------------------------------------

    def marks(self, i: int) -> Verdict:
        """Modals, tense, negation, hedges and conditions on the word itself."""
        found, clause = Verdict(), self.clauses.get(i)
        if clause is not None and clause.kind != "nominal":
            found = self.verbal_marks(found, clause)
        for c in self.sentence.children[i]:
            found = self.hedged(found, c, noun=self.words[i].upos in ("NOUN", "PROPN", "ADJ"))
        return found

    def verbal_marks(self, found: Verdict, clause: Clause) -> Verdict:
        i = clause.predicate
        conditional = self.under_condition(i)
        for m in clause.modals:
            row = self.modal(m)
            if row is None:
                continue
            mode: Mode = row.auxiliary
            if row.reported and not conditional and not clause.perfect and self.reported_past(i):
                mode = row.reported
            found = found.add(mode, row.certainty, by=m, why=f"modal {self.words[m].text.lower()}")
        if clause.tense == "future" and not clause.modals:
            found = found.add("future", why="tense")
        if clause.negation:
            found = found.add("negation", why=f"negated by {self.words[clause.negation[0]].text.lower()}")
        if self.negated_argument(clause):
            found = found.add("negation", why="negated argument")
        if not clause.negation and (front := self.fronted(i)):
            found = found.add("negation", why=f"negated by {front}")
        if self.is_condition(i) or (self.words[i].rel == "conj" and self.is_condition(self.words[i].head)):
            found = found.add("hypothetical", why=f"condition {clause.marker}")
        elif conditional and clause.modals:
            found = found.add("hypothetical", why="under a condition")
        if self.announced(i):
            found = found.add("future", why="announced by an infinitive")
        if awaited := self.awaited(clause):
            found = found.add(awaited, why=f"{clause.marker} what is yet to come")
        if self.words[i].feat("Mood") == "Imp" or (self.words[i].rel == "root" and self.words[-1].text == "?"):
            found = found.add("hypothetical", why="not asserted")
        return found

    def awaited(self, clause: Clause) -> Mode:
        """The mode of what something to come is set by: "will sign when they meet", "would talk before he met her"."""
        words = self.sentence.dependents(clause.predicate, "mark", "advmod")
        opened = {self.words[m].text.lower() for m in words if m < clause.predicate}
        above = self.clauses.get(self.words[clause.predicate].head)
        if clause.link != "advcl" or above is None or above.perfect or clause.perfect or clause.modals:
            return ""
        if clause.tense == "present" and opened & self.knowledge.grammar.awaiting and above.tense == "future":
            return "future"
        rows = [row for m in above.modals if (row := self.modal(m))]
        if clause.tense == "past" and opened & self.knowledge.grammar.awaiting_past:
            return "hypothetical" if any(row.reported for row in rows) else ""
        return ""

    def announced(self, i: int) -> bool:
        """A headline's "Minister to visit capital": an infinitive with a subject and no finite verb above it."""
        word = self.words[i]
        if self.is_to(i):
            return True
        if [self.words[m].text.lower() for m in self.sentence.dependents(i, "mark")] != ["to"]:
            return False
        if word.rel == "root":
            return bool(self.sentence.dependents(i, "nsubj", "nsubj:pass"))
        finite = any(w.feat("VerbForm") == "Fin" for w in self.words)
        return word.rel == "acl" and word.head == self.sentence.root and not finite

    def is_to(self, i: int) -> bool:
        """Whether a clause beside or below another is what somebody "is to" do: "resigned and is to leave today"."""
        if self.words[i].rel not in ("conj", "acl:relcl", "ccomp", "parataxis", "advcl"):
            return False
        to = next((m for m in self.sentence.dependents(i, "mark") if self.words[m].text.lower() == "to"), 0)
        clause = self.clauses.get(i)
        subjects = [self.words[a.words[0]] for a in clause.filled("subject")] if clause else []
        kinds = self.knowledge.noun_classes
        if any(s.upos == "NOUN" and not kinds.of(s.lemma.lower()) for s in subjects):
            return False  # "his hope is to win": what it is, nobody's plan
        return to - 1 in self.sentence.dependents(i, "aux", "cop") and self.words[to - 1].lemma.lower() == "be"

    def modal(self, i: int) -> Modal | None:
        word, modals = self.words[i], self.modality.modals
        return modals.get(word.text.lower()) or modals.get(word.lemma.lower())

    def hedged(self, found: Verdict, c: int, *, noun: bool) -> Verdict:
        word = self.words[c]
        if word.rel.split(":")[0] not in ("advmod", "amod", "det", "parataxis", "compound", "obl"):
            return found
        row = self.modality.hedges.get(word.text.lower()) or self.modality.hedges.get(word.lemma.lower())
        if row is None or (row.on == "noun" and not noun) or (row.on == "verb" and noun):
            return found
        return found.add(row.auxiliary, row.certainty, by=c, why=f"hedge {word.text.lower()}")

    def negated_argument(self, clause: Clause) -> bool:
        """ "No deal was reached", "nobody was hurt", "agreed on nothing"."""
        heads = [a.words[0] for a in clause.filled("subject", "object") if not a.shared]
        return any(self.is_none(h) or self.counts_none(h) or self.neither(h) for h in heads)

    def neither(self, i: int) -> bool:
        """ "Neither the army nor the police"."""
        openers = self.sentence.dependents(i, "cc:preconj", "det", "advmod")
        return any(self.words[c].text.lower() == "neither" for c in openers)

    def counts_none(self, i: int) -> bool:
        """ "No deal", "not a single state", "not one of them", "not a shot"."""
        if any(self.is_none(c) for c in self.sentence.dependents(i, "det")):
            return True
        first = self.sentence.dependents(i, "advmod", "cc:preconj")[:1]
        counted = [self.words[c].lemma.lower() for c in self.sentence.dependents(i, "amod", "nummod")]
        single = "single" in counted or "one" in (*counted, self.words[i].lemma.lower())
        single = single or any(self.words[c].text.lower() in ("a", "an") for c in self.sentence.dependents(i, "det"))
        return single and any(self.words[c].text.lower() == "not" for c in first)

    def fronted(self, i: int) -> str:
        """ "At no time, the spokesman said, were troops sent": what the sentence opens with, before a turned helper."""
        helpers = self.sentence.dependents(i, "aux", "aux:pass")
        subjects = self.sentence.dependents(i, "nsubj", "nsubj:pass")
        if not helpers or not subjects or not helpers[0] < subjects[0] < i:
            return ""
        opening = [w.text.lower() for w in self.words[: min(helpers[0], _OPENING)]]
        shown = (" ".join(opening[:n]) for n in range(len(opening), 0, -1))
        return next((words for words in shown if words in self.knowledge.grammar.fronted), "")

    def is_none(self, i: int) -> bool:
        row = self.modality.hedges.get(self.words[i].text.lower())
        return self.words[i].upos in ("DET", "PRON", "NOUN") and row is not None and row.auxiliary == "negation"

    def is_condition(self, i: int) -> bool:
        if self.inverted(i):
            return True
        marks = [self.words[m].text.lower() for m in self.sentence.dependents(i, "mark")]
        marks += [self.words[m].text.lower() for m in self.sentence.dependents(i, "advmod") if m < i]
        return any(
            (row := self.modality.embedder(m, "SCONJ", "clause")) is not None and row.auxiliary == "hypothetical"
            for m in [*marks, " ".join(marks)]
        )

    def inverted(self, i: int) -> bool:
        """ "Had they known, …", "Should it fail, …": the first clause of a sentence that opens with its helper."""
        return i in self._opening

    @cached_property
    def _opening(self) -> range:
        """The words of the condition with which the sentence opens."""
        first = next((w for w in self.words if w.upos != "PUNCT"), self.words[0])
        if first.text.lower() not in self.knowledge.grammar.inverted_conditions or self.words[-1].text == "?":
            return range(0)
        return range(first.i + 1, next((w.i for w in self.words if w.text == ","), 0))

    def under_condition(self, i: int) -> bool:
        if any(self.is_condition(c) for c in self.sentence.dependents(i, "advcl")):
            return True
        return not self.inverted(i) and bool(self._opening) and self._opening.start < i

    def reported_past(self, i: int) -> bool:
        """Whether the clause stands below a word in the past tense that reports or decides."""
        at = self.words[i].head
        while at >= 0:
            clause = self.clauses.get(at)
            cue = self.knowledge.speech.cue(self.lemma(at), _pos(self.words[at]))
            if cue and clause and (clause.tense == "past" or clause.kind == "nominal"):
                return True
            at = self.words[at].head
        return False

    # -- what governs it ----------------------------------------------------------------------------------------

    def step(self, i: int) -> tuple[int, str] | None:
        """The governing word and the frame through which `i` hangs on it; None where `i` stands by itself."""
        word = self.words[i]
        above, rel = word.head, word.rel.split(":")[0]
        if above < 0 or word.rel == "acl:relcl":
            return None
        if rel == "conj":
            return above, "conj"
        infinitive = word.feat("VerbForm") == "Inf"
        marks = [self.words[m].text.lower() for m in self.sentence.dependents(i, "mark", "case") if m < i]
        if rel == "ccomp" and marks[:1] == ["that"] and self.words[above].rel == "parataxis":
            over = self.words[above].head
            if self.sentence.dependents(over, "expl") and self.row_of(over, "that"):
                return over, "that"  # "it is not true, he added, that …"
        if rel in ("xcomp", "ccomp", "csubj") or (rel == "parataxis" and marks[:1] == ["that"]):
            if marks and marks[0] != "to" and self.row_of(above, marks[0]):
                return above, marks[0]
            if rel == "xcomp" and word.feat("VerbForm") == "Part" and self.row_of(above, "done"):
                return above, "done"  # "had a curfew imposed": he does not have to
            finite = "to" not in marks and self.sentence.dependents(i, "aux", "nsubj")  # "“I do not agree,” she said"
            return above, "to" if rel == "xcomp" or (infinitive and not finite) else "that"
        if rel == "parataxis" and marks[:1] == ["that"]:
            return above, "that"  # "it is not true, as some would have it, that …"
        if rel == "advcl":
            if marks and (self.row_of(above, marks[0]) or self.modality.embedder(marks[0], "ADP", "object")):
                return above, marks[0]
            if "to" not in marks or self.result(i):
                return None
            return above, "to" if self.row_of(above, "to") else "purpose"
        if rel == "acl":
            if infinitive:
                return above, "to"
            return (above, marks[0]) if marks else None
        if rel in ("obj", "iobj"):
            return above, "object"
        if rel == "nsubj":
            return above, "subject" if word.upos not in _VERBS else "that"
        if rel in ("obl", "nmod") and marks:
            return above, marks[0]
        return None

    def result(self, i: int) -> bool:
        """ "Rolled on, only to be halted": how it came out, behind a past, nothing that was meant."""
        only = [c for c in self.sentence.dependents(i, "advmod") if self.words[c].text.lower() == "only"]
        to = [m for m in self.sentence.dependents(i, "mark") if self.words[m].text.lower() == "to"]
        above = self.clauses.get(self.words[i].head)
        return bool(only and to and only[0] + 1 == to[0] and above and above.tense == "past" and not above.modals)

    def row(self, above: int, frame: str) -> Embedder | None:
        if frame in ("conj", "purpose"):
            return None
        without = self.modality.embedder(frame, "ADP", "object")
        return without or self.row_of(above, frame)

    def row_of(self, above: int, frame: str) -> Embedder | None:
        return self.modality.embedder(self.lemma(above), _pos(self.words[above]), frame)

    def lemma(self, i: int) -> str:
        clause = self.clauses.get(i)
        return clause.lemma if clause else self.words[i].lemma.lower()

    def passed_on(self, found: Verdict, below: int, above: int, frame: str, row: Embedder | None) -> Verdict:
        """What the governing word adds to the verdict on the event below it."""
        if frame == "conj":
            return found
        if frame == "purpose":
            return found.add("hypothetical", why="purpose")
        if row is None:
            bare = frame != "to" or not any(
                self.words[m].text.lower() == "to" for m in self.sentence.dependents(below, "mark")
            )
            return found if bare else found.add("hypothetical", by=above, why=f"{self.lemma(above)} to")
        found = found.add(row.auxiliary, row.certainty, by=above, why=f"{row.word} {frame}")
        mine = self.marks(above)
        if "negation" in mine.modes:
            if row.turns == "holds":
                return Verdict(found.modes - {"negation"}, found.certainty, found.hedges, found.why)
            return found.add("negation" if row.turns == "negation" else "hypothetical", why=f"{row.word} denied")
        if row.auxiliary == "negation" or row.turns == "negation":  # it happens or not as the governing word does
            for mode in sorted(mine.modes):
                found = found.add(mode, why=f"{row.word} {mode}")
            found = found.add(doubt=mine.certainty)
        return found


def settle(verdict: Verdict) -> Verdict:
    """One mode where several say the same: what is hypothetical is neither yet to come nor denied."""
    modes = verdict.modes
    if "hypothetical" in modes:
        modes -= {"future", "negation"} if "future" in modes else {"future"}
    return Verdict(modes, verdict.certainty, verdict.hedges, verdict.why)


def _pos(word: Word) -> str:
    return "VERB" if word.upos in _VERBS else word.upos


def factuality(sentence: Sentence, i: int, clauses: dict[int, Clause], *, knowledge: Knowledge) -> Verdict:
    """The verdict on the event of word `i` of a sentence: modes and certainty with the reasons."""
    return Judge(sentence, clauses, knowledge).verdict(i)
