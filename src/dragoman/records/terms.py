"""The closed lists of words that fields may hold: PLOVER types, auxiliary modes, kinds of sources and of actors."""

from typing import Literal, get_args

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
TYPES: tuple[EventType, ...] = get_args(EventType)
Auxiliary = Literal["historical", "future", "hypothetical", "negation"]
AUXILIARIES: tuple[Auxiliary, ...] = get_args(Auxiliary)
Certainty = Literal["certain", "probable", "possible"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)  # the surest first
Precision = Literal["minute", "hour", "part of day", "day", "week", "month", "season", "quarter", "year", "decade",
                    "interval", "vague"]  # fmt: skip
ActorKind = Literal["person", "organization", "state", "group", "place"]
SourceKind = Literal["named", "anonymous", "witness", "media", "organization"]
CorrectionAction = Literal["reject", "retype", "rename", "merge", "split"]
Slot = Literal[
    "actor", "recipient", "time", "place", "number", "certainty", "attribution", "auxiliary", "type", "detail"
]
ASKED: dict[str, str] = {  # what a slot of an event is to somebody who has not read the documents
    "actor": "who",
    "recipient": "toward whom",
    "time": "when",
    "place": "where",
    "number": "how many",
    "certainty": "how surely",
    "attribution": "who says so",
    "auxiliary": "whether it happened",
    "type": "kind of act",
    "detail": "detail",
}
