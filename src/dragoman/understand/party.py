"""One side of an event, and the words by which a report names it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.grammar import Grammar
from dragoman.records import EventType, Sentence, Span
from dragoman.understand.arguments import case_of
from dragoman.understand.kinds import of_what

LONGEST = 15  # words of a phrase that is quoted as actor or recipient
_MATERIAL = (2, 4)  # quads of PLOVER in which something is done, not only said
_WITHIN = ("in", "near")  # where something is done: "an attack in the city"
_SENT = ("obj", "")
_LOOSE = ("acl", "acl:relcl", "appos", "conj", "cc", "punct", "parataxis", "case", "advcl", "mark", "dep", "list",
          "nsubj", "nsubj:pass", "cop", "expl", "aux")  # fmt: skip


@dataclass(frozen=True)
class Party:
    """One side of an event: local actors, their words, and whether the words name some who can act."""

    actors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    acting: bool = False
    slot: str = ""
    public: bool = False  # somebody of politics among them
    harming: bool = False  # an attack or a weapon, which acts in its user's place
    names: tuple[str, ...] = ()  # the words that name those who act, of an act or thing its owners'
    private: bool = False  # a wife, a neighbour, a customer among them
    target: bool = False  # a place or thing that can be struck, taken or visited
    event: bool = False  # only a happening: talks, a riot
    somebody: bool = False  # people or a body, known or not
    forces: bool = False  # troops of whom no country is told
    building: bool = False  # what can be struck though something happens in it
    heads: tuple[int, ...] = ()  # places of those who are meant, and of the words that stand for them
    by: str = ""  # why it is these, or nobody, where that was not for the rules to say

    def __or__(self, other: Party) -> Party:
        return Party(
            tuple(dict.fromkeys(self.actors + other.actors)),
            tuple(dict.fromkeys(self.texts + other.texts)),
            tuple(dict.fromkeys(self.spans + other.spans)),
            self.acting or other.acting,
            self.slot or other.slot,
            self.public or other.public,
            self.harming or other.harming,
            tuple(dict.fromkeys(self.names + other.names)),
            self.private or other.private,
            self.target or other.target,
            self.event or other.event,
            self.somebody or other.somebody,
            self.forces or other.forces,
            self.building or other.building,
            tuple(dict.fromkeys(self.heads + other.heads)),
            self.by or other.by,
        )


def doing(party: Party, coded: EventType, quad: int) -> Party:
    """The party as an actor: nobody where its words name a day, a plan, talks that others hold or what is only struck.

    Weapons and attacks stand for who uses them ("tanks blocked the bridge"); a document speaks, but seizes nothing.
    """
    if party.actors or not party.texts:
        return Party() if coded == "ASSAULT" and party.building else party
    armed = party.harming and (coded == "ASSAULT" or (coded in ("MOBILIZE", "COERCE") and party.slot != "obj"))
    if party.acting or armed:
        return party
    if coded == "ASSAULT" or party.event or (quad in _MATERIAL and not party.somebody):
        return Party()
    return party


def acted_on(party: Party, coded: EventType) -> Party:
    """The party as a recipient: nobody where its words name only an act, a weapon or the place where it happens.

    Nor the troops that are sent.
    """
    if coded == "MOBILIZE" and party.forces and party.slot in _SENT:
        return Party()
    if party.actors or not party.texts:
        return party
    if coded != "ASSAULT":
        return party if party.somebody or (party.target and not party.harming) else Party()
    if party.slot in _WITHIN:
        return party if party.building else Party()
    return Party() if party.event and not (party.somebody or party.target) else party


def phrase(sentence: Sentence, head: int, grammar: Grammar) -> Span | None:
    """The words of a phrase without what is loosely added to it; None when they are more than a line."""
    keep = {head}
    todo = [head]
    while todo:
        at = todo.pop()
        for c in sentence.children[at]:
            if _belongs(sentence, at, c, grammar, top=at == head):
                keep.add(c)
                todo.append(c)
    first = last = head
    while first - 1 in keep:
        first -= 1
    while last + 1 in keep:
        last += 1
    while first < head and sentence.words[first].upos in ("PUNCT", "CCONJ"):
        first += 1
    while last > head and sentence.words[last].upos == "PUNCT":
        last -= 1
    if last - first >= LONGEST:
        last = head if of_what(sentence, head) is None else min(last, first + LONGEST - 1)
    return sentence.span_of([first, last]) if last - first < LONGEST else None


def _belongs(sentence: Sentence, head: int, child: int, grammar: Grammar, *, top: bool) -> bool:
    """Whether a dependent is part of the phrase as one would quote it."""
    rel = sentence.words[child].rel
    if rel == "appos":
        return all(sentence.words[p].upos != "PUNCT" for p in range(head, child))
    if rel == "punct":
        return sentence.words[child].text in grammar.hyphens
    if top and rel.split(":")[0] in ("nmod", "obl") and rel != "nmod:poss":
        case = case_of(sentence, child)
        return not case or case in grammar.inner_prepositions
    return rel not in _LOOSE or (not top and rel in ("case", "conj", "cc"))


def same_person(sentence: Sentence, first: int, other: int) -> bool:
    """ "A native of X and resident of Y": one of whom two things are said, for the second has no article."""
    if other == first or sentence.words[other].upos != "NOUN" or sentence.words[other].feat("Number") != "Sing":
        return False
    articles = [sentence.words[d].text.lower() for d in sentence.dependents(first, "det")]
    bare = not sentence.dependents(other, "det", "nummod", "nmod:poss", "amod", "compound")
    return articles in (["a"], ["an"]) and bare
