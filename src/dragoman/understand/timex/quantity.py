"""Quantities before a unit: digits, number words, and the words that say only "some"."""

from __future__ import annotations

import re

from dragoman.knowledge.timewords import TimeWords
from dragoman.understand.timex.calendar import unit_parts


def quantity(text: str, words: TimeWords) -> float | None:
    """The number that `text` names; None for "several", "a few"; of "two or three" the first.

    >>> from dragoman.knowledge import Knowledge
    >>> quantity("twenty-four", Knowledge().times), quantity("2 1/2", Knowledge().times)
    (24.0, 2.5)
    """
    text = re.sub(r"[\s-]+", " ", text.lower()).strip()
    fuzzy = words.table("fuzzy")
    if text in fuzzy:
        return float(fuzzy[text]) or None
    text = text.removeprefix("some ")
    first = re.split(r" (?:to|or|and(?= \d)) ", text.removeprefix("between "))[0]
    if first != text and quantity(first, words) is not None:
        return quantity(first, words)
    if m := re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?: (\d)/(\d))?", text):
        return float(m[1].replace(",", "")) + (int(m[2]) / int(m[3]) if m[2] and m[3] != "0" else 0)
    if text in ("a", "an"):
        return 1.0
    if text in ("half a", "half an"):
        return 0.5
    return _spelled(text, words)


def _spelled(text: str, words: TimeWords) -> float | None:
    half = 0.5 if text.endswith("a half") else 0.0
    text = text.removesuffix("a half").strip().removesuffix("and").strip()
    total, current = 0, 0
    for word in text.split():
        if word in ("a", "an", "and"):
            continue
        value = words.numbers.get(word)
        if value is None:
            return None
        if value < 100 and current % 100 and not (value < 10 and current % 100 >= 20 and current % 10 == 0):
            break  # "six and eight": another number
        if value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value in (100, 12) and (value == 100 or current):
            current = max(current, 1) * value
        else:
            current += value
    return float(total + current) + half


def duration(amount: float | None, unit: str) -> str:
    """A TIMEX3 duration: `duration(72, "TH")` → `"PT72H"`; an unknown amount is X.

    >>> duration(2, "10Y"), duration(None, "D"), duration(0.5, "TH")
    ('P20Y', 'PXD', 'PT30M')
    """
    size, letters = unit_parts(unit)
    letters = "D" if letters == "WE" and amount is not None else letters
    head, letter = ("PT", letters[1]) if letters.startswith("T") else ("P", letters)
    if amount is None:
        return f"{head}X{letter}"
    amount *= size
    smaller = {"Y": (12, "M"), "H": (60, "M"), "D": (24, "H"), "W": (7, "D")}
    if amount != int(amount) and letter in smaller:
        factor, small = smaller[letter]
        rest = round((amount - int(amount)) * factor)
        mark = "T" if letter == "D" else ""
        return head + (f"{int(amount)}{letter}" if int(amount) else "") + f"{mark}{rest}{small}"
    number = f"{amount:g}" if amount < 1e6 else str(int(amount))
    return f"{head}{number}{letter}"


def mod_of(bound: str | None, words: TimeWords) -> str | None:
    """The TIMEX3 mod of "nearly", "at least", …"""
    return words.table("bounds").get(bound) if bound else None
