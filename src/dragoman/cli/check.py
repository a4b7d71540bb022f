"""`dragoman check`: whether what a dossier holds fits together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import dossier_argument, opened

if TYPE_CHECKING:
    from dragoman.store import Place


@click.command()
@dossier_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def check(dossier: Place, as_json: bool) -> None:
    """Check DOSSIER: the file, the digests of the texts, every span, what refers to what, and the raw inputs.

    Each fault is a line with the row, what is wrong and the next step, and the exit status is 1; nothing is changed.
    """
    import msgspec

    from dragoman.store import Raw
    from dragoman.store.check import Fault
    from dragoman.store.check import check as checked

    with opened(dossier) as store:
        faults = list(checked(store))
        if isinstance(dossier, Path):
            faults += [Fault(str(path), "it is not what its name says", "restore it from a copy")
                       for path in Raw(dossier).damaged()]  # fmt: skip
        count = len(store.days())
    for fault in faults:
        click.echo(msgspec.json.encode(fault) if as_json else "\t".join((fault.row, fault.wrong, fault.next)))
    if faults:
        raise click.ClickException(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {dossier}")
    click.echo(f"{dossier} is whole: {count} report{'' if count == 1 else 's'}.", err=True)
