"""Common nouns that denote actors: protesters, the army, several diplomats, its allies, the minister."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import Agent
from dragoman.records import ActorKind, Sentence
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.people import give_role
from dragoman.understand.naming.phrases import base, extent, text_of
from dragoman.understand.naming.sights import Sight
from dragoman.understand.naming.titles import Title, title_at

LONGEST = 4
_NO_HEAD = ("compound", "amod", "flat", "fixed", "goeswith", "case", "nmod:desc")


def agent_at(sentence: Sentence, i: int, knowledge: Knowledge, *, least: int = 0) -> Agent | None:
    """The longest noun of the agents' table that ends with word `i`."""
    word = sentence.words[i]
    for size in range(min(LONGEST, i + 1 - least), 0, -1):
        before = [w.text.lower() for w in sentence.words[i + 1 - size : i]]
        for last in (word.text.lower(), word.lemma.lower(), word.text, _singular(word.text.lower())):
            joined = " ".join([*before, last]).replace(" - ", "-").replace(" 's", "'s")
            if found := knowledge.world.agents.get(tuple(joined.split())):
                return found
    return None


def _singular(plural: str) -> str:
    if plural.endswith("men"):
        return plural[:-3] + "man"
    return plural[:-3] + "y" if plural.endswith("ies") else plural.removesuffix("s")


def nationality(sentence: Sentence, first: int, head: int, sights: list[Sight]) -> str | None:
    """The country that the modifiers of a noun tell: before it, as possessor, or after "of" and "in"."""
    for sight in sights:
        if sight.entry.kind == "state" and first <= sight.first and sight.last <= head:
            if sight.last < len(sentence.words) and sentence.words[sight.last].text in ("-", "–"):
                continue  # "US-backed rebels" are not American
            return sight.entry.country
    for c in sentence.dependents(head, "nmod"):
        case = [sentence.words[k].text.lower() for k in sentence.dependents(c, "case")]
        if case in (["of"], ["in"], ["from"]):
            for sight in sights:
                if sight.first <= c < sight.last and sight.entry.kind == "state":
                    return sight.entry.country
    return None


