"""`dragoman brief`: what is new of late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import click

from dragoman.cli.diff import known_by, shown
from dragoman.cli.opened import assembled, dossier_argument, opened
from dragoman.cli.spans import span_of

if TYPE_CHECKING:
    from dragoman.store import Place


def since_when(context: click.Context, parameter: click.Parameter, value: str) -> date:
    """The last day that is not told of: before a day, or before the day a span ago."""
    try:
        first = date.fromisoformat(value)
    except ValueError:
        first = (datetime.now(UTC) - span_of(value)).date()
    return first - timedelta(days=1)


@click.command()
@dossier_argument
@click.option("--since", default="24h", show_default=True, metavar="SPAN|DATE", callback=since_when,
              help="Since a span ago (90m, 24h, 7d) or a day.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["board", "json"]), default="board", show_default=True,
              help="For the terminal, or as JSON.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Every change, not only the most telling.")
def brief(dossier: Place, since: date, form: Literal["board", "json"], everything: bool) -> None:
    """Tell what the reports of late changed in DOSSIER: new events and differences, what became of what was due.

    Reports count by their days of publication, which are whole: --since 24h takes in all of yesterday.

    \b
    dragoman brief crisis.db
    dragoman brief crisis.db --since 7d
    """
    from dragoman.tell.changes import changes

    with opened(dossier) as store:
        before, after = known_by(store, since.isoformat()), assembled(store)
    shown(changes(before, after), form=form, everything=everything)
