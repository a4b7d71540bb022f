"""When each event was: by the clause it stands in, then by what governs it, then by the story; else it stays open.

A date is never guessed: where no words of the report carry it, `time` stays null. `time.why` says which way was taken.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.timewords import TimeWords
from dragoman.records import Due, Mention, Reason, Sentence, Time
from dragoman.understand.attachment import Attached, attach
from dragoman.understand.deadlines import asks, runs_out, still_to_come
from dragoman.understand.draft import Clause, Draft

LIMITS = ("within", "by", "before", "until")


def date_mentions(draft: Draft, knowledge: Knowledge) -> None:
    """Give every mention its `time` and, where it has a deadline, its `due`."""
    calendar = Calendar(draft, knowledge.times)
    dated = {m.id: calendar.time_of(m) for m in draft.mentions}
    made = []
    for mention in draft.mentions:
        time = dated[mention.id]
        due = calendar.due_of(mention, time, dated)
        reasons = mention.why
        if time and time.why:
            reasons = (*reasons, Reason("time", time.start or time.text, time.why))
        made.append(replace(mention, time=time, due=due, why=reasons))
    draft.mentions = made


class Calendar:
    """The moments of one report, asked mention by mention."""

    def __init__(self, draft: Draft, words: TimeWords) -> None:
        self.draft = draft
        self.words = words
        self.published = draft.doc.report.published
        self.sentences = {s.i: s for s in draft.doc.sentences}
        self.order = [s.i for s in draft.doc.sentences]
        self.clauses: dict[int, list[Clause]] = {}
        for clause in draft.clauses:
            self.clauses.setdefault(clause.sentence, []).append(clause)
        self.attached: dict[int, list[Attached]] = {}
        for i, sentence in self.sentences.items():
            here = [m for m in draft.moments if m.sentence == i]
            if here:
                self.attached[i] = attach(sentence, here, self.clauses.get(i, []))
        self.triggers = {(m.sentence, p): m for m in draft.mentions if (p := self.predicate(m)) is not None}

    # --- places ---------------------------------------------------------------------------------------------------

    def predicate(self, mention: Mention) -> int | None:
        """The place of the trigger's first word in its sentence."""
        sentence = self.sentences.get(mention.sentence)
        if sentence is None:
            return None
        inside = [w.i for w in sentence.words if w.span.overlaps(mention.trigger)]
        predicates = {c.predicate for c in self.clauses.get(mention.sentence, [])}
        return next((i for i in inside if i in predicates), inside[0] if inside else None)

    def clause(self, sentence: int, predicate: int) -> Clause | None:
        return next((c for c in self.clauses.get(sentence, []) if c.predicate == predicate), None)

    def relation(self, attached: Attached) -> str:
        """What the prepositions on the way make of the date: since, until, by, before, after, within, or its own."""
        table = self.words.table("relations")
        told = [table[c] for c in attached.cases if c in table]
        return told[-1] if told else (attached.cases[0] if attached.cases else "")

    # --- when -----------------------------------------------------------------------------------------------------

    def time_of(self, mention: Mention) -> Time | None:
        predicate = self.predicate(mention)
        if predicate is None:
            return None
        clause = self.clause(mention.sentence, predicate)
        if clause is None or clause.kind == "nominal":
            return self.noun_time(mention.sentence, predicate)
        return self.clause_time(clause, depth=0) or self.story_time(clause)

    def clause_time(self, clause: Clause, *, depth: int) -> Time | None:
        """The time in the clause itself, else the one it inherits from the clause that governs it."""
        own = [a for a in self.attached.get(clause.sentence, []) if a.governor == clause.predicate and self.dates(a)]
        own.sort(key=lambda a: (a.moment.time.start is None, len(a.nouns), _coarseness(a.moment.time)))
        if own:
            return self.bounded(own[0], clause, "in the event's own clause" if not own[0].nouns else "in a phrase of the event's clause")
        if depth > 4:
            return None
        above = self.inherited(clause)
        if above is None:
            return self.lent(clause)
        time = self.clause_time(above, depth=depth + 1)
        return replace(time, why=f"from the clause of “{above.lemma}”: {time.why}") if time else self.lent(clause)

    def dates(self, attached: Attached) -> bool:
        """Whether a moment dates the verb above it, rather than a thing that the verb is about."""
        if attached.moment.kind in ("SET",) or (attached.moment.kind == "DURATION" and not attached.moment.time.start):
            return False
        if attached.moment.time.value in ("PAST_REF", "FUTURE_REF", "PRESENT_REF") and not attached.moment.time.start:
            return False
        relation = self.relation(attached)
        if relation in ("within",):
            return False
        if not attached.nouns:
            return True
        base = attached.rel.split(":")[0]
        if base == "nsubj":
            return True
        sentence = self.sentences[attached.moment.sentence]
        governor = sentence.words[attached.governor] if attached.governor is not None else None
        if base == "obj":
            return governor is not None and governor.lemma.lower() in self.words.tables["light_verbs"]["words"]
        outer = attached.cases[-1]
        return base in ("obl", "advmod", "advcl") and (
            outer in self.words.tables["during"]["words"] or outer in self.words.table("relations")
        )

    def bounded(self, attached: Attached, clause: Clause | None, why: str) -> Time | None:
        """The moment's interval as its preposition bounds it: since Tuesday runs to the report's day."""
        time, relation = attached.moment.time, self.relation(attached)
        start, end = time.start, time.end
        if not start or not end:
            return replace(time, why=f"{why}; without a date to count from")
        if relation == "since":
            return replace(time, start=start, end=max(end, self.published or end), precision="interval", why=f"{why}, since then")
        if relation == "after" and (attached.nouns or clause is None or clause.tense != "future"):
            last = max(self.published or end, end)
            return replace(time, start=start, end=last, precision="interval", why=f"{why}, after it")
        if relation in ("until", "by", "before"):
            return None
        return replace(time, why=why)

    def inherited(self, clause: Clause) -> Clause | None:
        """The clause whose time this one shares: coordination, a participle, what is begun or continued."""
        parent = self.draft.clauses[clause.parent] if clause.parent is not None else None
        if parent is None or parent.sentence != clause.sentence:
            return None
        if parent.kind == "nominal":
            if clause.link == "acl" and clause.tense == "participle" and clause.passive:
                return self.carrier(parent)
            return None
        if clause.link == "conj":
            same = clause.tense == parent.tense or "participle" in (clause.tense, parent.tense)
            return parent if same and clause.perfect == parent.perfect else None
        if clause.link == "advcl":
            together = clause.tense == "participle" or clause.marker in ("while", "as", "when")
            return parent if together else None
        if clause.link == "xcomp" and (parent.sentence, parent.predicate) not in self.triggers:
            return parent if clause.tense != "infinitive" or parent.lemma in self.words.tables["aspect"]["words"] else None
        return None

    def carrier(self, noun: Clause) -> Clause | None:
        """The verbal clause on which a noun hangs as a circumstance: "reelected in May after a vote boycotted by …"."""
        sentence = self.sentences[noun.sentence]
        word = sentence.words[noun.predicate]
        if word.rel.split(":")[0] not in ("obl", "obj") or word.head < 0:
            return None
        above = self.clause(noun.sentence, word.head)
        return above if above and above.kind == "verbal" else None

    def lent(self, clause: Clause) -> Time | None:
        """A coordinated verb without subject of its own may carry the time of both: "met and signed on Friday"."""
        for other in self.clauses.get(clause.sentence, []):
            if other.parent == clause.i and other.link == "conj" and other.tense == clause.tense and other.kind == "verbal":
                shares = any(a.role == "subject" and a.shared for a in other.arguments)
                near = other.predicate - clause.predicate <= 3
                if shares and near and (time := self.clause_time(other, depth=4)):
                    return replace(time, why=f"from the coordinated “{other.lemma}”: {time.why}")
        return None

    def noun_time(self, sentence: int, noun: int) -> Time | None:
        """The time of an event told by a noun: its own, else that of the verb that makes it happen."""
        for attached in self.attached.get(sentence, []):
            if noun in attached.nouns and attached.moment.kind != "SET" and self.relation(attached) != "within":
                place = attached.nouns.index(noun)
                cut = Attached(attached.moment, None, attached.nouns[:place], attached.cases[: place + 1], "")
                if time := self.bounded(cut, None, "with the noun that tells the event"):
                    return time
        word = self.sentences[sentence].words[noun]
        above = self.clause(sentence, word.head) if word.head >= 0 else None
        if above is None or above.kind != "verbal" or word.rel.split(":")[0] not in ("obj", "nsubj"):
            return None
        if above.lemma not in self.words.tables["light_verbs"]["words"]:
            return None
        time = self.clause_time(above, depth=1)
        return replace(time, why=f"from the verb “{above.lemma}”: {time.why}") if time else None

    # --- the story ------------------------------------------------------------------------------------------------

    def story_time(self, clause: Clause) -> Time | None:
        """The day the story stands at, for a past main clause that continues it; the report's day for its lead."""
        if clause.link not in ("root", "advcl", "conj", "parataxis") or clause.modals:
            return None
        top = self.top(clause)
        sentence = self.sentences[clause.sentence]
        if top is None or top.tense != "past" or top.perfect or top.link != "root":
            return None
        if clause.link == "advcl" and clause.tense != "participle":
            return None
        before = self.previous(sentence)
        opening = sentence.words[0].lemma.lower()
        if opening == "earlier" and self.published:
            return self.report_day("earlier", f"“{sentence.words[0].text}” in the report's own day")
        if before is None or before.paragraph != sentence.paragraph:
            return None
        time = self.main_time(before)
        if time and time.start and time.precision in ("day", "part of day", "hour", "minute") and time.start == time.end:
            return replace(time, why=f"the story goes on from the sentence before: {time.why}")
        return None

    def report_day(self, text: str, why: str) -> Time | None:
        return Time(text=text, start=self.published, end=self.published, precision="day", value=self.published, why=why)

    def top(self, clause: Clause) -> Clause | None:
        """The clause that heads the sentence this one is coordinated with or hangs on as a participle."""
        at = clause
        for _ in range(6):
            if at.link == "root":
                return at
            if at.parent is None or at.link not in ("conj", "advcl", "parataxis"):
                return None
            at = self.draft.clauses[at.parent]
        return None

    def previous(self, sentence: Sentence) -> Sentence | None:
        place = self.order.index(sentence.i)
        return self.sentences[self.order[place - 1]] if place else None

    def main_time(self, sentence: Sentence) -> Time | None:
        main = next((c for c in self.clauses.get(sentence.i, []) if c.link == "root" and c.kind != "nominal"), None)
        if main is None or main.tense != "past":
            return None
        return self.clause_time(main, depth=0)

    # --- deadlines ------------------------------------------------------------------------------------------------

    def due_of(self, mention: Mention, time: Time | None, dated: dict[str, Time | None]) -> Due | None:
        """The deadline in the mention's clause or in what it asks for; for an event to come, its own days."""
        predicate = self.predicate(mention)
        clause = self.clause(mention.sentence, predicate) if predicate is not None else None
        if clause is None or not (asks(mention) or still_to_come(time, self.published)):
            return None
        begins = self.begins(mention, clause, time)
        for place in self.scope(clause):
            for attached in self.attached.get(clause.sentence, []):
                if attached.governor != place:
                    continue
                relation = self.relation(attached)
                if relation in LIMITS or (relation == "in" and attached.moment.kind == "DURATION"):
                    ahead = "future" in mention.auxiliary or place != predicate
                    if due := runs_out(attached, relation=relation, begins=begins, ahead=ahead):
                        return due
        if "future" in mention.auxiliary and time and time.start and time.end and still_to_come(time, self.published):
            return Due(time.start, time.end)
        return None

    def scope(self, clause: Clause) -> list[int]:
        """The clause's predicate and those of what it asks, promises or orders."""
        below = [c.predicate for c in self.clauses.get(clause.sentence, [])
                 if c.parent == clause.i and c.link in ("xcomp", "ccomp", "acl")]  # fmt: skip
        return [clause.predicate, *below]

    def begins(self, mention: Mention, clause: Clause, time: Time | None) -> date | None:
        """The day a limit counts from: the event's own, else that of the clause that governs it."""
        found = time
        while (found is None or not found.start) and clause.parent is not None:
            clause = self.draft.clauses[clause.parent]
            found = self.clause_time(clause, depth=3)
        if found and found.end and found.start == found.end:
            return date.fromisoformat(found.end)
        return None


def _coarseness(time: Time) -> int:
    if not time.start or not time.end:
        return 10**6
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start) + timedelta(days=1)).days
