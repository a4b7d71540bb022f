"""The readings by the names that `knowledge/times.toml` calls them by."""

from __future__ import annotations

from dragoman.understand.timex import dates, days, periods
from dragoman.understand.timex.context import Reading

MEANINGS: dict[str, Reading] = {
    "ago": periods.read_ago,
    "before_christ": dates.read_before_christ,
    "century": dates.read_century,
    "clock": days.read_clock,
    "date": dates.read_date,
    "day": days.read_day,
    "decade": dates.read_decade,
    "duration": periods.read_duration,
    "every": periods.read_every,
    "fixed": periods.read_fixed,
    "holiday": dates.read_holiday,
    "latest_quarter": dates.read_latest_quarter,
    "month": dates.read_month,
    "next_unit": periods.read_next_unit,
    "night": days.read_night,
    "numeric_date": dates.read_numeric_date,
    "part": days.read_part,
    "quarter": dates.read_quarter,
    "recent": periods.read_recent,
    "season": dates.read_season,
    "shifted": periods.read_shifted,
    "stretch": periods.read_stretch,
    "that_unit": periods.read_that_unit,
    "the_year": dates.read_the_year,
    "week_of": dates.read_week_of,
    "weekday": days.read_weekday,
    "which_unit": periods.read_which_unit,
    "year": dates.read_year,
    "year_ago": periods.read_year_ago,
    "year_end": dates.read_year_end,
}
