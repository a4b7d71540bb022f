"""Offices and descriptions around a name: before it, after it, in apposition."""

from __future__ import annotations

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.knowledge.world import Office
from dragoman.records import Sentence
from dragoman.understand.draft import Sight
from dragoman.understand.naming.nouns import in_a_firm
from dragoman.understand.naming.phrases import base

LONGEST = 6
_FOREIGN = ("ADP", "VERB", "AUX", "SCONJ")  # no part of what stands before an office


class Title(Struct, frozen=True):
    """An office in words `[first, last)`; `core` is where the office begins, after nationality or body."""

    first: int
    core: int
    last: int
    office: Office
    of: Sight | None  # the state or body whose office it is


def office_ending(sentence: Sentence, last: int, knowledge: Knowledge, *, least: int = 0) -> tuple[int, Office] | None:
    """The longest office whose words end before `last`: where it begins, and its row."""
    if last <= least:
        return None
    end, base_form, ends = sentence.plain[last - 1], sentence.lemmas[last - 1], knowledge.world.office_ends
    if end.rpartition("-")[2] not in ends and base_form.rpartition("-")[2] not in ends:
        return None
    for size in range(min(LONGEST, last - least), 0, -1):
        plain = sentence.plain[last - size : last]
        lemma = (*plain[:-1], base_form)
        for key in (plain, lemma, _joined(plain), _joined(lemma)):
            if found := knowledge.world.offices.get(key):
                return last - size, found
    return None


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words that the tokeniser cut at a hyphen, put together: secretary - general."""
    return tuple(" ".join(words).replace(" - ", "-").split())


def office_within(sentence: Sentence, first: int, last: int, knowledge: Knowledge) -> tuple[int, int, Office] | None:
    """The office in words `[first, last)`: the first that ends there or has a complement; courtesy last."""
    courtesy, complements = None, knowledge.actor_words.office_complements
    for end in range(first + 1, last + 1):
        found = office_ending(sentence, end, knowledge, least=first)
        if not found:
            continue
        core, office = found
        longer = max(
            (e for e in range(end, min(last, core + LONGEST) + 1) if _is_office(sentence, core, e, knowledge)),
            default=end,
        )
        ending = office_ending(sentence, longer, knowledge, least=core)
        office = ending[1] if ending and ending[0] == core else office
        follows = sentence.words[longer].text.lower() if longer < last else ""
        if follows and follows not in complements and office_within(sentence, longer, last, knowledge):
            continue
        if follows and follows not in (*complements, ",") and longer < last:
            continue  # "president ally": the office is only a modifier
        if office.scope == "none":
            courtesy = courtesy or (core, longer, office)
            continue
        return core, longer, office
    return courtesy


def _is_office(sentence: Sentence, first: int, last: int, knowledge: Knowledge) -> bool:
    words = sentence.plain[first:last]
    return words in knowledge.world.offices or _joined(words) in knowledge.world.offices


def title_before(sentence: Sentence, name: int, sights: list[Sight], knowledge: Knowledge) -> Title | None:
    """The title that ends where the name begins: "Oravian Foreign Minister | Ilse Brandt"."""
    direct = office_ending(sentence, name, knowledge)
    complements = knowledge.actor_words.office_complements
    first = direct[0] if direct else name
    while first > 0 and _joins(sentence, first - 1, name, sights, knowledge.actor_words.office_joins):
        first -= 1
    while first < name and sentence.words[first].upos in ("ADP", "CCONJ", "PUNCT", "PART"):
        first += 1
    if first == name:
        return None
    found = (direct[0], name, direct[1]) if direct else None
    for start in range(first, name if found is None else first):
        within = office_within(sentence, start, name, knowledge)
        if within and (within[1] == name or sentence.words[within[1]].text.lower() in complements):
            found = within
            break
    if not found:
        return None
    core, _, office = found
    people = [p.last - 1 for p in sentence.names if p.kind == "person" and p.last <= core and not _in(sights, p.first)]
    foreign = [
        k for k in range(first, core) if k in people or (sentence.words[k].upos in _FOREIGN and not _in(sights, k))
    ]
    first = foreign[-1] + 1 if foreign else first  # "the centerpiece of | President"
    while first < core and (office.scope == "none" or _hangs_outside(sentence, first)):
        first += 1  # "any discussions | Mr. Trump had"
    while first < core and sentence.words[first].upos in ("PART", "PUNCT"):
        first += 1
    return Title(first, core, name, office, _whose(sentence, first, name, sights, core, knowledge))


def _hangs_outside(sentence: Sentence, i: int) -> bool:
    """Whether a word's governor lies before it: it is no modifier of what follows."""
    return sentence.words[i].head < i and base(sentence.words[i].rel) not in (
        "case",
        "flat",
        "conj",
        "punct",
        "cc",
        "nmod",
    )


