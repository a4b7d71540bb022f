"""What a number counts, and in which unit."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.knowledge.numberwords import NumberWords
from dragoman.records import Sentence
from dragoman.understand.counting.amounts import Amount, digits
from dragoman.understand.naming.nouns import agent_at

YEARS = (1500, 2100)
FAR = 6  # words between a number and its noun


def is_label(sentence: Sentence, amount: Amount, words: NumberWords) -> bool:
    """Whether a number is part of a date, a time, an age, a score or a name rather than a quantity."""
    first, last = amount.first, amount.last
    if amount.value == 1 and last < len(sentence.words) and sentence.words[last].text.lower() == "of":
        return True  # "one of them"
    before = sentence.words[first - 1].text.lower() if first else ""
    after = sentence.words[last].text.lower() if last < len(sentence.words) else ""
    word = sentence.words[first]
    if words.has("months", before) or words.has("months", after) or words.has("clock", after):
        return True
    if before in ("#", "-", "–", "/", ":") or after in ("/", ":", "'s", "’s", "th", "st", "nd", "rd"):
        return True
    if after in ("-", "–"):
        second = digits(sentence.words[last + 1].text) if last + 1 < len(sentence.words) else None
        if second is None or second <= amount.value:
            return True  # "15-member", "three-day", "5-4"
    value = digits(word.text)
    if value is not None and YEARS[0] <= value <= YEARS[1] and "," not in word.text and last - first == 1:
        return sentence.words[word.head].upos != "NOUN" or word.rel != "nummod" or words.has("dated", before)
    if words.has("labels", before) and word.rel != "root":
        return True
    bracketed = before in (",", "(") and after in (",", ")") and value is not None
    return bracketed and value is not None and value < 110  # an age: "Maria, 34,"


def counted_by(sentence: Sentence, amount: Amount) -> int | None:
    """The noun that is counted: "14 | people", "dozens of | protesters"; None for a bare number."""
    found = _noun(sentence, amount)
    return found if found is not None and abs(found - amount.last) <= FAR else None


def _noun(sentence: Sentence, amount: Amount) -> int | None:
    inside = range(amount.first, amount.last)
    for i in reversed(inside):
        word = sentence.words[i]
        if word.head in inside or word.head < 0:
            continue
        governor = sentence.words[word.head]
        if word.rel in ("nummod", "nummod:gov", "compound", "det", "amod", "nmod:unmarked") and governor.upos in (
            "NOUN",
            "PROPN",
            "SYM",
            "ADJ",
        ):
            return word.head
    for i in inside:
        for c in sentence.dependents(i, "nmod"):
            if c >= amount.last and any(sentence.words[k].text.lower() == "of" for k in sentence.dependents(c, "case")):
                return c
    after = amount.last
    if after < len(sentence.words) and sentence.words[after].text.lower() == "of":
        nouns = [w.i for w in sentence.words[after + 1 : after + FAR] if w.upos == "NOUN"]
        return next((i for i in nouns if i + 1 not in nouns), None)
    if after < len(sentence.words) and sentence.words[after].upos == "NOUN" and sentence.words[after - 1].upos == "NUM":
        return after
    return None


def unit_of(
    sentence: Sentence, amount: Amount, head: int | None, knowledge: Knowledge
) -> tuple[str | None, tuple[int, int]]:
    """The unit, and the words `[first, last)` of the quantity with its noun."""
    words = knowledge.numbers
    first, last = amount.first, amount.last
    numeral = next(i for i in range(first, last) if sentence.words[i].upos in ("NUM", "NOUN", "SYM") or i == last - 1)
    if numeral and (sign := words.money.get(sentence.words[numeral - 1].text)):
        return sign, (min(first, numeral - 1), last)
    if sign := words.money.get(sentence.words[first].text):
        return sign, (first, last)
    after = [w.text.lower() for w in sentence.words[last : last + 2]]
    for length in (2, 1):  # "per cent", "percent"
        if len(after) >= length and " ".join(after[:length]) in words.lists["percent"]:
            return "percent", (first, last + length)
    if head is None:
        governor = sentence.words[sentence.words[numeral].head] if sentence.words[numeral].head >= 0 else None
        harmed = (
            governor is not None
            and words.has("harm", governor.lemma.lower())
            and sentence.words[numeral].rel in ("obj", "nsubj:pass", "nsubj")
        )
        return ("people" if harmed else None), (first, last)
    noun = sentence.words[head]
    lemma = noun.lemma.lower()
    span = (min(first, head), max(last, head + 1))
    if lemma in words.money:
        return words.money[lemma], span
    if words.has("durations", lemma):
        return f"{lemma}s", span
    if words.has("people", lemma) or words.has("people", noun.text.lower()):
        return "people", span
    agent = agent_at(sentence, head, knowledge)
    if agent is not None and agent.number == "count" and agent.kind == "group":
        return "people", span
    return lemma, span
