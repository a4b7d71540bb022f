"""Places: which names are places and which one is meant, and where each event was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.gazetteer import City
from dragoman.knowledge.world import atoms
from dragoman.records import Mention, Place, Reason, Sentence
from dragoman.understand.draft import Draft, Sight, Spot
from dragoman.understand.naming.nouns import agent_at
from dragoman.understand.naming.phrases import case_of, first_conjunct, head_of
from dragoman.understand.naming.sights import sights_of
from dragoman.understand.paths import predicate_of, way_up

NEAR = 0.02  # of the population counts for a namesake in a country that the report does not name
LARGE = 100_000  # people that make a name after "in" a city without the reading model
SEAT = 50_000  # people that make a seat of government a city of its own: The Hague, but not White House, Tennessee


def locate(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.spots`: every name of a place, with coordinates where the gazetteer knows it."""
    seen = draft.sights = [sights_of(s, knowledge) for s in draft.doc.sentences]
    told = Counter(x.entry.country for sights in seen for x in sights if x.entry.kind == "state" and x.entry.country)
    for sentence, sights in zip(draft.doc.sentences, seen):
        covered: set[int] = set()
        for first, last in _candidates(sentence, sights, knowledge):
            if covered & set(range(first, last)):
                continue
            place = _place(draft, sentence, (first, last), sights, set(told), knowledge)
            if place is not None:
                covered.update(range(first, last))
                draft.spots.append(Spot(sentence.i, head_of(sentence, first, last), place))
    draft.spots.sort(key=lambda s: (s.sentence, s.head))


def _candidates(sentence: Sentence, sights: list[Sight], knowledge: Knowledge) -> Iterator[tuple[int, int]]:
    """Stretches that may name a place: the user's own, the model's, states, capitals, names after a locative."""
    found = list(_own(sentence, knowledge))
    found += [(p.first, p.last) for p in sentence.names if p.kind == "place"]
    found += [(s.first, s.last) for s in sights if s.entry.kind == "state" and s.entry.use in ("name", "capital")]
    found += list(_after_locative(sentence, knowledge))
    inside = {i for s in sights if s.entry.kind != "state" for i in range(s.first, s.last)}
    for first, last in found:
        while last > first and sentence.words[last - 1].upos in ("PART", "PUNCT"):
            last -= 1
        while first < last and sentence.words[first].upos in ("DET", "ADP", "PUNCT"):
            first += 1
        adjective = last == first + 1 and sentence.words[first].upos == "ADJ"  # "Western countries"
        named = first < last and not adjective and sentence.words[first].text[0].isupper()
        if named and not inside & set(range(first, last)):
            yield first, last


def _own(sentence: Sentence, knowledge: Knowledge) -> Iterator[tuple[int, int]]:
    """Stretches that are names in the user's own table, the longest first where two begin together."""
    own, words = knowledge.gazetteer.own, [word.text for word in sentence.words]
    for size in sorted({len(name) for name in own}, reverse=True):
        for first in range(len(words) - size + 1):
            if atoms(" ".join(words[first : first + size])) in own:
                yield first, first + size


def _after_locative(sentence: Sentence, knowledge: Knowledge) -> Iterator[tuple[int, int]]:
    """Proper names after "in", "at", "near" that are cities of some size, though the reading model missed them."""
    named = {i for p in sentence.names if p.kind != "other" for i in range(p.first, p.last)}
    for word in sentence.words[:-1]:
        if word.upos != "ADP" or word.text.lower() not in knowledge.actor_words.locative:
            continue
        first = last = word.i + 1
        while last < len(sentence.words) and sentence.words[last].upos == "PROPN" and last not in named:
            last += 1
        for end in range(last, first, -1):
            cities = knowledge.gazetteer.find(" ".join(w.text for w in sentence.words[first:end]))
            if cities and cities[0].population >= LARGE:
                yield first, end
                break


