"""Who says what: reporting words (`cues.tsv`) and what a source's head word says of it (`sources.tsv`)."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from dragoman.knowledge.tables import rows

# A content is handed over as something said, seen or thought; the other kinds are attitudes to what they are about.
STATING = frozenset(
    {"speech", "document", "estimate", "belief", "perception", "fear", "wish", "question", "accusation", "denial",
     "promise", "threat", "offer", "citation"}
)  # fmt: skip


class Cue(Struct, frozen=True):
    """A reporting word: see the header of `cues.tsv`."""

    cue: str
    pos: str
    kind: str
    frame: str
    certainty: Literal["", "probable", "possible"] = ""

    @property
    def stating(self) -> bool:
        """Whether its content is a statement: something that the source says is so."""
        return self.kind in STATING

    def takes(self, frame: str) -> bool:
        return frame in self.frame.split()


class SourceWord(Struct, frozen=True):
    """What a head word or an outlet's name says of a source."""

    word: str
    kind: Literal["anonymous", "witness", "media", "organization", "document", "audience"]


class Speech(Struct, frozen=True, dict=True):
    """Both tables, looked up by lower-case lemma."""

    cues: dict[tuple[str, str], Cue]
    sources: dict[str, str]

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs of reporting."""
        return frozenset(cue for cue, pos in self.cues if pos == "VERB")

    @cached_property
    def denials(self) -> frozenset[str]:
        """The verbs that say that something is not so."""
        return frozenset(cue for (cue, pos), row in self.cues.items() if pos == "VERB" and row.kind == "denial")

    @cached_property
    def openers(self) -> dict[str, frozenset[str]]:
        """By part of speech the first words of all reporting words: `according` of `according to`."""
        found: dict[str, set[str]] = {}
        for cue, pos in self.cues:
            found.setdefault(pos, set()).add(cue.split()[0])
        return {pos: frozenset(words) for pos, words in found.items()}

    def cue(self, lemma: str, pos: str) -> Cue | None:
        """The reporting word of that lemma and part of speech, particles included.

        >>> load().cue("say", "VERB").kind
        'speech'
        """
        return self.cues.get((lemma.lower(), pos))


def load() -> Speech:
    """The shipped tables."""
    cues = {(c.cue, c.pos): c for c in rows("cues.tsv", Cue)}
    return Speech(cues, {s.word.lower(): s.kind for s in rows("sources.tsv", SourceWord)})
