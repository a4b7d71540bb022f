"""Copies are found however many reports share their phrases, and the same in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reconcile import memory
from dragoman.reconcile.copies import TEXTS, Text, may_be_copies, text_of
from dragoman.reconcile.memory import Kind, Memory

WORDS: Kind[str] = Kind("words", str, lambda ident, row: row.split())


class Kept:
    """Where rows lie that are not in memory; it counts the rows of postings that are asked for."""

    def __init__(self, of: Memory, kind: Kind[str]) -> None:
        self.of, self.kind, self.asked = of, kind, 0

    def rows(self, kind: Kind[str], idents: Iterable[str]) -> Iterable[tuple[str, str]]:
        return self.of.many(kind, idents).items()

    def every(self, kind: Kind[str]) -> Iterable[tuple[str, str]]:
        return self.of.every(kind).items()

    def postings(self, kind: Kind[str], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
        for key in keys:
            for ident in self.of.having(kind, [key]):
                self.asked += 1
                yield key, ident

    def counts(self, kind: Kind[str], keys: Iterable[str]) -> Iterator[tuple[str, int]]:
        for key in keys:
            if count := len(self.of.having(kind, [key])):
                yield key, count


few_words = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True).map(" ".join)


@settings(deadline=None)
@given(
    before=st.lists(few_words, max_size=30),
    since=st.lists(few_words, max_size=10),
    gone=st.sets(st.integers(0, 30)),
    asked=few_words,
    least=st.integers(1, 4),
)
def test_who_shares_so_many_keys_is_found(
    before: list[str], since: list[str], gone: set[int], asked: str, least: int
) -> None:
    kept, often = Memory(), memory.FREQUENT
    kept.put(WORDS, {f"{n}": row for n, row in enumerate(before)})
    grown = Memory(Kept(kept, WORDS))
    memory.FREQUENT = 2
    try:
        grown.put(WORDS, dict.fromkeys(f"{n}" for n in gone if n < len(before)))
        grown.put(WORDS, {f"new {n}": row for n, row in enumerate(since)})
        found = grown.sharing(WORDS, asked.split(), least)
    finally:
        memory.FREQUENT = often
    rows = {f"{n}": row for n, row in enumerate(before) if n not in gone}
    rows |= {f"new {n}": row for n, row in enumerate(since)}
    shared = {ident: len({*row.split()} & {*asked.split()}) for ident, row in rows.items()}
    assert {ident for ident, n in shared.items() if n >= least} <= found <= {i for i, n in shared.items() if n}


def test_under_what_all_have_nobody_is_looked_for() -> None:
    kept = Memory()
    kept.put(WORDS, {f"{n}": f"the rest {n}" for n in range(1000)})
    backing = Kept(kept, WORDS)
    found = Memory(backing).sharing(WORDS, ["the", "7", "8"], 2)
    assert found == {"7", "8"}  # these may have "the" too, and it would make two
    assert backing.asked == 2


texts = st.lists(st.sampled_from(["pact", "envoy", "karsh", "tarn", "the", "signed", "oster"]), min_size=5, max_size=90)


@settings(deadline=None, max_examples=60)
@given(st.lists(texts, min_size=2, max_size=6))
def test_no_copy_is_missed_for_the_keys_it_is_sought_under(told: list[list[str]]) -> None:
    found: dict[str, Text] = {f"{n}": text_of(" ".join(words), None) for n, words in enumerate(told)}
    all_of = Memory()
    all_of.put(TEXTS, found)
    for one, other in combinations(found, 2):
        if found[one].copies(found[other]):
            assert other in may_be_copies(all_of, found[one])
            assert one in may_be_copies(all_of, found[other])
