"""When each event was: by the clause it stands in, then by what governs it, then by the story; else it stays open.

A date is never guessed: where no words of the report carry it, `time` stays null. `time.why` says which way was taken.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Mention, Reason, Sentence, Time
from dragoman.understand.clausetime import ClauseTimes
from dragoman.understand.deadlines import due_of
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.paths import predicate_of

STANCES = ("SUPPORT", "ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE")
DAY = ("day", "part of day", "hour", "minute")


def date_mentions(draft: Draft, knowledge: Knowledge) -> None:
    """Give every mention its `time` and, where it has a deadline, its `due`."""
    times = ClauseTimes(draft, knowledge)
    story = Story(times)
    made = []
    for mention in draft.mentions:
        predicate = predicate_of(draft, mention)
        time = story.time_of(mention, predicate)
        due = due_of(mention, times.clause(mention.sentence, predicate), time, times=times)
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

    def time_of(self, mention: Mention, predicate: int) -> Time | None:
        clause = self.times.clause(mention.sentence, predicate)
        if clause is None or clause.kind == "nominal":
            return self.times.of_noun(mention.sentence, predicate)
        return self.times.of_clause(clause) or self.spoken(mention, clause) or self.told(clause)

    def spoken(self, mention: Mention, clause: Clause) -> Time | None:
        """A stance that its holder voices is taken when it is voiced: "said on Friday that he rejects the plan"."""
        above = self.times.parent(clause)
        while above and clause.link == "conj":
            clause, above = above, self.times.parent(above)
        if mention.type not in STANCES or above is None or clause.link != "ccomp":
            return None
        if clause.perfect or clause.tense == "future" or clause.modals or "to" in clause.marker.split():
            return None
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

    # --- the story ------------------------------------------------------------------------------------------------

    def told(self, clause: Clause) -> Time | None:
        """The day the story stands at, for a past main clause that goes on with it; a lead's own days."""
        top = self.times.top(clause)
        if top is None or clause.modals or clause.negation:
            return None
        sentence = self.times.sentences[clause.sentence]
        if lead := self.lead(sentence, clause):
            return lead
        if top.tense != "past" or top.perfect or clause.perfect:
            return None
        opening = sentence.words[0].text.lower()
        before = self.previous(sentence)
        if before is None:
            return None
        goes_on = (
            opening in self.words.lists["story_goes_on"]
            or self.by_pronoun(top)
            or before.paragraph == sentence.paragraph
        )
        time = self.main_time(before) if goes_on else None
        if time and time.start == time.end and time.precision in DAY:
            return replace(time, why=f"the story goes on from the sentence before: {time.why}")
        if (
            opening in self.words.lists["same_day"]
            and self.published
            and not any(self.named_day(s) for s in (sentence, before))
        ):
            return self.own_days(f"“{sentence.words[0].text}” without a day: the report's own", back=0)
        return None

    def lead(self, sentence: Sentence, clause: Clause) -> Time | None:
        """A headline's present and a lead's present perfect tell what has just happened: that day or the day before."""
        if self.published is None or sentence.i > self.order[0] + 3 or clause.link not in ("root", "conj"):
            return None
        headline = sentence.words[-1].upos != "PUNCT" and clause.tense == "present" and not clause.perfect
        if headline and sentence.i == self.order[0]:
            return self.own_days("a headline in the present tense tells what has just happened", back=1)
        if clause.tense == "present" and clause.perfect and sentence.words[-1].text == ".":
            return self.own_days("a lead in the present perfect tells what has just happened", back=1)
        return None

    def own_days(self, why: str, *, back: int) -> Time:
        end = date.fromisoformat(self.published or "")
        start = (end - timedelta(days=back)).isoformat()
        return Time(text="", start=start, end=end.isoformat(), precision="vague" if back else "day", why=why)

    def by_pronoun(self, clause: Clause) -> bool:
        words = self.times.sentences[clause.sentence].words
        subjects = [a.words[0] for a in clause.filled("subject") if a.words]
        return bool(subjects) and words[subjects[0]].lemma.lower() in self.words.lists["story_pronouns"]

    def named_day(self, sentence: Sentence) -> bool:
        return any(a.moment.time.start for a in self.times.attached.get(sentence.i, ()))

    def previous(self, sentence: Sentence) -> Sentence | None:
        place = self.order.index(sentence.i)
        return self.times.sentences[self.order[place - 1]] if place else None

    def main_time(self, sentence: Sentence) -> Time | None:
        main = self.times.main(sentence)
        if main is None or main.tense != "past" or main.perfect:
            return None
        return self.times.of_clause(main)
