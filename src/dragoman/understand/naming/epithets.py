"""What a report calls somebody instead of by his name: "the 62-year-old", "the electrician"."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.phrases import base, extent, first_conjunct

_FULL = ("name", "title", "short name")


def epithet(sentence: Sentence, i: int, cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The person that a bare "the …" speaking or doing here means: the subject of the sentence before.

    By his age whoever it is; by what he is only where the table has the word and the report has not used it before.
    """
    word = sentence.words[i]
    if word.upos not in ("NOUN", "ADJ") or word.rel != "nsubj" or word.feat("Number") == "Plur":
        return None
    first, last = extent(sentence, i)
    opened = sentence.words[first].text.lower() == "the" or (first and sentence.words[first - 1].text.lower() == "the")
    if not opened or last != i + 1 or cast.quoted(sentence, i) or _told_more(sentence, i):
        return None
    if not _by_age(sentence, first, i) and not _called(sentence, i, cast, knowledge):
        return None
    return _subject_before(sentence, cast)


def _told_more(sentence: Sentence, i: int) -> bool:
    """Whether what follows the noun tells who it is: a clause, an apposition, another noun."""
    return any(
        base(sentence.words[c].rel) in ("acl", "appos", "nmod", "flat", "conj") for c in sentence.children[i] if c > i
    )


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


def _is_topic(sentence: Sentence, naming: Naming) -> bool:
    if naming.figure.kind != "person" or naming.figure.plural or naming.how not in (*_FULL, "pronoun"):
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
