"""Amounts: runs of number words and digits as one value, with what the words around make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from dragoman.knowledge.numberwords import NumberWords
from dragoman.records import Sentence

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_GLUED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(bn|m|mn|tn|k)$", re.IGNORECASE)
_RANGE = re.compile(r"(\d[\d,]*)[-–—](\d[\d,]*)$")


class Amount(Struct, frozen=True):
    """A value in words `[first, last)`: an interval `low` to `high`, either open."""

    first: int
    last: int
    value: float
    low: float | None
    high: float | None


def digits(text: str) -> float | None:
    """The value of a number in digits; None for anything else.

    >>> digits("1,200"), digits("3.5"), digits("15th")
    (1200.0, 3.5, None)
    """
    return float(text.replace(",", "")) if _DIGITS.fullmatch(text) else None


def bare_amount(sentence: Sentence, i: int, words: NumberWords) -> Amount | None:
    """The number that begins at word `i`, without the words that bound it."""
    plain = sentence.plain
    figure = plain[i][0].isdecimal()
    if figure and (found := _glued(plain[i])):
        return Amount(i, i + 1, found, found, found)
    if (
        figure
        and (m := _RANGE.fullmatch(plain[i]))
        and (low := digits(m[1])) is not None
        and (high := digits(m[2])) is not None
    ):
        return Amount(i, i + 1, (low + high) / 2, low, high) if low < high else None
    if plain[i] in words.vague and not (i and plain[i - 1] in words.cardinals):
        return _vague(plain, i, words)
    value = digits(plain[i]) if figure else None
    at = i + 1
    if value is None:
        value = _cardinal(plain[i], words)
        if value is None:
            start = plain[i] in ("a", "an", "several", "half") and i + 1 < len(plain) and plain[i + 1] in words.scales
            if not start or plain[i] in ("several", "half"):
                return None
            value, at = 1.0, i + 1
    total = 0.0
    while at < len(plain):
        if plain[at] in words.scales and (len(plain[at]) > 2 or digits(plain[at - 1]) is not None):
            value *= words.scales[plain[at]]
            if words.scales[plain[at]] >= 1000:
                total, value = total + value, 0.0
        elif (part := _cardinal(plain[at], words)) is not None and digits(plain[at - 1]) is None:
            value += part
        elif (
            plain[at] == "and"
            and at + 1 < len(plain)
            and _cardinal(plain[at + 1], words)
            and plain[at - 1] in words.scales
        ) or (
            plain[at] == "-"
            and at + 1 < len(plain)
            and _cardinal(plain[at + 1], words)
            and value % 10 == 0
            and value < 100
        ):
            pass
        else:
            break
        at += 1
    total += value
    return Amount(i, at, total, total, total)


def _glued(text: str) -> float | None:
    if m := _GLUED.fullmatch(text):
        number = digits(m[1])
        scale = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}[m[2].lower()]
        return None if number is None else number * scale
    return None


def _cardinal(word: str, words: NumberWords) -> float | None:
    if word in words.cardinals:
        return words.cardinals[word]
    tens, dash, unit = word.partition("-")
    if dash and tens in words.cardinals and unit in words.cardinals:
        return words.cardinals[tens] + words.cardinals[unit]
    return None


def _vague(plain: Sequence[str], i: int, words: NumberWords) -> Amount:
    """ "dozens", "tens of thousands": from the least to the most they may mean."""
    low, high = words.vague[plain[i]]
    last = i + 1
    if i + 2 < len(plain) and plain[i + 1] == "of" and plain[i + 2] in words.vague:
        unit = words.vague[plain[i + 2]][0] / 2
        low, high, last = low * unit, (high + 1) * unit - 1, i + 3
    return Amount(i, last, low, low, high)


def bounded(sentence: Sentence, amount: Amount, words: NumberWords) -> Amount:
    """The amount with the bounds that stand before it ("at least") or after it ("or more")."""
    for size in (3, 2, 1):
        if amount.first - size >= 0:
            before = " ".join(w.text.lower() for w in sentence.words[amount.first - size : amount.first])
            if kind := words.bounds.get(before):
                return _bound(amount, kind, amount.first - size, amount.last)
    after = " ".join(w.text.lower() for w in sentence.words[amount.last : amount.last + 2])
    if words.bounds.get(after) == "at-least":
        return _bound(amount, "at-least", amount.first, amount.last + 2)
    return amount


def _bound(amount: Amount, kind: str, first: int, last: int) -> Amount:
    value, low, high = amount.value, amount.low, amount.high
    if kind in ("at-least", "above"):
        high = None
    elif kind in ("at-most", "below"):
        low = None
    elif kind == "about" and low == high:
        low, high = round(value * 0.9, 6), round(value * 1.1, 6)
    elif kind == "near":
        low, high = round(value * 0.9, 6), value
    return Amount(first, last, value, low, high)


def joined(sentence: Sentence, one: Amount, two: Amount) -> Amount | None:
    """Two amounts that are one interval: "between 20 and 30", "20 to 30", "more than 20 but fewer than 30"."""
    between = [w.text.lower() for w in sentence.words[one.last : two.first]]
    opener = sentence.words[one.first - 1].text.lower() if one.first else ""
    if one.value >= two.value:
        return None
    if (between == ["and"] and opener == "between") or between in (["to"], ["-"], ["–"], ["or"]):
        first = one.first - 1 if opener in ("between", "from") else one.first
        return Amount(first, two.last, (one.value + two.value) / 2, one.value, two.value)
    if between in (["but"], ["and"], [",", "but"]) and one.high is None and two.low is None:
        return Amount(one.first, two.last, (one.value + two.value) / 2, one.value, two.value)
    return None
