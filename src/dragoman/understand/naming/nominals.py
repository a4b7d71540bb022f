"""Common nouns that denote actors: protesters, the army, several diplomats, its allies, the minister."""

from __future__ import annotations

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import Agent
from dragoman.records import ActorKind, Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.backward import points_back, same_noun
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.described import concern, phrase_of
from dragoman.understand.naming.epithets import epithet
from dragoman.understand.naming.nouns import agent_at, core_words, in_a_firm, is_plural, nationality
from dragoman.understand.naming.people import give_role, office_sector
from dragoman.understand.naming.phrases import base, case_of, extent
from dragoman.understand.naming.titles import Title, title_at

NOUNS = ("NOUN", "PROPN", "ADJ")  # what may be the noun of a phrase
_NO_HEAD = ("compound", "amod", "flat", "fixed", "goeswith", "case", "nmod:desc", "vocative", "discourse")
_FULL = ("name", "title", "short name", "metonym")


class Nominal(Struct, frozen=True):
    """A common noun with what its phrase tells of whom it denotes."""

    sentence: Sentence
    head: int
    first: int
    last: int
    agent: Agent | None
    title: Title | None
    plural: bool
    definite: bool
    country: str | None
    owner: Figure | None
    core: tuple[int, ...]  # the noun and its modifiers, without determiners, numbers and nationality

    @property
    def lemma(self) -> str:
        return self.sentence.words[self.head].lemma.lower()

    @property
    def noun(self) -> str:
        said = ""
        for k in self.core:
            word = self.sentence.words[k]
            glued = k - 1 in self.core and self.sentence.words[k - 1].end == word.start
            said += word.text if glued or not said else f" {word.text}"
        plain = self.sentence.words[self.core[1] if len(self.core) > 1 else 0].text.islower() or len(self.core) == 1
        opens = self.core[:1] == (0,) and plain and self.sentence.words[0].upos in ("NOUN", "ADJ", "VERB")
        return said[0].lower() + said[1:] if opens and not said[:2].isupper() else said


