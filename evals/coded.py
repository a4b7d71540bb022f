"""What the event stage makes of one text: its codings, with the mentions' spans of actor and recipient."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Doc
from dragoman.understand import STAGES
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Draft
from dragoman.understand.events import codings
from dragoman.understand.matching import Matcher


def coded(doc: Doc, knowledge: Knowledge) -> tuple[Draft, list[Coding]]:
    """The working record of one text up to its events, and every clause of it that fits a frame."""
    work = Draft(doc)
    for stage in STAGES:
        if stage.name == "events":
            break
        stage.run(work, knowledge)
    return work, codings(Matcher(work, knowledge), knowledge)
