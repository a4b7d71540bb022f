"""Opening what a command works on: the dossier and the reading model, with errors a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dragoman.knowledge import Knowledge
    from dragoman.store import Reads, Store

dossier_argument = click.argument("dossier", type=click.Path(path_type=Path))


@contextmanager
def opened(path: Path | None, *, writable: bool = False) -> Iterator[Store]:
    """The dossier at `path`, in memory when it is None; what is wrong with it becomes a message and exit status 1."""
    from sqlalchemy.exc import OperationalError

    from dragoman.store import DossierError, Store

    try:
        with Store.in_memory() if path is None else Store.open(path, writable=writable) as store:
            yield store
    except DossierError as err:
        raise click.ClickException(str(err)) from None
    except OperationalError as err:
        raise click.ClickException(
            f"{path} cannot be written: {err.orig}; is the disk full, or another command busy with it?"
        ) from None


def knowledge_of(ontology: Path | None, actors: Path | None) -> Knowledge:
    """The knowledge in force, with the user's files."""
    from dragoman.knowledge import Knowledge

    return Knowledge(ontology=ontology, actors=actors)


def reading_model() -> Reads:
    """The shipped reading model; its files are looked at, and loaded when the first report is read."""
    from dragoman.read import Reader
    from dragoman.read.session import ModelError

    reader = Reader()
    try:
        reader.model  # noqa: B018
    except (ModelError, OSError) as err:
        raise click.ClickException(f"the reading model cannot be loaded: {err}") from None
    return reader
