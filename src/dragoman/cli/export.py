"""`dragoman export`: a dossier for another program."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.opened import dossier_argument, knowledge_of, opened
from dragoman.cli.output import tell


@click.command()
@dossier_argument
@click.option("--as", "form", type=click.Choice(["json"]), required=True, help="The form: the dossier as JSON.")
def export(dossier: Path, form: str) -> None:
    """Print DOSSIER for another program.

    \b
    dragoman export crisis.db --as json > crisis.json
    """
    from dragoman.store import assemble

    with opened(dossier) as store:
        tell(assemble(store, knowledge_of(None, None)), form="json", everything=True)
