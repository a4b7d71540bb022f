"""People: names grouped by person, with the titles that stand by them. Nobody is known beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import fold
from dragoman.records import Phrase, Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.nouns import agent_at
from dragoman.understand.naming.phrases import base, head_of, text_of
from dragoman.understand.naming.titles import Title, office_ending, title_before, told_title

_DASHES = ("-", "‐", "‑")
_AGED = frozenset({"old", "year-old"})
_PARTY = re.compile(r"[DRI][-–‐‑]")  # and a state: no person


class Person(Struct, frozen=True):
    """A name of a person where it stands: its words, its folded parts, its title."""

    sentence: int
    first: int
    last: int
    parts: tuple[str, ...]
    title: Title | None


def place_names(sentences: Sequence[Sentence]) -> set[tuple[str, ...]]:
    """Lone words that the reading model takes for a place somewhere in the report."""
    return {
        (fold(s.words[p.first].text).casefold(),)
        for s in sentences
        for p in s.names
        if p.kind == "place" and p.last == p.first + 1
    }


def settle_sights(
    people: list[Person], sights: list[list[Sight]], places: set[tuple[str, ...]]
) -> tuple[list[Person], list[list[Sight]]]:
    """A lone name that is also a place or in the lexicon is a person only where somebody has that surname."""
    surnames = {p.parts[-1] for p in people if len(p.parts) > 1}
    kept = [
        p
        for p in people
        if p.title
        or p.parts[-1] in surnames
        or not (p.parts in places or _only_lexicon(p.first, p.last, sights[p.sentence]))
    ]
    taken = {(p.sentence, i) for p in kept for i in range(p.first, p.last)}
    parts = {part for p in kept if len(p.parts) > 1 for part in p.parts}
    return kept, [
        [s for s in seen if (n, s.first) not in taken and not (s.entry.use == "demonym" and s.name.casefold() in parts)]
        for n, seen in enumerate(sights)
    ]


def people_of(sentence: Sentence, sights: list[Sight], knowledge: Knowledge) -> list[Person]:
    """The names of persons in a sentence, cut free of titles, possessive marks and nationalities."""
    found: list[Person] = []
    for phrase in sentence.names:
        if phrase.kind != "person" and not _titled(sentence, phrase, sights, knowledge):
            continue
        first, last = _bounds(sentence, phrase, sights, knowledge)
        if found and found[-1].last == first and base(sentence.words[first].rel) == "flat":
            first = found.pop().first  # "Recep Tayyip" "Erdogan"
        elif found and found[-1].last == first - 1 and sentence.words[first - 1].text in _DASHES:
            first = found.pop().first  # "Frank-Walter Steinmeier"
        if first >= last or not sentence.words[first].text[0].isalpha():
            continue
        words = sentence.words[first:last]
        if not any(w.text[0].isupper() for w in words):
            continue
        parts = tuple(fold(w.text).casefold() for w in words if w.text[0].isalnum())
        if len(parts) > 2 and parts[-1] in knowledge.actor_words.generations:
            parts = parts[:-1]
        if words[-1].text.endswith(".") and first and sentence.words[first - 1].text == "(":
            continue  # "(R-Wis.)"
        if _PARTY.match(words[0].text + (words[1].text if len(words) > 1 else "")):
            continue  # "D-Ore." behind a lawmaker's name
        if len(parts) == 1 and {w.text.lower() for w in sentence.words[max(first - 2, 0) : first]} & _AGED:
            continue  # "the 78-year-old Californian"
        if len(parts) == 1 and first == 0 and agent_at(sentence, 0, knowledge):
            continue  # "Aides said"
        if len(parts) == 1 and (
            parts[0] in knowledge.actor_words.not_persons or (parts[0],) in knowledge.world.offices
        ):
            continue
        found.append(Person(sentence.i, first, last, parts, title_before(sentence, first, sights, knowledge)))
    return found


def _bounds(sentence: Sentence, phrase: Phrase, sights: list[Sight], knowledge: Knowledge) -> tuple[int, int]:
    """A name without possessive mark, nationality and title."""
    first, last = phrase.first, phrase.last
    while last > first and (sentence.words[last - 1].upos in ("PART", "PUNCT") or _mark(sentence, last - 1)):
        last -= 1
    if last + 1 < len(sentence.words) and sentence.words[last].text in _DASHES and last - first > 1:
        tail = sentence.words[last + 1]
        glued = sentence.words[last - 1].end == tail.start - 1 and tail.upos == "ADP"  # "Moon Jae-in"
        if len(tail.text) < 8 and tail.text.isalpha() and (glued or tail.upos in ("PROPN", "X", "NOUN")):
            last += 2  # "Kim Jong-un"
    for sight in sights:
        if sight.first == first and sight.last < last and sight.entry.kind != "group":
            first = sight.last
    for end in range(last - 1, first, -1):  # "Foreign Minister Ilse Brandt" or "Defence Ilse Brandt" tagged as one name
        held = office_ending(sentence, end, knowledge)
        if held and held[0] <= first:
            return end, last
    return first, last


def _titled(sentence: Sentence, phrase: Phrase, sights: list[Sight], knowledge: Knowledge) -> bool:
    """Whether a name that the model took for something else follows an office of a person: "Prime Minister Hun Sen"."""
    if any(s.first < phrase.last and phrase.first < s.last for s in sights) or phrase.last - phrase.first > 3:
        return False
    held = office_ending(sentence, phrase.first, knowledge)
    first = sentence.words[phrase.first]
    return (
        held is not None and held[1].scope in ("state", "none") and first.upos == "PROPN" and first.text[1:].islower()
    )


def _mark(sentence: Sentence, i: int) -> bool:
    return sentence.words[i].text in ("'s", "’s", "‘s", "'", "’")


def _only_lexicon(first: int, last: int, sights: list[Sight]) -> bool:
    return any(s.first <= first and last <= s.last for s in sights)


def _of_country(person: Person, figure: Figure, sentence: Sentence, sights: list[Sight]) -> None:
    """ "President Emmanuel Macron of France"."""
    at = person.last
    if at < len(sentence.words) and sentence.words[at].text.lower() == "of" and person.title:
        for sight in sights:
            if at < sight.first <= at + 2 and sight.entry.kind == "state" and person.title.office.scope == "state":
                figure.settle(country=sight.entry.country, why=f"of {sight.entry.name}")


def place_people(
    people: list[Person], figures: dict[int, Figure], sights: list[list[Sight]], cast: Cast, knowledge: Knowledge
) -> None:
    """Tie every name, title included, to its person, and note the titles as roles."""
    for i, figure in figures.items():
        person = people[i]
        sentence = cast.draft.doc.sentences[person.sentence]
        first = person.title.first if person.title else person.first
        while first > 0 and first != person.first and sentence.words[first - 1].upos == "DET":
            first -= 1
        head = head_of(sentence, first, person.last)
        short = len(person.parts) == 1 and figure.key != ("person", *person.parts)
        how = "title" if person.title else "short name" if short else "name"
        alias = text_of(sentence, range(person.first, person.last), cast.draft.text)
        cast.name(figure, person.sentence, (first, person.last), head=head, how=how, alias=alias)
        if len(person.parts) > 1:
            figure.gender = figure.gender or sex_of(person.parts[0], knowledge)
        if person.title:
            give_role(figure, person.title, sentence, cast, knowledge)
            _of_country(person, figure, sentence, sights[person.sentence])


def sex_of(given: str, knowledge: Knowledge) -> str | None:
    """What a given name tells of its bearer."""
    words = knowledge.actor_words
    return "masculine" if given in words.masculine_names else "feminine" if given in words.feminine_names else None


def _unlisted(sentence: Sentence, title: Title) -> Phrase | None:
    """The body that no table lists whose office a title is: "a Zoomo spokesman", "president at Zoomo"."""
    if title.of is not None or title.office.scope in ("person", "none"):
        return None
    around = [n for n in sentence.names if title.first <= n.first and n.last <= title.last]
    for name in (*around, *(n for n in sentence.names if n.last == title.core and n.first < title.first)):
        at = {w.text.lower() for w in sentence.words[max(name.first - 2, title.core) : name.first]} & {"at"}
        owns = title.office.scope != "state" or at or name.last == title.core
        if name.kind == "organization" and owns and not name.first <= title.core < name.last:
            return name
    return None


def office_sector(sentence: Sentence, title: Title, knowledge: Knowledge) -> str:
    """The sector that an office tells, UNK where the body decides: a firm's president is of no government."""
    body = _unlisted(sentence, title)
    if body is None:
        return title.office.sector
    agent = agent_at(sentence, body.last - 1, knowledge, least=body.first)
    return "UNK" if agent is None or agent.sector == "STATE" else agent.sector


