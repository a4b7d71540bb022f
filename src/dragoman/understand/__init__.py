"""From words to what one report says: a visible list of stages, each a function over one `Draft`.

Every stage declares what it needs and what it gives; `check` holds the list against that, `dragoman stages` prints it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.records import Doc, Line, Reading
from dragoman.understand.actors import name_actors
from dragoman.understand.attribution import attribute
from dragoman.understand.certainty import weigh
from dragoman.understand.charges import hang_charges
from dragoman.understand.clauses import find_clauses
from dragoman.understand.dating import date_mentions
from dragoman.understand.draft import Draft
from dragoman.understand.events import code_events
from dragoman.understand.lines import line_mentions
from dragoman.understand.naming.firms import find_firms
from dragoman.understand.naming.towns import find_towns
from dragoman.understand.numbers import count, number_mentions
from dragoman.understand.places import locate, place_mentions
from dragoman.understand.plans import find_plans
from dragoman.understand.times import find_times


class Stage(Struct, frozen=True):
    """One step: its name, its function, the fields of the draft it needs and those it gives."""

    name: str
    run: Callable[[Draft, Knowledge], None]
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    about: str


STAGES = (
    Stage("towns", find_towns, ("doc",), ("doc",), "unknown towns that were taken for persons"),
    Stage("firms", find_firms, ("doc",), ("doc",), "bodies that were here and there taken for persons"),
    Stage("charges", hang_charges, ("doc",), ("doc",), "what somebody is accused of, hung on the accusing verb"),
    Stage("clauses", find_clauses, ("doc",), ("clauses",), "predicates with their arguments, from the trees"),
    Stage("times", find_times, ("doc",), ("moments",), "time expressions and their ISO intervals"),
    Stage("places", locate, ("doc",), ("spots", "sights"), "places named, by the gazetteer"),
    Stage("numbers", count, ("doc",), ("counts",), "quantities as intervals, with what is counted"),
    Stage("actors", name_actors, ("doc", "clauses", "spots", "sights"), ("actors", "references"), "who is who"),
    Stage("attribution", attribute, ("clauses", "references"), ("claims",), "who says what, with exact spans"),
    Stage("events", code_events, ("clauses", "references", "claims"), ("mentions",), "who did what to whom"),
    Stage("certainty", weigh, ("mentions", "claims"), ("mentions",), "auxiliary modes, who says so, how surely"),
    Stage("dating", date_mentions, ("mentions", "moments"), ("mentions",), "when each event was"),
    Stage("placing", place_mentions, ("mentions", "spots"), ("mentions",), "where each event was"),
    Stage("counting", number_mentions, ("mentions", "counts"), ("mentions",), "the numbers that belong to an event"),
    Stage("plans", find_plans, ("mentions", "moments"), ("planned",), "what is to happen by a day and is no event"),
    Stage("lines", line_mentions, ("mentions", "references"), ("mentions",), "each mention in one line"),
)  # fmt: skip


def check(stages: tuple[Stage, ...] = STAGES) -> None:
    """Raise ValueError when a stage needs what no earlier stage gives."""
    have = {"doc"}
    for stage in stages:
        if missing := set(stage.needs) - have:
            raise ValueError(f"stage {stage.name} needs {', '.join(sorted(missing))}, which no stage before it gives")
        have.update(stage.gives)


def draft(doc: Doc, knowledge: Knowledge) -> Draft:
    """Run every stage over one report and keep the working record, which `explain` shows."""
    work = Draft(doc)
    for stage in STAGES:
        stage.run(work, knowledge)
    return work


def understand(doc: Doc, knowledge: Knowledge, *, version: str) -> Reading:
    """What this one report says: a pure function of the report, the model and the knowledge."""
    work = draft(doc, knowledge)
    return Reading(
        report=doc.report.id,
        version=version,
        actors=tuple(sorted(work.actors.values(), key=lambda a: a.id)),
        mentions=tuple(sorted(work.mentions, key=lambda m: (m.trigger, m.id))),
        claims=tuple(sorted(work.claims, key=lambda c: (c.content, c.id))),
        planned=tuple(sorted(work.planned, key=lambda p: (p.trigger, p.id))),
        lines=tuple(Line(s.span, s.paragraph, s.vector) for s in doc.sentences),
        rejects=tuple(sorted(work.rejects, key=lambda r: (r.span.start if r.span else -1, r.stage, r.reason))),
    )
