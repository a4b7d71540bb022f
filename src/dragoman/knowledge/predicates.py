"""The predicate lexicon: which words, in which company, tell an event of which type (`predicates-*.tsv`).

The files are the codebook; `Frame` is one row for one lemma, its company parsed. A user's own file of the same columns
extends the shipped ones (its rows win where the fit is equal) or, with a first line `# replace`, stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
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


_SHIPPED = 10**6  # the rank of the first shipped row; those of a user come before


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
    def asks(self) -> frozenset[str]:
        """Every name and class that it wants or bars."""
        return self.classes | self.lemmas | self.bars

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
        return _key(self.pos, self.lemma)

    @cached_property
    def rest(self) -> tuple[str, ...]:
        return tuple(self.lemma.split()[1:]) if self.pos != "noun" else ()

    @property
    def taught(self) -> bool:
        """Whether a user's own file has it: the typer has no say in it."""
        return self.rank < _SHIPPED

    @cached_property
    def needs_company(self) -> bool:
        """Whether something but a subject must stand beside it."""
        return any(not c.optional and not c.absent and "subj" not in c.slots for c in self.companions)

    @cached_property
    def name(self) -> str:
        """How `why` calls it: `urge.verb[subj:ACTOR obj:ACTOR inf]`."""
        return f"{self.lemma}.{self.pos}[{self.text}]"


def _key(pos: str, lemma: str) -> str:
    return lemma if pos == "noun" else lemma.split(maxsplit=1)[0]


@cache
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


def frame_of(row: Row, lemma: str, rank: int) -> Frame:
    """The frame of a row for one of its lemmas."""
    tokens = row.frame.split()
    amid = next((token.removeprefix("amid:") for token in tokens if token.startswith("amid:")), "")
    parsed = [companion(token) for token in tokens if token != "passive" and not token.startswith("amid:")]
    return Frame(
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


class Lexicon:
    """Every frame in force, found by part of speech and first word (whole expression for nouns).

    The frames of a word are made when they are first asked for: a report needs a tenth of them.
    """

    def __init__(self, rows: Iterable[tuple[int, Row]]) -> None:
        self._rows: dict[tuple[str, str], list[tuple[Row, str, int]]] = {}
        self.types: set[EventType] = set()  # that it has words for
        for rank, row in rows:
            self.types.add(row.type)
            for lemma in dict.fromkeys(part.strip() for part in row.lemma.split(",") if part.strip()):
                self._rows.setdefault((row.pos, _key(row.pos, lemma)), []).append((row, lemma, rank))
        self._frames: dict[tuple[str, str], list[Frame]] = {}
        self._particles: dict[str, frozenset[str]] = {}

    @property
    def size(self) -> int:
        return sum(map(len, self._rows.values()))

    def __iter__(self) -> Iterator[Frame]:
        return (frame for pos, key in self._rows for frame in self.of(pos, key))

    def of(self, pos: str, key: str) -> list[Frame]:
        """The frames of a verb or adjective by its first word, of a noun by the whole expression."""
        found = self._frames.get((pos, key))
        if found is None:
            rows = self._rows.get((pos, key))
            if rows is None:
                return []
            found = self._frames[pos, key] = [frame_of(*row) for row in rows]
        return found

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
            return Lexicon(_ranked(mine, where=str(extra)))
    folder = files("dragoman.knowledge")
    names = sorted(p.name for p in folder.iterdir() if p.name.startswith("predicates-") and p.name.endswith(".tsv"))
    rows = [row for name in names for row in parse(shipped(name), Row, where=name)]
    return Lexicon([*_ranked(mine, where=str(extra)), *_ranked(rows, where="predicates", first=_SHIPPED)])


def _ranked(rows: list[Row], *, where: str, first: int = 0) -> list[tuple[int, Row]]:
    for n, row in enumerate(rows, 1):
        if not row.lemma:
            raise TableError(f"{where}: row {n} has no lemma")
    return list(enumerate(rows, first))
