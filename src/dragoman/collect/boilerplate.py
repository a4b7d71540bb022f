"""What on a page is no part of the report: comment forms, share bars, captions, lines that stand twice.

It stays in the text, so that offsets hold, and is listed in `Report.boilerplate`; reading passes over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from dragoman.knowledge.tables import rows
from dragoman.records import Span

PROSE = 14  # words: a line below a heading that is longer and ends like a sentence is the report again
FRAGMENT = 6  # words: more are a sentence
TWICE = 4  # words: a line that stands twice and is as long is a headline or pull quote repeated

LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
WORDS = re.compile(r"\S(?:.*\S)?", re.S)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\Z")


class Pattern(Struct, frozen=True):
    """A row of `boilerplate.tsv`."""

    pattern: str
    scope: Literal["line", "start", "block", "tail", "part"]
    about: str = ""


class _Line(Struct, frozen=True):
    """A line without the space around it; `words` has plain apostrophes and the same length as the text."""

    span: Span
    words: str
    gap: bool  # an empty line stands before it


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """All patterns of a scope as one; all but `start` and `part` describe a whole line."""
    found: dict[str, list[str]] = {scope: [] for scope in ("line", "start", "block", "tail", "part")}
    for row in rows("boilerplate.tsv", Pattern):
        found[row.scope].append(f"(?:{row.pattern})")
    return {scope: re.compile("|".join(patterns), re.I) for scope, patterns in found.items()}


def passed_over(text: str, front: Span | None = None) -> tuple[Span, ...]:
    """The spans of a text that are no part of the report, in order and apart; `front` is its front matter.

    >>> passed_over("The king fled at dawn.\\n\\nLeave a Reply\\n")
    (Span(start=24, end=37),)
    """
    lines = list(_lines(text, front.end if front else 0))
    found = [front] if front else []
    found += [line.span for line in _repeated(lines)]
    at, ended = 0, _ended(lines)
    told = after = False  # prose came before; the line before is passed over
    done = False  # something behind the report's last sentence was passed over
    while at < len(lines):
        reach = _reach(lines, at, middle=len(text) // 2)
        if reach == at and told and after:
            reach = _hanging(lines, at)
        if reach == at and done and not SENTENCE_END.search(lines[at].words):
            reach = at + 1  # titles of other pages, slogans
        done = done or (reach > at >= ended)
        if reach > at:
            found.append(Span(lines[at].span.start, lines[reach - 1].span.end))
        else:
            found += _parts(lines[at])
            told = told or _prose(lines[at].words)
        after = reach > at
        at = max(reach, at + 1)
    return tuple(_joined(found))


def rest_of(text: str, spans: tuple[Span, ...]) -> str:
    """The text without the spans passed over: what is left to read."""
    kept, at = [], 0
    for span in spans:
        kept.append(text[at : span.start])
        at = span.end
    return "\n".join([*kept, text[at:]])


def _lines(text: str, start: int) -> Iterator[_Line]:
    end = start
    for match in LINE.finditer(text, start):
        if words := WORDS.search(match[0]):
            span = Span(match.start() + words.start(), match.start() + words.end())
            between = text[end : match.start()].replace("\r\n", "\n")
            yield _Line(span, words[0].replace("’", "'"), len(between) > 1)
            end = match.end()


def _reach(lines: list[_Line], at: int, *, middle: int) -> int:
    """The line after the last that is passed over from line `at` on; `at` itself when that one is kept."""
    words, known = lines[at].words, _patterns()
    if known["tail"].fullmatch(words):
        return len(lines) if lines[at].span.start >= middle else at + 1
    if known["block"].fullmatch(words):
        after = at + 1
        while after < len(lines) and not lines[after].gap and not _prose(lines[after].words):
            after += 1
        return after
    if known["line"].fullmatch(words) or known["start"].match(words):
        return at + 1
    return at


def _hanging(lines: list[_Line], at: int) -> int:
    """The line after the last fragment that hangs on what was passed over: names of topics, titles of other pages."""
    after = at
    while after < len(lines) and not lines[after].gap and _fragment(lines[after].words):
        after += 1
    return after if after == len(lines) or lines[after].gap or _reach(lines, after, middle=0) > after else at


def _ended(lines: list[_Line]) -> int:
    """The line after the report's last sentence, as far as that can be told."""
    sentences = (n for n, line in enumerate(lines) if len(line.words.split()) > FRAGMENT
                 and SENTENCE_END.search(line.words) and _reach(lines, n, middle=0) == n)  # fmt: skip
    return max(sentences, default=len(lines)) + 1


def _fragment(words: str) -> bool:
    return len(words.split()) <= FRAGMENT and SENTENCE_END.search(words) is None


def _prose(words: str) -> bool:
    return len(words.split()) > PROSE and SENTENCE_END.search(words) is not None


def _parts(line: _Line) -> list[Span]:
    start = line.span.start
    return [Span(start + match.start(), start + match.end()) for match in _patterns()["part"].finditer(line.words)]


def _repeated(lines: list[_Line]) -> list[_Line]:
    """Lines that stand a second time: the headline over the text again, a pull quote."""
    seen: set[str] = set()
    twice = []
    for line in lines:
        key = line.words.rstrip(".").casefold()
        if key in seen and len(key.split()) >= TWICE:
            twice.append(line)
        seen.add(key)
    return twice


def _joined(spans: list[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
