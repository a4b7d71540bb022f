"""What a report calls somebody instead of by his name: "the 62-year-old", "the electrician"."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.described import told_of
from dragoman.understand.naming.phrases import base, case_of, extent, first_conjunct

_FULL = ("name", "title", "short name")


def epithet(sentence: Sentence, i: int, cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The person that a bare "the …" speaking or doing here means: who is told to be that, or the subject before.

    By his age it is the subject of the sentence before, whoever that is; by what nobody is told to be only where the
    table has the word and the report has not used it before.
    """
    word = sentence.words[i]
    if word.upos not in ("NOUN", "ADJ", "PROPN") or word.feat("Number") == "Plur" or not _stands(sentence, i):
        return None
    first, last = extent(sentence, i)
    opened = sentence.words[first].text.lower() == "the" or (first and sentence.words[first - 1].text.lower() == "the")
    if not opened or last != i + 1 or cast.quoted(sentence, i) or _told_more(sentence, i):
        return None
    if _by_age(sentence, first, i):
        return _subject_before(sentence, cast)
    lemma = word.lemma.lower()
    before = list(cast.back_from(sentence.i, first))[::-1] if lemma in cast.told else []
    told = [f for f in told_of(lemma, before, cast) if f.kind == "person"]
    if told or not _called(sentence, i, cast, knowledge):
        more = {w.text.lower() for w in sentence.words[first:i]} - knowledge.actor_words.passing - {"the", "former"}
        return told[0] if len(told) == 1 and not more else None
    found = _subject_before(sentence, cast) or _only_one(sentence, cast)
    sex = _sex(sentence, i, knowledge)
    if found is None or (sex and found.gender not in (None, sex)) or _others(sentence, i, found, cast, sex=sex):
        return None
    cast.told.setdefault(lemma, {})[found] = None
    return found


def _stands(sentence: Sentence, i: int) -> bool:
    """Whether a word is a subject, or stands after "according to"."""
    aside = [c for c in sentence.dependents(i, "case") if sentence.words[c].text.lower() == "according"]
    return sentence.words[i].rel == "nsubj" or bool(aside)


def _sex(sentence: Sentence, i: int, knowledge: Knowledge) -> str | None:
    """What the noun, or the first "he" or "she" after it, tells of whom it means."""
    words = knowledge.actor_words
    lemma = sentence.words[i].lemma.lower()
    told = ["masculine"] * (lemma in words.masculine) + ["feminine"] * (lemma in words.feminine)
    told += [s for w in sentence.words[i:] if (s := words.pronouns.get(w.text.lower())) in ("masculine", "feminine")]
    return next(iter(told), None)


def _others(sentence: Sentence, i: int, figure: Figure, cast: Cast, *, sex: str | None) -> bool:
    """Whether anybody else who may be meant is named near: in this sentence before the word, or in the one before."""
    near = [n for n in cast.within(sentence.i) if n.head < i] + (cast.within(sentence.i - 1) if sentence.i else [])
    words = {n: cast.draft.doc.sentences[n.sentence].words[n.head] for n in near}
    return any(
        n.figure is not figure
        and _is_named(n)
        and words[n].rel != "nmod:poss"
        and not (sex and n.figure.gender not in (None, sex))
        for n in near
    )


def _told_more(sentence: Sentence, i: int) -> bool:
    """Whether what follows the noun tells who it is: a clause, an apposition, another noun."""
    return any(
        base(sentence.words[c].rel) in ("acl", "appos", "nmod", "flat", "conj")
        and not (sentence.words[c].rel == "nmod" and case_of(sentence, c) == "from" and _after_comma(sentence, c))
        and not (sentence.words[c].rel == "conj" and sentence.words[c].feat("Number") == "Sing")
        for c in sentence.children[i]
        if c > i
    )


def _after_comma(sentence: Sentence, i: int) -> bool:
    """ "The father, from Velin, said": where he is from comes after a comma."""
    first = min(sentence.subtree(i))
    before = [sentence.words[k].text for k in (first, first - 1) if k >= 0]
    return "," in before


def _by_age(sentence: Sentence, first: int, i: int) -> bool:
    """ "The 62-year-old": a number, year and old, whatever marks stand between."""
    told = [w for w in sentence.words[first : i + 1] if w.upos != "PUNCT"]
    plain = [w.text.lower() for w in told]
    return any(
        ("year-old" in one) or (one in ("year", "years") and "old" in plain[n : n + 2]) for n, one in enumerate(plain)
    ) and any(w.text[0].isdigit() or w.upos == "NUM" for w in told)


def _called(sentence: Sentence, i: int, cast: Cast, knowledge: Knowledge) -> bool:
    lemma = sentence.lemmas[i]
    if lemma not in knowledge.actor_words.epithets:
        return False
    return not any(lemma in before.lemmas for before in cast.draft.doc.sentences[: sentence.i])


def _subject_before(sentence: Sentence, cast: Cast) -> Figure | None:
    """The one person that the sentence before is about; past a sentence that is all quotation, the one before that."""
    for before in reversed(cast.draft.doc.sentences[max(sentence.i - 2, 0) : sentence.i]):
        if before.paragraph < sentence.paragraph - 1:
            return None
        subjects = {n.figure for n in cast.within(before.i) if _is_topic(before, n) and not cast.quoted(before, n.head)}
        if subjects:
            return subjects.pop() if len(subjects) == 1 else None
        if not cast.quoted(before, before.root):
            return None
    return None


def _only_one(sentence: Sentence, cast: Cast) -> Figure | None:
    """The one person named so far, in a report that has not named anybody else by then."""
    named = {n.figure for n in cast.namings if n.sentence < sentence.i and _is_named(n)}
    return named.pop() if len(named) == 1 else None


def _is_named(naming: Naming) -> bool:
    return naming.how in _FULL and naming.figure.key[0] == "person"


def _is_topic(sentence: Sentence, naming: Naming) -> bool:
    if naming.figure.kind != "person" or naming.figure.plural:
        return False
    if naming.how not in (*_FULL, "pronoun") and naming.figure.key[0] != "person":
        return False
    word = sentence.words[first_conjunct(sentence, naming.head)]
    return base(word.rel) == "nsubj" and word.head == sentence.root


def describe(sentence: Sentence, naming: Naming, cast: Cast) -> None:
    """What heads a sentence, or stands right before a name, describes it: "A former Marine, Mr. X", "shortstop X"."""
    if naming.how not in _FULL or naming.figure.kind != "person" or naming.first < 1:
        return
    comma = sentence.words[naming.first - 1].text == ","
    for other in cast.within(sentence.i):
        unnamed = other.how in ("nominal", "title") and other.figure.key[0] == "group"
        opens = not any(w.upos in ("NOUN", "PROPN", "VERB", "AUX", "PUNCT") for w in sentence.words[: other.head])
        beside = other.head == sentence.words[naming.head].head or naming.head == sentence.words[other.head].head
        placed = (opens and comma) or other.head == naming.first - 1
        if unnamed and placed and beside and other.figure.kind == "person" and not other.figure.plural:
            cast.claim(naming.figure, sentence.i, (other.first, other.last), head=other.head)
            return
