"""What finding sayings looks things up in: words, clauses and quotations of one draft, indexed once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence, Span, Word
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.speech.marks import Quotation, paragraphs_of, quotations
from dragoman.understand.speech.saying import At

_EDGES = " \t\n,.;:–—-"


class Ground:
    """A draft with its clauses by word and its quotations in order."""

    def __init__(self, draft: Draft, knowledge: Knowledge) -> None:
        self.draft = draft
        self.knowledge = knowledge
        self.text = draft.text
        self.sentences = draft.doc.sentences
        self.clauses: dict[At, Clause] = {(c.sentence, c.predicate): c for c in draft.clauses}

    def clauses_in(self, sentence: int) -> list[Clause]:
        """The clauses of a sentence, in order."""
        return self._by_sentence.get(sentence, [])

    @cached_property
    def _by_sentence(self) -> dict[int, list[Clause]]:
        found: dict[int, list[Clause]] = {}
        for clause in self.draft.clauses:
            found.setdefault(clause.sentence, []).append(clause)
        return found

    @cached_property
    def quotations(self) -> list[Quotation]:
        return quotations(self.text, paragraphs_of(self.draft.doc))

    @cached_property
    def paragraphs(self) -> dict[int, list[int]]:
        """For each paragraph the places of its sentences."""
        found: dict[int, list[int]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.paragraph, []).append(sentence.i)
        return found

    def word(self, at: At) -> Word:
        return self.sentences[at[0]].words[at[1]]

    def tells(self, at: At | None) -> bool:
        """Whether a noun is one that tells: a note, the radio, somebody; "citing safety concerns" gives a reason."""
        if at is None:
            return False
        known = self.word(at).lemma.lower() in self.knowledge.speech.sources
        return known or any(r.sentence == at[0] and r.head == at[1] for r in self.draft.references)

    def sentence_at(self, place: int) -> int:
        """The sentence that holds this character, else the last that begins before it."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def overlapping(self, span: Span) -> Iterator[Sentence]:
        """The sentences that a span overlaps, in order."""
        for sentence in self.sentences[self.sentence_at(span.start) :]:
            if sentence.span.start >= span.end:
                return
            if sentence.span.overlaps(span):
                yield sentence

    def sentences_in(self, span: Span) -> range:
        """The places of the sentences that a span covers."""
        return range(bisect_left(self._starts, span.start), bisect_right(self._ends, span.end))

    @cached_property
    def _ends(self) -> list[int]:
        return [s.span.end for s in self.sentences]

    def enclosed(self, span: Span) -> bool:
        """Whether a quotation with its marks covers a span."""
        starts, ends = self._quoted
        before = bisect_right(starts, span.start)
        return before > 0 and span.end <= ends[before - 1]

    @cached_property
    def _quoted(self) -> tuple[list[int], list[int]]:
        """Where quotations begin, and the farthest end of those so far."""
        outer = sorted(q.outer for q in self.quotations)
        return [span.start for span in outer], list(accumulate((span.end for span in outer), max))

    @cached_property
    def _starts(self) -> list[int]:
        return [s.span.start for s in self.sentences]

    def words_in(self, span: Span) -> Iterator[Word]:
        """The words that lie in a span."""
        for sentence in self.sentences[self.sentence_at(span.start) :]:
            for word in sentence.words:
                if word.end > span.end:
                    return
                if span.start <= word.start:
                    yield word

    def pieces(self, sentence: Sentence, places: list[int]) -> tuple[Span, ...]:
        """The runs of neighbouring words among `places` as spans, edge punctuation off; runs of punctuation fall away.

        Words of no letter or digit that are missing between two runs do not part them.
        """
        runs: list[list[int]] = []
        for place in sorted(places):
            if runs and all(_empty(sentence.words[k]) for k in range(runs[-1][-1] + 1, place)):
                runs[-1].append(place)
            else:
                runs.append([place])
        spans = [self.trim(sentence.span_of(run)) for run in runs if any(not _empty(sentence.words[k]) for k in run)]
        return tuple(span for span in spans if span.start < span.end)

    def trim(self, span: Span) -> Span:
        """The span without spaces, punctuation and a last "and" at its edges, save a stop inside quotation marks."""
        start, end = span.start, span.end
        while start < end and self.text[start] in _EDGES:
            start += 1
        while end > start and (self.text[end - 1] in _EDGES or end in self._conjunctions):
            end = self._conjunctions.get(end, end - 1)
        return Span(start, max(end, start))

    @cached_property
    def _conjunctions(self) -> dict[int, int]:
        """Coordinating conjunctions: where each ends and begins."""
        return {w.end: w.start for s in self.sentences for w in s.words if w.upos == "CCONJ"}

    def with_marks(self, span: Span, *, cue: Span) -> Span:
        """The span grown to the quotation that it mostly lies in, marks included, unless the cue is quoted too."""
        for q in self.quotations:
            if not q.inner.overlaps(span) or q.outer.overlaps(cue):
                continue
            shared = min(q.inner.end, span.end) - max(q.inner.start, span.start)
            if q.inner.covers(span) or 2 * shared >= min(span.end - span.start, q.inner.end - q.inner.start):
                span = Span(min(span.start, q.outer.start), max(span.end, q.outer.end))
        return span


def _empty(word: Word) -> bool:
    return not any(ch.isalnum() for ch in word.text)
