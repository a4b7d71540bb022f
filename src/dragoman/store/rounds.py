"""One round of a watch: ask the feeds that are due, read the pages they announce."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetched, Fetcher, FetchError
from dragoman.collect.formats.feed import TEASER, entries
from dragoman.collect.found import Found, Unusable
from dragoman.collect.online import reports_at
from dragoman.collect.reports import Collected, judged, refused
from dragoman.collect.topic import Topic
from dragoman.knowledge import Knowledge
from dragoman.store.ingest import Reads, ingest
from dragoman.store.store import Store
from dragoman.store.watched import Feed, Watched


class Round(Struct):
    """What a round brought: ids of the reports that are new, and what a person should know."""

    read: list[str]
    messages: list[str]
    announced: int = 0
    passed: int = 0  # announced, but of another topic


def watch_round(
    store: Store,
    watched: Watched,
    feeds: Sequence[str],
    *,
    fetcher: Fetcher,
    topic: Topic,
    reader: Reads,
    knowledge: Knowledge,
    now: Callable[[], datetime],
) -> Round:
    """Ask the feeds that are due and read what is waiting; a bad feed or page costs only itself."""
    found = Round([], [])
    for feed in watched.due(feeds, now()):
        try:
            _ask(watched, feed, found, fetcher=fetcher, topic=topic, now=now())
        except BadInput as err:
            wait = watched.failed(feed, now(), after=getattr(err, "after", None))
            found.messages.append(f"{feed.url}: {err} (asked again in {round(wait.total_seconds() / 60)} minutes)")
    for page in watched.waiting(now()):
        _take(store, watched, page, found, fetcher=fetcher, reader=reader, knowledge=knowledge, now=now())
    return found


def _ask(watched: Watched, feed: Feed, found: Round, *, fetcher: Fetcher, topic: Topic, now: datetime) -> None:
    """Ask a feed what is new; its title and teaser tell whether a page is of the topic. Raises BadInput."""
    answer = fetcher.get(feed.url, etag=feed.etag, modified=feed.modified)
    announced = [entry.found for entry in entries(answer.body, feed.url)] if answer.body is not None else []
    fitting = [one for one in announced if topic.fits(f"{one.title or ''}\n{one.text}")]
    found.passed += len(announced) - len(fitting)
    found.announced += watched.answered(
        feed, fitting, now, etag=answer.etag or feed.etag, modified=answer.modified or feed.modified
    )


def _take(
    store: Store,
    watched: Watched,
    page: Found,
    found: Round,
    *,
    fetcher: Fetcher,
    reader: Reads,
    knowledge: Knowledge,
    now: datetime,
) -> None:
    """Read a page into the dossier, or set it aside, or leave it for later."""
    try:
        collected = _collected(fetcher.get(page.url), page, fetcher.limit) if page.url else judged(page)
    except FetchError as err:
        if err.later and watched.put_off(page.origin, now, after=err.after):
            found.messages.append(f"{page.origin}: {err}")
            return
        collected = judged(page) if len(page.text.split()) >= TEASER else refused(page.origin, str(err))
    if collected.report is None:
        store.set_aside(collected.rejects)
    elif ingest(store, collected.report, reader=reader, knowledge=knowledge, rejects=collected.rejects) == "read":
        found.read.append(collected.report.id)
    found.messages += collected.messages
    watched.done(page.origin)


def _collected(fetched: Fetched, page: Found, limit: int) -> Collected:
    """The report on a page; where the page gives no day, its feed does; where it holds none, the feed's own text."""
    try:
        one = next(reports_at(fetched, limit=limit))
    except BadInput as err:
        one = Unusable(page.origin, str(err))
    found = judged(one, default=page.published.day if page.published else None)
    return judged(page) if found.report is None and len(page.text.split()) >= TEASER else found
