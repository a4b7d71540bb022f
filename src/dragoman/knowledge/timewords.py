"""The words and rules of time expressions, compiled from `times.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from msgspec import Struct

from dragoman.knowledge.beginnings import FOREIGN, beginnings, openings
from dragoman.knowledge.tables import TableError, shipped

BLANK = r"(?:(?:[ \t\xa0]{1,3}\n?|\n)[ \t\xa0]{0,3})"  # never an empty line: an expression stays inside its paragraph
BEFORE = r"(?<![\w$£€@#/_])(?<!\d[.,:])(?<![$£€] )"
AFTER = r"(?!\w)(?![-‑][A-Za-z])(?!,\d\d\d)(?!\.\d)"


_BLANK = "\uf8ff"  # stands for `BLANK`
NUMBER = "\x01"  # stands for every character of a number in words: compiling them into each rule costs too much
SIGNS = ("holiday", "season", "month", "weekday", "part", "unit", "units")  # tables one of whose words a rule may need


class TimeRule(Struct, frozen=True, dict=True):
    """One kind of expression: what is written, and which reading of it applies."""

    source: str
    means: str
    example: str
    type: str
    value: str
    shift: int
    scale: str
    counts: bool  # whether numbers are masked before it is matched
    sign: str  # the table of whose words one must be in a text that it matches
    begins: frozenset[str]  # with what a match in ASCII begins (`beginnings`)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first needed: many texts need few rules."""
        try:
            return re.compile(self.source)
        except re.error as err:
            raise TableError(f"times.toml: rule {self.example!r}: {err}") from None


