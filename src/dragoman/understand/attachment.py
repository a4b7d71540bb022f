"""Which clause a time expression belongs to, by the trees: the way up from the words to their predicate."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.timewords import TimeWords
from dragoman.records import Sentence
from dragoman.understand.arguments import case_of
from dragoman.understand.draft import Clause, Moment

NOW = "PRESENT_REF"
OPEN = ("since", "after")  # what runs on from a day
DAYS = ("day", "part of day")


class Attached(Struct, frozen=True):
    """A moment and its way up: the nouns passed, the prepositions met, the predicate that governs it."""

    moment: Moment
    governor: int | None
    nouns: tuple[int, ...]  # from the moment outward
    cases: tuple[str, ...]  # the moment's own first
    rel: str  # of the phrase that hangs on the governor


def attach(sentence: Sentence, moments: Iterable[Moment], clauses: Iterable[Clause]) -> list[Attached]:
    """Every moment of the sentence with its way up to the nearest verbal or copular predicate."""
    predicates = {c.predicate: c for c in clauses if c.kind != "nominal"}
    return [_climb(sentence, moment, predicates) for moment in moments]


def _climb(sentence: Sentence, moment: Moment, predicates: dict[int, Clause]) -> Attached:
    inside = set(moment.words)
    heads = [i for i in moment.words if sentence.words[i].head not in inside] or [moment.words[0]]
    ways = [_way(sentence, moment, at, predicates) for at in heads]
    return _owned(sentence, min(ways, key=lambda way: (way.governor is None, len(way.nouns))))


def _owned(sentence: Sentence, way: Attached) -> Attached:
    """A day with a possessive belongs to the noun behind it, which the tree may hang beside it: "Monday's vote"."""
    last = max(way.moment.words)
    owns = last + 2 < len(sentence.words) and sentence.words[last + 1].upos == "PART"
    if not owns or way.nouns or way.governor is None:
        return way
    noun = next((w for w in sentence.words[last + 2 :] if w.upos not in ("ADJ", "ADV", "NUM", "PROPN")), None)
    if noun is None or noun.upos != "NOUN" or noun.head != way.governor:
        return way
    return replace(way, nouns=(noun.i,), cases=(*way.cases, case_of(sentence, noun.i)), rel=noun.rel)


def _way(sentence: Sentence, moment: Moment, at: int, predicates: dict[int, Clause]) -> Attached:
    nouns: list[int] = []
    cases = [_case(sentence, at, moment)]
    rel = sentence.words[at].rel
    while (head := sentence.words[at].head) >= 0:
        rel, phrase = sentence.words[at].rel, at
        at = head
        if at in predicates:
            at = _lowered(sentence, phrase, _raised(sentence, phrase, predicates[at], predicates))
            at = _outside(sentence, phrase, _of_the_verb(sentence, at, predicates), predicates)
            at = _said_then(sentence, phrase, at, predicates)
            return Attached(moment, at, tuple(nouns), tuple(cases), rel)
        nouns.append(at)
        cases.append(case_of(sentence, at))
    return Attached(moment, None, tuple(nouns), tuple(cases), rel)


def _outside(sentence: Sentence, phrase: int, at: int, predicates: dict[int, Clause]) -> int:
    """What stands before a clause's conjunction belongs to the clause above: "hurt on Monday when police fired"."""
    word = sentence.words[at]
    opened = [
        c
        for c in sentence.dependents(at, "mark", "advmod")
        if sentence.words[c].rel == "mark" or sentence.words[c].feat("PronType") == "Int"
        if not any(w.feat("VerbForm") == "Fin" for w in sentence.words[phrase:c])  # "where today they are to meet"
    ]
    beyond = any(phrase < c < at for c in opened) and word.rel == "advcl" and word.head < phrase
    return word.head if beyond and word.head in predicates else at


def relation(attached: Attached, sentence: Sentence, words: TimeWords) -> str:
    """What the prepositions on the way make of the date: since, until, by, before, after, within, or its own."""
    if any(sentence.words[i].lemma.lower() in words.lists["limits"] for i in attached.nouns):
        return "by"
    own, *outer = attached.cases or ("",)
    outer = outer[:-1] if attached.rel == "obl:agent" else outer  # "sunk by British bombs yesterday"
    met = [own, *(c for c in outer if c not in words.lists["not_during"])]  # "a picture from Monday's debate"
    told = [words.relations[c] for c in met if c in words.relations]
    return str(told[-1]) if told else (attached.cases[0] if attached.cases else "")


def dates_verb(attached: Attached, sentence: Sentence, knowledge: Knowledge) -> bool:
    """Whether a moment dates the verb above it, rather than a thing that the verb is about."""
    moment, words = attached.moment, knowledge.times
    if moment.kind == "SET" or (moment.time.start is None and not (moment.time.value or "").startswith("XXXX-")):
        return False
    if attached.governor is None or relation(attached, sentence, words) == "within":
        return False
    if moment.time.value == NOW:
        return False  # "now that it fell" tells no day of the fall
    if _in_office(attached, sentence, knowledge):
        return False
    if _one_of_many(attached, sentence, words):
        return False
    if not attached.nouns:
        return True
    outer, inner = attached.cases[-1], set(attached.cases[1:-1])
    if moment.time.precision == "vague" and outer not in words.relations:
        return False
    if _hangs_on_thing(attached, sentence, knowledge):
        return True
    base = attached.rel.split(":")[0]
    if base == "nsubj":
        return True
    if base == "obj":
        return sentence.words[attached.governor].lemma.lower() in words.lists["light_verbs"]
    if inner & words.lists["not_during"]:
        return False
    bounds = outer in words.relations and outer not in words.lists["not_during"]
    return base in ("obl", "advmod", "advcl") and (outer in words.lists["during"] or bounds)


