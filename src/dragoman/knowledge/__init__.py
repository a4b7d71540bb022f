"""What Dragoman knows of language and politics: tables that an analyst may read, correct and extend."""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib.resources import files

from dragoman.knowledge import (
    actorwords,
    codebooks,
    gazetteer,
    grammar,
    modality,
    nounclasses,
    numberwords,
    ontology,
    predicates,
    rolebounds,
    speech,
    timewords,
    typerbounds,
    world,
)
from dragoman.knowledge.tables import Source
from dragoman.records import EventType


class Knowledge:
    """The knowledge in force: the shipped tables, with a user's own files over them.

    `ontology` extends or replaces the predicates, `actors` the organisations and groups, `places` the regions. Tables
    are read when first asked for.
    """

    def __init__(
        self, *, ontology: Source | None = None, actors: Source | None = None, places: Source | None = None
    ) -> None:
        self.ontology = ontology
        self.actors = actors
        self.places = places

    @cached_property
    def grammar(self) -> grammar.Grammar:
        return grammar.load()

    @cached_property
    def times(self) -> timewords.TimeWords:
        return timewords.load_times()

    @cached_property
    def speech(self) -> speech.Speech:
        return speech.load()

    @cached_property
    def modality(self) -> modality.Modality:
        return modality.load()

    @cached_property
    def actor_words(self) -> actorwords.ActorWords:
        return actorwords.load_actor_words()

    @cached_property
    def numbers(self) -> numberwords.NumberWords:
        return numberwords.load_numbers()

    @cached_property
    def world(self) -> world.World:
        return world.World((self.actors,) if self.actors else ())

    @cached_property
    def gazetteer(self) -> gazetteer.Gazetteer:
        return gazetteer.Gazetteer(self.places)

    @cached_property
    def frames(self) -> predicates.Lexicon:
        return predicates.load(self.ontology)

    @cached_property
    def typer(self) -> typerbounds.TyperBounds:
        return typerbounds.load()

    @cached_property
    def roles(self) -> rolebounds.Roles:
        return rolebounds.load()

    @cached_property
    def typer_slots(self) -> dict[tuple[EventType, str], predicates.Frame]:
        return typerbounds.load_slots(self.types)

    @cached_property
    def noun_classes(self) -> nounclasses.NounClasses:
        return nounclasses.load()

    @cached_property
    def sectors(self) -> dict[str, nounclasses.Sector]:
        return nounclasses.load_sectors()

    @cached_property
    def types(self) -> ontology.Ontology:
        return ontology.load()

    @cached_property
    def codebooks(self) -> codebooks.Codebooks:
        return codebooks.Codebooks()

    @cached_property
    def digest(self) -> str:
        """A digest over every table in force; part of what makes a reading reproducible."""
        whole = hashlib.sha256()
        shipped = [p for p in files("dragoman.knowledge").iterdir() if p.name.endswith((".tsv", ".toml", ".tsv.gz"))]
        for item in sorted(shipped, key=lambda p: p.name):
            whole.update(item.name.encode() + b"\0" + item.read_bytes())
        for mark, path in ((b"\1", self.ontology), (b"\1", self.actors), (b"\2", self.places)):
            if path is not None:
                whole.update(mark + path.read_bytes())
        return whole.hexdigest()[:12]
