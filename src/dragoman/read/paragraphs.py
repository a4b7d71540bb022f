"""Paragraphs of raw text: blank lines part them, and single newlines where a line stands by itself.

A newline inside a paragraph is a wrap when the text is set to a width and the next line's first word would not have
fitted, or when the next line goes on in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.records import Span

_WRAPPED = 120  # characters; a text with a longer line is not set to a width
_SLACK = 6  # characters by which the right margin of wrapped text may be ragged
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*[^\s]")
_ENDED = re.compile(r"[.!?:…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-*•–—▪●]|\(?\d{1,3}[.)])\s")


def paragraphs(text: str, *, without: Iterable[Span] = ()) -> list[Span]:
    """The paragraphs of `text`, in order, without leading or trailing white space and without the spans `without`.

    >>> [p.of("A headline\\n\\nIt rains. It\\npours.") for p in paragraphs("A headline\\n\\nIt rains. It\\npours.")]
    ['A headline', 'It rains. It\\npours.']
    """
    lines = [_trim(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    width = max((line.end - line.start for line in lines), default=0)
    found: list[Span] = []
    last: Span | None = None
    for line in lines:
        if found and last and _goes_on(text, last, line, width=width):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
        last = line
    return _cut(text, found, sorted(without))


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _goes_on(text: str, line: Span, after: Span, *, width: int) -> bool:
    """Whether the line `after` belongs to the paragraph of `line`."""
    if len(re.findall(r"\r\n|[^\S \t\xa0]", text[line.end : after.start])) > 1:
        return False
    this, that = line.of(text), after.of(text)
    if _ITEM.match(that):
        return False
    if that[0].islower():
        return not _ENDED.search(this) or width <= _WRAPPED
    first = that.split(maxsplit=1)[0]
    return width <= _WRAPPED and len(this) + 1 + len(first) > max(width - _SLACK, 40)


def _cut(text: str, found: list[Span], without: list[Span]) -> list[Span]:
    """The paragraphs less the spans that are not to be read."""
    for gone in without:
        kept: list[Span] = []
        for span in found:
            if not span.overlaps(gone):
                kept.append(span)
                continue
            for start, end in ((span.start, gone.start), (gone.end, span.end)):
                if text[start:end].strip():
                    kept.append(_trim(text, start, end))
        found = kept
    return found
