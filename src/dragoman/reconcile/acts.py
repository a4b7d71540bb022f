"""Acts: different words that may tell one thing, as `related.tsv` lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from msgspec import Struct

from dragoman.knowledge import tables
from dragoman.reconcile.words import plain_words, stem, tokens, verb_stem


class Act(Struct, frozen=True):
    """A row of `related.tsv`."""

    act: str
    lemma: str
    near: float = 1.0


@cache
def _acts() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in tables.rows("related.tsv", Act):
        found[row.lemma][row.act] = row.near
    return found


@cache
def _by_stem() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for lemma, acts in _acts().items():
        first, *rest = lemma.split()
        found[" ".join([stem(first), *rest])].update(acts)
    return {key: frozenset(acts) for key, acts in found.items()}


@cache
def head_of(lemma: str) -> str:
    """The verb of a trigger, with its particle when the table knows it: "break off relation" → "break off"."""
    words = lemma.split()
    lengths = range(len(words), 0, -1)
    return next((head for n in lengths if (head := " ".join(words[:n])) in _acts()), words[0] if words else "")


@cache
def acts_of(lemma: str) -> Mapping[str, float]:
    """The acts that a trigger may tell, with how near its fellows are; "sever relation" is found under "sever".

    A verb that the table does not know leaves the word to its noun: "repeat call" tells what "call" tells.

    >>> "break-relations" in acts_of("sever relation"), "ask" in acts_of("repeat call")
    (True, True)
    """
    known = _acts()
    if found := known.get(head_of(lemma)):
        return found
    return next((known[word] for word in reversed(lemma.split()) if word in known), {})


class ModeAct(Struct, frozen=True):
    """A row of `mode_acts.tsv`."""

    type: str
    mode: str
    act: str
    near: float


@cache
def _by_mode() -> dict[tuple[str, str], dict[str, float]]:
    return {(row.type, row.mode): {row.act: row.near} for row in tables.rows("mode_acts.tsv", ModeAct)}


def acts_of_mode(kind: str, mode: str | None) -> Mapping[str, float]:
    """The act that a type and mode of event tell, whatever the trigger.

    >>> acts_of_mode("COERCE", "arrest")
    {'arrest': 1.0}
    """
    return _by_mode().get((kind, mode or ""), {})


class GlossAct(Struct, frozen=True):
    """A row of `gloss_acts.tsv`."""

    type: str
    gloss: str
    act: str
    near: float


@cache
def _by_gloss() -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in tables.rows("gloss_acts.tsv", GlossAct):
        found[row.type, row.gloss][row.act] = row.near
    return found


def acts_of_gloss(kind: str, gloss: str) -> Mapping[str, float]:
    """The acts that a frame tells, whatever its verb, by what the frame says.

    >>> acts_of_gloss("ASSAULT", "sets fire to").keys() & acts_of_gloss("ASSAULT", "is burnt").keys() >= {"burn"}
    True
    """
    return _by_gloss().get((kind, gloss), {})


class Once(Struct, frozen=True):
    """A row of `once.tsv`."""

    act: str
    of: str
    why: str


@cache
def _once(of: str = "") -> frozenset[str]:
    return frozenset(row.act for row in tables.rows("once.tsv", Once) if of in ("", row.of))


def to_a_thing(acts: Iterable[str]) -> bool:
    """Whether one of the acts is done once, and to what there is one of in a crisis.

    >>> to_a_thing(acts_of("impose curfew")), to_a_thing(acts_of("arrest"))
    (True, False)
    """
    return not _once("thing").isdisjoint(acts)


class Done(Struct, frozen=True):
    """A row of `done_acts.tsv`."""

    type: str
    act: str


@cache
def done() -> frozenset[tuple[str, str]]:
    """Types of words with the acts under them that are done, not said.

    >>> ("REJECT", "walk-out") in done(), ("REJECT", "refuse") in done()
    (True, False)
    """
    return frozenset((row.type, row.act) for row in tables.rows("done_acts.tsv", Done))


SURE = 0.8  # how near a trigger must come to an act to tell just that


def sure(acts: Mapping[str, float]) -> frozenset[str]:
    """Those of some acts that are told and no broader family."""
    return frozenset(act for act, near in acts.items() if near >= SURE)


def once(acts: Iterable[str]) -> frozenset[str]:
    """Those of the acts that are done once to one person or thing.

    >>> sorted(once(acts_of("storm ashore")))
    ['invade']
    """
    return _once().intersection(acts)


class Sense(Struct, frozen=True):
    """What words are about: stems that carry content, and the acts that some of them tell."""

    stems: frozenset[str]
    acts: Mapping[str, frozenset[str]]

    def common(self, other: Sense) -> frozenset[str]:
        """Stems of this one that the other has too, or tells in other words ("resign", "step down")."""
        same = self.stems & other.stems
        if not self.acts or not other.acts:
            return same
        left = sorted(other.acts.keys() - same)
        found = set(same)
        for mine in sorted(self.acts.keys() - same):
            match = next((theirs for theirs in left if self.acts[mine] & other.acts[theirs]), None)
            if match is not None:
                left.remove(match)
                found.add(mine)
        return frozenset(found)

    def without(self, stems: frozenset[str]) -> Sense:
        return Sense(self.stems - stems, {s: a for s, a in self.acts.items() if s not in stems})


@lru_cache(maxsize=1 << 14)
def sense(text: str) -> Sense:
    """The sense of a stretch of text.

    >>> sorted(sense("told him to step down").common(sense("demands that he resign")))
    ['step down']
    """
    known, plain = _by_stem(), plain_words()
    words = tokens(text)
    stems: set[str] = set()
    acts: dict[str, frozenset[str]] = {}
    skip = False
    for n, word in enumerate(words):
        if skip:
            skip = False
            continue
        pair = f"{stem(word)} {words[n + 1]}" if n + 1 < len(words) else ""
        skip = pair in known
        if word in plain and not skip:
            continue
        key = pair if skip else verb_stem(word)
        if len(key) > 1 or key.isdigit():
            stems.add(key)
            if key in known:
                acts[key] = known[key]
    return Sense(frozenset(stems), acts)


class TypeKin(Struct, frozen=True):
    """A row of `type_kin.tsv`."""

    one: str
    other: str
    why: str


@cache
def type_kin() -> frozenset[frozenset[str]]:
    """Pairs of types under which one event may be coded."""
    return frozenset(frozenset((row.one, row.other)) for row in tables.rows("type_kin.tsv", TypeKin))
