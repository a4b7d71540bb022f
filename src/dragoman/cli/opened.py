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
            f"{path} cannot be used: {err.orig}; is the disk full, or another command busy with it?"
        ) from None


def knowledge_of(ontology: Path | None, actors: Path | None) -> Knowledge:
    """The knowledge in force; the user's files are read at once, so that what is wrong in them is said first."""
    from dragoman.knowledge import Knowledge

    knowledge = Knowledge(ontology=ontology, actors=actors)
    with usable():
        if ontology is not None:
            _ = knowledge.frames
        if actors is not None:
            _ = knowledge.world
    return knowledge


def reading_model() -> Reads:
    """The shipped reading model; it is loaded when the first report is read."""
    from dragoman.read import Reader

    return Reader()


@contextmanager
def usable() -> Iterator[None]:
    """Turn a model or a knowledge file that cannot be used into a message; it would fail on every report alike."""
    from dragoman.knowledge.tables import TableError
    from dragoman.read.session import ModelError

    try:
        yield
    except ModelError as err:
        raise click.ClickException(str(err)) from None
    except TableError as err:
        raise click.ClickException(f"the knowledge cannot be used: {err}; mend that line and read again") from None
