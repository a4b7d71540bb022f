"""`dragoman stories`: the developments that a dossier's reports tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from dragoman.cli.opened import as_of_option, assembled, dossier_argument, opened
from dragoman.cli.output import console

if TYPE_CHECKING:
    from dragoman.records import Dossier
    from dragoman.store import Place


@click.command()
@dossier_argument
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="A table for the terminal, or one JSON object a line.")  # fmt: skip
@as_of_option
def stories(dossier: Place, form: Literal["table", "json"], as_of: str | None) -> None:
    """List the stories of DOSSIER, the latest first: reports of one development, day after day.

    \b
    dragoman stories crisis.db
    dragoman show crisis.db --story s-1a2b3c4d
    """
    import msgspec

    with opened(dossier) as store:
        found = assembled(store, as_of=as_of)
    if form == "json":
        for story in found.stories:
            click.echo(msgspec.json.encode(story))
        return
    _table(found)


def _table(found: Dossier) -> None:
    from rich.table import Table
    from rich.text import Text

    from dragoman.tell.words import days, plain

    events = {s.id: sum(bool(set(e.reports) & set(s.reports)) for e in found.events) for s in found.stories}
    table = Table.grid(padding=(0, 2))
    for story in sorted(found.stories, key=lambda s: (s.end or "", s.start or "", s.id), reverse=True):
        count = f"{_count(len(story.reports), 'report')}, {_count(events[story.id], 'event')}"
        when = Text(days(story.start, story.end) or "undated", "dim")
        table.add_row(Text(story.id, "bold cyan"), when, Text(plain(story.title)), Text(count, "dim"))
    console().print(table)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def reports_of(found: Dossier, ident: str) -> frozenset[str]:
    """The reports of a story; the ids it had when another of its reports was its first will do."""
    digests = {r.id: f"s-{r.sha256[:8]}" for r in found.reports}
    for story in found.stories:
        if ident == story.id or ident in {digests[r] for r in story.reports}:
            return frozenset(story.reports)
    raise click.ClickException(f"no story has the id {ident!r}; they are listed by: dragoman stories DOSSIER")
