"""The day that a report's story stands at, sentence by sentence: what goes on without a day of its own is of that day.

A main clause in the past with a day of its own moves the story there, and the next sentences of its paragraph stay
there as long as they are in the past. A time of day without a day ("at dawn", "by noon") is one of the story's day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dragoman.records import Precision, Sentence, Time
from dragoman.understand.draft import Clause, Moment

if TYPE_CHECKING:
    from dragoman.understand.attachment import Attached
    from dragoman.understand.clausetime import ClauseTimes

MIDNIGHT = 24
EVENING = 18  # the hour from which what comes next in the morning is of the next day
HOURS = {"MO": 6, "MI": 12, "AF": 15, "EV": 19, "NI": 22}
DAYS = ("day", "part of day", "hour", "minute")
FRESH = 1  # days before the report within which the story's day holds from paragraph to paragraph
NEAR = 1  # paragraphs back in which the day of "that night" stands
TOP = 3  # sentences in which a report's lead stands
BELOW = 3  # paragraphs after the lead that go on with its day


class Standing(Struct, frozen=True):
    """Where the story of a paragraph stands, and how it came there."""

    time: Time  # its day
    since: int  # the sentence that named it
    said: bool = False  # it is the day on which something was said
    earlier: bool = False  # it was told as what had been before
    opens: bool = False  # by the first sentence of its paragraph
    lead: bool = False  # it is the day of the report's first paragraphs, which the next go on with


class Narration:
    """A walk through the sentences of one report, in their order."""

    def __init__(self, times: ClauseTimes) -> None:
        self.times = times
        self.words = times.words
        self.here: Standing | None = None  # in this paragraph
        self.named: Time | None = None  # the day that this paragraph named last, though no event was told of it
        self.main: Time | None = None  # from paragraph to paragraph
        self.hour: int | None = None  # the hour told last
        self.headed: Time | None = None  # the day at the head of this paragraph
        self.paragraph = -1
        self.first = min(times.sentences, default=0)
        self.dated = -1  # the last paragraph that named a day
        self.lead: Standing | None = None  # the day of the lead, as long as what follows names no other
        self.led = -1  # the paragraph of the lead

    def run(self) -> None:
        for sentence in self.times.sentences.values():
            if sentence.paragraph != self.paragraph:
                before, self.here, self.named = self.here, None, None
                self.paragraph = sentence.paragraph
                self.head(sentence)
                if before and self.at_the_same_time(sentence):
                    self.here = replace(before, lead=False, said=False, since=sentence.i - 1)
                elif self.here is None and self.lead and sentence.paragraph <= self.led + BELOW:
                    self.here = replace(self.lead, since=sentence.i - 1)
            past = self.here is not None and self.here.earlier and not self.here.opens
            if past and self.here and sentence.i > self.here.since + 1:
                self.here = None
            self.place(sentence)
            if self.lead and self.other_day(sentence, self.lead.time):
                self.lead = None
            if any(single(a.moment.time) for a in self.times.attached.get(sentence.i, ()) if a.moment.beside is None):
                self.dated = sentence.paragraph
            if self.headed:
                self.times.narrated.add(sentence.i)
            if self.here:
                self.times.stands[sentence.i] = self.here
            if self.main:
                self.times.days[sentence.i] = self.main
            self.go_on(sentence)

    def other_day(self, sentence: Sentence, day: Time) -> bool:
        """Whether a sentence names a day that is not this one."""
        return any(a.moment.time.start not in (None, day.start) for a in self.times.attached.get(sentence.i, ()))

    # --- paragraphs -----------------------------------------------------------------------------------------------

    def head(self, sentence: Sentence) -> None:
        """Take the day that heads a paragraph."""
        head = self.times.heads.get(sentence.i)
        self.headed = head.time if head else None
        if self.headed:
            self.here = Standing(self.headed, sentence.i)

    def at_the_same_time(self, sentence: Sentence) -> bool:
        """Whether words at either end of a sentence put it beside the one before: "at the same hour"."""
        told = " ".join(w for w in sentence.plain if w.isalnum())
        known = self.words.lists["at_the_same_time"]
        return any(told.startswith(f"{words} ") or told.endswith(f" {words}") for words in known)

    # --- times of day ---------------------------------------------------------------------------------------------

    def place(self, sentence: Sentence) -> None:
        """Give the sentence's times of day without a day the story's."""
        here = self.times.attached.get(sentence.i, [])
        for n, attached in enumerate(here):
            if attached.moment.beside is not None and attached.moment.time.start:
                here[n] = replace(attached, moment=self.on_its_day(attached, here))

    def on_its_day(self, attached: Attached, here: list[Attached]) -> Moment:
        """A time of day on the day that its clause names, that the paragraph has come to, or that the story has."""
        moment, time = attached.moment, attached.moment.time
        named = [a for a in here if a.moment.beside is None and a.moment.kind != "DURATION" and single(a.moment.time)]
        if any(a.moment.words < moment.words for a in named):
            return moment  # counted from that day already
        clause = self.times.clause(moment.sentence, attached.governor) if attached.governor is not None else None
        past = clause is not None and (clause.tense in ("past", "participle") or clause.perfect)
        own = next((a.moment.time for a in named if a.governor == attached.governor), None)
        days = self.counted(moment, own) if own else self.told_on(moment, attached.cases[0]) if past else None
        if past:
            self.hour = hour_of(time)
        if days is None:
            return moment if self.paragraph - self.dated <= NEAR or not past else open_(moment)
        start, end = (day.isoformat() for day in days)
        sure: Precision | None = time.precision if start == end else "interval"
        value = end + (time.value or "")[10:]
        return replace(moment, time=replace(time, start=start, end=end, value=value, precision=sure))

    def told_on(self, moment: Moment, case: str) -> tuple[date, date] | None:
        """The day or days of a time of day in the past; None: as it was read."""
        if self.times.published is None:
            return None
        today = date.fromisoformat(self.times.published)
        stands = self.here.time if self.here and not self.here.lead else self.named
        if stands is None and self.main and fresh(self.main, today):
            stands = self.main
        if stands:
            first, last = self.counted(moment, stands)
            hour = hour_of(moment.time)
            if hour == MIDNIGHT and case == "after" and first < today:
                first = last = first + timedelta(days=1)
            elif not moment.beside and hour is not None and hour < 12 and first < today:
                if self.hour is not None and self.hour >= EVENING:
                    first = last = first + timedelta(days=1)  # "by midnight they held the bridge, by dawn the town"
                elif self.hour is None and case == "by":
                    last = first + timedelta(days=1)
            return (first, last) if last <= today else None
        if (moment.time.start or "") < self.times.published or self.of_that_day(moment):
            return None
        eve = today - timedelta(days=1)
        if hour_of(moment.time) == MIDNIGHT:
            return (today, today) if case == "after" else (eve, eve)
        return eve, today

    def of_that_day(self, moment: Moment) -> bool:
        """Whether a time of day is that of a day spoken of: "that evening", not "the evening"."""
        return moment.time.text.split()[0].lower() in self.words.lists["points_back"]

    def counted(self, moment: Moment, time: Time) -> tuple[date, date]:
        """So many days after another time as the moment says."""
        shift = timedelta(days=moment.beside or 0)
        return date.fromisoformat(time.start or "") + shift, date.fromisoformat(time.end or "") + shift

    # --- the story ------------------------------------------------------------------------------------------------

    def go_on(self, sentence: Sentence) -> None:
        """Move the story to the day that the sentence's main clause names, or end it."""
        main = self.times.main(sentence)
        if main is None or self.times.quoted(main):
            return
        told = self.told(sentence, main)
        past = told.tense == "past" or (sentence.i in self.times.narrated and told.tense == "present")
        if past and told.perfect and told.tense == "past":
            self.hour = None  # "his last day had begun early": the hours before tell nothing of what comes next
        if past and not told.modals:
            self.tell(sentence, told)
        elif not self.reports(main):
            self.here = None
        if not told.modals and told.tense != "future" and (day := self.day_beside(sentence, told)):
            self.named = day
            if past:
                self.main, self.hour = day, hour_of(day)

    def tell(self, sentence: Sentence, told: Clause) -> None:
        """Move the story by a clause in the past."""
        time = self.times.of_clause(told)
        if time is None:
            return
        if not (single(time) or one_night(time)):
            self.here = None
            return
        below = self.times.clauses.get(sentence.i, {}).values()
        said = self.times.states(told) and any(c.parent == told.i and c.link == "ccomp" for c in below)
        here = (a for a in self.times.attached.get(sentence.i, ()) if a.governor == told.predicate)
        earlier = (
            told.perfect and told.tense == "past" and not any(self.times.relation(a) == "by" for a in here)
        )  # "by dawn they had taken it"
        opens = all(s.paragraph != sentence.paragraph for s in self.times.sentences.values() if s.i < sentence.i)
        standing = Standing(time, sentence.i, said=said, earlier=earlier, opens=opens)
        if earlier:
            self.here = None if self.here and not self.here.lead else standing
            return
        if self.main is None or self.main.start != time.start or hour_of(time) is not None:
            self.hour = hour_of(time)
        self.here, self.main, self.named = standing, time, time
        if self.two_days(sentence, told):
            self.here = None  # "repeated it on Wednesday, and again on Thursday": on which day the story stands is open
        today = self.times.published
        if (
            sentence.i <= self.first + TOP
            and not said
            and today
            and single(time)
            and fresh(time, date.fromisoformat(today))
        ):
            self.lead, self.led = replace(standing, lead=True), sentence.paragraph

    def two_days(self, sentence: Sentence, told: Clause) -> bool:
        """Whether the clauses beside the main clause name another day than it."""
        below = self.times.clauses.get(sentence.i, {})
        over = (below.get(a.governor) for a in self.times.attached.get(sentence.i, ()) if a.governor is not None)
        beside = [
            c for c in over if c and (c.i == told.i or (c.link in ("conj", "parataxis") and c.tense == told.tense))
        ]
        days = {t.start for c in beside if (t := self.times.of_clause(c)) and single(t)}
        return len(days) > 1

    def day_beside(self, sentence: Sentence, told: Clause) -> Time | None:
        """A day up to the report's that the main clause names without being of it: "by Friday", "today they are"."""
        for attached in self.times.attached.get(sentence.i, ()):
            moment = attached.moment
            here = attached.governor == told.predicate and moment.kind in ("DATE", "TIME") and not attached.nouns
            if here and moment.time.precision == "day" and (moment.time.start or "") <= (self.times.published or ""):
                by = self.times.relation(attached) == "by"
                if by or told.tense == "present":
                    if by and told.tense == "past":
                        self.here = None
                    return moment.time
        return None

    def reports(self, main: Clause) -> bool:
        """Whether somebody says now what was then: "three were seized, a neighbour tells us"."""
        below = self.times.clauses.get(main.sentence, {}).values()
        past = any(c.parent == main.i and c.tense == "past" for c in below)
        return self.times.states(main) and main.tense == "present" and past

    def told(self, sentence: Sentence, main: Clause) -> Clause:
        """The main clause; of what is said before the saying, that, where it has a day of its own."""
        for clause in self.times.clauses.get(sentence.i, {}).values():
            if clause.parent == main.i and self.times.told_first(clause, main) and clause.tense == "past":
                own = any(a.governor == clause.predicate for a in self.times.attached.get(sentence.i, ()))
                return clause if own else main
        return main


def fresh(time: Time, today: date) -> bool:
    return date.fromisoformat(time.start or "") >= today - timedelta(days=FRESH)


def one_night(time: Time) -> bool:
    """Whether a time of day lies on one of two days."""
    if not time.start or not time.end or "T" not in (time.value or ""):
        return False
    return date.fromisoformat(time.end) - date.fromisoformat(time.start) == timedelta(days=1)


def open_(moment: Moment) -> Moment:
    """The moment without a day."""
    return replace(moment, time=replace(moment.time, start=None, end=None))


def single(time: Time) -> bool:
    return time.start is not None and time.start == time.end and time.precision in DAYS


def hour_of(time: Time) -> int | None:
    """The hour of a time of day, in the middle of a part of the day; that of a late day."""
    told = re.search(r"T(\d\d|[A-Z]{2})", time.value or "")
    if told is None:
        return HOURS["NI"] if time.text.lower().startswith("late ") else None
    return int(told[1]) if told[1].isdigit() else HOURS.get(told[1])
