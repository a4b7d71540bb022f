"""Organisations and states by name: those the lexicon knows and those that only the text names."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import fold
from dragoman.records import Phrase, Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.cast import Cast, Figure
from dragoman.understand.naming.firms import is_form
from dragoman.understand.naming.nouns import agent_at, nationality
from dragoman.understand.naming.phrases import case_of, head_of, text_of
from dragoman.understand.naming.states import how_acts
from dragoman.understand.naming.titles import office_within


def name_sights(sentence: Sentence, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """Tie the lexicon's names: states where they act, organisations and groups everywhere."""
    for sight in sights:
        head = head_of(sentence, sight.first, sight.last)
        words = (sight.first, sight.last)
        alias = text_of(sentence, range(*words), cast.draft.text)
        if sight.entry.use in ("demonym", "people") and (fuller := _fuller(alias, cast, knowledge)):
            cast.name(fuller, sentence.i, words, head=head, how="name", alias=alias)  # "Indians", a team
            continue
        if sight.entry.use in ("demonym", "people") and (
            _counted(sentence, head, knowledge) or (sight.entry.use == "people" and _at_large(sentence, head))
        ):
            country = sight.entry.country or ""
            some = cast.figure(("group", country, "people"), sight.name, "group")
            some.settle(country=country, sector="CVL")
            cast.name(some, sentence.i, words, head=head, how="nominal")
            continue
        if sight.entry.use == "name" and sight.entry.sector == "JRN" and _one_of_many(sentence, sight):
            continue
        if sight.entry.kind == "state":
            if how := how_acts(sentence, sight, knowledge):
                state = cast.state(sight.entry.country or "")
                cast.name(state, sentence.i, words, head=head, how=how, alias="" if how == "demonym" else alias)
            continue
        figure = _fuller(alias, cast, knowledge) or _abroad(sight, sights, alias, cast, knowledge)
        figure = figure or cast.listed(sight.entry)
        if whole := _whole_firm(sentence, sight, knowledge):
            words, head = whole, head_of(sentence, *whole)
            alias = text_of(sentence, range(*words), cast.draft.text)
        cast.name(figure, sentence.i, words, head=head, how="name", alias=alias)


def _one_of_many(sentence: Sentence, sight: Sight) -> bool:
    """Whether an article makes a paper's name somebody's: "a New Yorker who was there", no magazine."""
    before = sentence.words[sight.first - 1].text.lower() if sight.first else ""
    after = sentence.words[sight.last] if sight.last < len(sentence.words) else None
    return before in ("a", "an") and (after is None or after.upos not in ("NOUN", "PROPN", "ADJ"))


def _abroad(sight: Sight, sights: list[Sight], words: str, cast: Cast, knowledge: Knowledge) -> Figure | None:
    """A body of the same name in another country than the lexicon's: "the South Korean Joint Chiefs of Staff"."""
    own = sight.entry.country
    before = next((s.entry for s in sights if s.last == sight.first and s.entry.kind == "state"), None)
    if before is None or not (own and before.country) or before.country == own or before.use == "capital":
        return None
    name = f"{knowledge.world.countries[before.country].demonym} {words}"
    figure = cast.figure(("organization", fold(name).casefold(), before.country), name, sight.entry.kind)
    figure.settle(country=before.country, sector=sight.entry.sector, why="country of a modifier")
    return figure


def _whole_firm(sentence: Sentence, sight: Sight, knowledge: Knowledge) -> tuple[int, int] | None:
    """The words of a firm's name that begins with one of the lexicon: "Reuters | Holdings PLC"."""
    for phrase in sentence.names:
        first, last = _trim(sentence, phrase)
        if phrase.kind == "organization" and first == sight.first and last > sight.last:
            return (first, last) if is_form(sentence.words[last - 1].text, knowledge) else None
    return None


def _counted(sentence: Sentence, head: int, knowledge: Knowledge) -> bool:
    """Whether some of a people are meant, not its state: "many Russians", "four Americans", "dozens of Germans"."""
    word = sentence.words[head]
    if word.rel in ("amod", "compound", "nmod:desc", "nmod:poss"):
        return False
    if sentence.dependents(head, "nummod"):
        return True
    beside = [sentence.words[c] for c in sentence.dependents(head, "det", "amod")]
    if any(w.text.lower() in knowledge.actor_words.counting for w in beside):
        return True
    above = sentence.words[word.head] if word.head >= 0 and word.rel == "nmod" else None
    return above is not None and above.text.lower() in knowledge.actor_words.counting


