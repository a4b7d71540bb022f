"""Windows: what the encoder reads at once, whole paragraphs, cut at sure sentence boundaries where they are long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from dragoman.read.pieces import CLS, SEP
from dragoman.read.splitting import opening

USUAL = 100  # pieces after which a paragraph is cut at a sure boundary
MOST = 300  # pieces after which it is cut anywhere; the encoder has 512 positions
BATCH = 12  # windows; on one thread larger ones are slower
_RUN = 10  # what one run costs beside its pieces, in pieces
_ENDS = frozenset(".!?")
_CLOSING = frozenset("\"'”’)]»")


class Window(Struct, frozen=True):
    """Words `[first, last)` of a report, read in one go; `paragraph` is where they stand."""

    first: int
    last: int
    paragraph: int


def cut(
    words: Sequence[str],
    sizes: Sequence[int],
    *,
    spaced: Sequence[bool] = (),
    usual: int = USUAL,
    most: int = MOST,
) -> list[int]:
    """Where to cut one paragraph: places in `words` at which a new window begins, 0 first.

    `sizes` are pieces a word, `spaced` says before which words a space stands.
    No window has more than `most` pieces (but for one word that has more).
    """
    starts, total, sure, loose = [0], 0, 0, 0
    opens = opening(words, spaced)
    for i, size in enumerate(sizes):
        if i > starts[-1]:
            if _sure(words, i, opens):
                sure = i
            elif words[i - 1] in {",", ";", ":", "—", "--"}:
                loose = i
        if total + size > usual and sure > starts[-1]:
            starts.append(sure)
            total = sum(sizes[sure:i])
        if total + size > most and i > starts[-1]:
            place = loose if loose > starts[-1] else i
            starts.append(place)
            total = sum(sizes[place:i])
        total += size
    return starts


def _sure(words: Sequence[str], i: int, opens: Sequence[bool]) -> bool:
    """Whether a sentence surely begins at word `i`: after a full stop of its own, with a capital."""
    end = i - 1
    if opens[end]:
        return False
    while end > 0 and words[end] in _CLOSING and not opens[end]:
        end -= 1
    after = i + 1 if opens[i] and i + 1 < len(words) else i
    # “Why?” Brown asked: only a full stop before the quotation mark is sure
    return words[end] in _ENDS and (words[end] == "." or end == i - 1) and words[after][:1].isupper()


def batches(sizes: Sequence[int]) -> list[list[int]]:
    """Windows grouped by length, at most 12 together, with the least work: places into `sizes`, pieces a window.

    The work of a batch is its rows times its longest row, and what a run of the model costs by itself.

    >>> batches([40, 9, 41, 10])
    [[1, 3], [0, 2]]
    """
    order = sorted(range(len(sizes)), key=lambda k: (sizes[k], k))
    least = [0] + [0] * len(order)  # work of the first k windows
    begins = [0] * (len(order) + 1)  # where the last batch of the first k windows begins
    for k in range(1, len(order) + 1):
        work = ((least[j] + _RUN + (k - j) * (sizes[order[k - 1]] + 2), j) for j in range(max(0, k - BATCH), k))
        least[k], begins[k] = min(work)
    found: list[list[int]] = []
    end = len(order)
    while end:
        found.append(order[begins[end] : end])
        end = begins[end]
    return found[::-1]


def pack(windows: Sequence[Sequence[tuple[list[int], int]]]) -> dict[str, Any]:
    """Windows (pieces and shape of each word) as the model's inputs.

    `ids`, `shapes`, `mask` are int64 [B, T]; `starts` int64 [B, W], the place of each word's first piece;
    slot 0 is the root.
    """
    import numpy as np

    width = max(sum(len(ids) for ids, _ in window) for window in windows) + 2
    words = max(map(len, windows)) + 1
    out = {key: np.zeros((len(windows), width), np.int64) for key in ("ids", "shapes", "mask")}
    out["starts"] = np.zeros((len(windows), words), np.int64)
    for row, window in enumerate(windows):
        ids, shapes, starts = [CLS], [0], [0]
        for pieces, shape in window:
            starts.append(len(ids))
            ids += pieces
            shapes += [shape] * len(pieces)
        ids.append(SEP)
        shapes.append(0)
        out["ids"][row, : len(ids)] = ids
        out["shapes"][row, : len(ids)] = shapes
        out["mask"][row, : len(ids)] = 1
        out["starts"][row, : len(starts)] = starts
    return out
