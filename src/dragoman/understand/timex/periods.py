"""Readings of periods: this week, the past three months, two years ago, durations, and what comes again and again."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec.structs import replace

from dragoman.knowledge.timewords import TimeRule
from dragoman.understand.timex.calendar import Interval, interval, move, unit_parts, week_value
from dragoman.understand.timex.context import Context, Match, Meaning, group
from dragoman.understand.timex.dates import mod_code, ordinal
from dragoman.understand.timex.quantity import duration, mod_of, quantity


def unit_value(day: date, unit: str) -> str:
    """The TIMEX3 value of the period that holds a day: `unit_value(date(2019, 1, 25), "M")` → `"2019-01"`."""
    _, letters = unit_parts(unit)
    if letters == "WE":
        return f"{week_value(day)}-WE"
    if letters == "Y" and unit != "Y":
        return f"{day.year // 10}" if unit == "10Y" else f"{day.year // 100:02}"
    shapes = {"D": day.isoformat(), "W": week_value(day), "M": f"{day:%Y-%m}", "Y": f"{day:%Y}"}
    if letters == "Q":
        return f"{day:%Y}-Q{(day.month + 2) // 3}"
    return shapes.get(letters, day.isoformat())


def unit_code(match: Match, context: Context) -> str:
    word = group(match, "unit", "units") or "day"
    return context.words.units[word.split()[-1]]


def read_which_unit(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    unit, now = unit_code(match, context), context.reference
    which = group(match, "which")
    side = context.words.table("which")[which] if which else 0
    if group(match, "sofar"):
        side = 0
    if side == 2:
        return read_that_unit(match, context, rule)
    in_story = which in context.words.lists["in_story"] or (which == "next" and match.group()[:4].lower() == "the ")
    if in_story and context.day:
        return beside_last(context, unit, -1 if side == -1 else 1)
    if unit == "D" and side == -1 and group(match, "which") in ("past", "last"):
        return None
    if now is None:
        return Meaning("DATE", "XXXX")
    if unit == "WE" and which is None:  # "the weekend" is the one past, save when it is near and the words lean ahead
        near = now.isoweekday() >= 4 and context.lean(match.start(), match.end()) > 0
        side = 0 if now.isoweekday() >= 6 or near else -1
    moved = move(now, side, unit)
    value = unit_value(moved, unit)
    days = interval(value)
    part = group(match, "mod")
    if unit == "D" and part in ("earlier", "later") and group(match, "the"):  # "earlier in the day"
        return Meaning("DATE", value, mod_code(match, context), days=days, precision="day", beside=0)
    if (group(match, "sofar") or (part == "earlier" and side == 0)) and days:
        return Meaning("DATE", value, mod_code(match, context), days=(days[0], now), precision="interval")
    if part == "later" and side == 0 and days and days[1] > now:
        return Meaning("DATE", value, mod_code(match, context), days=(now, days[1]), precision="interval")
    if unit == "W" and which == "last" and now.isoweekday() == 7 and days:
        days = (days[0], now - timedelta(days=1))  # on a Sunday the week that ended the day before may be meant
    elif which == "past" and not in_story:  # "in the past year": the twelve months up to now, not the year before
        days = (moved, now)
    return Meaning("DATE", value, mod_code(match, context), days=days)


def read_that_unit(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """That day, the same year: what was named last, at this unit's size."""
    unit = unit_code(match, context)
    first, last = context.day or (context.reference, context.reference)
    if first is None or last is None:
        return Meaning("DATE", "XXXX")
    if unit_value(first, unit) != unit_value(last, unit):  # "that day" after "last summer"
        return Meaning("DATE", "XXXX-XX-XX", precision="vague")
    return Meaning("DATE", unit_value(first, unit), mod_code(match, context))


