"""How far a watch has come: when each feed is asked next, and which pages it announced are still to be read."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct
from sqlalchemy import func, select, update

from dragoman.collect.found import Found
from dragoman.store.rows import insert_into, upsert
from dragoman.store.store import Store
from dragoman.store.tables import feeds, pages

LONGEST = timedelta(days=1)  # between two tries
TRIES = 6  # of a page that cannot be had

_found = msgspec.msgpack.Decoder(Found).decode


class Feed(Struct, frozen=True):
    """What is known of a feed from the last time."""

    url: str
    etag: str | None = None
    modified: str | None = None
    failures: int = 0


class Watched:
    """The feeds and pages of a dossier under watch; every call is one transaction, so that a kill costs nothing.

    `every` is how often a feed is asked, `jitter` (0..1) by how much of it each time may differ.
    """

    def __init__(self, store: Store, *, every: timedelta, jitter: float = 0.1) -> None:
        self._engine, self._every, self._jitter = store.engine, every, jitter

    def due(self, urls: Iterable[str], now: datetime) -> list[Feed]:
        """Which of these feeds are to be asked now, in their order."""
        with self._engine.connect() as connection:
            known = {row.url: row for row in connection.execute(select(feeds))}
        asked = (url for url in urls if url not in known or known[url].due <= _iso(now))
        return [
            Feed(url, known[url].etag, known[url].modified, known[url].failures) if url in known else Feed(url)
            for url in asked
        ]

    def answered(
        self, feed: Feed, announced: Iterable[Found], now: datetime, *, etag: str | None, modified: str | None
    ) -> int:
        """A feed was had: note the pages that are new in it; how many there are."""
        with self._engine.begin() as connection:
            new = 0
            for found in announced:
                row = {"url": found.origin, "due": _iso(now), "tries": 0, "data": msgspec.msgpack.encode(found)}
                statement = insert_into(connection, pages).values(**row).on_conflict_do_nothing()
                new += connection.execute(statement).rowcount
            due = _iso(now + self._spread(self._every))
            upsert(connection, feeds, url=feed.url, etag=etag, modified=modified, due=due, failures=0)
            return new

    def failed(self, feed: Feed, now: datetime, *, after: float | None = None) -> timedelta:
        """A feed could not be had: ask again later and later; in how long."""
        wait = max(self._backoff(self._every, feed.failures + 1), timedelta(seconds=after or 0))
        with self._engine.begin() as connection:
            upsert(connection, feeds, url=feed.url, etag=feed.etag, modified=feed.modified, due=_iso(now + wait),
                   failures=feed.failures + 1)  # fmt: skip
        return wait

    def waiting(self, now: datetime) -> list[Found]:
        """The pages to be read now, as their feeds announced them, the first announced first."""
        where = pages.c.due <= _iso(now)
        with self._engine.connect() as connection:
            rows = connection.execute(select(pages.c.data).where(where).order_by(pages.c.due, pages.c.url))
            return [_found(row.data) for row in rows]

    def done(self, url: str) -> None:
        """A page is read, or set aside for good."""
        with self._engine.begin() as connection:
            connection.execute(update(pages).where(pages.c.url == url).values(due=None))

    def put_off(self, url: str, now: datetime, *, after: float | None = None) -> bool:
        """A page could not be had: try again later, or not, when it was tried often enough."""
        with self._engine.begin() as connection:
            tries = (connection.execute(select(pages.c.tries).where(pages.c.url == url)).scalar() or 0) + 1
            wait = max(self._backoff(timedelta(minutes=5), tries), timedelta(seconds=after or 0))
            due = _iso(now + wait) if tries < TRIES else None
            connection.execute(update(pages).where(pages.c.url == url).values(due=due, tries=tries))
            return due is not None

    def next(self, urls: Iterable[str], now: datetime) -> datetime:
        """When there is something to do again."""
        asked = set(urls)
        with self._engine.connect() as connection:
            times = [row.due for row in connection.execute(select(feeds)) if row.url in asked]
            page = connection.execute(select(func.min(pages.c.due))).scalar()
        whole = [*times, *([page] if page else [])]
        return datetime.fromisoformat(min(whole)) if whole else now + self._every

    def _backoff(self, first: timedelta, failures: int) -> timedelta:
        return self._spread(min(LONGEST, first * 2 ** min(failures, 16)))

    def _spread(self, wait: timedelta) -> timedelta:
        return wait * (1 + self._jitter * random.uniform(-1, 1))


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")
