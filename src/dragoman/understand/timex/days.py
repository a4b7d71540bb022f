"""Readings of days told from the report's day, weekdays, parts of days and times by the clock."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.knowledge.timewords import TimeRule
from dragoman.understand.timex.context import Context, Match, Meaning, group
from dragoman.understand.timex.dates import mod_code


def with_part(day: str, part: str | None, context: Context) -> tuple[str, str]:
    """Type and value of a day, or of its morning, afternoon, evening or night."""
    return ("TIME", f"{day}T{context.words.table('parts')[part]}") if part else ("DATE", day)


def read_day(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    if context.reference is None:
        return Meaning("DATE", "XXXX-XX-XX")
    day = (context.reference + timedelta(days=rule.shift)).isoformat()
    kind, value = with_part(day, group(match, "part"), context)
    if rule.value:
        kind, value = "TIME", f"{day}T{rule.value}"
    return Meaning(kind, value, mod_code(match, context))


def read_weekday(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    name = (group(match, "weekday") or "").rstrip(".")
    weekday = context.words.weekdays[name]
    which = group(match, "which")
    if context.reference is None or context.told_as_history or _some(match, context):
        return Meaning("DATE", f"XXXX-WXX-{weekday}")
    shift = {"before": -1, "after": 1}.get(group(match, "side") or "", rule.shift)
    day = weekday_near(context.reference, weekday, context, which=which, at=match) + timedelta(days=shift)
    if context.day and day < context.day[0] and _goes_on(match, context):
        day += timedelta(days=7)  # "Monday through Friday"
    kind, value = with_part(day.isoformat(), group(match, "part"), context)
    return Meaning(kind, value, mod_code(match, context))


def read_weekday_of_week(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """Friday next week, Monday of last week, Friday in the week ahead: a day of a week told from the report's."""
    weekday = context.words.weekdays[(group(match, "weekday") or "").rstrip(".")]
    if context.reference is None:
        return Meaning("DATE", f"XXXX-WXX-{weekday}")
    which = group(match, "which")
    side = context.words.table("which")[which] if which else 1
    if side not in (-1, 0, 1):
        return None
    day = context.reference + timedelta(days=7 * side + weekday - context.reference.isoweekday())
    kind, value = with_part(day.isoformat(), group(match, "part"), context)
    return Meaning(kind, value)


def _some(match: Match, context: Context) -> bool:
    """Whether any such day is meant: "on a Sunday afternoon", not "in a Sunday interview"."""
    left = context.before(match.start()).lower()
    opened = any(re.search(rf"\b{words}\s+$", left) for words in context.words.lists["any_day"])
    return opened and not context.beside_noun(match.end())


def _goes_on(match: Match, context: Context) -> bool:
    """Whether a range that began with the day named last ends here."""
    between = match.text[context.day_at : match.start()]
    return re.fullmatch(r"\s+(?:through|to|till|until)\s+|\s?[-–—]\s?", between) is not None


def weekday_near(now: date, weekday: int, context: Context, *, which: str | None, at: Match) -> date:
    """The day of that name: the last one up to the report's own, or the next where the words lean ahead."""
    back = now - timedelta(days=(now.isoweekday() - weekday) % 7)
    ahead = now + timedelta(days=(weekday - now.isoweekday()) % 7)
    side = context.words.table("which")[which] if which else None
    if side == -1:
        return back if back < now else back - timedelta(days=7)
    if side == 1:
        return ahead if ahead > now else ahead + timedelta(days=7)
    if side == 0:
        return now + timedelta(days=weekday - now.isoweekday())
    return ahead if context.lean(at.start(), at.end()) > 0 else back


def read_part(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """This morning, last night, the morning, the next evening."""
    part, which = group(match, "part"), group(match, "which")
    side = context.words.table("which")[which] if which else 2
    after, next_to = group(match, "next"), group(match, "side")
    if next_to is not None:
        return _part_beside(context, part or "", -1 if next_to == "before" else 1)
    beside = 0 if side == 2 else None
    if after and context.words.table("which")[after] == 1 and context.day and not context.told_as_history:
        day: date | None = context.day[0] + timedelta(days=1)
        beside = 1
    elif side == 2:
        day = context.day[0] if context.day and context.day[0] == context.day[1] else context.reference
    else:
        day = context.reference + timedelta(days=side) if context.reference else None
    if which is None and after is None and part in context.words.lists["parts_of_any_day"]:
        return None
    kind, value = with_part(day.isoformat() if day else "XXXX-XX-XX", part, context)
    return Meaning(kind, value, mod_code(match, context), beside=beside)


def _part_beside(context: Context, part: str, shift: int) -> Meaning:
    """The night before, the morning after: of the day beside the one named last."""
    day = context.day[0] if context.day and context.day[0] == context.day[1] else context.reference
    told = (day + timedelta(days=shift)).isoformat() if day else "XXXX-XX-XX"
    kind, value = with_part(told, part, context)
    return Meaning(kind, value, beside=shift)


def read_light(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """At dawn, by nightfall: of the day named last or of the report's own."""
    day = context.day[0] if context.day and context.day[0] == context.day[1] else context.reference
    part = context.words.table("light")[group(match, "light") or ""]
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{part}", beside=0)


def read_night(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """The night up to the report's day."""
    if context.now is None:
        return Meaning("TIME", "XXXX-XX-XXTNI")
    eve = context.now - timedelta(days=1)
    return Meaning("TIME", f"{eve.isoformat()}TNI", days=(eve, eve + timedelta(days=1)), precision="interval")


def read_clock(match: Match, context: Context, rule: TimeRule) -> Meaning | None:
    """A time by the clock, on the day named last in the paragraph or the report's own."""
    if word := group(match, "clockword"):
        clock: str | None = context.words.table("clock_words")[word]
    else:
        clock = _clock(match, context)
    if clock is None:
        return None
    bound = group(match, "bound")
    mod = context.words.table("bounds").get(bound) if bound else None
    day = context.day[0] if context.day and context.day[0] == context.day[1] else context.reference
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{clock}", mod, beside=0)


def _clock(match: Match, context: Context) -> str | None:
    word = group(match, "hourword")
    hour = context.words.numbers[word] if word else int(match["hour"])
    minute = group(match, "minute") or "00"
    ampm = (group(match, "ampm") or "").replace(".", "")
    if ampm and hour > 12:
        return None
    part = context.words.table("parts").get(group(match, "part") or "")
    if (ampm == "pm" or part in ("AF", "EV")) and hour < 12:
        hour += 12
    if ampm == "am" and hour == 12:
        hour = 0
    if not ampm and re.fullmatch(r"\d\d?\.\d\d", match.group()):
        return None
    zone = "Z" if re.search(r"\b(?:GMT|UTC)\b", match.group()) else ""
    return f"{hour:02}:{minute}{zone}"