def _at_large(sentence: Sentence, head: int) -> bool:
    """Whether people are meant, as no article sets them against another side: "urged Russians to leave".

    Headlines leave the article out of "the Russians" too.
    """
    word = sentence.words[head]
    if word.rel in ("amod", "compound", "nmod:desc", "nmod:poss") or sentence.words[-1].upos != "PUNCT":
        return False
    return not sentence.dependents(head, "det", "nmod:poss")


def name_unlisted(sentence: Sentence, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """Organisations that the reading model found and no table lists, with an acronym that the text gives them."""
    for phrase in sentence.names:
        if phrase.kind != "organization":
            continue
        first, last = _trim(sentence, phrase)
        if first >= last or any(s.first < last and first < s.last and s.entry.kind != "state" for s in sights):
            continue
        head = head_of(sentence, first, last)
        covered = any(n.first <= head < n.last and n.figure.kind == "person" for n in cast.within(sentence.i))
        if covered or (sentence.i, head) in cast.taken or not _is_actor(sentence, first, last, head, sights, knowledge):
            continue
        words = text_of(sentence, range(first, last), cast.draft.text)
        figure = _body(words, sentence, (first, last), sights, cast, knowledge)
        cast.name(figure, sentence.i, (first, last), head=head, how="name", alias=words)


def name_speaking(sentence: Sentence, sights: list[Sight], cast: Cast, knowledge: Knowledge) -> None:
    """A name that says something and is nobody's so far, be it that the reading model sees a place or a thing in it.

    "Deadline reported that …", "First of Tessal said …", "according to The Playlist".
    """
    for word in sentence.words:
        i = word.i
        says = word.rel == "nsubj" and sentence.words[word.head].lemma.lower() in cast.saying
        if not (says or case_of(sentence, i).startswith("according")) or not _written_large(sentence, i):
            continue
        first, last = _name_around(sentence, i)
        if last < len(sentence.words) and sentence.words[last].text == "," and _is_place(sentence, i):
            continue  # "The El Paso, Texas, maker"
        free = not any(n.first < last and first < n.last for n in cast.within(sentence.i))
        seen = any(s.first < last and first < s.last for s in sights)
        plain = [w.text.lower() for w in sentence.words[first:last]]
        held = office_within(sentence, first, last, knowledge) or any(
            agent_at(sentence, k, knowledge) or w in knowledge.actor_words.not_persons
            for k, w in zip(range(first, last), plain, strict=True)
        )
        if not free or seen or held or plain[-1] in knowledge.actor_words.not_actors:
            continue
        words = text_of(sentence, range(first, last), cast.draft.text)
        figure = _body(words, sentence, (first, last), sights, cast, knowledge)
        cast.name(figure, sentence.i, (first, last), head=head_of(sentence, first, last), how="name", alias=words)


def _is_place(sentence: Sentence, i: int) -> bool:
    return any(n.kind == "place" and n.first <= i < n.last for n in sentence.names)


def _written_large(sentence: Sentence, i: int) -> bool:
    """Whether a word has a capital that the beginning of a sentence does not ask for."""
    word = sentence.words[i]
    large = word.text[0].isupper() and word.upos in ("PROPN", "NOUN", "ADJ", "X")
    opens = not any(w.text[0].isalnum() for w in sentence.words[:i])
    return large and (word.upos == "PROPN" or not opens or sentence.words[i + 1].text in _OF)


def _name_around(sentence: Sentence, i: int) -> tuple[int, int]:
    """The run of words with capitals around a word, with "of" and "&" between them."""
    first, last = i, i + 1
    while first > 0 and _goes_on(sentence, first - 1, first - 2):
        first -= 1
    while last < len(sentence.words) and _goes_on(sentence, last, last + 1):
        last += 1
    while first < i and sentence.words[first].upos in ("DET", "ADP", "CCONJ", "PUNCT"):
        first += 1
    return first, last


def _goes_on(sentence: Sentence, i: int, beyond: int) -> bool:
    word = sentence.words[i]
    if word.text.lower() in _OF:
        return 0 <= beyond < len(sentence.words) and sentence.words[beyond].text[0].isupper()
    return word.text[0].isupper() and word.upos in ("PROPN", "NOUN", "ADJ", "X", "DET", "NUM")


_OF = ("of", "&", "amp", "-")


def _trim(sentence: Sentence, phrase: Phrase) -> tuple[int, int]:
    first, last = phrase.first, phrase.last
    while last > first and (sentence.words[last - 1].upos in ("PART", "PUNCT") or _is_verb(sentence, last - 1)):
        last -= 1
    while first < last and sentence.words[first].upos in ("DET", "PUNCT", "ADP"):
        first += 1
    return first, last


def _is_verb(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return word.upos in ("VERB", "AUX") and word.text.islower() and word.feat("VerbForm") == "Fin"


def _is_actor(sentence: Sentence, first: int, last: int, head: int, sights: list[Sight], knowledge: Knowledge) -> bool:
    words = [w.text.lower() for w in sentence.words[first:last]]
    if not any(w.text[0].isupper() for w in sentence.words[first:last]):
        return False
    if last - first == 1 and "-" in words[0] and sentence.words[first].text.rpartition("-")[2].islower():
        return False  # "UN-backed"
    banned = knowledge.actor_words.not_actors
    of = head + 1 < last and sentence.words[head + 1].text.lower() == "of"  # "the Board of | Elections"
    if " ".join(words) in banned or sentence.words[head].text.lower() in banned or (words[-1] in banned and not of):
        return False
    if any(s.first <= first and last <= s.last for s in sights):
        return False
    held = office_within(sentence, first, last, knowledge)
    return not ((held and held[1] >= last) or (held and sentence.words[held[1]].text.lower() in ("of", "for")))


def _body(
    words: str, sentence: Sentence, at: tuple[int, int], sights: list[Sight], cast: Cast, knowledge: Knowledge
) -> Figure:
    plain = fold(words).casefold().removeprefix("the ")
    if fuller := _fuller(words, cast, knowledge) or _shorter(words, cast, knowledge):
        return fuller
    for figure in cast.figures.values():  # an acronym of a name told before
        if figure.kind in ("organization", "group") and words.isupper() and words == _initials(figure.name):
            return figure
    agent = agent_at(sentence, at[1] - 1, knowledge, least=at[0])
    country = nationality(sentence, at[0], head_of(sentence, *at), sights)
    key = ("organization", plain, country or "") if agent else ("organization", plain)
    figure = cast.figure(key, words, agent.kind if agent and agent.kind != "state" else "organization")
    if agent and agent.sector != "STATE":
        figure.agent = figure.agent or agent
        figure.settle(sector=agent.sector)
    figure.settle(country=country, why="country of a modifier")
    return figure


def _fuller(words: str, cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The one organisation named before whose name ends with this word, or which is a firm whose name begins with it.

    "The Times" after "The New York Times", "Zoomo" after "Zoomo Technologies Inc.".
    """
    plain = fold(words).casefold().removeprefix("the ")
    bodies = _bodies(cast)
    fits = [f for f in bodies if _is_firm(f.name, knowledge) and _begins(f.name, plain)]
    if len(fits) != 1 and " " not in plain and plain.isalpha() and not words.isupper():
        fits = [f for f in bodies if fold(f.name).casefold().endswith(f" {plain}")]
    return fits[0] if len(fits) == 1 else None


def _shorter(words: str, cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The one organisation that was named before by the beginning of a firm's name."""
    if not _is_firm(words, knowledge):
        return None
    fits = [f for f in _bodies(cast) if f.key[0] == "organization" and _begins(words, fold(f.name).casefold())]
    return fits[0] if len(fits) == 1 else None


def _bodies(cast: Cast) -> list[Figure]:
    return [
        f
        for f in cast.figures.values()
        if f.kind == "organization" and f.key[0] in ("listed", "organization") and f.spans
    ]


def _is_firm(name: str, knowledge: Knowledge) -> bool:
    return is_form(name.split()[-1], knowledge)


def _begins(name: str, plain: str) -> bool:
    return fold(name).casefold().removeprefix("the ").replace(",", "").startswith(f"{plain} ")


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())
