"""`dragoman watch`: follow feeds, read what they announce, tell what is new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import click

from dragoman.cli.metrics import metrics_option, watch_metrics
from dragoman.cli.opened import PLACE, assembled, raw_of, reading, usable
from dragoman.cli.output import console
from dragoman.cli.saying import say
from dragoman.cli.spans import span_of

if TYPE_CHECKING:
    from dragoman.records import Dossier
    from dragoman.store import Place, Round
    from dragoman.tell.changes import Changes

NAP = 60.0  # seconds at most between two looks at the clock: a machine that slept wakes up late
PATIENCE = 600.0  # seconds at most between two tries at a dossier that cannot be written now
LOUD = ("difference", "expectation")  # what a webhook is told besides


def span(context: click.Context, parameter: click.Parameter, value: str) -> timedelta:
    """A span as people write it: 90s, 30m, 2h, 1d."""
    return span_of(value)


@click.command()
@click.argument("feeds")
@click.option("-d", "--dossier", required=True, type=PLACE, help="Keep what is read in this file or database.")
@click.option("--topic", "about", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A TOML file of words that must (all), may (any) or must not (none) be there.")  # fmt: skip
@click.option(
    "--every", default="30m", show_default=True, callback=span, help="How often a feed is asked: 30m, 2h, 1d."
)
@click.option("--once", is_flag=True, help="One round, then stop: for a timer of your own.")
@click.option("--webhook", metavar="URL", help="Send what is new as JSON to this address.")
@click.option("--format", "form", type=click.Choice(["board", "json"]), default="board", show_default=True,
              help="Tell it for the terminal, or as a line of JSON a round.")  # fmt: skip
@click.option("--limit", type=click.FloatRange(min=0.001), default=5.0, show_default=True, metavar="MB",
              help="Set pages aside that are larger than this.")  # fmt: skip
@click.option("--keep-raw", is_flag=True, help="Keep the pages as they came, beside the dossier.")
@metrics_option
@click.option("--quiet", is_flag=True, help="Tell only what is new, no remarks.")
def watch(
    feeds: str,
    dossier: Place,
    about: Path | None,
    every: timedelta,
    once: bool,
    webhook: str | None,
    form: str,
    limit: float,
    keep_raw: bool,
    metrics: int | None,
    quiet: bool,
) -> None:
    """Follow FEEDS (an OPML file, a text with an address a line, or one address) and read what they announce.

    Sites are asked politely: by their robots.txt, a page a second at most, nothing again that has not changed.
    The dossier remembers how far it came: after a stop or a crash the same command goes on from there. Where another
    command writes to it, its disk is full or its server is away, the watch waits and tries again.

    \b
    dragoman watch feeds.opml -d crisis.db --topic oravia.toml
    dragoman watch https://times.example/rss -d crisis.db --once
    """
    from dragoman.collect import BadInput, Fetcher
    from dragoman.collect.outlines import feeds_in
    from dragoman.collect.topic import Topic, topic_of
    from dragoman.store import DossierError, Store, Watched, watch_round
    from dragoman.tell.changes import changes

    try:
        urls = feeds_in(feeds)
        topic = topic_of(about) if about else Topic()
        fetcher = Fetcher(limit=round(limit * 1_000_000))
    except BadInput as err:
        raise click.ClickException(str(err)) from None
    raw = raw_of(dossier) if keep_raw else None
    counted = watch_metrics(metrics) if metrics else lambda found: None
    before: Dossier | None = None
    vain = 0  # tries at the dossier since the last round that came to its end
    try:
        while True:
            try:
                # let go between rounds, so that others may write
                with Store.open(dossier, writable=True) as store, reading() as clerk, usable():
                    watched, before = Watched(store, every=every), before or assembled(store)
                    found = watch_round(store, watched, urls, fetcher=fetcher, topic=topic, clerk=clerk, now=_now,
                                        raw=raw)  # fmt: skip
                    after = assembled(store) if found.read or vain else before  # a try may have read some
                    ready = watched.next(urls, _now())
            except DossierError as err:
                if once or not err.passes:
                    raise click.ClickException(str(err)) from None
                vain += 1
                wait = timedelta(seconds=min(PATIENCE, 15.0 * 2 ** min(vain, 8)))
                say(f"{err} (tried again in {round(wait.total_seconds())} seconds)")
                ready = _now() + wait
            else:
                counted(found)
                if not quiet:
                    _remark(found)
                if after is not before and (new := changes(before, after)).rows:
                    _tell(new, form=form, webhook=webhook)
                before, vain = after, 0
                if once:
                    if found.asked and found.failed == found.asked:
                        raise click.ClickException("no feed could be had; see the reasons above")
                    return
            while (left := (ready - _now()).total_seconds()) > 0:
                sleep(min(left, NAP))
    except KeyboardInterrupt:
        say(f"Stopped. {dossier} remembers how far it came; the same command goes on from there.")
        raise click.exceptions.Exit(130) from None


def _remark(found: Round) -> None:
    for message in found.messages:
        say(message)
    say(
        f"{_now():%Y-%m-%d %H:%M} UTC: {found.announced} announced, {found.passed} of another topic, "
        f"{len(found.read)} read."
    )


def _tell(found: Changes, *, form: str, webhook: str | None) -> None:
    """Say what a round changed, here and to the webhook."""
    import sys

    import msgspec

    from dragoman.tell.diff import render

    line = msgspec.json.encode(found) + b"\n"
    if form == "json":
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    else:
        render(found, console(), everything=False)
    if webhook and any(change.kind in LOUD for change in found.rows):
        _send(webhook, line)


def _send(url: str, body: bytes) -> None:
    """Post JSON to the user's own address, wherever it is; a webhook that fails is said and costs nothing else."""
    import urllib3

    retries = urllib3.Retry(
        total=3, backoff_factor=1.0, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=None
    )
    try:
        answer = urllib3.PoolManager(timeout=10.0, retries=retries).request(
            "POST", url, body=body, headers={"Content-Type": "application/json"}
        )
        if answer.status >= 300:
            say(f"{url} answers with {answer.status}; what was to be sent is in the dossier.")
    except (urllib3.exceptions.HTTPError, ValueError) as err:
        say(f"{url} cannot be told ({type(err).__name__}); what was to be sent is in the dossier.")


def _now() -> datetime:
    return datetime.now(UTC)