class TimeWords(Struct, frozen=True, dict=True):
    """Months, weekdays, units, numbers … by their written form in lower case, and the rules made of them."""

    tables: dict[str, dict[str, Any]]
    raw_rules: tuple[dict[str, Any], ...]
    raw_fragments: dict[str, str]

    def table(self, *names: str) -> dict[str, Any]:
        """The entries of these tables, keys in lower case."""
        return {key.lower(): value for name in names for key, value in self.tables[name].items()}

    @cached_property
    def months(self) -> dict[str, int]:
        return self.table("months", "months_short")

    @cached_property
    def weekdays(self) -> dict[str, int]:
        return self.table("weekdays", "weekdays_short")

    @cached_property
    def units(self) -> dict[str, str]:
        found = self.table("units", "units_short")
        return found | {plural(word): code for word, code in self.table("units").items()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        return self.table("numbers")

    @cached_property
    def lists(self) -> dict[str, frozenset[str]]:
        """The plain lists of words, by name."""
        return {name: frozenset(table["words"]) for name, table in self.tables.items() if set(table) == {"words"}}

    @cached_property
    def relations(self) -> dict[str, str]:
        return self.table("relations")

    @cached_property
    def dated_year(self) -> re.Pattern[str]:
        """A year in figures after a month, a day of a month, `in` or `of`: surely a year."""
        month = any_of(self.tables["months"])
        return re.compile(rf"\b(?:{month}|in|of) (?:\d{{1,2}}, )?((?:1\d|20)\d\d)\b")

    @cached_property
    def number_words(self) -> re.Pattern[str]:
        """Numbers in words: "twenty-four", "two and a half", "a few"."""
        numbers = any_of(self.tables["numbers"])
        scales = any_of([w for w, n in self.tables["numbers"].items() if n >= 100 or w == "dozen"])
        spelled = rf"(?:a {scales}|{numbers})(?:(?:-| )(?:and(?:-| ))?(?:{numbers}|a(?:-| )half))*"
        return re.compile(
            rf"(?i)\b(?<!as\s)(?:(?:some )?{spelled}|{any_of(self.tables['fuzzy'])}(?! \d))\b".replace(" ", BLANK)
        )

    def masked(self, text: str) -> str:
        """The text with numbers in words masked, character for character."""
        return self.number_words.sub(lambda m: NUMBER * len(m[0]), text)

    def signs_in(self, text: str) -> frozenset[str]:
        """The tables of `SIGNS` that have a word in the text."""
        seen = set(re.findall(r"[a-z]+", text.lower()))
        seen |= {word[:-1] for word in seen if word.endswith("s")}
        return frozenset(name for name, words in self.signs.items() if not words.isdisjoint(seen))

    @cached_property
    def signs(self) -> dict[str, frozenset[str]]:
        """The words of each table of `SIGNS` in lower case; of several words the first."""
        words = {
            "holiday": self.tables["holidays"],
            "season": self.tables["seasons"],
            "month": self.months,
            "weekday": self.weekdays,
            "part": self.tables["parts"],
            "unit": self.units,
            "units": self.units,
        }
        return {
            name: frozenset(re.split(r"[^a-z]", word.lower())[0] for word in table) for name, table in words.items()
        }

    @cached_property
    def deictic(self) -> re.Pattern[str]:
        """Words that count from the report's day: a text full of them is news, no history."""
        return re.compile(rf"(?i)\b{any_of(self.lists['deictic'])}\b")

    @cached_property
    def fragments(self) -> dict[str, str]:
        """What each name in braces stands for, as a regular expression."""
        made = self._from_tables()
        for name, text in self.raw_fragments.items():
            made[name] = expand(text, made)
        return made

    @cached_property
    def rules(self) -> tuple[TimeRule, ...]:
        return tuple(self._rule(rule) for rule in self.raw_rules)

    def beginning(self, head: str) -> list[tuple[int, TimeRule]]:
        """The rules, with their numbers, that may match where a text begins so; any may where that is not ASCII."""
        if not head.isascii():  # no letter or digit: one of those may be another's other case, or stand for it
            sign = not head[0].isascii() and not head[0].isalnum()
            return self._signed if sign else self._numbered
        if (found := self._known.get(head)) is None:
            found = [rule for n in range(len(head) + 1) for rule in self._by_beginning.get(head[:n], ())]
            self._known[head] = found
        return found

    @cached_property
    def _signed(self) -> list[tuple[int, TimeRule]]:
        """The rules that may begin with a dash or another sign that is not ASCII."""
        return [*self._by_beginning.get(FOREIGN, ()), *self._by_beginning.get("", ())]

    @cached_property
    def _numbered(self) -> list[tuple[int, TimeRule]]:
        return list(enumerate(self.rules))

    @cached_property
    def _known(self) -> dict[str, list[tuple[int, TimeRule]]]:
        """The answers of `beginning` so far; there are no more of them than rows of three characters in ASCII."""
        return {}

    @cached_property
    def _by_beginning(self) -> dict[str, list[tuple[int, TimeRule]]]:
        """The rules, with their numbers, by what their matches begin with."""
        found: dict[str, list[tuple[int, TimeRule]]] = {}
        for numbered in enumerate(self.rules):
            for beginning in numbered[1].begins:
                found.setdefault(beginning, []).append(numbered)
        return found

    @cached_property
    def _openings(self) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
        """A character for every fragment and for a blank, and with what each of them begins."""
        stands = {name: chr(0xE000 + n) for n, name in enumerate(self.fragments)}
        known = {char: openings(self.fragments[name].replace(" ", BLANK)) for name, char in stands.items()}
        return stands, known | {_BLANK: openings(BLANK)}

    def _from_tables(self) -> dict[str, str]:
        units = [plural(word) for word in self.tables["units"]]
        either = [*self.tables["units"], *units, *self.tables["units_short"]]
        digits = r"\d{1,3}(?:,\d{3})+|\d{1,4}(?: \d/\d|\.\d+)?"
        one = rf"(?:{digits}|{NUMBER}+|half an?|an?)"
        return {
            "month": f"(?P<month>(?-i:{cased(self.tables['months'], self.tables['months_short'])}))",
            "weekday": f"(?P<weekday>(?-i:{cased(self.tables['weekdays'], self.tables['weekdays_short'])}))",
            "season": f"(?P<season>{any_of(self.tables['seasons'])})",
            "holiday": f"(?P<holiday>(?-i:{any_of(self.tables['holidays'])}))",
            "unit": f"(?P<unit>{any_of(either)})",
            "units": f"(?P<units>{any_of(units)})",
            "unitplurals": any_of(units),
            "part": f"(?P<part>{any_of(self.tables['parts'])})",
            "light": any_of(self.tables["light"]),
            "which": f"(?P<which>{any_of(self.tables['which'])})",
            "bound": f"(?P<bound>{any_of(self.tables['bounds'])})",
            "number": rf"(?P<number>between {one} and {one}|{one}(?: (?:to|or) {one})?)",
            "ordinalword": any_of(self.tables["ordinals"]),
            "decadewords": any_of(self.tables["decades"]),
            "tens": any_of([w for w, n in self.tables["numbers"].items() if 10 <= n < 100]),
            "ones": any_of([w for w, n in self.tables["numbers"].items() if n < 10]),
            "zonewords": any_of(self.tables["zones"]),
        }

    def _rule(self, rule: dict[str, Any]) -> TimeRule:
        text = expand(rule["pattern"], self.fragments).replace(" ", BLANK)
        needed = required(rule["pattern"])
        stands, known = self._openings
        return TimeRule(
            source=f"(?i){BEFORE}(?:{text}){AFTER}",
            means=rule["means"],
            example=rule["example"],
            type=rule.get("type", "DATE"),
            value=rule.get("value", ""),
            shift=rule.get("shift", 0),
            scale=rule.get("scale", ""),
            counts="{number}" in rule["pattern"],
            sign=next((name for name in SIGNS if name in needed), ""),
            begins=beginnings(expand(rule["pattern"], stands).replace(" ", _BLANK), known),
        )


def required(pattern: str) -> set[str]:
    """The fragments without which a rule cannot match: those in no optional part, look-around or alternative.

    >>> sorted(required("(?:{mod} )?{which} {unit}(?: of {year}| ago)"))
    ['unit', 'which']
    """

    def open_up(group: re.Match[str]) -> str:
        optional = group[2] == "?" or group[1].startswith(("?=", "?!", "?<")) or "|" in group[1]
        return "" if optional else re.sub(r"^\?(?::|P<\w+>)", "", group[1])

    before = ""
    while before != pattern:
        before, pattern = pattern, re.sub(r"\(([^()]*)\)(\??)", open_up, pattern)
    return set(re.findall(r"\{([a-z]+)\}", pattern)) if "|" not in pattern else set()


def plural(word: str) -> str:
    """The plural of a unit: `day` → `days`, `century` → `centuries`."""
    if word.endswith("y") and word[-2] not in "aeou":
        return word[:-1] + "ies"
    return word + ("a" if word.endswith("i") else "s")


def any_of(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, so that a short one never hides a long one."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", " ").replace("'", "['’]") for w in ordered) + ")"


def cased(whole: Iterable[str], short: Iterable[str]) -> str:
    """Names of months and days: capitalised or in capitals; small letters only where no other word is spelled so."""
    names = sorted(whole, key=len, reverse=True)
    lower = [n.lower() for n in names if n not in ("March", "May", "August")]
    brief = sorted(short, key=len, reverse=True)
    clipped = "|".join([*brief, *map(str.upper, brief)])
    return "|".join([*names, *map(str.upper, names), *lower]) + rf"|(?:{clipped})\b\.?"


def expand(text: str, fragments: dict[str, str]) -> str:
    """`text` with every `{name}` replaced; braces that hold digits are the regular expression's own."""
    return re.sub(r"\{([^{}\d,][^{}]*)\}", lambda m: fragments[m[1]], text)


def load_times() -> TimeWords:
    """The shipped words and rules."""
    raw = tomllib.loads(shipped("times.toml"))
    return TimeWords(raw["words"], tuple(raw["rule"]), raw["fragments"])
