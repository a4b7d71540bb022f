"""The vocabulary of Dragoman: frozen records that every room speaks, and nothing else.

`Report` (what was collected) → `Doc` (its words and trees) → `Reading` (what this one report says) → `Dossier` (what
all say together). The fields of the dossier's rows are a contract with its users (`docs/dossier.md`): fields are added,
none is renamed. Nothing else of ours is imported here.
"""

from dragoman.records.correction import Anchor, Correction
from dragoman.records.doc import Doc, Phrase, Sentence, Stretch, Word
from dragoman.records.dossier import Addition, Difference, Dossier, Event, Expectation, Position, Story, Value
from dragoman.records.reading import (
    Actor,
    Attribution,
    Claim,
    Due,
    Evidence,
    Line,
    Mention,
    Number,
    Place,
    Planned,
    Reading,
    Reason,
    Role,
    Time,
)
from dragoman.records.report import Passage, Reject, Report
from dragoman.records.span import Span
from dragoman.records.terms import (
    ASKED,
    AUXILIARIES,
    CERTAINTIES,
    TYPES,
    ActorKind,
    Auxiliary,
    Certainty,
    CorrectionAction,
    EventType,
    Precision,
    Slot,
    SourceKind,
)

__all__ = [
    "ASKED",
    "AUXILIARIES",
    "CERTAINTIES",
    "TYPES",
    "Actor",
    "ActorKind",
    "Addition",
    "Anchor",
    "Attribution",
    "Auxiliary",
    "Certainty",
    "Claim",
    "Correction",
    "CorrectionAction",
    "Difference",
    "Doc",
    "Dossier",
    "Due",
    "Event",
    "EventType",
    "Evidence",
    "Expectation",
    "Line",
    "Mention",
    "Number",
    "Passage",
    "Phrase",
    "Place",
    "Planned",
    "Position",
    "Precision",
    "Reading",
    "Reason",
    "Reject",
    "Report",
    "Role",
    "Sentence",
    "Slot",
    "SourceKind",
    "Span",
    "Story",
    "Stretch",
    "Time",
    "Value",
    "Word",
]