def tell_sex(figure: Figure, told: set[str], knowledge: Knowledge) -> None:
    """Note what words for somebody tell of his sex: "Mr", "her son", "the spokeswoman"."""
    if told & knowledge.actor_words.masculine:
        figure.gender = figure.gender or "masculine"
    if told & knowledge.actor_words.feminine:
        figure.gender = figure.gender or "feminine"


def give_role(
    figure: Figure, title: Title, sentence: Sentence, cast: Cast, knowledge: Knowledge, *, of: str = ""
) -> None:
    """Note an office, and what it tells of country, sector and sex."""
    tell_sex(figure, {w.text.lower() for w in sentence.words[title.core : title.last]}, knowledge)
    if title.office.scope == "none":
        return
    whose = title.of.entry if title.of else None
    body = _unlisted(sentence, title)
    span = sentence.span_of((title.first, title.last - 1))
    said = told_title(sentence, title, cast.draft.text, passing=knowledge.actor_words.passing)
    if body is not None and title.office.scope == "state":
        of = of or text_of(sentence, range(body.first, body.last), cast.draft.text)
    cast.role(figure, title=said, of=of or (whose.name if whose else None), span=span)
    sector = office_sector(sentence, title, knowledge)
    if title.office.scope in ("body", "any") and whose is not None and whose.kind != "state":
        sector = whose.sector or sector
    elif sector == "UNO" and whose is not None and whose.kind == "state":
        sector = "GOV"
    kin = title.office.title in knowledge.actor_words.kin and sentence.words[title.core].text.islower()
    if sector != "UNK":
        figure.settle(sector="CVL" if kin else sector)  # "her father", no priest
    if whose is not None and whose.country and (whose.sector != "JRN" or title.office.scope != "person"):
        figure.settle(country=whose.country, why=f"country of {whose.name} in a title")
