"""Clauses that only restate the complement of another: what is asked, promised, refused, or what a protest is about."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.knowledge.ontology import Ontology
from dragoman.understand.draft import Clause
from dragoman.understand.fillers import COMPLEMENTS
from dragoman.understand.matching import Fit, Matcher

_REAL = frozenset({"ACCUSE", "SUPPORT"})  # one condemns and praises what was done: the deed is an event of its own
_FORCE = 4  # the quad of material conflict


def restated(
    matcher: Matcher, guesses: Mapping[int, Fit], types: Ontology, denials: frozenset[str]
) -> dict[int, tuple[str, int]]:
    """By number of the clause: why a careful reader would not list it beside another, and the number of that one.

    `guesses` are the fits of clauses that fit no frame. What one of the verbs of denial denies is listed: that it did
    not happen is told of it.
    """
    found: dict[int, tuple[str, int]] = {}
    for clause in matcher.draft.clauses:
        fit = matcher.match(clause).fit or guesses.get(clause.i)
        if fit is None or clause.i in found:
            continue
        if reason := _takes_place(matcher, clause, fit):
            found[clause.i] = reason, clause.i
            continue
        if clause.lemma in denials and any(fit.company.get(slot) for slot in ("that", "ger")):
            continue
        for child, reason in _restated_by(matcher, clause, fit, types):
            found.setdefault(child.i, (reason, clause.i))
            for sister in matcher.below(child):
                if sister.link == "conj" and sister.kind == child.kind:
                    found.setdefault(sister.i, (reason, clause.i))
    return found


def _takes_place(matcher: Matcher, clause: Clause, fit: Fit) -> str:
    """ "The shelling of the port began": the verb only says that there is the event which its subject names."""
    asked = [c for c in fit.frame.companions if "subj" in c.slots and not c.open and "ACTOR" not in c.classes]
    subject = fit.filled.get("subj")
    if clause.kind != "verbal" or subject is None or "obj" in fit.filled or not asked:
        return ""
    noun = matcher.clause_at(clause.sentence, subject.words[0])
    inner = matcher.match(noun).fit if noun is not None and noun.kind == "nominal" else None
    same = inner is not None and inner.frame.type == fit.frame.type
    return f"only says that there is what {inner.frame.name} tells" if inner is not None and same else ""


def _restated_by(matcher: Matcher, clause: Clause, fit: Fit, types: Ontology) -> list[tuple[Clause, str]]:
    kind = types[fit.frame.type]
    rows = []
    for slot, arguments in fit.company.items():
        for argument in arguments:
            for word in argument.words:
                child = matcher.clause_at(clause.sentence, word)
                if child is None or child.i == clause.i:
                    continue
                if fit.frame.type == "ACCUSE" and slot == "of" and not _forceful(matcher, child, types):
                    rows.append((child, f"says what {fit.frame.name} is about"))
                elif reason := _reason(slot, argument.role, child, matcher, fit, kind.embeds == "yes"):
                    rows.append((child, reason))
    return rows


def _forceful(matcher: Matcher, child: Clause, types: Ontology) -> bool:
    """ "Accused them of sending troops": a deed of force is an event of its own, as the accuser tells it."""
    fit = matcher.match(child).fit
    return child.kind == "verbal" and fit is not None and types[fit.frame.type].quad == _FORCE


def _reason(slot: str, role: str, child: Clause, matcher: Matcher, fit: Fit, embeds: bool) -> str:
    """Why this complement is no second event; empty when it is one."""
    name = fit.frame.name
    if role == "clause" and slot in matcher.grammar.circumstances:
        return ""  # "called them to arms until it was bombed off the air"
    if slot == "that" and child.perfect and not child.modals and child.kind == "verbal":
        return ""  # "assured them that the troops had been withdrawn": a thing done is neither promised nor asked
    is_clause = slot in COMPLEMENTS or role == "clause"
    if is_clause:
        if embeds:
            return f"says what {name} asks, refuses, threatens or promises"
        if fit.frame.type == "PROTEST" and slot == "inf":
            return f"the topic of {name}"
        return ""
    if child.kind != "nominal" or slot == "subj":
        return ""
    if fit.frame.type == "PROTEST" and slot in ("against", "over", "at", "for"):
        return f"the topic of {name}"
    inner = matcher.match(child).fit
    same = inner is not None and inner.frame.type == fit.frame.type
    if slot in fit.filled and (same or embeds or (slot == "obj" and fit.light and fit.frame.type not in _REAL)):
        return f"part of {name}"
    return ""
