"""Feeds (RSS, Atom): every entry that carries its text is a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct

from dragoman.collect.dates import Published
from dragoman.collect.errors import BadInput
from dragoman.collect.formats import whole
from dragoman.collect.formats.markup import text_of
from dragoman.collect.found import Found, Unusable

if TYPE_CHECKING:
    from dragoman.collect.formats import Asked

FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S
)
TEASER = 40  # words: an entry with fewer only announces its page


def is_feed(head: bytes) -> bool:
    """Whether a file's first bytes begin a feed."""
    return FEED.match(head) is not None


class Entry(Struct, frozen=True):
    """An entry of a feed: the report as far as the feed gives it, which may be no more than a teaser."""

    found: Found

    @property
    def whole(self) -> bool:
        """Whether it carries its text; if not, it only announces its page."""
        return len(self.found.text.split()) >= TEASER


def reports_in(stream: BinaryIO, asked: Asked) -> Iterator[Found | Unusable]:
    """The entries of a feed that carry a text. Raises BadInput when it is none."""
    for number, entry in enumerate(entries(whole(stream, asked.limit), asked.name)):
        if number in asked.spoilt:
            yield Unusable(entry.found.origin, asked.spoilt[number])
        elif entry.whole:
            yield entry.found
        else:
            reason = "the feed only announces it; read the page itself: dragoman read --fetch URL"
            yield Unusable(entry.found.origin, reason)


def entries(data: bytes, name: str) -> Iterator[Entry]:
    """All entries of a feed. Raises BadInput when it has none."""
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise BadInput("there is no entry in this feed; fetch it again")
    for number, entry in enumerate(feed.entries, 1):
        link = str(entry.get("link") or "")
        yield Entry(
            Found(
                origin=link or f"{name}#{number}",
                text=text_of(_markup(entry)),
                title=text_of(str(entry.get("title") or "")) or None,
                outlet=text_of(str(feed.feed.get("title") or "")) or None,
                author=str(entry["author"]) if entry.get("author") else None,
                url=link or None,
                published=_published(entry),
                modified=_day(dict.get(entry, "updated_parsed")),
            )
        )


def _markup(entry: Any) -> str:
    """The longest of an entry's texts: feeds put it into the summary, the content, or both."""
    texts = [str(part.get("value") or "") for part in entry.get("content", [])] + [str(entry.get("summary") or "")]
    return max(texts, key=len)


def _published(entry: Any) -> Published | None:
    day = _day(dict.get(entry, "published_parsed")) or _day(dict.get(entry, "updated_parsed"))  # `get` maps old names
    return Published(day, "feed") if day else None


def _day(parsed: Any) -> str | None:
    return f"{parsed.tm_year:04d}-{parsed.tm_mon:02d}-{parsed.tm_mday:02d}" if parsed else None
