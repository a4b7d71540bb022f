"""What an expression is read against: the day of the report, what was named before, which way the words lean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from dragoman.knowledge.timewords import TimeRule, TimeWords
from dragoman.records import Precision
from dragoman.understand.timex.calendar import Interval

WORD = re.compile(r"[A-Za-z]+(?:['’](?:ll|t))?|['’]ll|\d+")
CLOCK_LEFT = re.compile(
    r"(?i)(?:\b\d\d?(?:[:.]\d\d)?[ ]?(?:[ap]\.?m\.?)?(?:,?[ ][A-Z]{3})?|\b(?:noon|midnight|late|early)),?[ ]*$"
)
NOUN_AFTER = re.compile(r"(?P<owner>['’]s\b)|[ ](?P<noun>[a-z]+)\b(?:[ ](?P<then>[a-z]+)\b)?")
BREAK = re.compile(
    r"(?<!\.[A-Za-z])(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?][\"'”’)]*\s+(?=[A-Z\"“‘'])|\n\s*\n|;|_|--|—"
)


class Match(Struct, frozen=True):
    """Where a rule matched, with the words of its groups as the text has them."""

    text: str
    first: int
    last: int
    groups: dict[str, str]

    def start(self) -> int:
        return self.first

    def end(self) -> int:
        return self.last

    def group(self) -> str:
        return self.text[self.first : self.last]

    def __getitem__(self, name: str) -> str:
        return self.groups[name]


class Meaning(Struct, frozen=True):
    """What an expression says: a TIMEX3 type and value, the days where the value alone does not give them."""

    type: str
    value: str
    mod: str | None = None
    days: Interval | None = None
    precision: Precision | None = None
    beside: int | None = None  # it names no day: so many days from the one that the story stands at


@dataclass
class Context:
    """The state of a walk through one text, from its first expression to its last."""

    text: str
    words: TimeWords
    reference: date | None
    told_as_history: bool = False
    tense: Callable[[int, int], int | None] | None = None
    day: Interval | None = None  # the days named last
    day_at: int = 0  # where their expression ends
    some_day: bool = False  # since then only "a Sunday" was named, from which nothing can be counted
    year: int | None = None  # the year named last in full
    year_at: int | None = None  # the end of the last day or month told of it
    quarter: str = ""  # the quarter named last

    @property
    def now(self) -> date | None:
        """The day from which the narrator counts: the report's, in a history the day named last."""
        return self.day[0] if self.told_as_history and self.day else self.reference

    @property
    def year_now(self) -> int:
        return self.now.year if self.now else 9999

    def story_year(self, start: int, *, lean: int) -> int | None:
        """The year of a day told without one: in a history, or after a day long past in the same sentence."""
        if self.year is None or self.told_as_history:
            return self.year
        near = self.year_at is not None and start - self.year_at <= len(self.before(start))
        return self.year if near and lean <= 0 and self.now and self.year < self.now.year - 1 else None

    def beside_noun(self, end: int) -> bool:
        """Whether a noun follows that the expression describes: "the May 3 raid"."""
        following = NOUN_AFTER.match(self.text, end)
        return following is not None and bool(following["noun"]) and following["noun"] not in self.words.lists["small"]

    def adjectival(self, end: int) -> bool:
        """Whether the expression owns or describes what follows: "Sunday's vote", "Sunday talks in the capital"."""
        following = NOUN_AFTER.match(self.text, end)
        if following is None or following["owner"]:
            return following is not None
        return self.beside_noun(end) and following["then"] in self.words.lists["noun_prepositions"]

    def before(self, start: int) -> str:
        """The words of the sentence up to here."""
        piece = self.text[max(0, start - 160) : start]
        return BREAK.split(piece)[-1]

    def after(self, end: int) -> str:
        return BREAK.split(self.text[end : end + 120], maxsplit=1)[0]

    def lean(self, start: int, end: int) -> int:
        """2 where the words around surely lie ahead of the report, 1 probably, -1 behind it, 0 where nothing tells."""
        if self.tense is not None and (told := self.tense(start, end)) is not None:
            return told
        left = WORD.findall(CLOCK_LEFT.sub("", self.before(start)))
        right = WORD.findall(self.after(end))
        if right and right[0].lower() in self.words.lists["limits"]:
            return 2
        lists = self.words.lists
        last = left[-1].lower() if left else ""
        if last in lists["ahead_before"] or " ".join(left[-2:]).lower() in lists["ahead_pairs"]:
            return 2
        if last in lists["behind_before"]:
            return -1
        near = [(n + 0.5, self._sign(w, _next(left, len(left) - n))) for n, w in enumerate(reversed(left))]
        signs = [(n + 4.0, self._sign(w, _next(right, n + 1))) for n, w in enumerate(right)]
        near += [(away, sign) for away, sign in signs if sign != 1]  # a weak word after it belongs to something else
        told = next((sign for _, sign in sorted(near, key=lambda p: p[0]) if sign), 0)
        if last in lists["ahead_if_open"]:
            return -1 if told < 0 else 2
        if told == 1 and self.adjectival(end):
            return 0
        return told

    def _sign(self, word: str, following: str) -> int:
        lower = word.lower().replace("’", "'")
        if lower in self.words.lists["infinitive"]:
            return 1 if following.islower() and following not in self.words.lists["determiners"] else 0
        if lower in self.words.lists["surely_ahead"]:
            return 2
        if lower in self.words.lists["ahead"]:
            return 1
        if lower in self.words.lists["behind"] or (lower.endswith("ed") and len(lower) > 4 and word.islower()):
            return -1
        return 0


def _next(words: list[str], place: int) -> str:
    return words[place] if place < len(words) else ""


Reading = Callable[[Match, Context, TimeRule], Meaning | None]


def group(match: Match, *names: str) -> str | None:
    """The first of these groups that the rule has and the text filled, in lower case."""
    for name in names:
        found = match.groups.get(name)
        if found:
            return re.sub(r"\s+", " ", found.replace("’", "'")).lower()
    return None
