"""What two triggers have in common, found once for each two: their verbs, acts and types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from itertools import takewhile

from msgspec import Struct

from dragoman.reconcile.acts import acts_of, done, head_of, once, type_kin
from dragoman.reconcile.words import stem

SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
MUTUAL = frozenset({"CONSULT", "COOPERATE"})  # whoever takes part does what the other does
DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID"})  # done to somebody, seldom twice in one way
TAKING = frozenset({"AID", "COERCE", "SANCTION"})  # types of who takes somebody away
YIELDING = frozenset({"CONCEDE", "RETREAT"})  # types of who goes
TAKES, LEAVES = frozenset({"evacuate", "expel"}), frozenset({"leave", "flee"})  # the acts of that, and of him who goes
SACKED, RESIGNED = "sack", "resign"  # likewise of an office
MEETING = "meet"  # the act of related.tsv that a plan of a meeting tells
STEM = 5  # letters that two words must share to be of one stem
UNRELATED = -2.0  # points of two triggers that have nothing to do with each other

Signal = tuple[float, str]


class Trigger:
    """By what word and as what kind of event a mention is told; there is one of each (`trigger`)."""

    def __init__(self, lemma: str, head: str, kind: str, mode: str | None, acts: Mapping[str, float]) -> None:
        self.lemma, self.head, self.kind, self.mode, self.acts = lemma, head, kind, mode, acts

    @cached_property
    def meets(self) -> bool:
        """Whether it does not matter who is called host and who guest."""
        return self.kind in MUTUAL or (self.kind == "AGREE" and MEETING in self.acts)

    @cached_property
    def takes(self) -> bool:
        return self.kind in TAKING and not TAKES.isdisjoint(self.acts)

    @cached_property
    def sacks(self) -> bool:
        return self.kind in TAKING and SACKED in self.acts

    @cached_property
    def resigns(self) -> bool:
        return self.kind in YIELDING and RESIGNED in self.acts

    @cached_property
    def leaves(self) -> bool:
        return self.kind == "RETREAT" and not LEAVES.isdisjoint(self.acts)


@cache
def trigger(lemma: str, head: str, kind: str, mode: str | None, acts: tuple[tuple[str, float], ...]) -> Trigger:
    """The one trigger of these."""
    return Trigger(lemma, head, kind, mode, dict(acts))


class Triggers(Struct, frozen=True):
    """What two triggers have in common."""

    one_kind: bool  # types that may tell one event, or one verb for a deed, typed by what stands around it ("seized")
    one_stem: bool  # of the verbs
    act: bool  # there is one that both tell
    once: bool  # one that is done once
    spoken: bool  # one of the two at least is said, not done
    deeds: bool  # both are done to somebody
    mutual: bool  # of both it does not matter who is called host and who guest
    taken: tuple[bool, bool]  # the first may take away who leaves in the second, or the other way round
    related: bool  # by a word or an act
    signal: Signal


@lru_cache(maxsize=1 << 17)
def in_common(one: Trigger, other: Trigger) -> Triggers:
    """What two triggers have in common."""
    one_stem = derived(one.head, other.head)
    signal = _told(one, other, one_stem=one_stem)
    same_mode = one.mode and one.mode == other.mode and one.kind == other.kind
    kinds = frozenset((one.kind, other.kind))
    acts = one.acts.keys() & other.acts.keys()
    said = SPOKEN & kinds
    spoken = bool(said) and not any(all((kind, act) in done() for kind in said) for act in acts)
    return Triggers(
        one_kind=len(kinds) == 1 or kinds in type_kin() or (one.head == other.head and not spoken),
        one_stem=one_stem,
        act=bool(acts),
        once=not once(one.acts).isdisjoint(once(other.acts)),
        spoken=spoken,
        deeds=kinds <= DEEDS,
        mutual=one.meets and other.meets,
        taken=(
            (one.takes and other.leaves) or (one.sacks and other.resigns),
            (other.takes and one.leaves) or (other.sacks and one.resigns),
        ),
        related=signal is not None,
        signal=signal or ((-0.5, f"same mode: {one.mode}") if same_mode else (UNRELATED, "unrelated triggers")),
    )


def _told(one: Trigger, other: Trigger, *, one_stem: bool) -> Signal | None:
    """Points for two triggers that have a word or an act in common."""
    if one.lemma == other.lemma and " " in one.lemma:
        return 2.0, f"same trigger: {one.lemma}"
    if one.lemma == other.lemma or (one_stem and one.acts):
        return 1.5, f"same trigger: {one.head}"
    if whole := _same_expression(one.lemma, other.lemma):
        return 2.0, f"one expression: {whole}"
    near, act = max(((min(one.acts[x], other.acts[x]), x) for x in one.acts if x in other.acts), default=(0.0, ""))
    in_common = bool(set(one.lemma.split()) & set(other.lemma.split()))
    if near:
        return 1.2 * near + 0.3 * in_common, f"{one.lemma} and {other.lemma} both tell: {act}"
    return (0.6, f"{one.lemma} and {other.lemma}") if in_common else None


@lru_cache(maxsize=1 << 16)
def derived(one: str, other: str) -> bool:
    """Whether two verbs or nouns are of one stem: "dismiss", "dismissal".

    >>> derived("dismiss", "dismissal"), derived("bar", "barricade")
    (True, False)
    """
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return stem(one) == stem(other) or shared >= max(STEM, min(len(one), len(other)) - 1)


@lru_cache(maxsize=1 << 14)
def _same_expression(one: str, other: str) -> str:
    """Where both parts of two expressions tell the same: "suspend aid", "cut off assistance"."""
    left, right = ((head_of(lemma), lemma.split()[-1]) for lemma in (one, other))
    if left[0].split()[-1] == left[1] or right[0].split()[-1] == right[1]:
        return ""
    verbs = left[0] == right[0] or not acts_of(left[0]).keys().isdisjoint(acts_of(right[0]))
    nouns = derived(left[1], right[1]) or not acts_of(left[1]).keys().isdisjoint(acts_of(right[1]))
    return f"{one}, {other}" if verbs and nouns else ""
