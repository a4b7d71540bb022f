"""`dragoman codebook`: what the columns of an export mean."""

from __future__ import annotations

import click

from dragoman.cli.opened import knowledge_of


@click.command()
@click.option("--as", "form", type=click.Choice(["plover", "cameo"]), default="plover", show_default=True,
              help="The export whose columns are asked for.")  # fmt: skip
def codebook(form: str) -> None:
    """Print what each column of an export means, tab-separated."""
    from dragoman.tell.tables import codebook

    click.echo(codebook(knowledge_of(None, None), form=form), nl=False)
