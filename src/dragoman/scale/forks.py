"""Work on many rows done side by side, in processes that begin as copies of this one: nothing is sent to them.

What they find comes back in the order of the rows, whichever process found it. What a process did not come to the end
of, for want of memory or because it was ended, is done here.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TypeVar

from dragoman.reconcile.memory import Spread, in_turn

T = TypeVar("T")
FEW = 20_000  # pairs below which a process is not worth its start


def side_by_side(count: int) -> Spread:
    """Work spread over `count` processes; where a system has no such processes, one after the other."""
    if count < 2 or not hasattr(os, "fork"):
        return in_turn

    def spread(
        work: Callable[[Sequence[str]], list[T]], idents: Sequence[str], size: Callable[[str], int]
    ) -> Iterator[T]:
        sizes = [size(ident) for ident in idents]
        if sum(sizes) < FEW:
            yield from work(idents)
            return
        shares = list(_shares(idents, sizes, count))
        answers = [_begun(work, share) for share in shares[1:]]
        yield from work(shares[0])
        for share, answer in zip(shares[1:], answers, strict=True):
            found: list[T] | None = _ended(*answer)
            yield from work(share) if found is None else found

    return spread


def _shares(idents: Sequence[str], sizes: Sequence[int], count: int) -> Iterator[Sequence[str]]:
    """The rows in runs of as much work each.

    >>> list(_shares("abcd", [5, 1, 1, 3], 2))
    ['a', 'bcd']
    """
    whole, done, first = sum(sizes), 0, 0
    for n, size in enumerate(sizes, 1):
        done += size
        if (count > 1 and done * count >= whole) or n == len(sizes):
            yield idents[first:n]
            first, whole, done, count = n, whole - done, 0, count - 1


def _begun(work: Callable[[Sequence[str]], list[T]], share: Sequence[str]) -> tuple[int, IO[bytes]]:
    """A process that does a share, and where it says what it found."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.close(read_end)
            with os.fdopen(write_end, "wb") as answer:
                pickle.dump(work(share), answer)
            status = 0
        finally:
            os._exit(status)
    os.close(write_end)
    return process, os.fdopen(read_end, "rb")


def _ended(process: int, answer: IO[bytes]) -> list[T] | None:
    """What a process found; None where it came to no end."""
    with answer:
        data = answer.read()
    _, status = os.waitpid(process, 0)
    found: list[T] | None = pickle.loads(data) if status == 0 else None
    return found
