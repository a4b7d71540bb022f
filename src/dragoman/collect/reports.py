"""From what was found in a file to a report, or to the reason why it is none."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from dragoman.collect.boilerplate import passed_over, rest_of
from dragoman.collect.datelines import dateline
from dragoman.collect.dates import Published, iso_day
from dragoman.collect.errors import BadInput
from dragoman.collect.files import LIMIT
from dragoman.collect.formats import Asked, reports_in
from dragoman.collect.found import Found, Unusable
from dragoman.collect.frontmatter import FrontMatter, front_matter
from dragoman.collect.language import language_of
from dragoman.collect.title import title_of
from dragoman.records import Reject, Report

FEWEST = 8  # words that must remain beside the boilerplate


class Collected(Struct, frozen=True, kw_only=True):
    """What became of a file or a part of it: a report, or the reason in `rejects`; `messages` are for a person."""

    origin: str
    report: Report | None = None
    rejects: tuple[Reject, ...] = ()
    messages: tuple[str, ...] = ()
    at: int = 0  # bytes that are done with


def report_of(data: bytes, *, origin: str, listed: Published | None = None, default: str | None = None) -> Collected:
    """One report's bytes as a report. `listed` comes from the table of dates, `default` from the command line.

    Raises BadInput when they hold no English report.
    """
    for found in reports_in(BytesIO(data), Asked(name=origin, limit=LIMIT)):
        if isinstance(found, Found):
            return accepted(found, listed=listed, default=default)
        raise BadInput(found.reason)
    raise BadInput("there is no report in it; give the whole report")


def judged(found: Found | Unusable, *, listed: Published | None = None, default: str | None = None) -> Collected:
    """What was found as a report, or set aside with the reason; `listed` and `default` as for `report_of`."""
    if isinstance(found, Unusable):
        return refused(found.origin, found.reason)
    try:
        return accepted(found, listed=listed, default=default)
    except BadInput as err:
        return refused(found.origin, str(err))


def refused(origin: str, reason: str, *, named: str = "") -> Collected:
    """What could not be read, set aside; `named` is how the user named it."""
    reject = Reject(report=origin, span=None, stage="collect", reason=reason)
    return Collected(origin=origin, rejects=(reject,), messages=(f"{named or origin}: {reason}",))


def accepted(found: Found, *, listed: Published | None = None, default: str | None = None) -> Collected:
    """What was found in a file as a report. Raises BadInput when it is no English report."""
    text = printable(found.text)
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
    when, remark = _published(found, matter, listed, default)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    ident = f"{_stem(found.origin)}-{sha256[:8]}"
    report = Report(
        id=ident,
        origin=found.origin,
        text=text,
        sha256=sha256,
        outlet=(listed.outlet if listed else None) or matter.outlet or found.outlet,
        title=matter.title or found.title or title_of(body),
        author=found.author,
        url=found.url,
        published=when.day if when else None,
        published_from=when.where if when else None,
        modified=found.modified,
        language=language,
        boilerplate=spans,
    )
    reasons = [reason for reason in (found.loss, remark) if reason]
    return Collected(
        origin=found.origin,
        report=report,
        rejects=tuple(Reject(report=ident, span=None, stage="collect", reason=reason) for reason in reasons),
        messages=tuple(f"{found.origin}: {reason}" for reason in reasons),
    )


def _published(
    found: Found, matter: FrontMatter, listed: Published | None, default: str | None
) -> tuple[Published | None, str]:
    """The best answer to when it was published, and a remark about an answer that could not be read."""
    remark = found.remark
    if matter.published and iso_day(matter.published) is None:
        remark = f"the front matter's date {matter.published!r} is not YYYY-MM-DD and was not used"
    start = matter.span.end if matter.span else 0
    if listed is not None:
        return listed, remark
    if matter.published and (day := iso_day(matter.published)):
        return Published(day, "front matter"), remark
    if found.published is not None and found.published.where != "file":
        return found.published, remark
    near = found.published.day if found.published else default
    if day := dateline(found.text[start:], reference=near):
        return Published(day, "dateline"), remark
    return (Published(default, "option") if default else found.published), remark


def _stem(origin: str) -> str:
    """What an id begins with: a file's stem, or the last part of a URL's path."""
    try:
        parts = urlsplit(origin)
    except ValueError:  # an address that is none, as an archive or a feed may give it
        return Path(origin).stem or "report"
    last = parts.path.rstrip("/") or parts.netloc if parts.scheme in ("http", "https") else origin
    return Path(last).stem or "report"


def printable(text: str) -> str:
    """Text that can be written: what is not UTF-8 in file names and mail comes as halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()