def read_next_unit(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """The next day, the following year, the year before: one unit from what was named last."""
    unit = unit_code(match, context)
    word = group(match, "next", "side") or ""
    back = word == "before" or context.words.table("which").get(word) == -1
    if word in ("after", "before") and re.match(r"\s+\w", context.after(match.end())):
        return Meaning("DATE", "XXXX-XX-XX", precision="vague")  # of what follows, which has no date of its own
    return beside_last(context, unit, -1 if back else 1)


def beside_last(context: Context, unit: str, side: int) -> Meaning:
    """The unit of time before (-1) or after (1) what was named last."""
    anchor = context.day or ((context.reference, context.reference) if context.reference else None)
    if anchor is None or context.some_day:
        return Meaning("DATE", "XXXX")
    return Meaning("DATE", unit_value(move(anchor[0] if side < 0 else anchor[1], side, unit), unit))


def read_stretch(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """The last three months, the next 72 hours: a length with the report at one end."""
    unit = unit_code(match, context)
    amount = quantity(group(match, "number") or "a", context.words)
    which = group(match, "which") or ""
    mod = mod_of(group(match, "bound"), context.words)
    return Meaning(
        "DURATION", duration(amount, unit), mod, days=_beside(which, amount, unit, context), precision="interval"
    )


def _beside(which: str, amount: float | None, unit: str, context: Context) -> Interval | None:
    now = context.now
    if now is None or which in ("first", "final", "remaining"):
        return None
    size = amount if amount is not None else 3.0
    if which == "recent" or context.words.table("which").get(which) == -1:
        return move(now, -size, unit), now
    return now, move(now, size, unit)


def read_recent(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    unit, which = unit_code(match, context), group(match, "recent") or ""
    single = group(match, "unit")
    amount = 1.0 if single else None
    days = _beside(which, amount if single else 6.0, unit, context)
    return Meaning("DURATION", duration(amount, unit), days=days, precision="interval" if single else "vague")


def read_ago(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    return counted(match, context, anchor=context.now, sign=-1)


def read_shifted(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """Two days later, three weeks from now: counted from what was named last, or from the report."""
    side = group(match, "side")
    if side is None:
        return counted(match, context, anchor=context.now, sign=1)
    before = side in ("earlier", "before", "previously", "beforehand")
    anchor = (context.day[0] if before else context.day[1]) if context.day else context.reference
    anchor = None if context.some_day else anchor
    if side in ("after", "before") and re.match(r"\s+\w", context.after(match.end())):
        unit = unit_code(match, context)
        return Meaning("DURATION", duration(quantity(group(match, "number") or "a", context.words), unit))
    meaning = counted(match, context, anchor=anchor, sign=-1 if before else 1)
    if context.day and anchor and context.day[0] == context.day[1] and "-W" in meaning.value and not meaning.mod:
        weeks = quantity(group(match, "number") or "a", context.words) or 1.0
        day = move(anchor, (-1 if before else 1) * weeks, unit_code(match, context))
        return replace(meaning, days=(day, day), precision="day")  # "a week earlier" than Monday: that Monday
    return meaning


def counted(match: Match, context: Context, *, anchor: date | None, sign: int) -> Meaning:
    """A day, month or year so many units from an anchor, as finely as the unit counts."""
    unit = unit_code(match, context)
    amount = None if group(match, "units") else quantity(group(match, "number") or "a", context.words)
    mod = mod_of(group(match, "bound"), context.words)
    if amount is None:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", precision="vague")
    if anchor is None:
        return Meaning("DATE", "XXXX")
    if group(match, "half"):
        amount += 0.5
    fine = {"10Y": "Y", "100Y": "Y", "TH": "D", "TM": "D", "TS": "D", "2W": "W"}.get(unit, unit)
    if match.group().lower().endswith("today"):
        fine = "D"
    return Meaning("DATE", unit_value(move(anchor, sign * amount, unit), fine), mod)


def read_year_ago(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """A year ago: beside a quarter's figures the same quarter a year before, else the year before."""
    number = group(match, "ordinal")
    if context.quarter:
        year = int(context.quarter[:4])
        tail = f"Q{ordinal(number, context)}" if number else context.quarter[5:]
        return Meaning("DATE", f"{(year if year < context.year_now else context.year_now) - 1:04}-{tail}")
    now = context.now
    return Meaning("DATE", f"{now.year - 1:04}" if now else "XXXX", mod_of(group(match, "bound"), context.words))


def read_duration(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    unit = unit_code(match, context)
    number = group(match, "number")
    amount = quantity(number, context.words) if number else None
    if group(match, "more"):
        amount = amount or 1.0
    if ("old" in match.group() and unit == "Y") or re.match(r"\s+(?:old|of age)\b", context.after(match.end())):
        return None  # an age
    if unit == "Q" and re.search(r"\w[-‑–]\w", match.group()):
        return None  # a fraction
    if number is None and group(match, "units", "unit") in context.words.tables["units"]:
        amount = 1.0  # "day-long"
    if group(match, "half") and amount is not None:
        amount += 0.5
    left = context.before(match.start())
    if number is None and (re.findall(r"\w+", left)[-1:] or [""])[0].lower() in context.words.lists["no_length"]:
        return None
    if number in ("a", "an") and unit in ("D", "W", "M", "Y", "TH", "TM") and not group(match, "bound"):
        if re.search(r"\b(?:half|once|twice|times)\s*$", left):
            return None
        if re.search(r"(?:\d|percent|million|billion|thousand|hundreds?|dozens?)(?:\W+\w+){0,3}\s*$", left):
            previous = re.findall(r"\w+", left)[-1:] or [""]
            if previous[0].lower() not in context.words.lists["length_context"]:
                return Meaning("SET", duration(1, unit))
    return Meaning("DURATION", duration(amount, unit), mod_of(group(match, "bound"), context.words))


def read_fixed(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    days: Interval | None = None
    if group(match, "soon") and context.lean(match.start(), match.end()) < 0:
        return None  # "soon became": told, not foretold
    if group(match, "oneday") and not _foretold(match, context):
        return Meaning("DURATION", "P1D")
    if rule.value == "PRESENT_REF" and context.reference:
        days = (context.reference, context.reference)
    if rule.value == "PAST_REF" and context.reference and match.group().lower() in ("recently", "lately"):
        days = (context.reference - timedelta(days=30), context.reference)
    return Meaning(rule.type, rule.value, days=days, precision="vague" if rule.value.endswith("_REF") else None)


def _foretold(match: Match, context: Context) -> bool:
    """Whether the words around say that it is to come: "one day it may end"."""
    following = re.findall(r"\w+", context.after(match.end()))[:3]
    ahead = context.words.lists["ahead_helpers"]
    return context.lean(match.start(), match.end()) > 0 or any(word.lower() in ahead for word in following)


def read_every(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    words = context.words
    if regular := group(match, "regular"):
        return Meaning("SET", words.table("regular")[regular])
    if weekday := group(match, "weekday"):
        return Meaning("SET", f"XXXX-WXX-{words.weekdays[weekday.rstrip('.')]}")
    if month := group(match, "month"):
        return Meaning("SET", f"XXXX-{words.months[month.rstrip('.')]:02}")
    if season := group(match, "season"):
        return Meaning("SET", f"XXXX-{words.table('seasons')[season]}")
    if part := group(match, "part"):
        return Meaning("SET", f"XXXX-XX-XXT{words.table('parts')[part]}")
    number = group(match, "number") if rule.example != "three times a week" else None
    amount = quantity(number, words) if number else 2.0 if group(match, "other") else 1.0
    return Meaning("SET", duration(amount, unit_code(match, context)))
