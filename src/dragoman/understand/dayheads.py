"""Days that head paragraphs: "9 July: crowds seize the palace", "IN BRIEF: Sunday –", "VELIN, 15:10 –" in a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dragoman.records import Sentence, Time
from dragoman.understand.draft import Moment
from dragoman.understand.narration import single

if TYPE_CHECKING:
    from dragoman.understand.clausetime import ClauseTimes

LOG = 2  # paragraphs headed by an hour that make a report a running log
LABEL = 6  # words that may stand before the day or the hour: a place, "IN BRIEF:"
ENTRY = 3  # paragraphs that an hour on a line of its own heads
HOURS = ("hour", "minute")


class Head(Struct, frozen=True):
    """The day of a paragraph and the words that name it, none where the head stands above it."""

    time: Time
    words: tuple[int, ...] = ()


def day_heads(times: ClauseTimes) -> dict[int, Head]:
    """The heads of a report's paragraphs, by the first sentence of each.

    One hour heads nothing; of two or more the report is a log, of the present day or of one that it names.
    """
    if not times.published:
        return {}
    firsts = _firsts(times)
    found = {s.i: head for s in firsts if (head := _by_day(times, s))}
    hours = {s.i: m for s in firsts if (m := _hour(times, s))}
    day = _day_of_log(times, hours)
    if day is None:
        return found
    entry: Moment | None = None
    left = 0
    for sentence in firsts:
        hour = hours.get(sentence.i)
        if hour is not None or sentence.i in found:
            entry, left = hour, ENTRY if hour and len(sentence.words) <= max(hour.words) + 1 else 0
        elif left:
            left -= 1
        else:
            entry = None
        if entry is not None:
            words = hour.words if hour else ()
            found[sentence.i] = Head(_of_the_log(entry, day), words)
    return found


def _day_of_log(times: ClauseTimes, hours: dict[int, Moment]) -> str | None:
    """The day of what is told hour by hour: the report's with the newest first, else one that is named before."""
    told = [(m.time.value or "")[len("2031-03-05") :] for m in hours.values()]
    if len(told) < LOG:
        return None
    if told == sorted(told, reverse=True):
        return times.published
    first = min(hours)
    before = (
        m.time for i in times.attached if i < first for m in _moments(times, times.sentences[i]) if m.beside is None
    )
    return next((t.start for t in reversed([*before]) if single(t)), None)


def _firsts(times: ClauseTimes) -> list[Sentence]:
    firsts, paragraph = [], -1
    for sentence in times.sentences.values():
        if sentence.paragraph != paragraph:
            firsts.append(sentence)
            paragraph = sentence.paragraph
    return firsts


def _by_day(times: ClauseTimes, sentence: Sentence) -> Head | None:
    """The day that stands first, or behind a label and a colon, and is parted from what follows."""
    today = times.published or ""
    for moment in _moments(times, sentence):
        first, day = min(moment.words), moment.time
        if moment.beside is not None or not single(day) or (day.start or "") > today:
            continue
        if first and not (sentence.words[first - 1].text == ":" and _label(sentence, first)):
            continue
        sign = _sign(sentence, moment)
        written = (
            sign in times.words.lists["dashes"] and day.start == today
        )  # "May 14 -" at the top is the day of writing
        if sign in times.words.lists["heads_off"] and not written:
            return Head(replace(day, why=f"the day that heads the paragraph: {day.text}"), moment.words)
    return None


def _hour(times: ClauseTimes, sentence: Sentence) -> Moment | None:
    """The hour by the clock that opens a paragraph, alone or behind a place, and is parted from what follows."""
    for moment in _moments(times, sentence):
        if moment.beside is None or moment.time.precision not in HOURS:
            continue
        alone = max(moment.words) + 1 == len(sentence.words)
        if _label(sentence, min(moment.words)) and (alone or _sign(sentence, moment) in times.words.lists["heads_off"]):
            return moment
    return None


def _moments(times: ClauseTimes, sentence: Sentence) -> Iterator[Moment]:
    return (a.moment for a in times.attached.get(sentence.i, ()))


def _label(sentence: Sentence, first: int) -> bool:
    """Whether the words before a day or an hour are nothing, or a heading: capitals and signs, a sign last."""
    words = [w.text for w in sentence.words[:first]]
    if not words:
        return True
    named = all(w[0].isupper() or not w[0].isalpha() for w in words)
    return len(words) <= LABEL and named and not words[-1][-1].isalnum()


def _sign(sentence: Sentence, moment: Moment) -> str:
    after = max(moment.words) + 1
    return sentence.words[after].text if after < len(sentence.words) else ""


def _of_the_log(hour: Moment, day: str) -> Time:
    """The day of a log as that of an entry."""
    return replace(
        hour.time, start=day, end=day, value=day, precision="day", why=f"an entry of the log: {hour.time.text}"
    )
