"""Who says what in one report: sayings from quotation marks, trees and the model's proposals."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.trees import tree_sayings
from dragoman.understand.speech.voices import voiced


def sayings(draft: Draft, knowledge: Knowledge) -> list[Saying]:
    """Every saying of a report, in order of its content; claims and evaluation alike start here."""
    ground = Ground(draft, knowledge)
    found = [saying for sentence in ground.sentences for saying in tree_sayings(ground, sentence)]
    return voiced(ground, found)
