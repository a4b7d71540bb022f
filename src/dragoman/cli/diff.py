"""`dragoman diff`: what one dossier says that another did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from dragoman.cli.opened import PLACE, assembled, day, dossier_argument, opened
from dragoman.cli.output import console

if TYPE_CHECKING:
    from dragoman.records import Dossier
    from dragoman.store import Place, Store
    from dragoman.tell.changes import Changes


@click.command()
@dossier_argument
@click.argument("new", required=False, type=PLACE)
@click.option("--since", metavar="DATE", callback=day, help="Against what was known on this day, YYYY-MM-DD.")
@click.option("--without", metavar="REPORT", multiple=True, help="Against the dossier without this report; repeatable.")
@click.option("--format", "form", type=click.Choice(["board", "json"]), default="board", show_default=True,
              help="For the terminal, or as JSON.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Every change, not only the most telling.")
def diff(
    dossier: Place,
    new: Place | None,
    since: str | None,
    without: tuple[str, ...],
    form: Literal["board", "json"],
    everything: bool,
) -> None:
    """Show what the dossier NEW adds to DOSSIER, says otherwise and says no more; or how one dossier came to be.

    A report is named by its id, its file or its letter on the board.

    \b
    dragoman diff yesterday.db today.db
    dragoman diff crisis.db --since 2019-01-24
    dragoman diff crisis.db --without star.txt
    """
    from dragoman.tell.changes import changes

    if sum((new is not None, since is not None, bool(without))) != 1:
        raise click.UsageError("compare with one of: a second dossier, --since DATE, --without REPORT")
    with opened(dossier) as store:
        if new is not None:
            before = assembled(store)
        else:
            before = known_by(store, since) if since else _less(store, without, dossier)
            after = assembled(store)
    if new is not None:
        with opened(new) as store:
            after = assembled(store)
    shown(changes(before, after), form=form, everything=everything)


def shown(found: Changes, *, form: Literal["board", "json"], everything: bool) -> None:
    """Print changes."""
    import sys

    from dragoman.tell.diff import render
    from dragoman.tell.export import encoded

    if form == "json":
        sys.stdout.buffer.write(encoded(found))
        sys.stdout.buffer.flush()
    else:
        render(found, console(), everything=everything)


def known_by(store: Store, since: str) -> Dossier:
    """The dossier as it could be known on a day, with a word on reports that have none."""
    from dragoman.store import assemble, knowledge_in

    days = store.days()
    if undated := days.count(None):
        click.echo(f"{undated} of {len(days)} reports have no day of publication and count as new.", err=True)
    return assemble(store, knowledge_in(store), as_of=since)


def _less(store: Store, names: tuple[str, ...], place: Place) -> Dossier:
    from dragoman.store import assemble, knowledge_in
    from dragoman.tell.footnotes import Footnotes

    knowledge = knowledge_in(store)
    letters = Footnotes(assemble(store, knowledge)).letters
    known = {r.origin: r.id for r in store.reports()} | {letter: i for i, letter in letters.items()}
    known |= {ident: ident for ident in letters}
    if wrong := next((name for name in names if name not in known), None):
        raise click.ClickException(
            f"{place} has no report {wrong!r}; its reports are lettered in: dragoman show {place} (the id, the file"
            " name and the letter all do)"
        )
    return assemble(store, knowledge, without={known[name] for name in names})
