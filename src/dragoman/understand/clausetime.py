"""The time of a clause inside its sentence: its own expressions, then those it shares."""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence, Time, Word
from dragoman.understand.attachment import OPEN, Attached, attach, dates_verb, relation
from dragoman.understand.bounds import days, fits, long_before, over_and_gone
from dragoman.understand.dayheads import day_heads
from dragoman.understand.distances import after_noun, after_what, apart, on_the_eve
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.narration import Narration, Standing
from dragoman.understand.reattach import cut_off, given, nearer, of_the_noun, uncrossed
from dragoman.understand.sharing import at_once, lends, shared

PARTS_OF_DAY = ("part of day", "hour", "minute")  # before and after these it is still that day
DEPTH = 4  # of inheritance from clause to clause; deeper chains are parsing errors more often than sentences


class ClauseTimes:
    """The moments of one report by the clauses they belong to."""

    def __init__(self, draft: Draft, knowledge: Knowledge) -> None:
        self.draft = draft
        self.knowledge = knowledge
        self.words = knowledge.times
        self.cues = knowledge.speech
        self.published = draft.today
        self.sentences = {s.i: s for s in draft.doc.sentences}
        self.clauses: dict[int, dict[int, Clause]] = {}
        for clause in draft.clauses:
            self.clauses.setdefault(clause.sentence, {})[clause.predicate] = clause
        self.attached: dict[int, list[Attached]] = {}
        for i, sentence in self.sentences.items():
            if named := [m for m in draft.moments if m.sentence == i]:
                self.attached[i] = attach(sentence, named, self.clauses.get(i, {}).values())
        for i, here in [*self.attached.items()]:
            self.attached[i] = [of_the_noun(self, given(self, nearer(self, uncrossed(self, a)))) for a in here]
        for i in [*self.attached]:
            cut_off(self, i)
        self.stands: dict[int, Standing] = {}  # by sentence: where its paragraph's story has come to
        self.days: dict[int, Time] = {}  # by sentence: the day that the story has come to, whatever the paragraph
        self.heads = day_heads(self)
        self.narrated: set[int] = set()  # sentences under a day that heads them: "9 July: crowds seize the palace"
        Narration(self).run()

    def counted_from(self, attached: Attached) -> bool:
        """Whether a length of time is told to count from a day: "gave them ten days from Saturday"."""
        first = min(attached.moment.words)
        opened = first > 1 and self.sentences[attached.moment.sentence].words[first - 1].text.lower()
        lengths = [a.moment for a in self.attached.get(attached.moment.sentence, ()) if a.moment.kind == "DURATION"]
        return opened in self.words.lists["counts_from"] and any(max(m.words) == first - 2 for m in lengths)

    def clause(self, sentence: int, predicate: int) -> Clause | None:
        return self.clauses.get(sentence, {}).get(predicate)

    def word(self, clause: Clause) -> Word:
        return self.sentences[clause.sentence].words[clause.predicate]

    def parent(self, clause: Clause) -> Clause | None:
        return self.draft.clauses[clause.parent] if clause.parent is not None else None

    def relation(self, attached: Attached) -> str:
        return relation(attached, self.sentences[attached.moment.sentence], self.words)

    # --- clauses --------------------------------------------------------------------------------------------------

    def of_clause(self, clause: Clause, *, depth: int = 0) -> Time | None:
        """The time in the clause itself, else the one it shares with the clause that governs it."""
        if depth < DEPTH and (time := self.named_before(clause)):
            return time
        if depth < DEPTH and (time := self.at_which(clause) or self.cleft(clause)):
            return time
        here, today = self.attached.get(clause.sentence, ()), self.published or ""
        own = [
            a
            for a in here
            if a.governor == clause.predicate
            and dates_verb(a, self.sentences[a.moment.sentence], self.knowledge)
            and not self.counted_from(a)
        ]
        own.sort(key=lambda a: (a.moment.time.start is None, _vague(a), len(a.nouns), days(a.moment.time)))
        undated: Time | None = None
        for attached in own:
            if clause.tense == "infinitive" and attached.rel == "obj" and (attached.moment.time.end or "") < today:
                continue  # "to end the 1998 war"
            where = "in a phrase of the event's clause" if attached.nouns else "in the event's own clause"
            if self.told_long_ago(attached, clause, depth=depth):
                continue
            if time := self.bounded(attached, clause, where):
                if time.start:
                    return time
                undated = undated or time
            elif clause.link == "conj" and attached.moment.time.start and not attached.nouns:
                return None  # "left on Monday and will be back by Friday": its day is not that of the other verb
        if depth >= DEPTH:
            return undated
        counted = apart(self, clause, depth=depth) or after_what(self, clause, depth=depth)
        return counted or self.from_others(clause, depth=depth) or undated

    def from_others(self, clause: Clause, *, depth: int) -> Time | None:
        """The time of the clause with which this one shares it, else that of one that lends it its own."""
        above = shared(clause, self)
        time = self.of_clause(above, depth=depth + 1) if above else None
        if above and time:
            return replace(time, why=f"from the clause of “{self.said(above)}”, {time.why}")
        return self.lent(clause, depth=depth)

    def told_long_ago(self, attached: Attached, clause: Clause, *, depth: int) -> bool:
        """Whether a day counts from the report though its words were spoken at another time: “I go today,” in 2015."""
        above, time = self.saying(clause), attached.moment.time
        if (
            depth >= DEPTH
            or above is None
            or not self.published
            or not time.start
            or any(c.isdigit() for c in time.text)
        ):
            return False
        spoken = self.of_clause(above, depth=DEPTH)
        own_day = time.text.lower() in self.words.lists["days_of_speaking"]
        if own_day and spoken and spoken.precision == "day":
            return (spoken.end or "") < min(time.start, self.published)
        return spoken is not None and long_before(spoken.end or self.published, self.published)

    def saying(self, clause: Clause) -> Clause | None:
        """The clause that a clause, or the one it hangs on, is spoken in."""
        at: Clause | None = clause
        for _ in range(DEPTH):
            if at is None or at.link in ("ccomp", "parataxis", "root"):
                break
            at = self.parent(at)
        above = self.parent(at) if at is not None and at.link != "root" else None
        beside = at is not None and at.link == "parataxis"
        if beside and above and self.cues.cue(above.lemma, "VERB") is None:
            return None  # "he was shot in 1983; last December a court acquitted them"
        return above

    def named_before(self, clause: Clause) -> Time | None:
        """The day that a clause with `when` says more of: "since Wednesday, when guards seized him"."""
        words, plain = self.sentences[clause.sentence].words, self.sentences[clause.sentence].plain
        opens = [i for i in range(clause.predicate) if plain[i] in self.words.lists["opens_a_day"]]
        at = next((i for i in opens if words[i].head == clause.predicate), 0)
        last = at - 2 if at > 1 and words[at - 1].text == "," else at - 1
        for attached in self.attached.get(clause.sentence, ()) if at else ():
            if attached.moment.words[-1] == last and attached.moment.time.start:
                return replace(
                    attached.moment.time, why=f"the day of which the clause tells: {attached.moment.time.text}"
                )
        return None

    def at_which(self, clause: Clause) -> Time | None:
        """The day of a meeting at which something was said or done: "talks on Sunday at which he urged them to …"."""
        words = self.sentences[clause.sentence].words
        which = next(
            (i for i in range(clause.predicate) if words[i].head == clause.predicate and self.wherein(i, words)), 0
        )
        if clause.link != "relcl" or not which:
            return None
        noun = words[clause.predicate].head
        for attached in self.attached.get(clause.sentence, ()):
            beside = noun < min(attached.moment.words) < which and not attached.nouns and attached.cases[0]
            own = attached.nouns[:1] == (noun,) or beside  # "seized power in a coup in March, in which he …"
            if own and attached.moment.time.start and attached.moment.kind in ("DATE", "TIME"):
                return self.bounded(attached, clause, f"of the {words[noun].text} at which it was")
        return None

    def cleft(self, clause: Clause) -> Time | None:
        """The day that is set before its clause: "it was on Monday that the guards fired"."""
        above = self.parent(clause)
        if above is None or above.kind != "copular" or clause.marker != "that":
            return None
        words = self.sentences[clause.sentence].words
        for attached in self.attached.get(clause.sentence, ()):
            it = any(a.words and words[a.words[0]].lemma == "it" for a in above.filled("subject"))
            if it and above.predicate in attached.moment.words and attached.moment.kind in ("DATE", "TIME"):
                return self.bounded(attached, clause, "set before its clause")
        return None

    def wherein(self, i: int, words: tuple[Word, ...]) -> bool:
        """Whether a word is the "which" of "at which", "during which"."""
        before = words[i - 1].text.lower() if i else ""
        return words[i].text.lower() in self.words.lists["wherein"] and before in self.words.lists["during"]

    def said(self, clause: Clause) -> str:
        return self.word(clause).text

    def bounded(self, attached: Attached, clause: Clause | None, why: str) -> Time | None:
        """The moment's interval as its preposition bounds it: since Tuesday runs to the report's day."""
        time, relation = attached.moment.time, self.relation(attached)
        start, end = time.start, time.end
        if not start or not end:
            return replace(time, why=f"{why}; there is no date to count from")
        if counted := on_the_eve(self, attached) or after_noun(self, attached):
            return replace(counted, why=f"{why}: {counted.why}")
        today = self.published or end
        past = clause is not None and (clause.tense == "past" or clause.perfect)
        in_day = time.precision in PARTS_OF_DAY and not self.of_a_happening(attached)
        if relation in ("until", "by", "before") and not (past and in_day and relation != "until"):
            return None
        narrated = clause is not None and clause.sentence in self.narrated and not clause.modals and start <= today
        if clause is not None and not narrated and not fits(clause, start, end, today):
            return None
        if clause is not None and relation not in OPEN and over_and_gone(clause, end, today):
            return None
        if relation == "since" and (past or clause is None or clause.tense in ("present", "participle")):
            return replace(time, end=max(end, today), precision="interval", why=f"{why}: since then, up to the report")
        if relation == "after" and past and self.over_by_then(attached):
            return replace(time, why=f"{why}: right after it")
        if relation == "after" and not in_day and (attached.nouns or past):
            return replace(time, end=max(end, today), precision="interval", why=f"{why}: after it, up to the report")
        if past and start <= today < end:
            return replace(time, end=today, precision="interval", why=f"{why}, up to the report")
        if clause is not None and clause.tense == "future" and start < today <= end:
            return replace(time, start=today, precision="interval", why=f"{why}, from the report on")
        return replace(time, why=why)

    def of_a_happening(self, attached: Attached) -> bool:
        """Whether the way from a time to its verb leads over something that happens, not over a mere thing."""
        sentence = self.sentences[attached.moment.sentence]
        happening = self.words.lists["happening"]
        return any(self.knowledge.noun_classes.of(sentence.words[n].lemma.lower()) & happening for n in attached.nouns)

    def over_by_then(self, attached: Attached) -> bool:
        """Whether a day is that of talks or a vote, and what was "after" them was of that day too."""
        words = self.sentences[attached.moment.sentence].words
        short = attached.moment.time.start == attached.moment.time.end
        return short and any(
            words[n].lemma.lower() in self.words.lists["over_the_same_day"] for n in attached.nouns[:1]
        )

    def lent(self, clause: Clause, *, depth: int) -> Time | None:
        """The time of a verb below or beside this one that dates both: "met and signed on Friday"."""
        today = self.published or ""
        for other in self.clauses.get(clause.sentence, {}).values() if depth < DEPTH else ():
            own = other.parent == clause.i and lends(other, clause, self, depth=depth)
            if not own and not (depth == 0 and self.under_what_is_asked(other, clause)):
                continue
            time = self.of_clause(other, depth=max(depth + 1, DEPTH - 1))
            if time and time.end and self.words.relations.get(other.marker) == "since":
                why = f"since “{self.said(other)}”, {time.why}, up to the report"
                return replace(time, end=max(time.end, today), precision="interval", why=why)
            if time and time.start and time.end and fits(clause, time.start, time.end, today or time.end):
                return replace(time, why=f"from “{self.said(other)}”, {time.why}")
        return None

    def under_what_is_asked(self, other: Clause, clause: Clause) -> bool:
        """Whether a clause that says when hangs on what this one asks: "may ask them to wait when they meet"."""
        above = self.parent(other)
        asked = above is not None and above.parent == clause.i and above.tense == "infinitive"
        return asked and above is not None and above.link in ("xcomp", "ccomp") and at_once(other, clause, self)

    def scheduled(self, sentence: int, head: int) -> Clause | None:
        """The clause of a predicate; below "are due", "is expected" the verb that tells what its subject does."""
        above = self.clause(sentence, head)
        if self.sentences[sentence].words[head].lemma.lower() not in self.words.lists["scheduled"]:
            return above
        here = self.clauses.get(sentence, {})
        below = (here[i] for i in range(head + 1, head + 4) if i in here)
        words = self.sentences[sentence].words
        to = (c for c in below if c.tense == "infinitive" or "to" in (c.marker, words[c.predicate - 1].text.lower()))
        return next(to, above)

    def top(self, clause: Clause) -> Clause | None:
        """The main clause, where this one is it, is coordinated with it or hangs on it as a participle."""
        at = clause
        for _ in range(6):
            above = self.parent(at)
            if above is None or at.link == "root" or self.told_first(at, above):
                return at
            one = self.at_one_time(at, above) if at.link in ("xcomp", "acl") else None
            if one is None and at.link not in ("conj", "advcl", "parataxis"):
                return None
            if at.link == "advcl" and (at.tense != "participle" or at.marker in self.words.lists["apart"]):
                return None
            at = one or above
        return None

    def at_one_time(self, clause: Clause, above: Clause) -> Clause | None:
        """The clause above at whose time this one is: "began to fire", "had a curfew imposed"."""
        forced = clause.link == "xcomp" and above.lemma in self.words.lists["implicative"]
        return above if forced else shared(clause, self)

    def told_first(self, clause: Clause, above: Clause | None) -> bool:
        """Whether what is said stands before the saying, like a main clause: "Rebels took the town, police said"."""
        first = above is not None and is_main(above) and clause.predicate < above.predicate
        return first and clause.link == "ccomp" and not clause.marker

    def leads(self) -> list[Clause]:
        """The main clauses of the first sentences that have one."""
        mains = (self.main(s) for s in self.sentences.values())
        return [c for c in mains if c is not None][:4]

    def main(self, sentence: Sentence) -> Clause | None:
        found = self.clauses.get(sentence.i, {}).values()
        return next((c for c in found if c.kind != "nominal" and is_main(c)), None)

    def states(self, clause: Clause) -> bool:
        """Whether its verb hands over what somebody says or thinks."""
        cue = self.cues.cue(clause.lemma, "VERB")
        return cue is not None and cue.stating

    def quoted(self, clause: Clause) -> bool:
        """Whether a clause is somebody's words in quotation marks."""
        word = self.word(clause)
        return any(c.direct and c.content.start <= word.start < c.content.end for c in self.draft.claims)


def is_main(clause: Clause) -> bool:
    """Whether a clause hangs on no other: the root, or what stands beside a root that is none ("9 July: crowds …")."""
    return clause.link == "root" or (clause.parent is None and clause.link in ("parataxis", "appos", "conj"))


def _vague(attached: Attached) -> bool:
    return attached.moment.time.precision == "vague"
