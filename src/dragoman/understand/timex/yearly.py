"""Readings of what a year is told by: feasts, seasons, halves, quarters, its end."""

from __future__ import annotations

import re
from datetime import date

from dragoman.knowledge.timewords import TimeRule
from dragoman.understand.timex.calendar import SEASON_MONTHS, feast, move, week_value
from dragoman.understand.timex.context import Context, Match, Meaning, group
from dragoman.understand.timex.dates import mod_code, named_year, ordinal


def read_holiday(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    feast_rule = context.words.table("holidays")[group(match, "holiday") or ""]
    year, which, now = named_year(match, context), group(match, "which"), context.now
    if year is None and now is not None:
        year = _feast_year(feast_rule, which, now, lean=context.lean(match.start(), match.end()), context=context)
    if year is None:
        return Meaning("DATE", "XXXX-XX-XX")
    day = feast(feast_rule, year)
    if rule.scale:
        return Meaning("DATE", week_value(day) + ("-WE" if rule.scale == "WE" else ""))
    return Meaning("DATE", day.isoformat())


def _feast_year(feast_rule: str, which: str | None, now: date, *, lean: int, context: Context) -> int:
    side = context.words.table("which")[which] if which else None
    if side == 0:
        return now.year
    days = [feast(feast_rule, year) for year in (now.year - 1, now.year, now.year + 1)]
    if side is not None:
        return (next(d for d in days if d >= now) if side > 0 else [d for d in days if d < now][-1]).year
    return min(days, key=lambda d: abs((d - now).days) * (5 if (d - now).days * lean < 0 else 1)).year


def read_year_end(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    year = named_year(match, context) or (context.now.year if context.now else None)
    return Meaning("DATE", f"{year:04}-12-31" if year else "XXXX-12-31", precision="day")


def read_season(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    code = context.words.table("seasons")[group(match, "season") or ""]
    year, which, now = named_year(match, context), group(match, "which"), context.now
    if year is None and which is None:
        year = context.story_year(match.start(), lean=min(context.lean(match.start(), match.end()), 0))
    if year is None and now is not None:
        year, begins = now.year, SEASON_MONTHS[code]
        side = context.words.table("which")[which] if which else min(context.lean(match.start(), match.end()), 0) or -1
        if side == -1 and (move(date(now.year, begins, 1), 3, "M") > now if which else begins > now.month):
            year -= 1
        elif side == 1 and begins <= now.month:
            year += 1
    return Meaning("DATE", f"{year:04}-{code}" if year else f"XXXX-{code}", mod_code(match, context))


def read_quarter(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    year, now = named_year(match, context), context.now
    if half := group(match, "half"):
        year = year or (now.year if now else None)
        return Meaning("DATE", f"{year:04}-H{1 if half == 'first' else 2}" if year else "XXXX-HX")
    number = ordinal(group(match, "ordinal") or "1", context)
    if year is None and now is not None:
        year = now.year if number <= (now.month + 2) // 3 else now.year - 1
        if year < now.year and context.lean(match.start(), match.end()) > 0:
            year = now.year
    return Meaning("DATE", f"{year:04}-Q{number}" if year else f"XXXX-Q{number}")


def read_latest_quarter(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """The quarter spoken of: by the day it ended on, else the one named last."""
    ended = re.match(r"\s+end(?:ed|ing)\s+(\w+)", context.after(match.end()))
    month = context.words.months.get(ended[1].lower()) if ended else None
    if month and context.now:
        year = context.now.year if month <= context.now.month else context.now.year - 1
        return Meaning("DATE", f"{year:04}-Q{(month + 2) // 3}")
    return Meaning("DATE", context.quarter) if context.quarter else None


def read_the_year(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    year = named_year(match, context) or (context.now.year if context.now else None)
    return Meaning("DATE", f"{year:04}" if year else "XXXX")
