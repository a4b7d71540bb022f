"""One line for each mention: its clause without what hangs on it loosely, in the report's own words.

Relative clauses, appositions, asides and coordinated predicates are left out; a subject that the grammar leaves unsaid
is put in front, and a pronoun gives way to the name of the actor it stands for.
"""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.grammar import Grammar
from dragoman.records import Sentence
from dragoman.understand.draft import Clause, Draft
from dragoman.understand.paths import predicate_of

LONGEST = 150  # characters
_LOOSE = frozenset({"acl:relcl", "advcl", "advcl:relcl", "appos", "cc:preconj", "dep", "discourse", "list", "parataxis",
                    "vocative", "dislocated", "orphan"})  # fmt: skip
_BESIDE = frozenset({"cc", "conj", "mark", "punct"})
_DROPPED = ("obl", "advmod", "nmod")  # what a long line does without, last first


def line_mentions(draft: Draft, knowledge: Knowledge) -> None:
    """Give every mention its line."""
    told = []
    for mention in draft.mentions:
        clause = draft.clause_at(mention.sentence, predicate_of(draft, mention))
        speaker = next((a.actor for a in reversed(mention.attribution) if a.actor), None)
        told.append(
            replace(mention, line=line(draft, clause, knowledge.grammar, speaker=speaker)) if clause else mention
        )
    draft.mentions = told


def line(draft: Draft, clause: Clause, grammar: Grammar, *, speaker: str | None = None) -> str:
    """The clause in one line, at most LONGEST characters; `speaker` is the id of the actor whose words it is."""
    sentence = draft.doc.sentences[clause.sentence]
    kept = _kept(sentence, clause, grammar)
    front, kept = _subject(draft, sentence, clause, kept, grammar, speaker=speaker)
    if not front:
        front, kept = _whose(draft, sentence, kept, speaker=speaker)
    kept |= _to(sentence, clause, kept, front=front)
    text = _words(sentence, kept)
    for i in sorted(sentence.children[clause.predicate], reverse=True):
        if len(front) + len(text) <= LONGEST:
            break
        if sentence.words[i].rel.split(":")[0] in _DROPPED and i > clause.predicate:
            kept -= set(sentence.subtree(i))
            text = _words(sentence, kept)
    whole = f"{front} {text}".strip() if front else text
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _kept(sentence: Sentence, clause: Clause, grammar: Grammar) -> set[int]:
    """Places of the words that stay."""
    top = clause.predicate
    found = {top, *clause.particles}
    for child in sentence.children[top]:
        word = sentence.words[child]
        if word.rel in _BESIDE or (word.rel in _LOOSE and not _bound(sentence, child, grammar)):
            continue
        if clause.kind == "nominal" and word.rel in ("case", "cop", "nsubj", "aux"):
            continue
        if word.rel == "advmod" and word.feat("PronType") in ("Rel", "Int"):  # "when", "where"
            continue
        found |= _tight(sentence, child, grammar)
    return found


def _bound(sentence: Sentence, i: int, grammar: Grammar) -> bool:
    """Whether an adverbial clause completes its verb: "thanked her for coming", "accused him of lying"."""
    return sentence.words[i].rel == "advcl" and sentence.words[i].feat("VerbForm") == "Ger" and any(
        sentence.words[m].text.lower() not in grammar.beside for m in sentence.dependents(i, "mark")
    )  # fmt: skip


def _to(sentence: Sentence, clause: Clause, kept: set[int], *, front: str) -> set[int]:
    """The "to" of an infinitive that has its subject before it: "Maduro to close the embassy", as headlines say it."""
    infinitive = sentence.words[clause.predicate].feat("VerbForm") == "Inf"
    subject = front or any(a.role == "subject" and a.words[0] in kept for a in clause.arguments)
    marks = (m for m in sentence.dependents(clause.predicate, "mark") if sentence.words[m].text.lower() == "to")
    return set(marks) if infinitive and subject else set()


