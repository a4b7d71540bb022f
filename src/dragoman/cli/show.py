"""`dragoman show`: what a dossier knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import as_of_option, assembled, dossier_argument, opened
from dragoman.cli.output import Format, all_option, format_option, tell

if TYPE_CHECKING:
    from dragoman.store import Place


@click.command()
@dossier_argument
@format_option
@all_option
@as_of_option
@click.option("--story", metavar="ID", help="Only the reports of this story.")
def show(dossier: Place, form: Format, everything: bool, as_of: str | None, story: str | None) -> None:
    """Show what DOSSIER knows, or with --as-of what could be known on a day.

    \b
    dragoman show crisis.db
    dragoman show crisis.db --format md > brief.md
    dragoman show crisis.db --as-of 2019-01-24
    """
    from dragoman.cli.stories import reports_of
    from dragoman.store import assemble, knowledge_in

    with opened(dossier) as store:
        found = assembled(store, as_of=as_of)
        if story is not None:
            others = {r.id for r in found.reports} - reports_of(found, story)
            found = assemble(store, knowledge_in(store), as_of=as_of, without=others)
    tell(found, form=form, everything=everything)
