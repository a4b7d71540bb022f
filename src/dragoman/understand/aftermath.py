"""Who does what follows an attack: the attack itself and who mounts it, not who suffers it."""

from __future__ import annotations

from dragoman.understand.draft import Clause
from dragoman.understand.kinds import of_what
from dragoman.understand.matching import Matcher

STRIKING = frozenset({"ATTACK", "WARFARE"})  # what stands after "of" is struck: "the bombing of the embassy"


def aftermath(matcher: Matcher, clause: Clause) -> int | None:
    """ "The country has faced a series of attacks, killing dozens": the attacks, not who suffers them."""
    if clause.link != "advcl" or clause.tense != "participle" or clause.parent is None:
        return None
    verb = matcher.draft.clauses[clause.parent]
    own = clause.filled("subject")
    if verb.kind != "verbal" or verb.passive or verb.lemma in matcher.grammar.supports:
        return None
    if not own or own[0].shared != "control":
        return None
    sentence = matcher.draft.doc.sentences[verb.sentence]
    struck = [w for a in verb.filled("object") for w in a.words]
    struck += [w for i in struck if (w := of_what(sentence, i)) is not None]
    return next((w for w in struck if matcher.kinds.noun(sentence, w) & STRIKING), None)


def suffered(matcher: Matcher, clause: Clause) -> bool:
    """ "suffered raids killing herders": the raids kill, not who suffers them; who mounts them does."""
    noun = matcher.draft.clauses[clause.parent] if clause.parent is not None else None
    if noun is None:
        return False
    sentence = matcher.draft.doc.sentences[noun.sentence]
    if not matcher.kinds.noun(sentence, noun.predicate) & STRIKING:
        return False
    verb = matcher.draft.clauses[noun.parent] if noun.parent is not None else None
    return verb is None or verb.lemma not in matcher.grammar.supports
