"""The predicate lexicon: which words, in which company, tell an event of which type (`predicates-*.tsv`).

The files are the codebook; `Frame` is one row for one lemma, its company parsed. A user's own file of the same columns
extends the shipped ones (its rows win where the fit is equal) or, with a first line `# replace`, stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from typing import Literal, get_args

from msgspec import Struct

from dragoman.knowledge.tables import Source, TableError, parse, shipped, text_of
from dragoman.records import EventType

_TYPES = frozenset(get_args(EventType))


class Row(Struct, frozen=True):
    """A row of a predicate file, as it stands."""

    type: EventType
    lemma: str
    pos: Literal["verb", "noun", "adj"]
    frame: str = ""
    mode: str | None = None
    cameo: str | None = None
    actor: str = ""
    recipient: str = ""
    gloss: str = ""


class Companion(Struct, frozen=True, dict=True):
    """One thing that must, may or must not stand beside the predicate.

    `slots` are alternatives. `classes` and `lemmas` say what may fill one; `bars` what may not (all that
    follows a `-`). A companion `+word`
    (`words`) asks for a word below the predicate, whatever its grammar; `subj!` (`told`) for a subject that is told,
    where else a passive may leave it open.
    """

    slots: tuple[str, ...] = ()
    optional: bool = False
    absent: bool = False
    classes: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    told: bool = False

    @cached_property
    def open(self) -> bool:
        return not (self.classes or self.lemmas)

    @cached_property
    def asked(self) -> str:
        """What may fill it, in words for a reader."""
        every = sorted(self.classes) + sorted(self.lemmas)
        return "|".join(every[:6]) + ("|…" if len(every) > 6 else "")


class Frame(Struct, frozen=True, dict=True):
    """A lemma in its company, and the event it tells. `key` is the lemma's first word, `rest` the words after it."""

    type: EventType
    lemma: str
    pos: str
    companions: tuple[Companion, ...]
    text: str
    mode: str | None
    cameo: str | None
    actor: tuple[tuple[str, ...], ...]  # groups that act together, each a list of alternatives
    recipient: tuple[str, ...]
    gloss: str
    rank: int  # place in the files; a user's rows come first
    passive: bool = False
    amid: str = ""  # counts only beside an event of this type

    @cached_property
    def key(self) -> str:
        return self.lemma.split()[0] if self.pos != "noun" else self.lemma

    @cached_property
    def rest(self) -> tuple[str, ...]:
        return tuple(self.lemma.split()[1:]) if self.pos != "noun" else ()

    @cached_property
    def needs_company(self) -> bool:
        """Whether something but a subject must stand beside it."""
        return any(not c.optional and not c.absent and "subj" not in c.slots for c in self.companions)

    @cached_property
    def name(self) -> str:
        """How `why` calls it: `urge.verb[subj:ACTOR obj:ACTOR inf]`."""
        return f"{self.lemma}.{self.pos}[{self.text}]"


def companion(token: str) -> Companion:
    """One token of the frame column.

    >>> companion("on/against?").slots, companion("on/against?").optional
    (('on', 'against'), True)
    >>> sorted(companion("obj:TALKS|visit|-SPORT|game").bars)
    ['SPORT', 'game']
    """
    if token.startswith("+"):
        return Companion(words=frozenset(token[1:].replace("/", "|").split("|")))
    absent = token.startswith("!")
    head, _, filler = token.lstrip("!").partition(":")
    fillers = [f.replace("_", " ") for f in filler.split("|") if f]
    barred = next((n for n, f in enumerate(fillers) if f.startswith("-")), len(fillers))
    wanted = fillers[:barred]
    return Companion(
        slots=tuple(s.replace("_", " ") for s in head.rstrip("?!").split("/")),
        optional=head.endswith("?"),
        told=head.endswith("!"),
        absent=absent,
        classes=frozenset(f for f in wanted if f.isupper()),
        lemmas=frozenset(f for f in wanted if not f.isupper()),
        bars=frozenset(f.removeprefix("-") for f in fillers[barred:]),
    )


def frames_of(row: Row, rank: int) -> list[Frame]:
    """The frames of a row: one for each of its lemmas."""
    tokens = row.frame.split()
    amid = next((token.removeprefix("amid:") for token in tokens if token.startswith("amid:")), "")
    parsed = [companion(token) for token in tokens if token != "passive" and not token.startswith("amid:")]
    return [
        Frame(
            type=row.type,
            lemma=lemma,
            pos=row.pos,
            companions=tuple(parsed),
            text=row.frame,
            mode=row.mode,
            cameo=row.cameo,
            actor=tuple(tuple(group.split("|")) for group in row.actor.split("+") if group),
            recipient=tuple(s for s in row.recipient.split("|") if s),
            gloss=row.gloss,
            rank=rank,
            passive="passive" in tokens,
            amid=amid,
        )
        for lemma in dict.fromkeys(part.strip() for part in row.lemma.split(",") if part.strip())
    ]


class Lexicon:
    """Every frame in force, found by part of speech and first word (whole expression for nouns)."""

    def __init__(self, frames: list[Frame]) -> None:
        self.size = len(frames)
        index: dict[tuple[str, str], list[Frame]] = {}
        for frame in frames:
            index.setdefault((frame.pos, frame.key), []).append(frame)
        self._index: Mapping[tuple[str, str], list[Frame]] = index
        self._particles: dict[str, frozenset[str]] = {}

    def __iter__(self) -> Iterator[Frame]:
        return (frame for frames in self._index.values() for frame in frames)

    def of(self, pos: str, key: str) -> list[Frame]:
        """The frames of a verb or adjective by its first word, of a noun by the whole expression."""
        return self._index.get((pos, key), [])

    def particles(self, verb: str) -> frozenset[str]:
        """The particles with which the lexicon knows a verb as another word."""
        if verb not in self._particles:
            rests = (frame.rest for frame in self.of("verb", verb))
            self._particles[verb] = frozenset(rest[0] for rest in rests if len(rest) == 1)
        return self._particles[verb]


def load(extra: Source | None = None) -> Lexicon:
    """The lexicon: the shipped files in order of their names, a user's file before them or in their place."""
    mine: list[Row] = []
    if extra is not None:
        text = text_of(extra)
        mine = parse(text, Row, where=str(extra))
        if text.startswith("# replace"):
            return Lexicon(_frames(mine, where=str(extra)))
    folder = files("dragoman.knowledge")
    names = sorted(p.name for p in folder.iterdir() if p.name.startswith("predicates-") and p.name.endswith(".tsv"))
    rows = [(name, row) for name in names for row in parse(shipped(name), Row, where=name)]
    return Lexicon(_frames(mine, where=str(extra)) + _frames([row for _, row in rows], where="predicates", first=10**6))


def _frames(rows: list[Row], *, where: str, first: int = 0) -> list[Frame]:
    found = []
    for n, row in enumerate(rows):
        if not row.lemma:
            raise TableError(f"{where}: row {n + 1} has no lemma")
        found += frames_of(row, first + n)
    return found