def _place(
    draft: Draft, sentence: Sentence, at: tuple[int, int], sights: list[Sight], told: set[str], knowledge: Knowledge
) -> Place | None:
    first, last = at
    span = sentence.span_of((first, last - 1))
    text = span.of(draft.text)
    sight = next((s for s in sights if s.first <= first and last <= s.last), None)
    if sight is not None and sight.entry.use in ("demonym", "people"):
        return None
    if sight is not None and sight.entry.kind == "state" and sight.entry.use == "name":
        return Place(text=text, name=sight.entry.name, country=sight.entry.country, span=span)
    if (
        sight is not None
        and sight.entry.use == "metonym"
        and not knowledge.gazetteer.known(text, sight.entry.country, least=SEAT)
    ):
        return Place(text=text, name=text, country=sight.entry.country, span=span)
    if text.lower() in knowledge.actor_words.directions:
        return None
    if region := knowledge.gazetteer.region(text):
        return Place(
            text=text, name=region.name, country=region.country or None, lat=region.lat, lon=region.lon, span=span
        )
    follows = next((s.entry.country for s in sights if last <= s.first <= last + 1 and s.entry.kind == "state"), None)
    cities = knowledge.gazetteer.find(text.title() if text.isupper() and len(text) > 4 else text)
    if sight is not None and sight.entry.use == "capital":
        cities = [c for c in cities if c.country == sight.entry.country] or cities
    city = _meant(cities, told, follows)
    if city is None and agent_at(sentence, last - 1, knowledge):
        return None  # "Embassy"
    if city is None:
        return Place(text=text, country=follows, span=span)
    return Place(
        text=text, name=city.name, country=city.country, lat=city.lat, lon=city.lon, geonames=city.geonames, span=span
    )


def _meant(cities: list[City], told: set[str], follows: str | None) -> City | None:
    """The namesake that the report means: in the country named right after it, in one it names, else the largest."""
    if follows:
        here = [c for c in cities if c.country == follows]
        return here[0] if here else None
    return max(
        cities[:20], key=lambda c: (c.population * (1 if c.country in told else NEAR), -c.geonames), default=None
    )


def place_mentions(draft: Draft, knowledge: Knowledge) -> None:
    """Give each mention the place its grammar gives it: "in", "at", "near" its predicate, "left X", "arrived in X"."""
    for i, mention in enumerate(draft.mentions):
        if mention.place is not None:
            continue
        found = _where(draft, mention, knowledge)
        if found is not None:
            spot, reason = found
            why = (*mention.why, Reason("place", spot.place.text, reason))
            draft.mentions[i] = replace(mention, place=spot.place, why=why)


def _where(draft: Draft, mention: Mention, knowledge: Knowledge) -> tuple[Spot, str] | None:
    sentence = draft.doc.sentences[mention.sentence]
    predicate = predicate_of(draft, mention)
    ranked: list[tuple[int, int, Spot, str]] = []
    for spot in draft.spots:
        if spot.sentence != mention.sentence:
            continue
        for at, shared in ((predicate, 0), (first_conjunct(sentence, predicate), 4)):
            if shared and (at == predicate or spot.head > at):
                continue  # a coordinated predicate shares only what stands before the first one
            way = way_up(sentence, spot.head, at)
            if way is not None and (reason := _locative(draft, sentence, way, at, knowledge)):
                specific = 0 if spot.place.geonames else 1
                ranked.append((len(way) + shared, specific, spot, reason))
    if not ranked:
        return None
    best = min(ranked, key=lambda r: (r[0], r[1], r[2].head))
    return best[2], best[3]


def _locative(draft: Draft, sentence: Sentence, way: list[int], predicate: int, knowledge: Knowledge) -> str | None:
    """Why the words on this way are where the predicate happened, or None."""
    words = knowledge.actor_words
    lemma = sentence.words[predicate].lemma.lower()
    if any(case_of(sentence, at) in words.elsewhere for at in way[1:]):
        return None  # "called for a change of forces in the gulf": the call is not there
    for at in way:
        case = case_of(sentence, at) or case_of(sentence, first_conjunct(sentence, at))
        stays = case in words.part_of or (case in words.locative and case not in words.directed)
        if case and at != way[0] and (not stays or sentence.words[at].lemma.lower() in words.unplaced):
            return None  # "in response to the capital's test", "at its request": no response and no request is there
        if case in words.locative and case not in words.directed:
            return f"{case} {sentence.words[at].text}"
        if case in words.locative and at == way[0] and not _acts(draft, sentence.i, at):
            return f"{case} {sentence.words[at].text}"
    if len(way) == 1 and sentence.words[way[0]].rel in ("obj", "nsubj:pass") and lemma in words.motion | words.assault:
        return f"object of {lemma}"
    return None


def _acts(draft: Draft, sentence: int, head: int) -> bool:
    return any(r.sentence == sentence and r.head == head for r in draft.references)
