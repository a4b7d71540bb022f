"""Words as the encoder takes them: word pieces (uncased) and a shape that tells what the lower-casing lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

CLS, SEP, UNK = 101, 102, 100
MOST = 12  # pieces of one word; what follows is not read
_ROOM = 200_000  # words remembered


def shape(word: str) -> int:
    """The shape of a word: 1 no letter or digit, 2 digits only, 3 lower, 4 upper, 5 one capital, 6 capitalised, 7 else.

    >>> [shape(word) for word in ("...", "400", "war", "UN", "A", "Caracas", "iPhone")]
    [1, 2, 3, 4, 5, 6, 7]
    """
    if not any(map(str.isalnum, word)):
        return 1
    if any(map(str.isdigit, word)) and not any(map(str.isalpha, word)):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 6 if word[0].isupper() else 7


class Pieces:
    """Word pieces and shapes of words, remembered."""

    def __init__(self, tokenizer: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, tuple[list[int], int]] = {}

    def of(self, words: Sequence[str]) -> list[tuple[list[int], int]]:
        """For each word up to 12 piece ids (one [UNK] where there is none) and its shape."""
        known = self._known
        if len(known) > _ROOM:
            known.clear()
        if new := [word for word in dict.fromkeys(words) if word not in known]:
            readable = [word.encode("utf-8", "replace").decode() for word in new]
            for word, found in zip(new, self._tokenizer.encode_batch(readable, add_special_tokens=False)):
                known[word] = (found.ids[:MOST] or [UNK], shape(word))
        return [known[word] for word in words]
