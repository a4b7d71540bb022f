"""What could not be taken, so that it can be tried again: files and addresses, not what was in them."""

from __future__ import annotations

import os
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, insert, or_, select

from dragoman.collect.inputs import File, Input
from dragoman.store import tables
from dragoman.store.store import Store

_input = msgspec.msgpack.Decoder(Input).decode
STAGES = ("collect", "read")


class Refused:
    """The inputs of a dossier of which something was refused when they were read last."""

    def __init__(self, store: Store) -> None:
        self._engine = store.engine
        with self._engine.connect() as connection:
            self._known = set(connection.execute(select(tables.refused.c.input)).scalars())

    def all(self) -> list[Input]:
        """The inputs, by name."""
        c = tables.refused.c
        with self._engine.connect() as connection:
            return [_input(data) for data in connection.execute(select(c.data).order_by(c.input)).scalars()]

    def note(self, given: Input, *, refused: bool) -> None:
        """Remember that something of it was refused, or forget that, now that nothing is."""
        if not (key := _key(given)) or (not refused and key not in self._known):
            return
        with self._engine.begin() as connection:
            connection.execute(delete(tables.refused).where(tables.refused.c.input == key))
            if refused:
                values = {"input": key, "data": msgspec.msgpack.encode(_bare(given))}
                connection.execute(insert(tables.refused).values(**values))
        (self._known.add if refused else self._known.discard)(key)

    def forget_reasons(self, inputs: Iterable[Input]) -> None:
        """Take away the reasons of what is about to be tried again; they come anew where it fails again."""
        c = tables.rejects.c
        with self._engine.begin() as connection:
            for given in inputs:
                about = or_(c.report == given.name, c.report.startswith(f"{given.name}#", autoescape=True))
                connection.execute(delete(tables.rejects).where(about, c.stage.in_(STAGES)))


def _key(given: Input) -> str:
    """What it is known by: a whole path or an address; stdin cannot be had again."""
    if isinstance(given, File):
        return "" if given.path == b"-" else os.path.abspath(given.path).decode("utf-8", "replace")
    return given.name


def _bare(given: Input) -> Input:
    if isinstance(given, File):
        return replace(given, path=os.path.abspath(given.path), data=None)
    return replace(given, fetched=None)
