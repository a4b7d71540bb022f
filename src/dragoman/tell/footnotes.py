"""Footnotes: every line of a board or brief points to report and sentence (`B7`: report B, its seventh sentence)."""

from __future__ import annotations

import re
from bisect import bisect_right

from dragoman.records import Dossier, Report, Span
from dragoman.tell.words import plain

MARK = re.compile(r"[A-Za-z]{1,3}[ -]?\d{1,5}|[A-Za-z]{1,2}")  # or what may be meant as one


def no_mark(ident: str, dossier: Dossier) -> str:
    """What is wrong with something like a mark (`a7`, `A700`, `Z`), in words; nothing where it is none."""
    notes = Footnotes(dossier)
    head = ident.rstrip("0123456789").strip(" -").upper()
    if not MARK.fullmatch(ident) or not notes.letters:
        return ""
    form = "a mark is a report's letter and the number of a sentence, as the board prints it: A7"
    report = next((r for r, found in notes.letters.items() if found == head), None)
    if report is None:
        last = list(notes.letters.values())[-1]
        return f"there is no report {head}; the reports are lettered A to {last}, and {form}"
    return f"report {head} has the sentences 1 to {len(notes.reports[report].sentences)}; {form}"


def letter(n: int) -> str:
    """The n-th report's letter: A … Z, AA, AB …

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return letter(n // 26 - 1) + chr(65 + n % 26) if n >= 26 else chr(65 + n)


class Footnotes:
    """The marks of one dossier; reports are lettered by day, outlet and id."""

    def __init__(self, dossier: Dossier) -> None:
        ordered = sorted(dossier.reports, key=lambda r: (r.published or "9999", r.outlet or "", r.id))
        self.reports: dict[str, Report] = {r.id: r for r in ordered}
        self.order = {r.id: n for n, r in enumerate(ordered)}
        self.letters = {ident: letter(n) for ident, n in self.order.items()}

    def teller(self, report: str) -> str:
        """Whose account a report is: its outlet, or `report A` where nobody names one."""
        return plain(self.reports[report].outlet or "") or f"report {self.letters[report]}"

    def sentence(self, report: str, span: Span) -> Span:
        """The sentence that holds the start of a span; the span itself where sentences were not kept."""
        found = self._number(report, span)
        return span if found is None else self.reports[report].sentences[found]

    def mark(self, report: str, span: Span) -> str:
        found = self._number(report, span)
        return self.letters[report] + ("" if found is None else str(found + 1))

    def find(self, mark: str) -> tuple[str, Span] | None:
        """The report and sentence of a mark (`A7`), or None where there is no such sentence."""
        head = mark.rstrip("0123456789")
        report = next((ident for ident, found in self.letters.items() if found == head), None)
        number = mark[len(head) :]
        if report is None or not number or not 0 < int(number) <= len(self.reports[report].sentences):
            return None
        return report, self.reports[report].sentences[int(number) - 1]

    def words(self, report: str, span: Span) -> str:
        """The words of a span, on one line."""
        return plain(span.of(self.reports[report].text))

    def _number(self, report: str, span: Span) -> int | None:
        sentences = self.reports[report].sentences
        at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        return at if at >= 0 and span.start < sentences[at].end else None
