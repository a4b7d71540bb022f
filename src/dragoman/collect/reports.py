"""The way of a file into a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from dragoman.collect.boilerplate import passed_over, rest_of
from dragoman.collect.datelines import dateline
from dragoman.collect.dates import Published, dates_table, iso_day, option_day
from dragoman.collect.decode import decode
from dragoman.collect.errors import BadInput
from dragoman.collect.files import LIMIT, expand, load
from dragoman.collect.frontmatter import FrontMatter, front_matter
from dragoman.collect.language import language_of
from dragoman.collect.title import title_of
from dragoman.records import Reject, Report

FEWEST = 8  # words that must remain beside the boilerplate


class Collected(Struct, frozen=True, kw_only=True):
    """What became of one file: a report, or None with the reason in `rejects`; `messages` are for a person."""

    origin: str
    report: Report | None = None
    rejects: tuple[Reject, ...] = ()
    messages: tuple[str, ...] = ()


def collect(
    paths: Iterable[Path], *, published: str | None = None, dates: Path | None = None, limit: int = LIMIT
) -> Iterator[Collected]:
    """Every file as a report, or set aside with a reason: one bad file costs only itself.

    `published` is the day of reports that give none, `dates` a table that beats all else, `limit` in bytes.
    Raises BadInput when the options or a folder cannot be used.
    """
    day = option_day(published) if published is not None else None
    table = dates_table(dates) if dates is not None else {}
    for path in expand(paths):
        origin = "stdin" if str(path) == "-" else _printable(path.name)
        try:
            yield report_of(load(path, limit=limit), origin=origin, listed=table.get(path.name), default=day)
        except BadInput as err:
            reject = Reject(report=origin, span=None, stage="collect", reason=str(err))
            yield Collected(origin=origin, rejects=(reject,), messages=(f"{_printable(str(path))}: {err}",))


def report_of(data: bytes, *, origin: str, listed: Published | None = None, default: str | None = None) -> Collected:
    """One file's bytes as a report. `listed` comes from the table of dates, `default` from the command line.

    Raises BadInput when the file holds no English report.
    """
    decoded = decode(data)
    text = decoded.text
    if not text.strip():
        raise BadInput("the file is empty; check what was saved in it")
    matter = front_matter(text)
    spans = passed_over(text, matter.span)
    body = rest_of(text, spans)
    if len(body.split()) < FEWEST:
        if not spans:
            raise BadInput(f"there are fewer than {FEWEST} words in it; give the whole report")
        raise BadInput("there is no report in it, only what surrounds one on a page; save the page's main text")
    language, name = language_of(body)
    if language != "en":
        raise BadInput(f"it is not in English ({name}); Dragoman reads English only: give it a translation")
    loss = decoded.loss
    when, outlet, remark = _published(text, matter, listed, default)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    ident = f"{Path(origin).stem}-{sha256[:8]}"
    report = Report(
        id=ident,
        origin=origin,
        text=text,
        sha256=sha256,
        outlet=outlet,
        title=matter.title or title_of(body),
        published=when.day if when else None,
        published_from=when.where if when else None,
        language=language,
        boilerplate=spans,
    )
    reasons = [reason for reason in (loss, remark) if reason]
    return Collected(
        origin=origin,
        report=report,
        rejects=tuple(Reject(report=ident, span=None, stage="collect", reason=reason) for reason in reasons),
        messages=tuple(f"{origin}: {reason}" for reason in reasons),
    )


def _published(
    text: str, matter: FrontMatter, listed: Published | None, default: str | None
) -> tuple[Published | None, str | None, str]:
    """The best answer to when it was published, the outlet, and a remark about an answer that could not be read."""
    remark = ""
    outlet = (listed.outlet if listed else None) or matter.outlet
    if matter.published and iso_day(matter.published) is None:
        remark = f"the front matter's date {matter.published!r} is not YYYY-MM-DD and was not used"
    start = matter.span.end if matter.span else 0
    if listed is not None:
        return listed, outlet, remark
    if matter.published and (day := iso_day(matter.published)):
        return Published(day, "front matter"), outlet, remark
    if day := dateline(text[start:], reference=default):
        return Published(day, "dateline"), outlet, remark
    return (Published(default, "option") if default else None), outlet, remark


def _printable(name: str) -> str:
    """A file name as text: bytes that are not UTF-8 come from the system as halves of surrogate pairs."""
    return name.encode("utf-8", "replace").decode()
