"""`dragoman schema`: the shape of the dossier, for programs."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the dossier, the object that `--format json` prints."""
    from dragoman.tell.schema import json_schema

    click.echo(json_schema().decode(), nl=False)