def _joins(sentence: Sentence, i: int, name: int, sights: list[Sight], joins: frozenset[str]) -> bool:
    """Whether word `i` may belong to the title before a name that begins at `name`."""
    word, after = sentence.words[i], sentence.words[i + 1]
    if _in(sights, i):
        return True
    if word.upos == "PUNCT":  # only inside a compound: "secretary-general", not "27 July - President"
        return word.end == after.start and i > 0 and sentence.words[i - 1].end == word.start
    if word.upos in ("ADP", "PART"):
        return word.text.lower() in joins and i + 1 < name
    if word.upos == "DET":  # "minister of the interior"
        return i > 0 and i + 1 < name and sentence.words[i - 1].text.lower() in joins
    if word.upos not in ("NOUN", "PROPN", "ADJ", "X"):
        return False
    held = base(word.rel) in ("obj", "iobj", "root", "advcl")
    return not held or after.upos in ("PROPN", "NOUN", "ADJ") or i + 1 == name


def title_at(sentence: Sentence, first: int, last: int, sights: list[Sight], knowledge: Knowledge) -> Title | None:
    """The office that the noun phrase `[first, last)` consists of: "the UN High Commissioner for Human Rights"."""
    while first < last and sentence.words[first].upos in ("DET", "PRON", "PUNCT"):
        first += 1
    found = office_within(sentence, first, last, knowledge)
    if not found:
        return None
    core, end, office = found
    before = [sentence.words[k] for k in range(first, core) if not _in(sights, k)]
    if any(w.upos in _FOREIGN and base(w.rel) not in ("amod", "compound") for w in before):
        return None
    if end < last and sentence.words[end].text.lower() not in knowledge.actor_words.office_complements:
        last = end
    return Title(first, core, last, office, _whose(sentence, first, last, sights, core, knowledge))


def _whose(
    sentence: Sentence, first: int, last: int, sights: list[Sight], core: int, knowledge: Knowledge
) -> Sight | None:
    whither = knowledge.actor_words.office_whither
    sights = [s for s in sights if not in_a_firm(sentence, s, knowledge)]
    before = [s for s in sights if first <= s.first and s.last <= core + 1]
    after = [s for s in sights if s.first > core and s.last <= last and not _to(sentence, s, whither)]
    bodies = [s for s in after if s.entry.kind != "state"]
    return next(iter(before or bodies or after), None)


def _in(sights: list[Sight], i: int) -> bool:
    return any(s.first <= i < s.last for s in sights)


def _to(sentence: Sentence, sight: Sight, whither: frozenset[str]) -> bool:
    """ "The ambassador to Oravia" is not Oravia's."""
    words = {w.text.lower() for w in sentence.words[max(sight.first - 2, 0) : sight.first]}
    return bool(words & whither)


def told_title(sentence: Sentence, title: Title, text: str, *, passing: frozenset[str] = frozenset()) -> str:
    """What to call the office: its words without nationality, determiners and passing adjectives."""
    first, last, of = title.first, title.last, title.of
    before: list[str] = []
    if of is not None and of.entry.kind == "state" and of.first > title.core and of.last == last:
        last = of.first  # "head of state | in Venezuela"
    elif of is not None and of.entry.kind == "state" and first <= of.first and of.last <= title.core:
        words = sentence.words[first : of.first]
        before = [w.text for w in words if w.upos == "ADJ" and w.text.lower() not in passing]  # "former | Maldives"
        first = of.last
    while last > title.core + 1 and sentence.words[last - 1].upos in ("ADP", "DET", "PUNCT"):
        last -= 1
    marks = [k for k in range(first, title.core) if sentence.words[k].upos == "PART"]
    first = marks[-1] + 1 if marks else first  # "the administration's | security adviser"
    while first < title.core and (
        sentence.words[first].upos in ("DET", "PRON", "PART", "PUNCT") or sentence.words[first].text.lower() in passing
    ):
        first += 1
    return " ".join([*before, *sentence.span_of((first, last - 1)).of(text).split()])
