"""Pages from addresses on the web."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.collect.dates import option_day
from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetcher
from dragoman.collect.inputs import Page
from dragoman.collect.reports import Collected, refused


def online(urls: Iterable[str], fetcher: Fetcher, *, published: str | None = None) -> Iterator[Page | Collected]:
    """What stands at these addresses, to be opened, or why it cannot be had; `published` as for `collect`."""
    day = option_day(published) if published is not None else None
    for url in urls:
        try:
            yield Page(fetched=fetcher.get(url), default=day, limit=fetcher.limit)
        except BadInput as err:
            yield refused(url, str(err))