def _one_of_many(attached: Attached, sentence: Sentence, words: TimeWords) -> bool:
    """Whether a date is that of one among what is told: "has held dozens of tests, the most recent on Saturday"."""
    at = min(attached.moment.words) - (2 if attached.cases[0] else 1)
    told = sentence.words[at]
    one = at > 1 and told.upos in ("ADJ", "NOUN") and told.lemma.lower() in words.lists["singled_out"]
    return one and "," in (
        sentence.words[at - 1].text,
        sentence.words[max(at - 3, 0)].text,
        sentence.words[at - 2].text,
    )


def _in_office(attached: Attached, sentence: Sentence, knowledge: Knowledge) -> bool:
    """Whether a date tells since when somebody is what a noun calls him: "Lund, head of the party since the summer"."""
    noun = sentence.words[attached.nouns[0]] if attached.nouns else None
    if noun is None or attached.cases[0] not in OPEN or noun.upos != "NOUN":
        return False
    return noun.rel in ("appos", "parataxis") and "OFFICIAL" in knowledge.noun_classes.of(noun.lemma.lower())


def _hangs_on_thing(attached: Attached, sentence: Sentence, knowledge: Knowledge) -> bool:
    """Whether the tree hangs a date on a person or thing, which has none: then it is the verb's."""
    words = knowledge.times
    if set(attached.cases[1:-1]) & words.lists["verbal_cases"]:
        return True
    if sentence.words[attached.nouns[0]].lemma.lower() in words.units:
        return bool(attached.cases[0])  # "pleaded with him for fifty minutes on Thursday"
    if attached.rel == "obl:agent" and not attached.cases[0]:
        return min(attached.moment.words) == attached.nouns[0] + 1 and attached.moment.time.precision in DAYS
    if attached.cases[0] in words.lists["owning"]:
        return False  # "condemned today's refugees"
    noun = sentence.words[attached.nouns[0]]
    if noun.upos == "PROPN":
        return bool(attached.cases[0])
    classes = knowledge.noun_classes.of(noun.lemma.lower())
    timeless = bool(classes & words.lists["timeless"]) and not classes & words.lists["happening"]
    return timeless and bool(attached.cases[0])


def _raised(sentence: Sentence, phrase: int, clause: Clause, predicates: dict[int, Clause]) -> int:
    """The predicate of a phrase behind a gerund or infinitive, which a comma or another phrase parts from it.

    "thanked him for coming, on Friday": Friday is the day of the thanks.
    """
    at, first = clause, min(sentence.subtree(phrase))
    while at.tense in ("participle", "infinitive") and at.link in ("advcl", "acl", "xcomp", "ccomp"):
        below = set(sentence.subtree(at.predicate))
        parted = sentence.words[first].text == "," or any(i not in below for i in range(at.predicate + 1, first))
        opened = [i for i in sentence.dependents(at.predicate, "mark", "case") if first < i]
        parted = parted or bool(opened)  # "held on Monday for breaking the curfew": the phrase stands outside
        above = sentence.words[at.predicate].head
        if not parted or above not in predicates:
            break
        at = predicates[above]
    return at.predicate


def _of_the_verb(sentence: Sentence, at: int, predicates: dict[int, Clause]) -> int:
    """The verb whose result an adjective is: "set free by noon", "shot dead on Monday"."""
    word = sentence.words[at]
    result = word.upos == "ADJ" and word.rel == "xcomp" and not sentence.dependents(at, "mark")
    return word.head if result and word.head in predicates else at


def _lowered(sentence: Sentence, phrase: int, governor: int) -> int:
    """The predicate of a phrase that ends what is said before the saying: "held since Monday, police said"."""
    subjects = [s for s in sentence.dependents(governor, "nsubj") if s > phrase]
    said = [c for c in sentence.dependents(governor, "ccomp") if c < phrase < governor]
    return said[-1] if said and subjects else governor


def _said_then(sentence: Sentence, phrase: int, at: int, predicates: dict[int, Clause]) -> int:
    """The saying, of a phrase that stands between it and what is said without "that": "told them in July she left"."""
    clause, inside = predicates.get(at), sorted(sentence.subtree(at))
    first = min(sentence.subtree(phrase))
    above = sentence.words[at].head
    if clause is None or clause.link != "ccomp" or clause.marker or above not in predicates or above > first:
        return at
    if predicates[above].tense != "past":
        return at  # "I hope in 2030 they say …"
    subject = next((i for i in inside if sentence.words[i].rel.startswith("nsubj")), None)
    opens = inside[0] == first and sentence.words[first].upos in ("ADP", "PROPN", "ADV") and subject is not None
    parted = any(w.text in (",", ":", '"', "“", "``", "that") for w in sentence.words[above:first])
    return above if opens and not parted and phrase < (subject or 0) else at


def _case(sentence: Sentence, at: int, moment: Moment) -> str:
    """The preposition of the expression: in the tree, else the word right before it."""
    if case := case_of(sentence, at):
        return case
    first = min(moment.words)
    if first and sentence.words[first - 1].upos in ("ADP", "SCONJ"):
        return sentence.words[first - 1].text.lower()
    return ""
