"""What a run was asked to do, as it is written into its folder; every worker reads by it, and a later call goes on."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from dragoman import __version__
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import Kept
from dragoman.scale.places import Folder, ScaleError
from dragoman.scale.schema import VERSION
from dragoman.scale.shards import Shard
from dragoman.scale.slices import Asking

ORDER, PLAN, PARTS = "run.json", "shards.jsonl", "parts"
Device = Literal["cpu", "gpu"]


class Order(Struct, frozen=True, kw_only=True):
    """What is read, by what, to where."""

    out: str
    asking: Asking
    ontology: Kept | None = None  # the user's own tables
    actors: Kept | None = None
    places: Kept | None = None
    device: Device = "cpu"
    model: str = ""
    version: str = ""  # of the code, model and knowledge that read
    coded_by: str = ""  # name and digest of the knowledge
    dragoman: str = __version__
    schema: int = VERSION

    @property
    def folder(self) -> Folder:
        return Folder(self.out)

    def knowledge(self) -> Knowledge:
        return Knowledge(ontology=self.ontology, actors=self.actors, places=self.places)


def begin(order: Order, shards: list[Shard]) -> None:
    """Write down what is to be done. Raises ScaleError where another order was begun there."""
    known = order_in(order.folder)
    if known is not None and msgspec.structs.replace(known, out=order.out) != order:
        fields = (name for name in Order.__struct_fields__ if name != "out")
        names = [name for name in fields if getattr(known, name) != getattr(order, name)]
        raise ScaleError(
            f"{order.out} was begun with other {' and '.join(_WORDS.get(n, n) for n in names)}; its parts would not fit"
            " together: go on with those, or write into another folder with --out"
        )
    with order.folder.written(ORDER) as file:
        file.write(msgspec.json.format(msgspec.json.encode(order)))
    with order.folder.written(PLAN) as file:
        file.write(b"".join(msgspec.json.encode(shard) + b"\n" for shard in shards))


_WORDS = {
    "asking": "options",
    "version": "code, model or knowledge",
    "model": "reading model",
    "dragoman": "version of Dragoman",
}


def order_in(folder: Folder) -> Order | None:
    """The order that was begun in a folder, None where there is none. Raises ScaleError for one that cannot be read."""
    data = folder.bytes_of(ORDER)
    try:
        return None if data is None else msgspec.json.decode(data, type=Order)
    except msgspec.MsgspecError as err:
        raise ScaleError(
            f"{folder.url}/{ORDER} was written by another version of Dragoman ({err}); begin a new folder"
        ) from None


def plan_in(folder: Folder) -> list[Shard]:
    """The shards of the run in a folder."""
    lines = (folder.bytes_of(PLAN) or b"").splitlines()
    return [msgspec.json.decode(line, type=Shard) for line in lines]