def name_nominal(sentence: Sentence, i: int, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """Tie the noun phrase of word `i` to a figure when its noun is one that acts."""
    word = sentence.words[i]
    if (sentence.i, i) in cast.taken or word.upos not in NOUNS or word.rel in _NO_HEAD:
        return
    if any(s.first <= i < s.last and s.entry.use not in ("demonym", "people") for s in sights):
        return
    if any(n.first <= i < n.last and n.how in _FULL for n in cast.within(sentence.i)):
        return
    if called := epithet(sentence, i, cast, knowledge) or _concern(sentence, i, sights, cast, knowledge):
        _, last = extent(sentence, i)
        cast.name(called, sentence.i, (phrase_of(sentence, i), last), head=i, how="nominal")
        return
    nominal = _nominal(sentence, i, sights, cast, knowledge)
    if nominal is None or not _denotes(nominal, cast, knowledge):
        return
    figure = None
    owned = nominal.owner is not None and nominal.lemma in knowledge.actor_words.back_to_state
    if (nominal.definite or owned) and base(word.rel) != "appos":
        figure = None if nominal.plural else points_back(nominal, cast, knowledge)
        figure = figure or same_noun(nominal, cast)
    figure = figure or _new(nominal, cast, knowledge)
    titled = nominal.title is not None and not nominal.plural
    how = "title" if titled else "nominal"
    cast.name(figure, sentence.i, (nominal.first, nominal.last), head=i, how=how)
    if nominal.title and titled and figure.kind == "person":
        give_role(figure, nominal.title, sentence, cast, knowledge)
    if not _of_another(nominal, knowledge):
        figure.settle(country=nominal.country, why="nationality in a description" if figure.kind == "person" else "")


def _concern(sentence: Sentence, i: int, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The body that a description of more than its noun means, or one by a noun that is no actor's elsewhere."""
    first = phrase_of(sentence, i)
    more = len(core_words(sentence, first, i, knowledge)) > 1 or agent_at(sentence, i, knowledge) is None
    return concern(sentence, i, sights, cast, knowledge) if more else None


def _nominal(sentence: Sentence, i: int, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> Nominal | None:
    words = knowledge.actor_words
    first, last = extent(sentence, i, inner=words.inner)
    title = title_at(sentence, first, last, sights, knowledge)
    if title is not None and not title.core <= i < title.last:
        title = None
    agent = agent_at(sentence, i, knowledge, least=first)
    if agent is None and title is None and not _model_sees(sentence, i, words.not_actors):
        return None
    owner = _owner(sentence, i, cast)
    sights = [s for s in sights if not in_a_firm(sentence, s, knowledge)]
    country = nationality(sentence, first, i, sights)
    if country is None and owner is not None and owner.kind == "state":
        country = owner.country
    told = [
        s
        for s in sights
        if s.entry.kind == "state" and s.entry.use not in ("capital", "metonym") and country is not None
    ]
    national = {k for s in told for k in range(s.first, s.last)}
    return Nominal(
        sentence, i, first, last, agent, title,
        plural=is_plural(sentence, i),
        definite=_definite(sentence, i, first, words.definite),
        country=country, owner=owner,
        core=tuple(k for k in core_words(sentence, first, i, knowledge) if k not in national),
    )  # fmt: skip


def _definite(sentence: Sentence, i: int, first: int, definite: frozenset[str]) -> bool:
    """Whether "the" or the like stands before the noun, even where it belongs to a later one: "the president's men"."""
    before = sentence.words[first - 1].text.lower() if first else ""
    return before in definite or any(sentence.words[c].text.lower() in definite for c in sentence.dependents(i, "det"))


def _of_another(nominal: Nominal, knowledge: Knowledge) -> bool:
    """Whether the country told is that of somebody else: "its ally", "a US ally", but "Venezuelan opponents"."""
    words = knowledge.actor_words
    return nominal.lemma in words.allied or (nominal.lemma in words.relational and nominal.owner is not None)


def _model_sees(sentence: Sentence, i: int, not_actors: frozenset[str]) -> bool:
    """Whether the reading model took a noun that no table has for a person or a group."""
    if (
        sentence.words[i].upos != "NOUN"
        or {sentence.words[i].lemma.lower(), sentence.words[i].text.lower()} & not_actors
    ):
        return False
    return any(p.first <= i < p.last and p.kind in ("person", "organization") for p in sentence.nominals)


def _owner(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    for c in sentence.dependents(i, "nmod:poss"):
        if naming := cast.taken.get((sentence.i, c)):
            return naming.figure
    if i > 1 and sentence.words[i - 1].upos == "PART" and sentence.words[i - 1].text.lower() != "to":
        return next((n.figure for n in cast.within(sentence.i) if n.last in (i - 1, i)), None)  # where the tree is torn
    return None


def _denotes(nominal: Nominal, cast: Cast, knowledge: Knowledge) -> bool:
    """Whether the noun denotes somebody here: no predicate ("is a minister"), no mere place, nothing abstract."""
    words, sentence, i = knowledge.actor_words, nominal.sentence, nominal.head
    word = sentence.words[i]
    whose = {w for c in sentence.dependents(i, "nmod:poss") for w in sentence.subtree(c)}
    if any(_courtesy(w.text, knowledge) for w in sentence.words[nominal.first : i] if w.i not in whose):
        return False  # "Mr. President", but "Mr Lund's alliance"
    if nominal.lemma in words.capital_only and not word.text[0].isupper():
        return False
    if nominal.lemma in words.back_to_state and not nominal.plural and word.text[0].isupper():
        return False
    if nominal.lemma in words.doubtful and not _surely(sentence, i, cast):
        return False
    lemma = nominal.agent.noun if nominal.agent else nominal.lemma
    case = case_of(sentence, i)
    if any(case_of(sentence, c) == words.deeds.get(lemma) for c in sentence.dependents(i, "nmod")):
        return False  # "opposition to the plan"
    if word.rel == "xcomp" or any(sentence.words[c].text.lower() == "no" for c in sentence.dependents(i, "det")):
        return False
    predicated = bool(sentence.dependents(i, "cop")) and not _cleft(sentence, i)
    if predicated or (case == "as" and not nominal.plural):
        return False
    if word.upos == "ADJ" and (nominal.agent is None or not nominal.definite):
        return False
    if lemma in words.only_plural and not nominal.plural:
        return False
    if nominal.lemma in words.back_to_state and not nominal.plural:
        governor = sentence.words[word.head].lemma.lower() if word.head >= 0 else ""
        if case in words.locative or (base(word.rel) == "obj" and governor in words.motion):
            return False
    if lemma in words.only_specified and not nominal.plural and nominal.country is None:
        of = any(case_of(sentence, c) == "of" for c in sentence.dependents(i, "nmod"))
        return nominal.owner is not None or (not of and (nominal.definite or len(nominal.core) > 1))
    return True


def _cleft(sentence: Sentence, i: int) -> bool:
    """ "It was the president who called": the noun after the copula is who acts, nothing said of "it"."""
    subjects = [sentence.words[s].text.lower() for s in sentence.dependents(i, "nsubj", "expl")]
    return subjects == ["it"] and bool(sentence.dependents(i, "acl:relcl"))


def _surely(sentence: Sentence, i: int, cast: Cast) -> bool:
    """Whether a word of many senses is somebody here: the reading model says so, or it says something itself."""
    word = sentence.words[i]
    says = word.rel == "nsubj" and sentence.words[word.head].lemma.lower() in cast.saying
    says = says or case_of(sentence, i).startswith("according")
    return says or any(p.first <= i < p.last for p in sentence.nominals)


def _courtesy(word: str, knowledge: Knowledge) -> bool:
    office = knowledge.world.offices.get((word.lower(),))
    return office is not None and office.scope == "none"


def _new(nominal: Nominal, cast: Cast, knowledge: Knowledge) -> Figure:
    """A figure of its own for a description that points to nobody known."""
    agent, owner, noun = nominal.agent, nominal.owner, nominal.noun
    related = _of_another(nominal, knowledge)
    whose = owner if owner is not None and (owner.kind != "state" or related) else None
    name = noun
    if whose is not None:
        ending = "'" if whose.plural else "'s"
        name = f"{whose.name}{ending} {noun}"
    elif nominal.country:
        name = f"{knowledge.world.countries[nominal.country].demonym} {noun}"
    kind: ActorKind = "group"
    if agent is not None and agent.number == "collective":
        kind = "organization" if agent.kind == "organization" and not nominal.plural else "group"
    elif not nominal.plural and agent is not None and agent.kind == "organization":
        kind = "organization"
    elif not nominal.plural and (agent is None or agent.kind == "group"):
        kind = "person"
    key: tuple[str, ...] = ("group", whose.name if whose else nominal.country or "", noun.casefold())
    if kind == "person" and not nominal.definite and whose is None:
        key = (*key, str(nominal.sentence.i), str(nominal.head))  # "a man" is a new man each time
    figure = cast.figure(key, name, kind)
    figure.plural = figure.plural or nominal.plural
    figure.agent = figure.agent or agent
    told = office_sector(nominal.sentence, nominal.title, knowledge) if nominal.title else None
    unlisted = nominal.title is not None and told != nominal.title.office.sector
    sector = agent.sector if agent and not unlisted else None if told == "UNK" else told
    figure.settle(sector=_by_modifiers(nominal, sector, knowledge))
    if whose is not None and not related:
        figure.settle(country=whose.country, why=f"country of {whose.name}")
    return figure


def _by_modifiers(nominal: Nominal, sector: str | None, knowledge: Knowledge) -> str | None:
    """A modifier that is itself an actor tells the sector of a plain noun: "opposition supporters", "rebel leaders"."""
    if sector not in ("CVL", "UNK", None):
        return sector
    for k in nominal.core:
        found = knowledge.world.agents.get((nominal.sentence.words[k].text.lower(),))
        if k != nominal.head and found and found.sector != "STATE":
            return found.sector
    return sector
