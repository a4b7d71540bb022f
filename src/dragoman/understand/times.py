"""Time expressions of a report as moments: found in the text, read with the trees' tenses, tied to the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta

from dragoman.knowledge import Knowledge
from dragoman.knowledge.timewords import TimeWords
from dragoman.records import Doc, Sentence, Span, Time
from dragoman.understand.clauses import past_by_form
from dragoman.understand.draft import Draft, Moment
from dragoman.understand.timex import Timex, tag
from dragoman.understand.timex.calendar import interval
from dragoman.understand.timex.context import CLOCK_LEFT, WORD


def find_times(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.moments`, in order of the text; without a publication date relative days have null start and end."""
    report = draft.doc.report
    published = date.fromisoformat(report.published) if report.published else None
    words = knowledge.times
    lean = Lean(draft.doc, words)
    found = tag(draft.text, published, words=words, tense=lean)
    if published and written_next_day(draft.doc, found, published):
        published += timedelta(days=1)
        found = tag(draft.text, published, words=words, tense=lean)
    draft.today = published.isoformat() if published else None
    top = max((s.span.end for s in _lead(draft.doc)), default=0)
    at_top = [t for t in found if t.span.start < top]
    for timex in join_ranges(draft.text, found):
        placed = lean.words_at(timex.span)
        if placed is None:
            continue
        sentence, places = placed
        text = timex.span.of(draft.text)
        known = not unsure(timex, published, at_top)
        time = Time(
            text=" ".join(text.split()),
            start=timex.start if known else None,
            end=timex.end if known else None,
            precision=timex.precision,
            value=timex.value,
            span=timex.span,
            why=_why(timex, draft.today),
        )
        draft.moments.append(Moment(sentence=sentence, words=places, time=time, kind=timex.type, beside=timex.beside))


def _why(timex: Timex, published: str | None) -> str:
    against = f"read on {published}" if published else "read without a publication date"
    return f"like “{timex.rule}”, {against}"


def lead_days(doc: Doc, found: list[Timex]) -> list[Timex]:
    """The days that the first two full sentences name."""
    lead = _lead(doc)
    return [t for t in found if any(s.span.start <= t.span.start < s.span.end for s in lead)]


def _lead(doc: Doc) -> list[Sentence]:
    return [s for s in doc.sentences if any(w.feat("VerbForm") == "Fin" for w in s.words)][:2]


def written_next_day(doc: Doc, found: list[Timex], published: date) -> bool:
    """Whether a report that leads with a weekday six days back was written the day after its date.

    A date of publication is that of a clock somewhere: a lead on Tuesday's news "on Monday" is of that Tuesday.
    """
    back = (published - timedelta(days=DAYS_BACK)).isoformat()
    named = lead_days(doc, found)
    days = [t for t in named if t.rule == WEEKDAY]
    return (
        bool(days)
        and published.isoweekday() <= FRIDAY
        and all(t.start == t.end == back for t in days)
        and not any(t.rule == TODAY for t in named)
    )


def unsure(timex: Timex, published: date | None, at_top: list[Timex]) -> bool:
    """Whether a weekday alone would lie six days back from a day within the week: it is as likely the day after.

    Not where the dateline or the lead names another day close by: with news of Wednesday "on Friday" is last Friday.
    """
    if published is None or timex.rule != WEEKDAY or timex.start != timex.end or published.isoweekday() > FRIDAY:
        return False
    back = (published - timedelta(days=DAYS_BACK)).isoformat()
    close = (published - timedelta(days=CLOSE)).isoformat()
    fresh = any(t.start == t.end and close <= (t.start or "") <= published.isoformat() for t in at_top)
    return timex.start == back and not fresh


WEEKDAY, TODAY = "early Tuesday", "today"  # the rules of a weekday alone and of the report's own day
DAYS_BACK = 6
CLOSE = 1  # days before the report of which a lead tells
FRIDAY = 5  # a paper of the weekend looks back on the week


def join_ranges(text: str, found: list[Timex]) -> list[Timex]:
    """Two dates with `or`, `to`, `through` or a dash between them, or neighbours with `and`, are one interval."""
    joined: list[Timex] = []
    for timex in found:
        last = joined[-1] if joined else None
        if last is not None and (same := _of_one_year(text, last, timex)):
            last = joined[-1] = same
        if last is not None and _ranges(text, last, timex):
            span = Span(last.span.start, timex.span.end)
            joined[-1] = Timex(
                span, "DATE", f"{last.value}/{timex.value}", None, last.start, timex.end, "interval", "a range"
            )
        else:
            joined.append(timex)
    return joined


def _of_one_year(text: str, first: Timex, second: Timex) -> Timex | None:
    """The first of two months with the year that stands at the second: "between February and December 2017"."""
    year = re.search(r"\d{4}$", second.span.of(text))
    months = first.precision == second.precision == "month" and first.start and second.start
    between = text[first.span.end : second.span.start]
    if not months or not year or re.search(r"\d", first.span.of(text)) or not _BETWEEN.fullmatch(between):
        return None
    month = int((first.start or "")[5:7])
    days = interval(f"{int(year[0]) - (month > int((second.start or '')[5:7])):04}-{month:02}")
    if days is None:
        return None
    start, end = (day.isoformat() for day in days)
    return Timex(first.span, first.type, start[:7], first.mod, start, end, first.precision, first.rule)