def _tight(sentence: Sentence, i: int, grammar: Grammar) -> set[int]:
    """The words of a phrase without what is loosely added to it; "those" are nobody without the clause behind them."""
    found, anybody = {i}, sentence.words[i].text.lower() in grammar.anybody
    for child in sentence.children[i]:
        rel = sentence.words[child].rel
        told = (rel == "appos" and child == _next(found)) or (rel == "acl:relcl" and anybody)
        if rel not in _LOOSE or told:
            found |= _tight(sentence, child, grammar)
    return found


def _next(found: set[int]) -> int:
    """The place behind a phrase: "leader Lena Marosh" is no aside, though the parser may call it one."""
    return max(found) + 1


def _subject(
    draft: Draft, sentence: Sentence, clause: Clause, kept: set[int], grammar: Grammar, *, speaker: str | None
) -> tuple[str, set[int]]:
    """Words to put in front of the line: the subject it shares with another clause, or the name behind a pronoun."""
    subject = next((a for a in clause.arguments if a.role == "subject"), None)
    if subject is None or clause.kind == "nominal":
        return "", kept
    head = subject.words[0]
    reference = draft.reference_at(clause.sentence, head)
    pronoun = reference is not None and reference.how == "pronoun" and reference.head == head
    if pronoun and reference is not None:
        name = draft.actors[reference.actor].name
        return name, kept - _tight(sentence, head, grammar)
    said = sentence.words[head]
    if speaker in draft.actors and said.upos == "PRON" and said.feat("Person") == "1" and said.feat("Number") == "Sing":
        return draft.actors[speaker].name, kept - _tight(sentence, head, grammar)
    if subject.shared and head not in kept:
        phrase = {w for member in subject.words for w in _tight(sentence, member, grammar)} - set(
            sentence.subtree(clause.predicate)
        )
        return _words(sentence, {w for w in phrase if sentence.words[w].rel != "case" or w > head}), kept
    return "", kept


def _whose(draft: Draft, sentence: Sentence, kept: set[int], *, speaker: str | None) -> tuple[str, set[int]]:
    """ "Its prime minister": the name of whose he is, where a line would open with a pronoun.

    Who says it is named behind the line: "his troops would not fire, according to General Stenn".
    """
    first = min(kept)
    reference = draft.reference_at(sentence.i, first)
    owner = draft.actors.get(reference.actor) if reference is not None and reference.how == "pronoun" else None
    if owner is None or owner.id == speaker or sentence.words[first].feat("Poss") != "Yes":
        return "", kept
    return owner.name + ("'" if owner.name.endswith("s") else "'s"), kept - {first}


def _words(sentence: Sentence, kept: set[int]) -> str:
    """The kept words with the spaces of the text between neighbours; no "and" in front, no lone mark at either end."""
    places = sorted(kept)
    while places and (_lone(sentence, places, 0) or sentence.words[places[0]].upos == "CCONJ"):
        places.pop(0)
    while places and _lone(sentence, places, -1):
        places.pop()
    if places and (after := places[-1] + 1) < len(sentence.words) and not _lone(sentence, [*places, after], -1):
        places += [after] if sentence.words[after].upos == "PUNCT" else []  # what was opened is closed
    text = ""
    for n, i in enumerate(places):
        word = sentence.words[i]
        if word.upos == "PUNCT" and i not in (places[0], places[-1]) and not {i - 1, i + 1} <= kept:
            continue  # a comma that parted what is left out
        before = sentence.words[places[n - 1]] if n else None
        joined = before is not None and places[n - 1] == i - 1
        text += ("" if joined and before is not None and before.end == word.start else " " if n else "") + word.text
    return text


_PAIRS = (("“", "”"), ("‘", "’"), ("«", "»"), ("(", ")"), ("[", "]"), ('"', '"'))


def _lone(sentence: Sentence, places: list[int], at: int) -> bool:
    """Whether a mark stands at this end without its other half."""
    word = sentence.words[places[at]]
    signs = [sentence.words[i].text for i in places]
    paired = any(
        word.text == (first, last)[at] and (signs.count(first) == signs.count(last) > 0 if first != last else
                                            signs.count(first) % 2 == 0)
        for first, last in _PAIRS
    )  # fmt: skip
    return word.upos == "PUNCT" and not paired
