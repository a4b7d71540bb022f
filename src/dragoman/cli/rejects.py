"""`dragoman rejects`: what was found and not taken, and another try."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import assembled, dossier_argument, opened, reading, usable
from dragoman.cli.saying import say

if TYPE_CHECKING:
    from dragoman.collect import Collected, Input
    from dragoman.store import Place


@click.command()
@dossier_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--retry", is_flag=True, help="First try the files again of which something was refused.")
@click.option("--fetch", is_flag=True, help="With --retry: the addresses too.")
def rejects(dossier: Place, as_json: bool, retry: bool, fetch: bool) -> None:
    """List what was found and not taken, with the stage that refused it and the reason: first the files and addresses
    that could not be read, then what was not taken of reports that were.

    \b
    dragoman rejects crisis.db
    dragoman rejects crisis.db --retry --fetch
    """
    import msgspec

    from dragoman.store.refused import STAGES

    if retry:
        _again(dossier, fetch=fetch)
    with opened(dossier) as store:
        whole = assembled(store)
    texts = {report.id: report.text for report in whole.reports}
    for reject in sorted(whole.rejects, key=lambda one: one.stage not in STAGES):
        if as_json:
            click.echo(msgspec.json.encode(reject))
            continue
        text = texts.get(reject.report)
        words = " ".join(reject.span.of(text).split()) if reject.span and text else ""
        click.echo("\t".join((reject.stage, reject.reason, reject.report, words)))
    if not whole.rejects:
        say("Nothing was set aside.")


def _again(dossier: Place, *, fetch: bool) -> None:
    """Read again what something was refused of, and say what became of it."""
    from dragoman.collect import File
    from dragoman.store import Refused

    with reading() as clerk, usable(), opened(dossier, writable=True, make=False) as store:
        refused = Refused(store)
        given = [one for one in refused.all() if fetch or isinstance(one, File)]
        if left := len(refused.all()) - len(given):
            say(f"{left} addresses are asked again only with --fetch.")
        refused.forget_reasons(given)
        taken = list(clerk.take(store, _had(given)))
        say(f"{len(given)} tried again: {sum(one.outcome == 'read' for one in taken)} reports read.")


def _had(inputs: list[Input]) -> Iterator[Input | Collected]:
    """The inputs, with what stands at their addresses now."""
    from msgspec.structs import replace

    from dragoman.collect import BadInput, Fetcher, Page
    from dragoman.collect.reports import refused

    fetcher: Fetcher | None = None
    for one in inputs:
        if isinstance(one, Page):
            fetcher = fetcher or Fetcher(limit=one.limit)
            try:
                yield replace(one, fetched=fetcher.get(one.name))
            except BadInput as err:
                yield refused(one.name, str(err))
        else:
            yield one
