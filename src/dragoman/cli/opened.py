"""Opening what a command works on: the dossier and the reading model, with errors a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dragoman.knowledge import Knowledge
    from dragoman.records import Dossier
    from dragoman.scale.clerk import Clerk
    from dragoman.store import Place, Raw, Reads, Store


class PlaceType(click.Path):
    """Where a dossier is kept: a file, or an address postgresql://…"""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if "://" not in str(value):
            return super().convert(value, param, ctx)
        from dragoman.store import DossierError, place_of

        try:
            return place_of(value)
        except DossierError as err:
            self.fail(str(err), param, ctx)


PLACE = PlaceType()
dossier_argument = click.argument("dossier", type=PLACE)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A day as an option gives it, YYYY-MM-DD."""
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it as YYYY-MM-DD") from None


as_of_option = click.option(
    "--as-of", metavar="DATE", callback=day, help="Only what could be known on this day, YYYY-MM-DD."
)


@contextmanager
def opened(place: Place | None, *, writable: bool = False, make: bool | None = None) -> Iterator[Store]:
    """The dossier at a place, in memory when it is None; what is wrong with it becomes a message and exit status 1.

    One that is missing is made with `make`, which is so for writing unless it is said otherwise.
    """
    from dragoman.store import DossierError, MissingDossier, Store

    try:
        if place is not None and make is not None and make is not writable:
            try:
                Store.open(place).close()
            except MissingDossier:
                if not make:
                    raise
                Store.open(place, writable=True).close()
        with Store.in_memory() if place is None else Store.open(place, writable=writable) as store:
            yield store
    except DossierError as err:
        raise click.ClickException(str(err)) from None


def knowledge_of(ontology: Path | None, actors: Path | None, places: Path | None = None) -> Knowledge:
    """The knowledge in force; the user's files are read at once, so that what is wrong in them is said first."""
    from dragoman.knowledge import Knowledge

    knowledge = Knowledge(ontology=ontology, actors=actors, places=places)
    with usable():
        if ontology is not None:
            _ = knowledge.frames
        if actors is not None:
            _ = knowledge.world
        if places is not None:
            _ = knowledge.gazetteer.regions
    return knowledge


def assembled(store: Store, *, as_of: str | None = None) -> Dossier:
    """The dossier of a store, with the knowledge it was read with; says once what a day leaves out."""
    from dragoman.store import assemble, knowledge_in

    found = assemble(store, knowledge_in(store), as_of=as_of)
    if as_of is not None:
        _remark_left_out(store, found, as_of)
    return found


def _remark_left_out(store: Store, found: Dossier, as_of: str) -> None:
    dated = store.days()
    undated = sum(day is None for day in dated)
    if undated:
        click.echo(f"{undated} of {len(dated)} reports have no day of publication and are left out.", err=True)
    if not found.reports:
        first = min((day for day in dated if day), default=None)
        hint = f"; the first is of {first}" if first else ""
        raise click.ClickException(f"no report was published by {as_of}{hint}")


def reading_model() -> Reads:
    """The shipped reading model, in this process; it is loaded when the first report is read."""
    from dragoman.read import Reader

    return Reader()


def reading() -> Clerk:
    """Who opens and reads reports, in a process that gets ready while this one imports and opens what it needs."""
    from dragoman.scale.worker import Worker

    worker = Worker("dragoman.scale.desk:work")
    from dragoman.scale.clerk import Clerk

    return Clerk(worker)


def raw_of(place: Place | None) -> Raw:
    """Where the raw inputs of a dossier are kept: beside its file."""
    from dragoman.store import Raw

    if not isinstance(place, Path):
        raise click.UsageError("--keep-raw keeps the files beside the dossier, so it needs one in a file: -d crisis.db")
    return Raw(place)


@contextmanager
def usable() -> Iterator[None]:
    """Turn a model or a knowledge file that cannot be used into a message; it would fail on every report alike."""
    from dragoman.knowledge.tables import TableError
    from dragoman.scale.clerk import CannotRead

    try:
        yield
    except CannotRead as err:
        raise click.ClickException(str(err)) from None
    except TableError as err:
        raise click.ClickException(f"the knowledge cannot be used: {err}; mend that line and read again") from None
