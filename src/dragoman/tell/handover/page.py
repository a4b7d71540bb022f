"""The brief as one self-contained page: no script, nothing loaded, and it prints well on A4."""

from __future__ import annotations

from html import escape

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.brief import Line, Run, Section, brief
from dragoman.tell.handover.style import CSS


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The page; every mark leads to the sentence at its end and back."""
    whole = brief(dossier, everything=everything)
    reports = "".join(
        f"<tr><th scope='row'>{escape(r.marks[0])}</th><td>{escape(r.text)}</td><td>{escape(r.note)}</td>"
        f"<td>{escape(r.day)}</td></tr>"
        for r in whole.reports
    )
    notes = "".join(
        f"<li id='{mark}'><a href='#to-{mark}'>{mark}</a> <cite>{escape(outlet)}</cite>: “{escape(words)}”</li>"
        for mark, outlet, words in whole.notes
    )
    seen: set[str] = set()
    body = "".join(_section(section, seen) for section in whole.sections)
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Brief</title><style>{CSS}</style></head><body><main>"
        f"<h1>Brief</h1><p class='lead'>{escape(whole.lead)}</p>"
        "<table><thead><tr><th></th><th>report</th><th>outlet</th><th>published</th></tr></thead>"
        f"<tbody>{reports}</tbody></table>{body}"
        f"<section class='notes'><h2>The sentences</h2><ol>{notes}</ol></section>"
        f"<footer>{escape(whole.foot)}</footer></main></body></html>\n"
    ).encode()


def _section(section: Section, seen: set[str]) -> str:
    lines = "".join(_line(line, seen) for line in section.lines)
    more = f"<p class='more'>{section.held_back} more in the whole dossier.</p>" if section.held_back else ""
    return f"<section><h2>{escape(section.title)}</h2><ul>{lines}</ul>{more}</section>"


def _line(line: Line, seen: set[str]) -> str:
    day = f"<time>{escape(line.day)}</time> " if line.day else ""
    label = f"<b>{escape(line.label)}</b>{escape(line.kind)}: " if line.label else ""
    note = f" <em>({escape(line.note)})</em>" if line.note else ""
    *first, last = line.runs
    runs = "".join(_run(run, seen) for run in first) + _run(last, seen, note)
    parts = "".join(_line(part, seen) for part in line.parts)
    return f"<li>{day}{label}{runs}{f'<ul>{parts}</ul>' if parts else ''}</li>"


def _run(run: Run, seen: set[str], note: str = "") -> str:
    text = f"<b>{escape(run.text)}</b>" if run.strong else escape(run.text)
    links = []
    for mark in run.marks:
        back = "" if mark in seen else f" id='to-{mark}'"
        seen.add(mark)
        links.append(f"<a{back} href='#{mark}'>{mark}</a>")
    return text + note + (f"<sup>{' '.join(links)}</sup>" if links else "")
