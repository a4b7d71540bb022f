"""`dragoman explain`: why a row of the dossier says what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import assembled, dossier_argument, opened, reading_model, usable
from dragoman.cli.output import console

if TYPE_CHECKING:
    from dragoman.store import Place


@click.command()
@dossier_argument
@click.argument("ident", metavar="ID")
def explain(dossier: Place, ident: str) -> None:
    """Say why the row ID of DOSSIER says what it says: its sentence, the rules, what was not taken.

    ID is that of any row: a mention, event, actor, claim, position, expectation, story or report. Ids stand in
    `dragoman show DOSSIER --format json`.

    \b
    dragoman explain crisis.db dawn-1a2b3c4d
    """
    from dragoman.read.session import ModelError
    from dragoman.store import reread
    from dragoman.tell.explain import explain as explained
    from dragoman.tell.footnotes import no_mark

    with opened(dossier) as store:
        whole = assembled(store)
        reader = reading_model()
        try:
            with usable():
                answer = explained(whole, ident, lambda report: reread(store, report, reader=reader))
        except ModelError as err:
            raise click.ClickException(str(err)) from None
        except KeyError:
            next_step = no_mark(ident, whole) or f"the ids are in: dragoman show {dossier} --format json"
            raise click.ClickException(f"no row of {dossier} has the id {ident!r}; {next_step}") from None
        console().print(answer)
