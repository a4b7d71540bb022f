"""When each event was: by the clause it stands in, then by what governs it, then by the story; else it stays open.

A date is never guessed: where no words of the report carry it, `time` stays null. `time.why` says which way was taken.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import AUXILIARIES, Auxiliary, Due, Mention, Precision, Reason, Sentence, Time, Word
from dragoman.records.reading import GOES_ON
from dragoman.understand.clausetime import ClauseTimes
from dragoman.understand.deadlines import due_of
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.narration import Standing
from dragoman.understand.nountime import of_its_event, of_noun
from dragoman.understand.paths import predicate_of

STANCES = ("SUPPORT", "ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE")
FORCE = ("ASSAULT", "COERCE", "PROTEST", "MOBILIZE")
NEAR = 7  # days back within which the next sentence goes on with the story
RECENT = 7  # the same for the sentences after it
FAR = 6  # sentences for which a story stays at a day that it does not name again
QUOTED = 3  # sentences back over which words that are only quoted are passed
LEADING = 2  # full sentences of a lead
DAY = ("day", "part of day", "hour", "minute")


def date_mentions(draft: Draft, knowledge: Knowledge) -> None:
    """Give every mention its `time` and, where it has a deadline, its `due`."""
    times = ClauseTimes(draft, knowledge)
    story = Story(times)
    made = []
    for mention in draft.mentions:
        predicate = predicate_of(draft, mention)
        time = story.time_of(mention, predicate)
        mention = replace(mention, auxiliary=story.modes(mention, time, times.clause(mention.sentence, predicate)))
        due = due_of(mention, times.clause(mention.sentence, predicate), time, times=times)
        if time is None and due and "future" in mention.auxiliary:
            time = story.until(due, mention)
        why = mention.why
        if time and time.why:
            why = (*why, Reason("time", time.text, time.why))
        made.append(replace(mention, time=time, due=due, why=why))
    draft.mentions = made


class Story:
    """What dates an event beside its own sentence: the saying it is told in, the day the story stands at, the lead."""

    def __init__(self, times: ClauseTimes) -> None:
        self.times = times
        self.words = times.words
        self.published = times.published
        self.order = [s.i for s in times.draft.doc.sentences]
        draft = times.draft
        self.types = {(m.sentence, predicate_of(draft, m)): m.type for m in draft.mentions}
        self.kinds: dict[int, set[str]] = {}
        for m in draft.mentions:
            self.kinds.setdefault(m.sentence, set()).add(m.type)

    def time_of(self, mention: Mention, predicate: int) -> Time | None:
        clause = self.times.clause(mention.sentence, predicate)
        if clause is None or clause.kind == "nominal":
            return of_noun(self.times, mention.sentence, predicate) or self.headed(mention, predicate)
        own = self.times.of_clause(clause) or of_its_event(self.times, clause)
        own = own or self.spoken(mention, clause) or self.told(mention, clause)
        return own or (self.headed(mention, predicate) if clause.tense == "past" and clause.link == "ccomp" else None)

    def headed(self, mention: Mention, predicate: int) -> Time | None:
        """The day at the head of a paragraph, for what its main clauses name or report: "9 July: talks begin"."""
        stands, sentence = self.times.stands.get(mention.sentence), self.times.sentences[mention.sentence]
        if mention.sentence not in self.times.narrated or stands is None:
            return None
        above = self.times.clause(mention.sentence, sentence.words[predicate].head)
        top = self.times.top(above) if above else None
        if top is None or top.kind == "nominal" or self.names_time(sentence, top):
            return None
        return replace(stands.time, why=f"{GOES_ON}: {stands.time.why}")

    def spoken(self, mention: Mention, clause: Clause) -> Time | None:
        """A stance that its holder voices is taken when it is voiced: "said on Friday that he rejects the plan"."""
        above = self.times.parent(clause)
        while above and clause.link == "conj":
            clause, above = above, self.times.parent(above)
        if mention.type not in STANCES or above is None or clause.link != "ccomp":
            return None
        if clause.perfect or clause.tense == "future" or clause.modals or "to" in clause.marker.split():
            return None
        if clause.passive and any(a.role == "agent" or a.case == "by" for a in clause.arguments):
            return None  # "told them in July that she had been warned by the minister"
        if not self.same_subject(clause):
            return None
        cue = self.times.cues.cue(above.lemma, "VERB")
        if cue is None or not cue.stating or not (time := self.times.of_clause(above)):
            return None
        return replace(time, why=f"voiced then: {time.why}")

    def same_subject(self, clause: Clause) -> bool:
        """Whether the speaker speaks of himself: a pronoun, or no subject of its own."""
        words = self.times.sentences[clause.sentence].words
        subjects = [i for a in clause.filled("subject") for i in a.words]
        return not subjects or all(words[i].upos == "PRON" for i in subjects)

    def until(self, due: Due, mention: Mention) -> Time | None:
        """What is to happen by a day happens between the report and that day."""
        if not self.published or due.end < self.published:
            return None
        sentence = self.times.sentences[mention.sentence]
        start = max(self.published, due.start) if due.start < due.end else self.published
        sure: Precision = "day" if start == due.end else "interval"
        text = next((a.moment.time.text for a in self.times.attached.get(sentence.i, ()) if a.moment.time.end), "")
        return Time(
            text=text or due.end, start=start, end=due.end, precision=sure, why="between the report and its deadline"
        )

    def modes(self, mention: Mention, time: Time | None, clause: Clause | None) -> tuple[Auxiliary, ...]:
        """The mention's modes and what its date adds: `historical` a year or more ago, `future` after the report."""
        told = set(mention.auxiliary)
        if not time or not time.start or not time.end or not self.published or told & {"future", "hypothetical"}:
            return mention.auxiliary
        past = date.fromisoformat(time.end) <= date.fromisoformat(self.published) - timedelta(days=365)
        if past or (time.precision == "year" and time.end[:4] < self.published[:4]):
            told.add("historical")
        if time.start > self.published and (clause is None or clause.kind == "nominal"):
            told.add("future")
        return tuple(mode for mode in AUXILIARIES if mode in told)

    # --- the story ------------------------------------------------------------------------------------------------

    def told(self, mention: Mention, clause: Clause) -> Time | None:
        """The day the story stands at, for a past main clause that goes on with it; a lead's own days."""
        main = self.times.top(clause)
        top = main or self.reported(mention, clause)
        if top is None or clause.modals or clause.negation:
            return None
        sentence = self.times.sentences[clause.sentence]
        if lead := self.lead(sentence, clause) or self.running(sentence, top):
            return lead
        narrated = sentence.i in self.times.narrated and top.tense == "present"
        before_then = main is not None and (top.perfect or clause.perfect)
        before_then = before_then and not (narrated and clause.tense == "present" and not self.lasting(clause))
        if (top.tense != "past" and not narrated) or before_then or top.modals:
            return None
        opening = sentence.words[0].text.lower()
        before = self.previous(sentence)
        if (stands := self.times.stands.get(sentence.i)) and self.stays(mention, clause, top, stands):
            return replace(stands.time, why=f"{GOES_ON}: {stands.time.why}")
        if before is None or self.names_time(sentence, top):
            return None
        if (day := self.times.days.get(sentence.i)) and self.adds(top) and self.age(day) <= 1:
            return replace(day, why=f"{GOES_ON}, of which it tells more: {day.why}")
        goes_on = opening in self.words.lists["story_goes_on"] or self.by_pronoun(top) or self.in_the_fighting(clause)
        time = self.main_time(before) if goes_on else None
        if time and time.start == time.end and time.precision in DAY:
            return replace(time, why=f"{GOES_ON} from the sentence before: {time.why}")
        if (
            opening in self.words.lists["same_day"]
            and sentence.words[1:2]
            and sentence.words[1].text == ","  # "Earlier, …", not "Earlier in the war …"
            and self.published
            and not any(self.named_day(s) for s in (sentence, before))
        ):
            return self.own_days(sentence.words[0], "no day beside it: the report's own", back=0)
        return None

    def reported(self, mention: Mention, clause: Clause) -> Clause | None:
        """A clause in the past that somebody says: now, of the story, or then, of what it has told already.

        "His secretary says that the brigade was kept away"; "Police shot at them. An officer said they fired back."
        """
        above = self.times.parent(clause)
        if above is None or clause.link != "ccomp" or clause.tense != "past" or not self.times.states(above):
            return None
        saying = above
        while saying.link == "conj" and (first := self.times.parent(saying)):
            saying = first  # "counted eleven and said that snipers had shot four"
        if self.times.main(self.times.sentences[clause.sentence]) is not saying or mention.type in STANCES:
            return None
        if above.tense == "present" and not above.perfect and not clause.perfect:
            return clause
        stands = self.times.stands.get(clause.sentence)
        told = range(stands.since, clause.sentence) if stands and above.tense == "past" else ()
        return clause if any(self.kinds.get(i, set()) & {mention.type} for i in told) else None

    def stays(self, mention: Mention, clause: Clause, top: Clause, stands: Standing) -> bool:
        """Whether a main clause in the past without a day is of the day that its paragraph's story stands at."""
        sentence = self.times.sentences[clause.sentence]
        if self.names_time(sentence, top) or (self.times.quoted(clause) and not self.by_pronoun(clause)):
            return False
        if sentence.i in self.times.narrated:
            return True
        speaks = self.times.cues.cue(top.lemma, "VERB") is not None
        stance = self.types.get((top.sentence, top.predicate), mention.type) in STANCES
        decrees = self.types.get((top.sentence, top.predicate)) in FORCE  # "declared a state of emergency"
        if stands.lead and ((speaks and not decrees) or not self.goes_on_below(mention, top)):
            return False
        if stands.said and not speaks:
            return False  # "police said on Tuesday that …. The men were rounded up": before that day
        age = self.age(stands.time)
        known = self.by_pronoun(top) or self.in_the_fighting(clause)
        far = sentence.i - stands.since
        if far <= 1:
            return known or age <= NEAR
        elsewhere = sentence.words[0].lemma.lower() in self.words.lists["elsewhere"]
        return age <= RECENT and far <= FAR and not elsewhere and (known or not stance)

    def age(self, time: Time) -> int:
        """Days from a time to the report; many where nobody knows when that was published."""
        if not self.published or not time.start:
            return RECENT + 1
        return (date.fromisoformat(self.published) - date.fromisoformat(time.start)).days

    def adds(self, top: Clause) -> bool:
        """Whether one who acts in the lead is told to have done more: "He also ordered …", "The court also …"."""
        sentence = self.times.sentences[top.sentence]
        if not any(sentence.plain[i] in self.words.lists["adds"] for i in sentence.dependents(top.predicate, "advmod")):
            return False
        subjects = {self.times.sentences[c.sentence].words[a.words[0]].lemma for c in self.times.leads()
                    for a in c.filled("subject") if a.words}  # fmt: skip
        own = [sentence.words[a.words[0]].lemma for a in top.filled("subject") if a.words]
        return self.by_pronoun(top) or bool(own and own[0] in subjects)

    def goes_on_below(self, mention: Mention, top: Clause) -> bool:
        """Whether a paragraph below the lead tells more of what happened there: force and crowds, no answer to it."""
        sentence = self.times.sentences[top.sentence]
        kinds = {mention.type, self.types.get((top.sentence, top.predicate), mention.type)}
        follows = any(w.lemma.lower() in self.words.lists["consequence"] for w in sentence.words)
        return kinds <= set(FORCE) and not follows and not self.named_day(sentence) and not self.in_the_fighting(top)

    def names_time(self, sentence: Sentence, top: Clause) -> bool:
        """Whether a sentence names a time of its own outside its asides."""
        here = self.times.clauses.get(sentence.i, {})
        for attached in self.times.attached.get(sentence.i, ()):
            over = here.get(attached.governor) if attached.governor is not None else None
            if over is None or attached.moment.kind not in ("DATE", "TIME") or attached.moment.beside is not None:
                continue
            head = self.times.heads.get(sentence.i)
            if head and head.words == attached.moment.words:
                continue
            if over.i == top.i or (over.link in ("conj", "parataxis", "root", "ccomp") and over.tense != "infinitive"):
                return True
        return False

    def lead(self, sentence: Sentence, clause: Clause) -> Time | None:
        """A headline's present and a lead's present perfect tell what has just happened: that day or the day before."""
        if (
            self.published is None
            or sentence.i > self.order[0] + 3
            or (top := self.times.top(clause)) is None
            or clause.link == "advcl"
        ):
            return None
        word = sentence.words[clause.predicate]
        headline = sentence.words[-1].upos != "PUNCT" and clause.tense == "present" and not clause.perfect
        if headline and sentence.i == self.order[0]:
            return self.own_days(word, "a headline in the present tense tells what has just happened", back=1)
        fresh = clause.tense == "present" and clause.perfect and not self.by_pronoun(top)
        if fresh and sentence.words[-1].text == "." and not self.lasting(clause) and self.opens(sentence):
            return self.own_days(word, "a lead in the present perfect tells what has just happened", back=1)
        return None

    def running(self, sentence: Sentence, top: Clause) -> Time | None:
        """The report's day or the one before, of what happened "for the third day running" with no day beside it."""
        if self.published is None or top.tense != "past" or top.perfect or self.names_time(sentence, top):
            return None
        units = [
            i for i in range(top.predicate + 1, len(sentence.words)) if sentence.words[i].lemma in ("day", "night")
        ]
        for i in units:
            near = sentence.words[max(i - 2, 0) : i + 4]
            counted = any(w.lemma.lower() in self.words.table("ordinals") for w in near[:2])
            if counted and any(sentence.plain[w.i] in self.words.lists["without_a_break"] for w in near):
                return self.own_days(
                    sentence.words[i], "one day of several without a break, of which the report tells", back=1
                )
        return None

    def opens(self, sentence: Sentence) -> bool:
        """Whether a sentence is one of the first two full ones, and none before it names a day."""
        before = [self.times.sentences[i] for i in self.order[: self.order.index(sentence.i)]]
        full = [s for s in before if s.words[-1].text == "."]
        return len(full) < LEADING and not any(self.named_day(s) for s in full)

    def lasting(self, clause: Clause) -> bool:
        """Whether a perfect tells of what goes on or came again and again: "have long blocked", "for three weeks"."""
        sentence = self.times.sentences[clause.sentence]
        adverbs = {sentence.words[i].lemma.lower() for i in sentence.dependents(clause.predicate, "advmod")}
        named = any(a.governor == clause.predicate for a in self.times.attached.get(clause.sentence, ()))
        here = self.times.clauses[clause.sentence].values()
        begun = any(c.parent == clause.i and c.marker == "since" for c in here)
        return named or begun or bool(adverbs & self.words.lists["lasting"])

    def own_days(self, word: Word, why: str, *, back: int) -> Time:
        """The report's day, or the days up to it, told by this word."""
        end = date.fromisoformat(self.published or "")
        start = (end - timedelta(days=back)).isoformat()
        sure: Precision = "vague" if back else "day"
        return Time(text=word.text, start=start, end=end.isoformat(), precision=sure, span=word.span, why=why)

    def by_pronoun(self, clause: Clause) -> bool:
        words = self.times.sentences[clause.sentence].words
        subjects = [a.words[0] for a in clause.filled("subject") if a.words]
        return bool(subjects) and words[subjects[0]].lemma.lower() in self.words.lists["story_pronouns"]

    def in_the_fighting(self, clause: Clause) -> bool:
        """Whether a clause tells of a happening known already: "thirty were killed in the fighting"."""
        sentence = self.times.sentences[clause.sentence]
        for argument in clause.filled("oblique"):
            word = sentence.words[argument.words[0]] if argument.words else None
            if word is None or argument.case not in self.words.lists["during"]:
                continue
            known = any(sentence.words[d].feat("Definite") == "Def" for d in sentence.dependents(word.i, "det"))
            classes = self.times.knowledge.noun_classes.of(word.lemma.lower())
            if known and classes & self.words.lists["happening"]:
                return True
        return False

    def named_day(self, sentence: Sentence) -> bool:
        return any(a.moment.time.start for a in self.times.attached.get(sentence.i, ()))

    def previous(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, past those that are nothing but somebody's words."""
        place = self.order.index(sentence.i)
        told = [self.times.sentences[i] for i in self.order[max(place - QUOTED, 0) : place]]
        narrated = [s for s in told if (main := self.times.main(s)) is None or not self.times.quoted(main)]
        return (narrated or told)[-1] if told else None

    def main_time(self, sentence: Sentence) -> Time | None:
        main = self.times.main(sentence)
        if main is None or main.tense != "past" or main.perfect:
            return None
        return self.times.of_clause(main)
