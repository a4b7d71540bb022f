"""The brief as a PDF on A4: a sentence stands at the foot of the page that points to it first."""

from __future__ import annotations

from html import escape
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier
from dragoman.tell.brief import Brief, brief
from dragoman.tell.handover import Unavailable
from dragoman.tell.handover.page import Marks, body

WITHOUT = (
    "pdf needs the system's library Pango 1.44 or later (Debian: apt install libpango-1.0-0 libpangoft2-1.0-0; "
    "macOS: brew install pango); or take html, which prints well on A4 from any browser"
)
CSS = """
@page{size:A4;margin:22mm 20mm 20mm;
@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#444}
@footnote{border-top:.4pt solid #999;padding-top:2mm;margin-top:4mm}}
html{font:10.5pt/1.4 Charter,"Bitstream Charter","Noto Serif","DejaVu Serif",serif;color:#000}
body{margin:0;overflow-wrap:anywhere}
h1{font-size:20pt;margin:0 0 1mm}
h2{font-size:12.5pt;margin:7mm 0 2mm;border-bottom:.4pt solid #999;break-after:avoid}
.lead,.more,footer{color:#444}ul{padding-left:4.5mm;margin:0}li{margin:1.2mm 0;break-inside:avoid;orphans:3;widows:3}
time{font-weight:bold;white-space:nowrap}em{color:#444}a{color:#000;text-decoration:none}
table{border-collapse:collapse;width:100%;font-size:9pt;margin-top:4mm}
th,td{text-align:left;padding:.8mm 3mm .8mm 0;border-bottom:.3pt solid #bbb;vertical-align:top}tr{break-inside:avoid}
th{overflow-wrap:normal}td:last-child{white-space:nowrap}
.note{float:footnote;font-size:8.2pt;line-height:1.3;footnote-display:block}
.note::footnote-call{content:attr(data-mark);font-size:6.5pt;vertical-align:super;line-height:0;margin-left:.6mm}
.note::footnote-marker{content:attr(data-mark);font-weight:bold;padding-right:1.5mm}
sup{font-size:6.5pt;vertical-align:super;line-height:0}sup a{margin-left:.6mm}
.where{font-size:8.2pt}.where a{white-space:nowrap;margin-right:3mm}
.where a::after{content:" p. " target-counter(attr(href),page)}
footer{margin-top:8mm;font-size:8pt;break-before:avoid}
"""


def written(dossier: Dossier, knowledge: Knowledge, *, everything: bool) -> bytes:
    """The document, tagged for those who hear it. Raises Unavailable without the library Pango."""
    try:
        from weasyprint import HTML
    except OSError:  # its C library is loaded by name, and is no Python package
        raise Unavailable(WITHOUT) from None
    _without_clock()
    page = HTML(string=laid_out(brief(dossier, everything=everything)), url_fetcher=_nothing)
    made: bytes = page.write_pdf(pdf_tags=True)
    return made


def _without_clock() -> None:
    """A font that is cut down would carry the time of day, and no two files would be equal.

    SOURCE_DATE_EPOCH would do it too, but a process that goes on would then date a person's decisions by it.
    """
    from fontTools.ttLib.tables import _h_e_a_d

    _h_e_a_d.timestampNow = lambda: 0


def laid_out(whole: Brief) -> str:
    """The brief as a page for paper, its footnotes where they are called."""
    marks = Marks({mark: f"<cite>{escape(outlet)}</cite>: “{escape(words)}”" for mark, outlet, words in whole.notes})
    text = body(whole, marks)
    where = " ".join(f"<a href='#{mark}'>{mark}</a>" for mark, _, _ in whole.notes)
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>Brief</title><style>{CSS}</style></head>"
        f"<body>{text}<section class='where'><h2>Where the sentences stand</h2><p>{where}</p></section>"
        f"<footer>{escape(whole.foot)}</footer></body></html>"
    )


def _nothing(url: str) -> Any:
    """A brief loads nothing, whatever its words say."""
    raise ValueError(f"not loaded: {url}")
