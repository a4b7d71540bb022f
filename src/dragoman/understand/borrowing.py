"""Whose arguments stand in where the tree leaves a predicate without its own."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Claim, Sentence, Span
from dragoman.understand.arguments import case_of
from dragoman.understand.draft import Argument, Clause

_STEPS = 3  # clauses upward that a verb without subject may borrow one from


def supporters(
    clauses: Sequence[Clause], clause: Clause, below: Sequence[Clause], supports: frozenset[str]
) -> list[Argument]:
    """ "the airlift was carried out by the navy", "rebels mounted an attack": who lends the noun a verb.

    Also behind the noun: "the expulsion, ordered by the king", "the ban that the king imposed".
    """
    for behind in below:
        if behind.link in ("acl", "relcl") and behind.lemma in supports and (doers := _doers(behind)):
            return doers
    verb = _above(clauses, clause)
    if verb is None or verb.kind != "verbal" or verb.lemma not in supports:
        return []
    told = verb.filled("subject" if verb.passive else "object")
    if not any(clause.predicate in argument.words for argument in told):
        return []
    return _doers(verb)


def _doers(verb: Clause) -> list[Argument]:
    return verb.filled("agent" if verb.passive else "subject")


def addressee(clauses: Sequence[Clause], clause: Clause) -> Argument | None:
    """ "wrote to the president demanding the recall", "sent Lund a note warning": the one written to."""
    at = clause
    for _ in range(2):
        above = _above(clauses, at)
        if above is None or clause.link not in ("acl", "advcl") or clause.tense != "participle":
            return None
        at = above
        for argument in at.filled("iobject", "oblique"):
            if argument.role == "iobject" or argument.case == "to":
                return argument
    return None


def authors(clauses: Sequence[Clause], clause: Clause) -> list[Argument]:
    """ "sent a letter demanding": who sends the letter demands."""
    noun = _above(clauses, clause)
    verb = _above(clauses, noun) if noun is not None else None
    if noun is None or verb is None or noun.kind != "nominal" or verb.kind != "verbal":
        return subject_above(clauses, clause)
    held = any(noun.predicate in a.words for a in verb.filled("object"))
    return verb.filled("agent" if verb.passive else "subject") if held else []


def hearer(clauses: Sequence[Clause], clause: Clause, heard: frozenset[str]) -> Argument | None:
    """ "Told the envoy that it would not yield": what one says to somebody of oneself is done to him."""
    verb = _above(clauses, clause)
    if verb is None or clause.link != "ccomp" or verb.passive or verb.lemma not in heard:
        return None
    return next(iter(verb.filled("object", "iobject")), None)


def traveller(clauses: Sequence[Clause], clause: Clause, sentence: Sentence) -> list[Argument]:
    """ "The minister, on a visit to the capital, said": who is on it does what the verb tells."""
    if case_of(sentence, clause.predicate) != "on":
        return []
    verb = _above(clauses, clause)
    if verb is not None and verb.kind == "verbal" and not verb.passive:
        return verb.filled("subject")
    noun = sentence.words[clause.predicate].head
    named = sentence.words[clause.predicate].rel == "nmod" and sentence.words[noun].upos in ("PROPN", "NOUN")
    return [Argument("subject", (noun,))] if named else []


def told_by(claims: Sequence[Claim], here: Span) -> Claim | None:
    """The innermost statement of somebody known around these words."""
    around = [c for c in claims if c.actor and c.content.covers(here)]
    return min(around, key=lambda c: c.content.end - c.content.start, default=None)


def subject_above(clauses: Sequence[Clause], clause: Clause) -> list[Argument]:
    """The subject of the clause above, for a verb that the tree leaves without one."""
    at = clause
    for _ in range(_STEPS):
        above = _above(clauses, at)
        if above is None or at.kind != "verbal" or at.passive or at.link == "csubj":
            return []
        if at.link == "ccomp" and _led_by_deed(clauses, at):
            return []
        at = above
        if subjects := at.filled("subject"):
            return subjects
    return []


def _led_by_deed(clauses: Sequence[Clause], content: Clause) -> bool:
    """ "the envoy said shelling the town broke the truce": the envoy neither shelled it nor broke it."""
    below = [c for c in clauses if c.parent == content.i and c.predicate < content.predicate]
    return any(c.kind == "verbal" and c.tense == "participle" for c in below)


def _above(clauses: Sequence[Clause], clause: Clause) -> Clause | None:
    return clauses[clause.parent] if clause.parent is not None else None
