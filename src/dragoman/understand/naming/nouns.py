"""Common nouns of actors: their entry, number, nationality and core words."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.knowledge.lemmas import singulars
from dragoman.knowledge.world import Agent
from dragoman.records import Sentence
from dragoman.understand.draft import Sight

LONGEST = 4
_UNNAMED = ("DET", "NUM", "PRON", "PART", "ADV")  # no part of what a group is called
_DASHES = ("-", "–", "‐", "‑")


def agent_at(sentence: Sentence, i: int, knowledge: Knowledge, *, least: int = 0) -> Agent | None:
    """The longest noun of the agents' table that ends with word `i`."""
    plain, ends = sentence.plain, knowledge.world.agent_ends
    forms = dict.fromkeys((plain[i], sentence.lemmas[i], *singulars(plain[i])))
    lasts = [form for form in forms if form.rpartition("-")[2] in ends]
    for size in range(min(LONGEST, i + 1 - least) if lasts else 0, 0, -1):
        before = plain[i + 1 - size : i]
        for last in lasts:
            joined = " ".join([*before, last]).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "'s")
            if found := knowledge.world.agents.get(tuple(joined.split())):
                return found
    return None


def nationality(sentence: Sentence, first: int, head: int, sights: list[Sight]) -> str | None:
    """The country that the modifiers of a noun tell: before it, as possessor, or after "of"."""
    for sight in sights:
        seat = sight.entry.use in ("capital", "metonym")  # "Beijing police" are not called Chinese
        if sight.entry.kind == "state" and not seat and first <= sight.first and sight.last <= head:
            if sight.last < len(sentence.words) and sentence.words[sight.last].text in _DASHES:
                continue  # "US-backed rebels" are not American
            modifier = sentence.words[sight.last - 1]
            if modifier.rel == "conj" or sentence.dependents(modifier.i, "conj"):
                return None  # "American and European officials"
            return sight.entry.country
    for c in sentence.dependents(head, "nmod"):
        case = [sentence.words[k].text.lower() for k in sentence.dependents(c, "case")]
        if case == ["of"]:  # neither "in" nor "from": troops in or from Syria need not be Syrian
            for sight in sights:
                if sight.first <= c < sight.last and sight.entry.kind == "state":
                    return sight.entry.country
    return None


def in_a_firm(sentence: Sentence, sight: Sight, knowledge: Knowledge) -> bool:
    """Whether a nationality only begins the name of a firm: a spokesman of Oravian Airways is no Oravian spokesman."""
    named = [n for n in sentence.names if n.kind == "organization" and n.first == sight.first and sight.last < n.last]
    named = [n for n in named if (sentence.lemmas[n.last - 1],) not in knowledge.world.offices]  # "the Oravian Mayor"
    agents = [agent_at(sentence, n.last - 1, knowledge, least=n.first) for n in named]
    return any(agent is None or agent.sector == "BUS" for agent in agents)


def is_plural(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return word.feat("Number") in ("Plur", "Ptan") or (
        word.feat("Number") is None and word.text.lower() != word.lemma.lower() and word.text.lower().endswith("s")
    )


def core_words(sentence: Sentence, first: int, i: int, knowledge: Knowledge) -> list[int]:
    """What a group is called: its modifiers and its noun, without determiners, numbers, possessors and "15-member"."""
    possessors = {k for c in sentence.dependents(i, "nmod:poss") for k in sentence.subtree(c)}
    kept: list[int] = []
    for k in range(first, i):
        word = sentence.words[k]
        plain = word.text.lower()
        dash = word.upos == "PUNCT" and word.text in _DASHES
        after_dash = k > first and sentence.words[k - 1].text in _DASHES
        if word.upos in _UNNAMED or k in possessors or plain in knowledge.actor_words.quantifiers or plain[0].isdigit():
            continue
        if (dash and (not kept or kept[-1] != k - 1)) or (word.upos == "PUNCT" and not dash):
            continue
        if after_dash and k - 1 not in kept:
            continue  # "15-member", "19-year-old"
        kept.append(k)
    return [*kept, i]
