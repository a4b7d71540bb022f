"""Quotations by their marks: curly, straight and single, reopened at each paragraph, with the slips newsrooms make.

A mark's glyph says less than its surroundings: texts open with a closing mark, close with an opening one, and write
both alike. So a mark opens where a word begins and nothing is open, and closes where a word has ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from dragoman.records import Doc, Span

_DOUBLE = '“”"«»„‟'
_OPENING = "“«„‟"
_CLOSING = "”»"
_SINGLE_OPEN = re.compile("[‘‚']")
_SINGLE_CLOSE = "’'"
_ENDS = ".,!?…;:—-–"
_TWIN = ("''", "``", "‘‘", "’’")
_MARK = re.compile("|".join([*_TWIN, *_DOUBLE]))
Part = tuple[Span, Span, bool]  # with its marks, without them, whether it closes


class Quotation(Struct, frozen=True, order=True):
    """The words between two marks; `run` is shared by the parts of one quotation that goes on over paragraphs."""

    inner: Span  # without the marks, trimmed
    outer: Span  # with them
    run: int
    closed: bool = True
    opens_paragraph: bool = False


def quotations(text: str, paragraphs: Iterable[Span]) -> list[Quotation]:
    """Quotations of a text, outermost level only, in order.

    A paragraph that ends inside a quotation and is followed by one that begins with an opening mark belongs to one
    run with it; a quotation left open otherwise ends with its paragraph.

    >>> [q.inner.of('He said “no” twice.') for q in quotations('He said “no” twice.', [Span(0, 19)])]
    ['no']
    """
    found: list[Quotation] = []
    run, goes_on = 0, False
    for paragraph in paragraphs:
        parts = list(_paired(text, paragraph)) or list(_single(text, paragraph))
        for place, (outer, within, closed) in enumerate(parts):
            first = place == 0 and not text[paragraph.start : outer.start].strip()
            if not (goes_on and first):
                run += 1
            inner = _trim(text, within)
            if inner.start < inner.end:
                found.append(Quotation(inner, outer, run, closed, first))
            goes_on = not closed
        if not parts:
            goes_on = False
    return found


def paragraphs_of(doc: Doc) -> list[Span]:
    """Each paragraph of a report, from its first word to its last."""
    spans: dict[int, Span] = {}
    for sentence in doc.sentences:
        before = spans.get(sentence.paragraph)
        spans[sentence.paragraph] = Span(before.start if before else sentence.span.start, sentence.span.end)
    return [spans[p] for p in sorted(spans)]


def _paired(text: str, paragraph: Span) -> Iterator[Part]:
    """Quotations by double marks; two single marks side by side are one."""
    opened: Span | None = None
    for found in _MARK.finditer(text, paragraph.start, paragraph.end + 1):  # of two single marks the first counts
        mark = Span(*found.span())
        if mark.start >= paragraph.end:
            break
        if opened is None:
            if _may_open(text, mark, paragraph):
                opened = mark
        elif _closes(text, mark, paragraph):
            yield Span(opened.start, mark.end), Span(opened.end, mark.start), True
            opened = None
    if opened is not None and paragraph.end > opened.end:
        yield Span(opened.start, paragraph.end), Span(opened.end, paragraph.end), False


def _may_open(text: str, mark: Span, paragraph: Span) -> bool:
    before = text[mark.start - 1] if mark.start > paragraph.start else " "
    after = text[mark.end] if mark.end < paragraph.end else " "
    inches = before.isdigit() and text[mark.start] in '"”'
    return not inches and not after.isspace() and (text[mark.start] in _OPENING or not before.isalnum())


def _closes(text: str, mark: Span, paragraph: Span) -> bool:
    """A mark inside an open quotation: an opening glyph before a word opens a nested one and is passed over."""
    if text[mark.start] in _CLOSING:
        return True
    after = text[mark.end] if mark.end < paragraph.end else " "
    return not (after.isalnum() and (text[mark.start] in _OPENING or text[mark.start - 1].isspace()))


def _single(text: str, paragraph: Span) -> Iterator[Part]:
    """Single marks, only in a paragraph without double ones: the closing one is no apostrophe."""
    free = paragraph.start
    for mark in _SINGLE_OPEN.finditer(text, paragraph.start, paragraph.end):
        at = mark.start()
        before = text[at - 1] if at > paragraph.start else " "
        opens = at >= free and not before.isalnum() and text[at + 1 : at + 2].isalpha()
        end = _single_end(text, at, paragraph) if opens else None
        if end is not None:
            yield Span(at, end + 1), Span(at + 1, end), True
            free = end + 1


def _single_end(text: str, opened: int, paragraph: Span) -> int | None:
    """Where a single quotation closes: the first mark after punctuation, else the first that ends a word."""
    ends = [
        at
        for at in range(opened + 2, paragraph.end)
        if text[at] in _SINGLE_CLOSE and not text[at + 1 : at + 2].isalnum() and not text[at - 1].isspace()
    ]
    sure = [at for at in ends if text[at - 1] in _ENDS]
    if text[opened] == "'" and not ends:
        return None
    plain = [at for at in ends if text[at - 1] not in "sz"]
    return min(sure[:1] + plain[:1]) if sure or plain else (ends[-1] if ends else None)


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