_BETWEEN = re.compile(r"\s+(?:and|or|to|through|till|until)\s+|\s?[-–—]\s?")


def _ranges(text: str, first: Timex, second: Timex) -> bool:
    if not (first.start and first.end and second.start and second.end) or "DURATION" in (first.type, second.type):
        return False
    between = text[first.span.end : second.span.start]
    if first.start > second.start or first.precision != second.precision or first.precision == "vague":
        return False
    if re.fullmatch(r"\s+(?:or|to|through|till|until)\s+|\s?[-–—]\s?", between):
        return True
    if not re.fullmatch(r"\s+and\s+(?:on\s+|in\s+)?", between):
        return False
    next_day = date.fromisoformat(first.end) + timedelta(days=1)
    return second.start == next_day.isoformat() or bool(re.search(r"(?i)\bbetween\s+$", text[: first.span.start][-12:]))


class Lean:
    """Whether the clause of a span lies ahead of the report or behind it, by the trees; None where they do not say."""

    def __init__(self, doc: Doc, words: TimeWords) -> None:
        self.text = doc.report.text
        self.sentences = doc.sentences
        self.starts = [s.words[0].start for s in doc.sentences]
        self.words = words

    def words_at(self, span: Span) -> tuple[int, tuple[int, ...]] | None:
        """The sentence and the words of it that a span covers."""
        at = bisect_right(self.starts, span.start) - 1
        for sentence in self.sentences[max(at, 0) : at + 2]:
            places = tuple(sentence.touched(span))
            if places:
                return sentence.i, places
        return None

    def __call__(self, start: int, end: int) -> int | None:
        placed = self.words_at(Span(start, end))
        if placed is None:
            return None
        sentence = next(s for s in self.sentences if s.i == placed[0])
        right = WORD.match(self.text, end + 1)
        if right and right[0].lower() in self.words.lists["limits"]:
            return 2
        if re.match(r"\s?[:–—]", self.text[end : end + 2]) and placed[1][0] == 0:
            return -1  # "Sunday: the tanks are back"
        left = WORD.findall(CLOCK_LEFT.sub("", self.text[max(0, start - 40) : start]))
        before = left[-1].lower() if left else ""
        if before in self.words.lists["ahead_before"]:
            return 2
        if before == "for" and not re.match(r"['’]s\b| [a-z]+ing\b", self.text[end : end + 20]):
            return 2  # "called a strike for Monday"
        if before in self.words.lists["behind_before"]:
            return -1
        if limits_something(sentence, placed[1], self.words):
            return 2
        told = tense_above(sentence, placed[1], self.words)
        owns = bool(re.match(r"['’]s\b", self.text[end : end + 3]))
        return 0 if told == 1 and owns else told  # "to get around Wednesday's ruling" tells nothing of the ruling


def limits_something(sentence: Sentence, places: tuple[int, ...], words: TimeWords) -> bool:
    """Whether a date is that of a limit or an ultimatum: "a deadline of Thursday", "unless he went by Friday"."""
    inside = set(places)
    at = next((i for i in places if sentence.words[i].head not in inside), places[0])
    cases = {sentence.words[c].text.lower() for c in sentence.dependents(at, "case")}
    above = sentence.words[at].head
    if above < 0 or not cases:
        return False
    word = sentence.words[above]
    if word.upos in ("VERB", "AUX"):
        opened = {sentence.words[c].text.lower() for c in sentence.dependents(above, "mark")}
        given = word.lemma.lower() in words.lists["grants"] and any(
            w.lemma.lower() in words.units for w in sentence.words[above : places[0]]
        )  # "gave her two days to leave by Friday"
        limited = any(words.relations.get(c) == "by" for c in cases)
        return limited and (given or bool(opened & words.lists["only_if_not"]))
    return word.lemma.lower() in words.lists["limits"] and bool(cases & words.lists["of_a_limit"])


def tense_above(sentence: Sentence, places: tuple[int, ...], words: TimeWords) -> int | None:
    """The lean of the verbs above these words: the nearest finite verb or infinitive decides."""
    inside = set(places)
    at = next((i for i in places if sentence.words[i].head not in inside), places[0])
    limit = any(sentence.plain[c] in words.relations for c in sentence.dependents(at, "case"))
    nouns = 0
    while (at := sentence.words[at].head) >= 0:
        word = sentence.words[at]
        if word.upos in ("VERB", "AUX") or sentence.dependents(at, "cop"):
            told = verb_lean(sentence, set_before(sentence, at), words)
            if told == 1 and (
                implied(sentence, at, words)
                or among_the_first(sentence, at, words)
                or (not limit and granted(sentence, at, words) is not None)
            ):
                continue  # "was forced to step down in July": the verb above tells the time
            if told is not None:
                return None if told == 1 and nouns else told  # "to defy Friday's ruling" tells nothing of the ruling
        elif word.upos in ("NOUN", "PROPN"):
            nouns += 1
        if nouns > 2:
            return None
    return None


