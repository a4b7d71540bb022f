"""`dragoman backup`: a copy of a dossier, while others use it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import dossier_argument
from dragoman.cli.saying import say

if TYPE_CHECKING:
    from dragoman.store import Place


@click.command("backup")
@dossier_argument
@click.argument("copy", type=click.Path(path_type=Path))
def backup_(dossier: Place, copy: Path) -> None:
    """Copy DOSSIER to the file COPY as it stands now, while it is read into or watched.

    \b
    dragoman backup crisis.db crisis-monday.db
    """
    from dragoman.store import DossierError, Server, backup

    if isinstance(dossier, Server):
        raise click.ClickException(f"{dossier} is on a server; copy it with: pg_dump --schema {dossier.schema}")
    try:
        backup(dossier, copy)
    except DossierError as err:
        raise click.ClickException(str(err)) from None
    say(f"{copy} is a copy of {dossier}.")
