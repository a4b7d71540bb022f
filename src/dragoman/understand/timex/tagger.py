"""The walk through a text: candidates of all rules, the longest first, each read in the light of those before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from msgspec import Struct

from dragoman.knowledge.beginnings import head, plain
from dragoman.knowledge.timewords import TimeRule, TimeWords
from dragoman.records import Precision, Span
from dragoman.understand.timex.calendar import interval, narrow, precision
from dragoman.understand.timex.context import Context, Match, Meaning
from dragoman.understand.timex.meaning import MEANINGS

_BEGINS = re.compile(r"(?<![\w$£€@#/_])")  # where `BEFORE` lets an expression begin
YEAR_BEFORE = ("a year ago", "the year-ago quarter")


class Timex(Struct, frozen=True):
    """A time expression: where it stands, TIMEX3 type, value and mod, and the days it means (ISO, both included)."""

    span: Span
    type: str  # DATE, TIME, DURATION, SET
    value: str
    mod: str | None
    start: str | None
    end: str | None
    precision: Precision | None
    rule: str  # the example that names the rule
    beside: int | None = None  # it names no day: so many days from the one that the story stands at


def tag(
    text: str,
    reference: date | None,
    *,
    words: TimeWords,
    tense: Callable[[int, int], int | None] | None = None,
) -> list[Timex]:
    """Every time expression of `text`; `reference` is the report's day, without it relative days stay open.

    `tense` may tell for a span whether its clause lies ahead of the report (1), behind it (-1) or either (0);
    None leaves that to the words around.
    """
    context = Context(text, words, reference, told_as_history=is_history(text, reference, words), tense=tense)
    found: list[Timex] = []
    end = 0
    for match, rule in candidates(text, words):
        if match.start() < end or _is_title(match, context):
            continue
        meaning = MEANINGS[rule.means](match, context, rule)
        if meaning is None:
            continue
        timex = _timex(match, meaning, rule)
        remember(context, timex, match)
        found.append(timex)
        end = match.end()
    return join_clocks(text, found)


def _is_title(match: Match, context: Context) -> bool:
    """A unit or a day with a capital inside a sentence is a name: "60 Minutes", "This Week", "USA Today"."""
    last = re.split(r"[\s-]", match.group())[-1]
    words = context.words
    if last.lower() not in words.units and last.lower() not in words.table("regular") and last.lower() != "today":
        return False
    if last.isupper() and len(last) > 1 and re.search(r"\b[A-Z]{2,}\s+$", context.before(match.start())):
        return re.search(r"[a-z]", context.before(match.start())) is not None  # "told USA TODAY", in no headline
    if not last.istitle() or match.groups.get("holiday"):
        return False
    return last != match.group() or bool(re.search(r"[\w,]\s+$", context.before(match.start())))


def candidates(text: str, words: TimeWords) -> list[tuple[Match, TimeRule]]:
    """All matches of all rules, in reading order, of those that start together the longest first.

    A rule is tried where a word may begin, and there only if what stands there is what it may begin with.
    """
    signs = words.signs_in(text)
    ends = [0] * len(words.rules)
    every: list[tuple[int, int, int, re.Match[str], TimeRule]] = []
    for counts, read in ((False, text), (True, words.masked(text))):
        small = plain(read)
        by_head: dict[str, list[tuple[int, TimeRule]]] = {}
        for begun in _BEGINS.finditer(read):
            at = begun.start()
            begins = head(small, at)
            if (tried := by_head.get(begins)) is None:
                rules = words.beginning(begins)
                tried = [(n, r) for n, r in rules if r.counts is counts and (not r.sign or r.sign in signs)]
                by_head[begins] = tried
            for n, rule in tried:
                if at >= ends[n] and (m := rule.pattern.match(read, at)):
                    ends[n] = m.end()
                    every.append((at, -m.end(), n, m, rule))
    every.sort(key=lambda c: c[:3])
    return [(_match(text, m), rule) for *_, m, rule in every]


def _match(text: str, found: re.Match[str]) -> Match:
    groups = {name: text[found.start(name) : found.end(name)] for name, words in found.groupdict().items() if words}
    return Match(text, found.start(), found.end(), groups)


def is_history(text: str, reference: date | None, words: TimeWords) -> bool:
    """Whether most years named lie well before the report: then days follow each other, not the report."""
    years = [int(y) for y in words.dated_year.findall(text)]
    if len(years) < 5 or reference is None:
        return False
    if len(words.deictic.findall(text)) > len(years) / 5:
        return False
    return sum(y < reference.year - 2 for y in years) > 0.7 * len(years) and len(years) * 1500 > len(text)


def _timex(match: Match, meaning: Meaning, rule: TimeRule) -> Timex:
    days = meaning.days or interval(meaning.value)
    if days and meaning.mod and meaning.precision != "interval":
        days = narrow(days, meaning.mod)
    return Timex(
        span=Span(match.start(), match.end()),
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        start=days[0].isoformat() if days else None,
        end=days[1].isoformat() if days else None,
        precision=meaning.precision or precision(meaning.value),
        rule=rule.example,
        beside=meaning.beside,
    )


def remember(context: Context, timex: Timex, match: Match) -> None:
    """Keep what later expressions may count from."""
    if timex.value.startswith("XXXX-W"):
        context.some_day = True
    if timex.type not in ("DATE", "TIME") or not timex.start or not timex.end or timex.precision == "vague":
        return
    context.some_day = False
    context.day, context.day_at = (date.fromisoformat(timex.start), date.fromisoformat(timex.end)), match.end()
    if re.match(r"\d{4}", timex.value):
        year = int(timex.value[:4])
        if re.search(r"\d{4}", match.group()):
            context.year = year
        if year == context.year and len(timex.value) > len("2019"):  # after a bare year the story may be back at now
            context.year_at = match.end()
    if timex.precision == "quarter" and "Q" in timex.value and timex.rule not in YEAR_BEFORE:
        context.quarter = timex.value


def join_clocks(text: str, found: list[Timex]) -> list[Timex]:
    """A time by the clock and the day after it are one expression: "10 p.m. Wednesday", "noon on Friday"."""
    joined: list[Timex] = []
    for timex in found:
        last = joined[-1] if joined else None
        if last and _clock_before(text, last, timex):
            head = last.value.split("T", 1)[1]
            span = Span(last.span.start, timex.span.end)
            joined[-1] = Timex(span, "TIME", f"{timex.value[:10]}T{head}", last.mod, timex.start, timex.end,
                               precision(f"{timex.value[:10]}T{head}"), last.rule)  # fmt: skip
        else:
            joined.append(timex)
    return joined


def _clock_before(text: str, clock: Timex, day: Timex) -> bool:
    between = text[clock.span.end : day.span.start]
    whole_day = re.fullmatch(r"\d{4}-\d\d-\d\d(?:T[A-Z]{2})?", day.value)
    return bool(clock.type == "TIME" and (re.search(r"T\d", clock.value) or clock.rule == "at dawn") and whole_day
                and re.fullmatch(r",? (?:on |local time )?|\s\(?", between))  # fmt: skip