def is_plural(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return word.feat("Number") in ("Plur", "Ptan") or (
        word.feat("Number") is None and word.text.lower() != word.lemma.lower() and word.text.lower().endswith("s")
    )


def name_nominal(sentence: Sentence, i: int, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """Tie the noun phrase of word `i` to a figure when its noun is one that acts."""
    word = sentence.words[i]
    if (sentence.i, i) in cast.taken or word.upos not in ("NOUN", "PROPN", "ADJ") or word.rel in _NO_HEAD:
        return
    if _covered(cast, sentence.i, i):
        return
    first, last = extent(sentence, i)
    words = knowledge.actor_words
    title = title_at(sentence, first, last, sights, knowledge)
    if title is not None and not (title.core <= i < title.last):
        title = None
    agent = agent_at(sentence, i, knowledge, least=first)
    plural = is_plural(sentence, i)
    if agent is None and title is None and not _model_sees(sentence, i):
        return
    if word.upos == "ADJ" and (agent is None or not sentence.dependents(i, "det")):
        return
    if word.lemma.lower() in words.not_actors and agent is None and title is None:
        return
    definite = _definite(sentence, i, words.definite)
    country = nationality(sentence, first, i, sights)
    owner = _owner(sentence, i, cast)
    if owner is not None and owner.kind == "state":
        country = country or owner.country
    figure = None
    if definite and not plural:
        figure = _back(sentence, i, agent, title, country, cast, knowledge)
    if figure is None and definite:
        figure = _same(sentence, (first, i), agent, country, cast, knowledge)
    if figure is None:
        figure = _new(sentence, (first, i, last), agent, title, country, owner, plural, cast, knowledge)
    cast.name(
        figure, sentence.i, (first, last), head=i, how="title" if title and not plural else "nominal",
    )  # fmt: skip
    if title and figure.kind == "person" and not plural:
        give_role(figure, title, sentence, cast, knowledge)
    figure.settle(country=country, why="nationality in a description" if figure.kind == "person" else "")


def _model_sees(sentence: Sentence, i: int) -> bool:
    from_model = any(p.first <= i < p.last and p.kind in ("person", "organization") for p in sentence.nominals)
    return from_model and sentence.words[i].upos == "NOUN"


def _covered(cast: Cast, sentence: int, i: int) -> bool:
    return any(n.sentence == sentence and n.first <= i < n.last and n.how in ("name", "title", "short name", "metonym") for n in cast.namings)


def _definite(sentence: Sentence, i: int, definite: frozenset[str]) -> bool:
    return any(sentence.words[c].text.lower() in definite for c in sentence.dependents(i, "det"))


def _owner(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    for c in sentence.dependents(i, "nmod:poss"):
        naming = cast.taken.get((sentence.i, c))
        if naming:
            return naming.figure
    return None


def _back(
    sentence: Sentence, i: int, agent: Agent | None, title: Title | None, country: str | None, cast: Cast, knowledge: Knowledge
) -> Figure | None:
    """Whom a definite singular points back to: the minister, the country, the bloc."""
    words = knowledge.actor_words
    lemma = sentence.words[i].lemma.lower()
    earlier = [n.figure for n in reversed(cast.namings)]
    if title is not None and not (agent and agent.number == "collective"):
        asked = title.office.title.split()[-1]
        for figure in earlier:
            if figure.kind != "person" or (country and figure.country and figure.country != country):
                continue
            if any(asked in role.title.casefold().split() for role in figure.roles.values()):
                return figure
        return None
    if lemma in words.back_to_state:
        states = [f for f in earlier if f.kind == "state" and (country is None or f.country == country)]
        return max(dict.fromkeys(states), key=lambda f: (len(f.spans), f.key), default=None)
    if lemma in words.back_to_body and country is None and not sentence.dependents(i, "nmod", "compound", "amod"):
        return next((f for f in earlier if f.kind in ("organization", "group") and not f.plural and f.agent is None), None)
    return None


def _core(sentence: Sentence, first: int, i: int, knowledge: Knowledge) -> str:
    """What a group is called: its modifiers and its noun, without determiners, numbers and nationality."""
    return " ".join(sentence.words[k].text for k in core_words(sentence, first, i, knowledge))


def core_words(sentence: Sentence, first: int, i: int, knowledge: Knowledge) -> list[int]:
    kept = []
    for k in range(first, i + 1):
        word = sentence.words[k]
        if k != i and (word.upos in ("DET", "NUM", "PRON", "PART", "PUNCT", "ADV") or word.text.lower() in knowledge.actor_words.quantifiers):
            continue
        kept.append(k)
    return kept


def _same(
    sentence: Sentence, at: tuple[int, int], agent: Agent | None, country: str | None, cast: Cast, knowledge: Knowledge
) -> Figure | None:
    """The one earlier figure of the same noun: "the opposition" after "the Venezuelan opposition"."""
    if agent is None:
        return None
    fits = [
        f
        for f in cast.figures.values()
        if f.agent == agent and f.key[0] in ("group", "organization") and (country is None or f.country in (None, country)) and f.spans
    ]
    return fits[0] if len(fits) == 1 else None


def _new(
    sentence: Sentence, at: tuple[int, int, int], agent: Agent | None, title: Title | None, country: str | None,
    owner: Figure | None, plural: bool, cast: Cast, knowledge: Knowledge,
) -> Figure:  # fmt: skip
    first, i, last = at
    kept = [k for k in core_words(sentence, first, i, knowledge) if not _national(cast, sentence.i, k)]
    noun = " ".join(sentence.words[k].text for k in kept) or sentence.words[i].text
    name = noun
    if owner is not None and owner.kind != "state":
        name = f"{owner.name}'s {noun}"
    elif country:
        name = f"{knowledge.world.countries[country].demonym} {noun}"
    singular_person = not plural and (agent is None or agent.number == "count") and (agent is None or agent.kind == "group")
    kind: ActorKind = "group"
    if agent is not None and agent.number == "collective":
        kind = "organization" if agent.kind == "organization" else "group"
    elif singular_person:
        kind = "person"
    key = ("group", (country or "") if owner is None or owner.kind == "state" else owner.name, noun.casefold())
    if kind == "person" and not _definite(sentence, i, knowledge.actor_words.definite):
        key = (*key, str(sentence.i), str(i))  # "a man" is a new man each time
    figure = cast.figure(key, name, kind)
    figure.plural = figure.plural or plural
    figure.agent = figure.agent or agent
    sector = agent.sector if agent else title.office.sector if title else None
    figure.settle(country=country, sector=_by_modifiers(sentence, kept, i, sector, knowledge))
    return figure


def _by_modifiers(sentence: Sentence, kept: list[int], i: int, sector: str | None, knowledge: Knowledge) -> str | None:
    """A modifier that is itself an actor tells the sector of a plain noun: "opposition supporters", "rebel leaders"."""
    if sector not in ("CVL", "UNK", None):
        return sector
    for k in kept:
        if k != i and (found := knowledge.world.agents.get((sentence.words[k].text.lower(),))):
            return found.sector
    return sector


def _national(cast: Cast, sentence: int, i: int) -> bool:
    return any(
        n.sentence == sentence and n.first <= i < n.last and n.figure.kind == "state" for n in cast.namings
    )
