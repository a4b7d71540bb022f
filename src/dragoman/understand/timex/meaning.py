"""The readings by the names that `knowledge/times.toml` calls them by."""

from __future__ import annotations

from dragoman.understand.timex import dates, days, periods, yearly
from dragoman.understand.timex.context import Reading

MEANINGS: dict[str, Reading] = {
    "ago": periods.read_ago,
    "before_christ": dates.read_before_christ,
    "century": dates.read_century,
    "clock": days.read_clock,
    "date": dates.read_date,
    "day": days.read_day,
    "day_of_month": dates.read_day_of_month,
    "days_span": dates.read_days_span,
    "decade": dates.read_decade,
    "duration": periods.read_duration,
    "every": periods.read_every,
    "fixed": periods.read_fixed,
    "holiday": yearly.read_holiday,
    "latest_quarter": yearly.read_latest_quarter,
    "light": days.read_light,
    "month": dates.read_month,
    "next_unit": periods.read_next_unit,
    "night": days.read_night,
    "numeric_date": dates.read_numeric_date,
    "part": days.read_part,
    "quarter": yearly.read_quarter,
    "recent": periods.read_recent,
    "season": yearly.read_season,
    "shifted": periods.read_shifted,
    "stretch": periods.read_stretch,
    "that_unit": periods.read_that_unit,
    "the_year": yearly.read_the_year,
    "week_of": dates.read_week_of,
    "weekday": days.read_weekday,
    "weekday_of_week": days.read_weekday_of_week,
    "which_unit": periods.read_which_unit,
    "year": dates.read_year,
    "year_ago": periods.read_year_ago,
    "year_end": yearly.read_year_end,
    "years_span": dates.read_years_span,
}
