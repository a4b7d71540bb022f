"""Reduced relative clauses that the parser took for a slip of the tongue: "the plan laid out at noon failed".

It learned such repairs from conversations, where the first verb is taken back; there the second has its own subject.
"""

from __future__ import annotations

from collections.abc import Sequence


def restore(upos: Sequence[str], heads: list[int], rels: list[str]) -> None:
    """Hang, in place, a verb said to be taken back by a later one on the noun before it, and the noun on the later one.

    `heads` count words from 0, -1 the root.

    >>> heads, rels = [1, 2, 4, 2, -1], ["det", "nsubj", "reparandum", "advmod", "root"]
    >>> restore(["DET", "NOUN", "VERB", "ADV", "VERB"], heads, rels)
    >>> heads, rels
    ([1, 4, 1, 2, -1], ['det', 'nsubj', 'acl', 'advmod', 'root'])
    """
    for at, rel in enumerate(rels):
        if rel != "reparandum" or upos[at] != "VERB" or heads[at] <= at:
            continue
        later = heads[at]
        subjects = [i for i in range(later) if rels[i].startswith("nsubj") and heads[i] in (at, later)]
        if not subjects or subjects[-1] > at or upos[subjects[-1]] not in ("NOUN", "PROPN"):
            continue
        noun = subjects[-1]
        heads[noun], rels[noun] = later, "nsubj"
        heads[at], rels[at] = noun, "acl"
