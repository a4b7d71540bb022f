"""The brief as one self-contained page: no script, nothing loaded, and it prints well on A4."""

from __future__ import annotations

from html import escape

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.brief import Brief, Line, Run, Section, brief
from dragoman.tell.handover.style import CSS


class Marks:
    """The marks of a brief as they are met: the first of each sentence, then those that lead to the same.

    `notes` are the footnotes to set where their mark is met first; without any, marks lead to a list at the end.
    """

    def __init__(self, notes: dict[str, str] | None = None) -> None:
        self._notes, self._seen = notes or {}, set[str]()

    def shown(self, marks: tuple[str, ...]) -> str:
        return " ".join(map(self._shown, marks))

    def _shown(self, mark: str) -> str:
        first = mark not in self._seen
        self._seen.add(mark)
        if first and mark in self._notes:
            return f"<span class='note' id='{mark}' data-mark='{mark}'>{self._notes[mark]}</span>"
        back = f" id='to-{mark}'" if first else ""
        return f"<sup><a{back} href='#{mark}'>{mark}</a></sup>"


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The page; every mark leads to the sentence at its end and back."""
    whole = brief(dossier, everything=everything)
    notes = "".join(
        f"<li id='{mark}'><a href='#to-{mark}'>{mark}</a> <cite>{escape(outlet)}</cite>: “{escape(words)}”</li>"
        for mark, outlet, words in whole.notes
    )
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Brief</title><style>{CSS}</style></head><body><main>{body(whole, Marks())}"
        f"<section class='notes'><h2>The sentences</h2><ol>{notes}</ol></section>"
        f"<footer>{escape(whole.foot)}</footer></main></body></html>\n"
    ).encode()


def body(whole: Brief, marks: Marks) -> str:
    """Title, reports and sections of a brief, as a page and as paper have them."""
    reports = "".join(
        f"<tr><th scope='row'>{escape(r.marks[0])}</th><td>{escape(r.text)}</td><td>{escape(r.note)}</td>"
        f"<td>{escape(r.day)}</td></tr>"
        for r in whole.reports
    )
    return (
        f"<h1>Brief</h1><p class='lead'>{escape(whole.lead)}</p>"
        "<table><thead><tr><th></th><th>report</th><th>outlet</th><th>published</th></tr></thead>"
        f"<tbody>{reports}</tbody></table>{''.join(_section(section, marks) for section in whole.sections)}"
    )


def _section(section: Section, marks: Marks) -> str:
    lines = "".join(_line(line, marks) for line in section.lines)
    more = f"<p class='more'>{section.held_back} more in the whole dossier.</p>" if section.held_back else ""
    return f"<section><h2>{escape(section.title)}</h2><ul>{lines}</ul>{more}</section>"


def _line(line: Line, marks: Marks) -> str:
    day = f"<time>{escape(line.day)}</time> " if line.day else ""
    label = f"<b>{escape(line.label)}</b>{escape(line.kind)}: " if line.label else ""
    note = f" <em>({escape(line.note)})</em>" if line.note else ""
    *first, last = line.runs
    runs = "".join(_run(run, marks) for run in first) + _run(last, marks, note)
    parts = "".join(_line(part, marks) for part in line.parts)
    return f"<li>{day}{label}{runs}{f'<ul>{parts}</ul>' if parts else ''}</li>"


def _run(run: Run, marks: Marks, note: str = "") -> str:
    text = f"<b>{escape(run.text)}</b>" if run.strong else escape(run.text)
    return text + note + marks.shown(run.marks)
