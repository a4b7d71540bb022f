"""Readings of dates that name a day, month, year or more."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.knowledge.timewords import TimeRule
from dragoman.understand.timex.calendar import move, week_value
from dragoman.understand.timex.context import Context, Match, Meaning, group
from dragoman.understand.timex.quantity import quantity

SUNDAY = 7
THAT = 2  # what `which` makes of "that": the one named last
SLASHED = re.compile(r"\b(\d\d?)/(\d\d?)/(?:\d{4}|\d\d)\b")


def mod_code(match: Match, context: Context) -> str | None:
    word = group(match, "mod")
    return context.words.table("mods").get(word.rstrip("-")) if word else None


def named_year(match: Match, context: Context) -> int | None:
    """The year that the expression itself names: in figures, in words, or as last, this, next year."""
    if year := group(match, "year"):
        return full_year(int(year), context)
    if spelled := group(match, "yearwords"):
        return spelled_year(spelled, context)
    aside = group(match, "yearwhich", "yearwhich2")
    now = context.now
    return now.year + context.words.table("which")[aside] if aside and now else None


def full_year(year: int, context: Context) -> int:
    if year >= 100:
        return year
    latest = (context.reference or date(2030, 1, 1)).year + 10
    return year + 2000 if year + 2000 <= latest else year + 1900


def spelled_year(text: str, context: Context) -> int | None:
    parts = re.split(r"[\s-]+", text)
    numbers = [context.words.numbers.get(p, 0) for p in parts if p != "and"]
    if parts[0] == "two":
        return 2000 + (numbers[2] if len(numbers) > 2 else 0)
    return 1900 + sum(n for n in numbers[1:] if n < 100)


def nearest_year(month: int, day: int, context: Context, *, at: Match, whole_month: bool = False) -> int | None:
    """The year of a day or month named without one: that of the story told, or nearest the report as it leans."""
    now, lean = context.now, context.lean(at.start(), at.end())
    if (year := context.story_year(at.start(), lean=lean)) is not None:
        return year
    if now is None:  # no day to count from: only a year of the same sentence tells
        return context.year if re.search(r"\b(?:1\d|20)\d\d\b", context.before(at.start() + 1)) else None
    if lean == 1 and context.beside_noun(at.end()):
        lean = 0  # "to examine the May 3 raid": what is to come is not the raid
    if whole_month:
        now = now.replace(day=1)
    costs = []
    for year in (now.year - 1, now.year, now.year + 1):
        try:
            away = (date(year, month, day) - now).days
        except ValueError:
            continue
        weight = (3.0 if lean == 1 else 5.0) if away * lean < 0 else 1.0
        if lean == 0 and away > 0:
            weight = 2.5
        costs.append((abs(away) * weight, year))
    return min(costs)[1] if costs else None


def month_number(match: Match, context: Context) -> int | None:
    if number := group(match, "monthnumber"):
        return int(number)
    name = group(match, "month")
    return context.words.months[name.rstrip(".")] if name else None


def day_number(match: Match, context: Context) -> int | None:
    if number := group(match, "day"):
        return int(number)
    if word := group(match, "dayword"):
        return ordinal(word, context)
    return None


def ordinal(word: str, context: Context) -> int:
    """`"twenty-first"` → 21, `"third"` → 3, `"2nd"` → 2."""
    if word[0].isdigit():
        return int(re.sub(r"\D", "", word))
    ordinals = context.words.table("ordinals")
    tens, _, last = word.replace("-", " ").rpartition(" ")
    return int(ordinals.get(last, 0)) + int(quantity(tens, context.words) or 0 if tens else 0)


def read_date(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    month, day = month_number(match, context), day_number(match, context)
    if month is None:
        return None
    year = named_year(match, context) or _beside_now(month, day, match, context)
    year = year or nearest_year(month, day or 1, context, at=match, whole_month=day is None)
    head = f"{year:04}-{month:02}" if year else f"XXXX-{month:02}"
    if day is None:
        return Meaning("DATE", head, mod_code(match, context))
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return Meaning("DATE", f"{head}-{day:02}", mod_code(match, context))


def _beside_now(month: int, day: int | None, match: Match, context: Context) -> int | None:
    """The year of "last June 30", "next May 1": of the nearest such day before or after now."""
    which, now = group(match, "which"), context.now
    if which is None or day is None or now is None:
        return None
    side = context.words.table("which")[which]
    other = (month, day) >= (now.month, now.day) if side < 0 else (month, day) <= (now.month, now.day)
    return now.year + (side if other else 0)


def read_numeric_date(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """Month first with a slash, unless a date elsewhere in the text has the day first or only that lies in the past."""
    first, second, year = int(match["a"]), int(match["b"]), full_year(int(match["year"]), context)
    if match["sep"] == "." or first > 12:
        return _numeric(year, second, first)
    american, other = _numeric(year, first, second), _numeric(year, second, first)
    if american is None or other is None:
        return american
    elsewhere = [(int(a) > 12, int(b) > 12) for a, b in SLASHED.findall(match.text)]
    if (True, False) in elsewhere and (False, True) not in elsewhere:
        return other
    now = context.reference.isoformat() if context.reference else None
    return other if now and other.value <= now < american.value and (False, True) not in elsewhere else american


def _numeric(year: int, month: int, day: int) -> Meaning | None:
    try:
        return Meaning("DATE", date(year, month, day).isoformat())
    except ValueError:
        return None


def read_month(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    month = month_number(match, context)
    which = group(match, "which")
    now = context.now
    if month is None or (which is None and not _month_here(match, context)):
        return None
    year: int | None
    if which is None:
        year = nearest_year(month, 1, context, at=match, whole_month=True)
    elif now is None:
        year = None
    else:
        side = context.words.table("which")[which]
        year = now.year
        if side == -1 and month >= now.month - 1:  # the month just past is "last month"
            year -= 1
        elif side == 1 and month <= now.month:
            year += 1
    return Meaning("DATE", f"{year:04}-{month:02}" if year else f"XXXX-{month:02}", mod_code(match, context))


def _month_here(match: Match, context: Context) -> bool:
    """Whether May and March, or a month's name before another name, are a month here: by the word before them."""
    left = re.findall(r"[\w']+", context.before(match.start()))
    after = context.after(match.end())
    named = re.match(r"\s+[A-Z]", after) is not None
    if left and left[-1].lower() in context.words.lists["month_context" if not named else "month_before_name"]:
        return not re.match(r"\s+of\s+(?!\d|last|this|next)", after)
    if match.group().strip(".").lower() in context.words.lists["not_only_months"]:
        return False
    return not named or bool(group(match, "mod"))


