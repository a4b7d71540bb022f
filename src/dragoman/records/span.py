"""A stretch of a report, the only way in which Dragoman points at words."""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True, array_like=True, order=True):
    """A stretch of a report's text, `[start, end)` in Unicode code points; written as a two-element list in JSON.

    >>> Span(4, 9).of("The pact holds")
    'pact '
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end
