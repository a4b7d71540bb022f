"""`dragoman correct` and `dragoman corrections`: what a person decides about a dossier."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

import click

from dragoman.cli.opened import assembled, dossier_argument, opened
from dragoman.cli.output import console
from dragoman.records import CorrectionAction

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.records import Correction, Dossier
    from dragoman.store import Place

author_option = click.option(
    "--author", metavar="NAME", envvar="DRAGOMAN_AUTHOR", help="Who decides; else DRAGOMAN_AUTHOR, or your login."
)


@click.command()
@dossier_argument
@click.argument("action", type=click.Choice(get_args(CorrectionAction)))
@click.argument("idents", metavar="ID…", nargs=-1, required=True)
@click.option("--to", metavar="WORDS", help="The new type, kind, name or headline.")
@click.option("--reason", metavar="WORDS", required=True, help="Why; it is shown wherever the decision shows.")
@author_option
def correct(
    dossier: Place, action: CorrectionAction, idents: tuple[str, ...], to: str | None, reason: str, author: str | None
) -> None:
    """Correct DOSSIER: reject, retype, rename, merge or split events, mentions and actors.

    ID is the id of an event, a mention or an actor, or a mark of the board (A7) whose sentence tells one event. To
    split, name what is split, then the mentions or reports (an id, or the letter B) that leave it. The decision is kept
    with its author and reason, holds when reports are read again or added, and is undone with `dragoman corrections
    DOSSIER --undo`.

    \b
    dragoman correct crisis.db reject A7 --reason "a figure of speech"
    dragoman correct crisis.db retype e-1a2b3c4d --to PROTEST/riot --reason "windows were broken"
    dragoman correct crisis.db rename edda-vorn --to "Edda Vörn" --reason "her own spelling"
    dragoman correct crisis.db merge e-1a2b3c4d e-5e6f7a8b --reason "one raid, told twice"
    dragoman correct crisis.db split e-1a2b3c4d B --reason "the Star tells of the day before"
    """
    from dragoman.reconcile.correct import ImpossibleCorrection
    from dragoman.reconcile.correct import correct as made

    with opened(dossier, writable=True, make=False) as store:
        whole = assembled(store)
        parts = idents[1:] if action == "split" else ()
        try:
            row = made(
                whole, action, [*(_meant(whole, i) for i in (idents[:1] if parts else idents)),
                                *(_report_or_id(whole, part) for part in parts)],
                to=to, author=author or _login(), reason=reason, made=now(),
            )  # fmt: skip
        except ImpossibleCorrection as err:
            raise click.ClickException(str(err)) from None
        store.correct(row)
        assembled(store)  # once, here, and not whenever it is shown
        click.echo(row.id)
        click.echo(f"{_line(row)}; undo it with: dragoman corrections {dossier} --undo {row.id}", err=True)


@click.command()
@dossier_argument
@click.option("--undo", metavar="ID", help="Take this correction back; it stays in the log.")
@click.option("--log", is_flag=True, help="Also those that were taken back.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="A table for the terminal, or one JSON object a line.")  # fmt: skip
@author_option
def corrections(
    dossier: Place, undo: str | None, log: bool, form: Literal["table", "json"], author: str | None
) -> None:
    """List the corrections of DOSSIER: what was decided, by whom, when and why; or take one back.

    \b
    dragoman corrections crisis.db
    dragoman corrections crisis.db --undo k-1a2b3c4d
    """
    if undo is not None:
        with opened(dossier, writable=True, make=False) as store:
            try:
                gone = store.undo(undo, author=author or _login(), at=now())
                assembled(store)
            except KeyError:
                raise click.ClickException(
                    f"no correction {undo!r} is in force; they are listed by: dragoman corrections {dossier}"
                ) from None
        click.echo(f"Undone: {_line(gone)}", err=True)
        return
    _list(dossier, log=log, form=form)


def _list(dossier: Place, *, log: bool, form: str) -> None:
    import msgspec
    from rich.table import Table
    from rich.text import Text

    from dragoman.tell.words import plain

    with opened(dossier) as store:
        held = sorted(assembled(store).corrections, key=lambda c: (c.made, c.id))
        gone = store.undone() if log else ()
    if not held and not gone:
        click.echo("Nothing was corrected.", err=True)
        return
    if form == "json":
        for row in (*held, *gone):
            click.echo(msgspec.json.encode(row))
        return
    table = Table.grid(padding=(0, 2, 1, 0))
    for c in held:
        on = ", ".join(c.rows) or "its report is not here"
        table.add_row(Text(c.id, "bold cyan"), _told(c) + Text(f"\n{on}", "dim"))
    for back in gone:
        end = Text(f"\nundone by {plain(back.author)}, {_day(back.at)}", "dim")
        table.add_row(Text(back.correction.id, "dim"), _told(back.correction) + end)
    console().print(table)


def _told(row: Correction) -> Text:
    from rich.text import Text

    from dragoman.tell.words import plain, shorten

    head = Text(_done(row), "bold") + Text(f"  {shorten(row.about, 90)}")
    return head + Text(f"\n{plain(row.author)}, {_day(row.made)}: {plain(row.reason)}", "italic")


def _day(at: str) -> str:
    from dragoman.tell.words import days

    return days(at, at)


def _done(row: Correction) -> str:
    return f"{row.action} {row.kind}" + (f" to {row.value}" if row.value else "")


def _line(row: Correction) -> str:
    return f"{_done(row)}: {row.about} ({row.reason})"


def _meant(whole: Dossier, ident: str) -> str:
    """The id itself; for a mark of the board (A7) that of the one event that its sentence tells."""
    from dragoman.tell.footnotes import Footnotes, no_mark

    at = Footnotes(whole).find(ident)
    if at is None:
        known = {*(e.id for e in whole.events), *(m.id for m in whole.mentions), *(a.id for a in whole.actors)}
        if ident not in known and (wrong := no_mark(ident, whole)):
            raise click.ClickException(f"there is nothing marked {ident!r}: {wrong}")
        return ident
    report, sentence = at
    here = {m.id for m in whole.mentions if m.report == report and sentence.covers(m.trigger)}
    events = [e for e in whole.events if here & set(e.mentions)]
    if len(events) != 1:
        told = "; ".join(f"{e.id} ({e.headline})" for e in events) or "no event"
        raise click.ClickException(f"{ident} tells {told}; name one by its id")
    return events[0].id


def _report_or_id(whole: Dossier, part: str) -> str:
    """The report of a letter of the board (B), else the id itself."""
    from dragoman.tell.footnotes import Footnotes

    return next((ident for ident, letter in Footnotes(whole).letters.items() if letter == part), part)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise click.ClickException("say who decides, with --author NAME") from None


def now() -> str:
    """The time of a decision, in UTC; SOURCE_DATE_EPOCH where a run must be repeatable."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    at = datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)
    return at.isoformat(timespec="microseconds")
