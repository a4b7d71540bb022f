"""One round of a watch: ask the feeds that are due, read the pages they announce."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetched, Fetcher, FetchError
from dragoman.collect.formats.feed import TEASER
from dragoman.collect.found import Found
from dragoman.collect.inputs import Input, Page
from dragoman.collect.reports import Collected, refused
from dragoman.collect.topic import Topic
from dragoman.store.ingest import Taken
from dragoman.store.raw import Raw
from dragoman.store.store import Store
from dragoman.store.watched import Feed, Watched


class Round(Struct):
    """What a round brought: ids of the reports that are new, and what a person should know."""

    read: list[str]
    messages: list[str]
    announced: int = 0
    passed: int = 0  # announced, but of another topic
    asked: int = 0  # feeds
    failed: int = 0  # of these


class Takes(Protocol):
    """Who opens and reads what is fetched: a process that a page may kill."""

    def entries(self, feed: Fetched) -> list[Found]:
        """What a feed announces. Raises BadInput."""
        ...

    def take(self, store: Store, inputs: Iterable[Input | Collected], *, raw: Raw | None = None) -> Iterator[Taken]:
        """Read what is given into the store, one report after another."""
        ...


def watch_round(
    store: Store,
    watched: Watched,
    feeds: Sequence[str],
    *,
    fetcher: Fetcher,
    topic: Topic,
    clerk: Takes,
    now: Callable[[], datetime],
    raw: Raw | None = None,
) -> Round:
    """Ask the feeds that are due and read what is waiting; a bad feed or page costs only itself."""
    found = Round([], [])
    for feed in watched.due(feeds, now()):
        found.asked += 1
        try:
            _ask(watched, feed, found, fetcher=fetcher, topic=topic, clerk=clerk, now=now())
        except BadInput as err:
            found.failed += 1
            wait = watched.failed(feed, now(), after=getattr(err, "after", None))
            found.messages.append(f"{feed.url}: {err} (asked again in {round(wait.total_seconds() / 60)} minutes)")
    for page in watched.waiting(now()):
        _take(store, watched, page, found, fetcher=fetcher, clerk=clerk, now=now(), raw=raw)
    return found


def _ask(
    watched: Watched, feed: Feed, found: Round, *, fetcher: Fetcher, topic: Topic, clerk: Takes, now: datetime
) -> None:
    """Ask a feed what is new; its title and teaser tell whether a page is of the topic. Raises BadInput."""
    answer = fetcher.get(feed.url, etag=feed.etag, modified=feed.modified)
    announced = clerk.entries(answer) if answer.body is not None else []
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
    clerk: Takes,
    now: datetime,
    raw: Raw | None,
) -> None:
    """Read a page into the dossier, or set it aside, or leave it for later."""
    try:
        fetched = fetcher.get(page.url) if page.url else None
        given: Page | Collected = Page(fetched=fetched, announced=page, limit=fetcher.limit)
    except FetchError as err:
        if err.later and watched.put_off(page.origin, now, after=err.after):
            found.messages.append(f"{page.origin}: {err}")
            return
        whole = len(page.text.split()) >= TEASER
        given = Page(announced=page, limit=fetcher.limit) if whole else refused(page.origin, str(err))
    for taken in clerk.take(store, [given], raw=raw):
        found.read += [taken.report] if taken.outcome == "read" else []
        found.messages += taken.messages
    watched.done(page.origin)
