"""Days, and what TIMEX3 values mean as intervals of days (both ends included)."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from dragoman.records import Precision

Interval = tuple[date, date]

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SHAPES: tuple[tuple[str, Precision], ...] = (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", "minute"),
    (r"\d{4}-\d\d-\d\dT\d\d", "hour"),
    (r"\d{4}-\d\d-\d\dT[A-Z]{2}", "part of day"),
    (r"\d{4}-\d\d-\d\d", "day"),
    (r"\d{4}-W\d\d(?:-WE)?", "week"),
    (r"\d{4}-\d\d", "month"),
    (r"\d{4}-(?:SP|SU|FA|WI)", "season"),
    (r"\d{4}-(?:Q\d|H\d)", "quarter"),
    (r"\d{4}", "year"),
    (r"\d{3}", "decade"),
    (r"\d\d", "interval"),
)


def precision(value: str) -> Precision | None:
    """How finely a TIMEX3 date is told: `precision("2018-05")` → `"month"`; None for what is no date."""
    return next((name for shape, name in SHAPES if re.fullmatch(shape, value)), None)


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def move_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last.

    >>> move_months(date(2019, 1, 31), 1)
    datetime.date(2019, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def move(day: date, amount: float, unit: str) -> date:
    """`amount` units after `day` (before it when negative); `unit` is a TIMEX3 designator such as D, W, M, Y, 10Y, TH.

    Hours count as the part of a day that they are: 72 hours are three days, 5 hours none.
    """
    size, letters = unit_parts(unit)
    amount *= size
    if letters in ("Y", "Q", "M"):
        return move_months(day, round(amount * {"Y": 12, "Q": 3, "M": 1}[letters]))
    days = amount * {"D": 1.0, "W": 7.0, "WE": 7.0, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}[letters]
    limit = (date(9998, 12, 31) - day).days if days > 0 else (day - date.min).days
    return day + timedelta(days=min(max(int(days), -limit), limit))


def unit_parts(unit: str) -> tuple[int, str]:
    """`"10Y"` → `(10, "Y")`."""
    number = "".join(c for c in unit if c.isdigit())
    return int(number or 1), unit[len(number) :]


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    """The `nth` such weekday of a month; 5 is the last one."""
    first = date(year, month, 1)
    days = [first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * n) for n in range(5)]
    inside = [d for d in days if d.month == month]
    return inside[min(nth, len(inside)) - 1]


def feast(rule: str, year: int) -> date:
    """The day of a feast in a year: `"12-25"`, `"11-4-4"` (month, weekday, which) or `"easter-2"`."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    month, *rest = map(int, rule.split("-"))
    return date(year, month, rest[0]) if len(rest) == 1 else nth_weekday(year, month, weekday=rest[0], nth=rest[1])


def week_value(day: date) -> str:
    """ISO week of a day: `2019-W04`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def interval(value: str) -> Interval | None:
    """The days that a TIMEX3 date means; None for PRESENT_REF and the like, and for days before our era.

    >>> [d.isoformat() for d in interval("2018-05")]
    ['2018-05-01', '2018-05-31']
    """
    try:
        return _interval(value)
    except ValueError:
        return None


def _interval(value: str) -> Interval | None:
    if m := re.match(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return day, day
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return monday + timedelta(days=5 if m[3] else 0), monday + timedelta(days=6)
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return date(int(m[1]), int(m[2]), 1), month_end(int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _months(int(m[1]), SEASON_MONTHS[m[2]], 3)
    if m := re.fullmatch(r"(\d{4})-(Q|H)(\d)", value):
        length = 3 if m[2] == "Q" else 6
        return _months(int(m[1]), (int(m[3]) - 1) * length + 1, length)
    if m := re.fullmatch(r"(\d{2,4})", value):
        scale = 10 ** (4 - len(m[1]))
        return date(max(int(m[1]) * scale, 1), 1, 1), date(int(m[1]) * scale + scale - 1, 12, 31)
    return None


def _months(year: int, first: int, length: int) -> Interval:
    last = move_months(date(year, first, 1), length - 1)
    return date(year, first, 1), month_end(last.year, last.month)


def narrow(span: Interval, mod: str | None) -> Interval:
    """The early, middle or late part of an interval: a third of it, to the day."""
    start, end = span
    length = (end - start).days + 1
    if length < 3 or mod not in ("START", "MID", "END"):
        return span
    first, second = start + timedelta(days=length // 3), start + timedelta(days=2 * length // 3)
    return {
        "START": (start, first - timedelta(days=1)),
        "MID": (first, second - timedelta(days=1)),
        "END": (second, end),
    }[mod]
