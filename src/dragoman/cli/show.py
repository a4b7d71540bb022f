"""`dragoman show`: what a dossier knows."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.opened import dossier_argument, knowledge_of, opened
from dragoman.cli.output import Format, all_option, format_option, tell


@click.command()
@dossier_argument
@format_option
@all_option
def show(dossier: Path, form: Format, everything: bool) -> None:
    """Show what DOSSIER knows.

    \b
    dragoman show crisis.db
    dragoman show crisis.db --format md > brief.md
    """
    from dragoman.store import assemble

    with opened(dossier) as store:
        tell(assemble(store, knowledge_of(None, None)), form=form, everything=everything)
