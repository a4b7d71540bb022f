"""Whole reports of ours with their events marked, who acts and who is acted on (`reports.txt`).

A report begins with `## ` and its day; its headline, an empty line, its paragraphs. An event is marked
`{word|TYPE;actor+actor;recipient}`, one that is not told as real `~TYPE`; `-` is nobody. Who takes part is named by the
head word of a phrase of the same sentence, the nearest such word where it stands more than once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dragoman.records import Sentence

FILE = Path(__file__).parent / "reports.txt"
MARK = re.compile(r"\{([^{}|]+)\|(~?)([A-Z]+);([^{};|]*);([^{};|]*)\}")


class Told(NamedTuple):
    """An event that a word tells."""

    type: str
    real: bool
    actors: tuple[str, ...] = ()  # as they are written
    recipients: tuple[str, ...] = ()


class Marked(NamedTuple):
    """A report without its marks, and by where a word begins what it tells."""

    day: str
    text: str
    told: dict[int, Told]


def reports(path: Path = FILE) -> Iterator[Marked]:
    """Every report of the file."""
    for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        day, _, body = part.partition("\n")
        yield unmarked(day.strip(), body.strip() + "\n")


def unmarked(day: str, body: str) -> Marked:
    """One report.

    >>> unmarked("1956-07-27", "Nasser {seized|COERCE;Nasser;canal} the canal.")
    Marked(day='1956-07-27', text='Nasser seized the canal.', told={7: Told(type='COERCE', real=True, \
actors=('Nasser',), recipients=('canal',))})
    """
    plain, at, told = "", 0, {}
    for mark in MARK.finditer(body):
        plain += body[at : mark.start()]
        sides = [tuple(w.strip() for w in side.split("+") if w.strip(" -")) for side in mark.group(4, 5)]
        told[len(plain)] = Told(mark[3], not mark[2], sides[0], sides[1])
        plain += mark[1]
        at = mark.end()
    return Marked(day, plain + body[at:], told)


def place(sentence: Sentence, i: int, head: str) -> int | None:
    """Where in the sentence the word `head` stands that is nearest to word `i`."""
    for same in (str.__eq__, lambda a, b: a.lower() == b.lower(), lambda a, b: a.lower() == b.lower().split()[-1]):
        if found := [w.i for w in sentence.words if same(w.text, head) and w.i != i]:
            return min(found, key=lambda at: (abs(at - i), at))
    return None
