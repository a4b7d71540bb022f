"""Who says what in one report: sayings from quotation marks, trees, the order of words and the model's proposals."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Span
from dragoman.understand.clauses import find_clauses
from dragoman.understand.draft import Draft
from dragoman.understand.speech.chains import chained, relayed
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.order import ordered
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.trees import tree_sayings
from dragoman.understand.speech.voices import voiced
from dragoman.understand.speech.weave import weave


def prepared(draft: Draft, knowledge: Knowledge) -> Draft:
    """The draft with what finding sayings needs: its clauses."""
    if not draft.clauses:
        find_clauses(draft, knowledge)
    return draft


def sayings(draft: Draft, knowledge: Knowledge) -> list[Saying]:
    """Every saying of a report, in order of its content; claims and evaluation alike start here.

    The model proposes first; the trees add what it missed where the table knows the cue, and the order of words what
    the trees do not show; then every quotation that is left is given its speaker.
    """
    ground = Ground(draft, knowledge)
    found = weave(ground, draft.doc.stretches)
    told = [cue for saying in found for cue in saying.cue]
    for sentence in ground.sentences:
        found += [saying for saying in tree_sayings(ground, sentence) if _sure(ground, saying, told)]
    found = ordered(ground, found)
    return voiced(ground, relayed(ground, [link for saying in found for link in chained(ground, saying)]))


def _sure(ground: Ground, saying: Saying, told: list[Span]) -> bool:
    """Whether a saying of the trees alone is kept: a whole clause stated by someone, outside quotations."""
    if saying.source_at is None or saying.cue_at is None or saying.word is None or saying.kind not in SURE:
        return False
    parts = (*saying.cue, ground.word(saying.source_at).span)  # nor does a "political trial" say anything
    if any(q.inner.overlaps(part) for q in ground.quotations for part in parts):
        return False
    if any(cue.overlaps(other) for cue in saying.cue for other in told):
        return False
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    aside = sentence.words[i].rel in ("parataxis", "advcl") or sentence.dependents(i, "ccomp")
    clausal = aside or saying.word.pos == "ADP" or saying.kind == "accusation"
    return bool(clausal) and ground.word(saying.source_at).feat("Person") not in ("1", "2")


SURE = frozenset({"speech", "accusation", "fear", "citation"})
