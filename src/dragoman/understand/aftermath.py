"""Who does what follows an attack: the attack itself and who mounts it, not who suffers it."""

from __future__ import annotations

from dragoman.understand.arguments import case_of
from dragoman.understand.draft import Argument, Clause
from dragoman.understand.kinds import of_what
from dragoman.understand.matching import Matcher

STRIKING = frozenset({"ATTACK", "WARFARE"})  # what stands after "of" is struck: "the bombing of the embassy"
_STRUCK = frozenset({"of", "on", "at", "against", "in", "outside", "near", "inside", "aboard"})
_THROUGH = ("in", "by", "during")
_ARMED = frozenset({"FORCE", "CIVILIANS", "PERSON", "OFFICIAL", "STATE"})


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


def attack_behind(matcher: Matcher, clause: Clause) -> tuple[int, int] | None:
    """ "The bombing of a shop that killed ten": the bombing, not the shop on which the tree hangs what it did.

    Both words, the bombing first.
    """
    told = next((a for a in clause.filled("subject") if a.shared in ("relative", "participle")), None)
    if told is None or clause.passive:
        return None
    sentence = matcher.draft.doc.sentences[clause.sentence]
    struck = told.words[0]
    attack = sentence.words[struck].head
    while attack >= 0 and sentence.words[struck].rel in ("nmod", "flat", "appos", "conj"):
        if matcher.kinds.noun(sentence, attack) & STRIKING and case_of(sentence, struck) in _STRUCK:
            return None if matcher.kinds.noun(sentence, told.words[0]) & _ARMED else (attack, told.words[0])
        struck, attack = attack, sentence.words[attack].head
    return None


def struck_in(matcher: Matcher, clause: Clause) -> int | None:
    """ "Ten were killed in an Oravian air strike": the strike, which whoever owns it carries out."""
    sentence = matcher.draft.doc.sentences[clause.sentence]
    led = [a.words[0] for a in clause.filled("oblique", "agent") if a.case in _THROUGH]
    return next((w for w in led if clause.passive and "ATTACK" in matcher.kinds.noun(sentence, w)), None)


def fought(matcher: Matcher, clause: Clause) -> list[Argument]:
    """ "Two hundred soldiers were killed fighting the rebels": the rebels killed them."""
    if not clause.passive or clause.kind != "verbal":
        return []
    for child in matcher.below(clause):
        fighting = child.link in ("advcl", "xcomp") and child.tense in ("participle", "none") and not child.passive
        own = [a for a in child.filled("subject") if not a.shared]
        if fighting and not own and child.marker in ("", "while") and child.predicate > clause.predicate:
            inner = matcher.match(child).fit
            if inner is not None and inner.frame.type == "ASSAULT":
                return child.filled("object")[:1]
    return []
