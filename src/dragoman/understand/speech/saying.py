"""A saying: one source, one cue and what is said, before it becomes the claims of a reading."""

from __future__ import annotations

from msgspec import Struct

from dragoman.knowledge.speech import Cue
from dragoman.records import Span

At = tuple[int, int]  # a word: (sentence, place in it)


class Saying(Struct, frozen=True, kw_only=True):
    """Source, cue and content with their spans; a content cut in two by its cue has two."""

    source: tuple[Span, ...]
    source_at: At | None  # head word of the source
    cue: tuple[Span, ...]
    cue_at: At | None
    content: tuple[Span, ...]
    kind: str  # of the cue: speech, belief, …; where the table has no row: `stated` (a clause), else `proposed`
    word: Cue | None = None
    hedge: str | None = None
    why: str = ""

    @property
    def stating(self) -> bool:
        """Whether the content is stated, not merely wanted, judged or demanded."""
        return self.kind == "stated" if self.word is None else self.word.stating

    def covers(self, span: Span) -> bool:
        return any(part.covers(span) for part in self.content)