_CLEFT = ("parataxis", "ccomp", "advcl", "csubj", "acl:relcl")  # how trees hang what a cleft tells


def set_before(sentence: Sentence, at: int) -> int:
    """The verb before which a cleft sets a day, "it is on Monday that the guards fired"; else the word itself."""
    behind = sentence.dependents(at, *_CLEFT) if sentence.words[at].head < 0 else ()
    it = any(sentence.plain[i] == "it" for i in sentence.dependents(at, "nsubj"))
    that = (c for c in behind if any(sentence.plain[m] == "that" for m in sentence.dependents(c, "mark")))
    return next(that, at) if it else at


def implied(sentence: Sentence, at: int, words: TimeWords) -> bool:
    """Whether an infinitive happens when the verb above it does: "voted to block", "called to congratulate"."""
    above = sentence.words[at].head
    if above < 0 or sentence.words[at].rel not in ("xcomp", "ccomp", "advcl"):
        return False
    if sentence.words[above].lemma.lower() in words.lists["contact"]:
        return not sentence.dependents(above, "aux:pass", "nsubj:pass")
    return sentence.words[at].rel != "advcl" and sentence.words[above].lemma.lower() in (
        *words.lists["implicative"],
        *words.lists["aspect"],
    )


def granted(sentence: Sentence, at: int, words: TimeWords) -> int | None:
    """The verb that gives time for what an infinitive tells: "gave her an hour to leave on Monday"."""
    above = sentence.words[at].head
    while above >= 0 and sentence.words[above].upos == "NOUN":
        above = sentence.words[above].head
    if above < 0 or above > at or sentence.words[above].lemma.lower() not in words.lists["grants"]:
        return None
    to = any(sentence.plain[m] == "to" for m in sentence.dependents(at, "mark"))
    lengths = any(w.lemma.lower() in words.units for w in sentence.words[above:at])
    return above if to and lengths and sentence.words[above].feat("Tense") == "Past" else None


def among_the_first(sentence: Sentence, at: int, words: TimeWords) -> bool:
    """Whether an infinitive tells what someone was the first, the last or the only one to do."""
    noun = sentence.words[at].head
    if noun < 0 or sentence.words[at].rel != "acl":
        return False
    singled = {noun, *sentence.dependents(noun, "amod", "nummod")}
    return any(sentence.words[i].lemma.lower() in words.lists["singled_out"] for i in singled)


def has_been(sentence: Sentence, at: int, words: TimeWords) -> bool:
    """Whether an infinitive with "have" tells what was: "is said to have fled on Sunday", not "hopes to have won"."""
    above = sentence.words[at].head
    if above < 0 or sentence.words[above].lemma.lower() in words.lists["scheduled"]:
        return False
    seems = sentence.words[above].lemma.lower() in words.lists["seeming"]
    return seems or bool(sentence.dependents(above, "aux:pass", "nsubj:pass"))


def verb_lean(sentence: Sentence, at: int, words: TimeWords) -> int | None:
    """2 for what will or may be; 1 for what is to be, and for a scheduled present; -1 for what was or has been."""
    word = sentence.words[at]
    helpers = [sentence.words[c] for c in sentence.dependents(at, "aux", "aux:pass", "cop")]
    lemmas = {h.lemma.lower() for h in helpers}
    if lemmas & set(words.lists["ahead_helpers"]):
        return -1 if "have" in lemmas else 2
    marks = {sentence.words[c].text.lower() for c in sentence.dependents(at, "mark", "case")}
    if "to" in marks and "have" in lemmas and has_been(sentence, at, words):
        return -1
    if "to" in marks and "Inf" in (word.feat("VerbForm") or "Inf", *(h.feat("VerbForm") for h in helpers)):
        return 1  # "to arrive", "to be freed"
    if "to" in marks and not helpers and word.rel == "xcomp" and word.feat("VerbForm") == "Part":
        return 1  # "plans to have himself crowned", which the tree hangs so
    if any(h.feat("Tense") == "Past" or h.lemma.lower() == "have" for h in helpers):
        return -1
    if word.feat("VerbForm") == "Fin" or helpers:
        tense = next((h.feat("Tense") for h in helpers if h.feat("Tense")), word.feat("Tense"))
        if tense == "Past":
            return -1
        if not helpers and past_by_form(word):
            return -1
        return 1 if tense == "Pres" and word.lemma.lower() not in words.lists["telling"] else None
    if word.feat("Tense") == "Past" and word.feat("VerbForm") == "Part":
        return -1
    if word.feat("VerbForm") == "Inf" and word.rel == "ccomp":
        return 1  # "asked that the council meet on Friday"
    return None
