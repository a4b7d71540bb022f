"""Which names mean one person: short forms of full names, told apart by title, sex and kin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.naming.bearers import Bearers
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.people import Person, sex_of
from dragoman.understand.naming.phrases import text_of


def group_people(people: list[Person], cast: Cast, knowledge: Knowledge) -> dict[int, Figure]:
    """For each name (by its place in the list) the figure it denotes; names that fit two people get none."""
    fulls = sorted({p.parts for p in people if len(p.parts) > 1}, key=lambda p: (-len(p), p))
    canonical: dict[tuple[str, ...], tuple[str, ...]] = {}
    for parts in fulls:
        fits = [c for c in dict.fromkeys(canonical.values()) if _shortens(parts, c)]
        canonical[parts] = fits[0] if len(fits) == 1 else parts
    surnames = Counter(p[-1] for p in dict.fromkeys(canonical.values()))
    persons = [p for p in dict.fromkeys(canonical.values()) if not _two_surnames(p, surnames)]
    apart = _side_by_side(people, cast.draft.doc.sentences)
    bearers = Bearers(people, canonical, cast, knowledge)
    found: dict[int, Figure] = {}
    for i, person in enumerate(people):
        key = canonical.get(person.parts) or _short(person, persons, apart, bearers)
        if key is None:
            span = cast.draft.doc.sentences[person.sentence].span_of((person.first, person.last - 1))
            cast.draft.reject(span, stage="actors", reason="a surname that fits two people of the report")
            continue
        found[i] = _figure(person, key, cast)
    return found


def _two_surnames(parts: tuple[str, ...], surnames: Counter[str]) -> bool:
    """Whether a name is but two others' surnames: the "Lund-Varga" ticket of Per Lund and Eva Varga."""
    return len(parts) == 2 and surnames[parts[0]] > 0 and surnames[parts[1]] > 1


def _shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether `short` is `full` with parts left out: "Lena Marosh" of "Lena Marosh Varga"."""
    rest = iter(full)
    return short[0] == full[0] and all(part in rest for part in short)


def _short(
    person: Person, persons: list[tuple[str, ...]], apart: set[tuple[tuple[str, ...], str]], bearers: Bearers
) -> tuple[str, ...] | None:
    """The full name that a short form stands for: by surname, else by any part; of two the one that is meant."""
    part, knowledge = person.parts[0], bearers.knowledge
    sex = _sex_told(person, bearers.cast, knowledge)
    persons = [p for p in persons if (p, part) not in apart and sex in (None, sex_of(p[0], knowledge) or sex)]
    persons = bearers.but_reigning(person, persons)
    for fits in (
        [p for p in persons if p[-1] == part],
        [p for p in persons if part in p[1:]],
        [p for p in persons if p[0] == part],
    ):
        same = [p for p in fits if sex and sex_of(p[0], knowledge) == sex]
        fits = same if len(same) == 1 else fits
        if len(fits) == 1:
            return person.parts if bearers.is_another(part, fits[0]) else fits[0]
        if fits:
            return bearers.meant(person, fits)
    return person.parts


def _side_by_side(people: list[Person], sentences: Sequence[Sentence]) -> set[tuple[tuple[str, ...], str]]:
    """Full names that stand beside their surname as somebody else's: "President Trump and Melania Trump"."""
    found = set()
    for one, two in pairwise(people):
        begins = two.title.first if two.title else two.first
        if one.sentence == two.sentence and begins - one.last <= 2:
            between = [w.text.lower() for w in sentences[one.sentence].words[one.last : begins]]
            if "and" in between or between == [","]:
                for short, full in ((one, two), (two, one)):
                    if len(short.parts) == 1 and len(full.parts) > 1 and short.parts[0] in full.parts:
                        found.add((full.parts, short.parts[0]))
    return found


def _sex_told(person: Person, cast: Cast, knowledge: Knowledge) -> str | None:
    """What the title before a name tells of its bearer: Mr., Queen."""
    if person.title is None:
        return None
    words = cast.draft.doc.sentences[person.sentence].words[person.title.core : person.title.last]
    told = {w.text.lower() for w in words}
    both = told & knowledge.actor_words.masculine, told & knowledge.actor_words.feminine
    return None if all(both) or not any(both) else "masculine" if both[0] else "feminine"


def _figure(person: Person, key: tuple[str, ...], cast: Cast) -> Figure:
    sentence = cast.draft.doc.sentences[person.sentence]
    words = text_of(sentence, range(person.first, person.last), cast.draft.text)
    figure = cast.figure(("person", *key), words, "person")
    if len(words) > len(figure.name):
        figure.aliases[figure.name] = None
        figure.name = words
        figure.aliases.pop(words, None)
    return figure
