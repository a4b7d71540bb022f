"""`dragoman export`: a dossier for another program."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.opened import as_of_option, assembled, dossier_argument, opened
from dragoman.cli.output import tell


@click.command()
@dossier_argument
@click.option("--as", "form", type=click.Choice(["json", "plover", "cameo"]), required=True,
              help="JSON, POLECAT's 40 columns, or GDELT's 61.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Also what did not happen, is feared, or lies ahead.")
@as_of_option
def export(dossier: Path, form: str, everything: bool, as_of: str | None) -> None:
    """Print DOSSIER for another program.

    The tables are tab-separated with a header line, one row an event; `dragoman codebook` says what each column means.
    Codes are strings: read them with dtype=str, or leading zeros go.

    \b
    dragoman export crisis.db --as json > crisis.json
    dragoman export crisis.db --as plover > events.tsv
    """
    from dragoman.store import knowledge_in
    from dragoman.tell.tables import table

    with opened(dossier) as store:
        knowledge = knowledge_in(store)
        found = assembled(store, as_of=as_of)
    if form == "json":
        tell(found, form="json", everything=True)
    else:
        click.echo(table(found, knowledge, form=form, everything=everything), nl=False)