def read_year(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    year = named_year(match, context)
    if year is None or not _is_year(match, context, year):
        return None
    return Meaning("DATE", f"{year:04}", mod_code(match, context))


def _is_year(match: Match, context: Context, year: int) -> bool:
    if len(match.group()) > 4:
        return True
    left = re.findall(r"[\w']+|[^\w\s]", context.before(match.start()))
    right = re.findall(r"\w+|[^\w\s]", context.after(match.end()))
    last = left[-1].lower() if left else ""
    following = right[0].lower() if right else ""
    if (
        following in context.words.lists["counted"]
        or following in ("%", "°")
        or last in context.words.lists["not_years"]
    ):
        return False
    if following == "-" and match.text[match.end() : match.end() + 1] == "-":
        return bool(re.match(r"-(?:\d{2,4}\b|era\b|style\b)", match.text[match.end() : match.end() + 6]))
    if 1900 <= year <= 2060:
        return True
    return last in context.words.lists["yearly_context"] or last.rstrip(".") in context.words.months


def read_decade(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    figures, word = group(match, "decade"), group(match, "decadeword")
    number = int(figures) if figures else int(context.words.table("decades")[word or ""])
    if number < 100:
        latest = (context.reference or date(2030, 1, 1)).year
        number += 2000 if 2000 + number <= latest else 1900
    return Meaning("DATE", f"{number // 10}", mod_code(match, context))


def read_century(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    number = int(group(match, "century") or ordinal(group(match, "centuryword") or "0", context))
    if group(match, "bc") or not 0 < number < 30:
        return Meaning("DATE", f"BC{number - 1:02}")
    return Meaning("DATE", f"{number - 1:02}", mod_code(match, context))


def read_before_christ(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    return Meaning("DATE", f"BC{int(match['bcyear']):04}")


def read_days_span(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """Several days of one month: "January 5-7"."""
    first, last = read_date(match, context, rule), int(match["lastday"])
    if first is None or first.value.startswith("X"):
        return first
    begin = date.fromisoformat(first.value)
    try:
        end = begin.replace(day=last)
    except ValueError:
        return first
    if end <= begin:
        return first
    return Meaning("DATE", f"{first.value}/{end.isoformat()}", days=(begin, end), precision="interval")


def read_years_span(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """Years from one to another: "1984-86"."""
    first, tail = int(match["year"]), match["lastyear"]
    last = int(str(first)[: 4 - len(tail)] + tail)
    if last <= first or not _is_year(match, context, first):
        return None
    return Meaning("DATE", f"{first:04}/{last:04}", days=(date(first, 1, 1), date(last, 12, 31)), precision="interval")


def read_day_of_month(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """The 15th, of the month that the story stands in, or of this, last or next month."""
    now, day = context.now, day_number(match, context) or 0
    if now is None:
        return Meaning("DATE", f"XXXX-XX-{day:02}")
    which = group(match, "which")
    side = context.words.table("which")[which] if which else 0
    if side == THAT:  # "on the fourth of that month"
        now, side = context.day[0] if context.day else now, 0
    month = move(now.replace(day=1), side, "M")
    lean = context.lean(match.start(), match.end()) if which is None else 0
    if (day > now.day and lean < 0) or (day < now.day and lean > 0):
        month = move(month, 1 if lean > 0 else -1, "M")
    try:
        return Meaning("DATE", month.replace(day=day).isoformat())
    except ValueError:
        return None


def read_week_of(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    whole = read_date(match, context, rule)
    if whole is None or whole.value.startswith("X"):
        return whole
    first = date.fromisoformat(whole.value)
    if first.isoweekday() == SUNDAY:  # of a week that begins on Sunday it is the first day, not the last
        monday = first + timedelta(days=1)
        return Meaning("DATE", week_value(monday), days=(first, first + timedelta(days=6)))
    return Meaning("DATE", week_value(first))
