"""What the scorer of roles is told beside the states: the way from word to word, their forms, their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.records import Phrase, Word

NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})  # parts of speech of who takes part
_BARE = frozenset({"NOUN", "PROPN", "PRON"})  # those that do in any relation
_PHRASE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "conj", "root"})
_PASSIVE = frozenset({"nsubj:pass", "aux:pass", "obl:agent"})
_HELPERS = frozenset({"AUX", "ADV", "PART", "SCONJ", "DET", "ADP", "CCONJ"})
_FAR = 5  # steps in the tree
_SIDES = [1, 1, 2, 3, 4, 6, 6, 6, *[8] * 6]  # how far apart in words, roughly; 14 beyond


class Marks:
    """The marks of one sentence."""

    def __init__(self, words: Sequence[Word], names: tuple[Phrase, ...], nominals: tuple[Phrase, ...]) -> None:
        self.words, self.names, self.nominals = words, names, nominals
        self._below: list[list[int]] = [[] for _ in words]
        for word in words:
            if word.head >= 0:
                self._below[word.head].append(word.i)
        self._may = [
            word.i
            for word in words
            if word.upos in _BARE or (word.upos in NAMING and word.rel in _PHRASE) or _demonym(word)
        ]

    def candidates(self, i: int) -> list[int]:
        """Those who may take part in what word `i` tells: nouns, names, pronouns, what stands in the place of one."""
        return [c for c in self._may if c != i]

    def of(self, i: int, among: Sequence[int]) -> Iterator[list[str]]:
        """For each candidate all that is to be said of it and word `i`."""
        told = self.of_event(i)
        for c, both in zip(among, self.of_both(i, among)):
            yield [*told, *both, *self.of_other(c)]

    def of_event(self, i: int) -> list[str]:
        """Of a word that may tell an event."""
        return [f"form={self._form(i)}", f"own={self.words[i].rel}"]

    def of_other(self, c: int) -> list[str]:
        """Of a word that may take part."""
        words, below = self.words, self._below[c]
        word = words[c]
        found = [
            f"rel={word.rel}",
            f"case={self._case(c)}",
            f"upos={word.upos}",
            *(f"name={p.kind}" for p in self.names if p.first <= c < p.last),
            *(f"nominal={p.kind}" for p in self.nominals if p.first <= c < p.last),
        ]
        if word.upos == "PRON":
            found.append(f"word={word.text.lower()}")
        if any(words[k].rel == "nmod:poss" for k in below):
            found.append("owned")
        if any(words[k].upos == "PART" and words[k].rel == "case" for k in below):
            found.append("owns")
        return found

    def of_both(self, i: int, among: Sequence[int]) -> Iterator[list[str]]:
        """For each candidate, of where it stands to word `i`."""
        ways, form = self.paths(i), self._form(i)
        for c in among:
            way, up, down = ways.get(c, ("far", 9, 9))
            near = abs(c - i)
            side = f"side={'-' if c < i else '+'}{_SIDES[near] if near < len(_SIDES) else 14}"
            yield [f"way={way}", f"way={way}{form}", f"way={way}{self._case(c)}", f"steps={up}.{down}", side]

    def own(self, i: int) -> list[str]:
        """What the net that tells what is real is told of a word: its form, its helpers, those of the words above."""
        words, found, at = self.words, [], i
        for level in range(3):
            word = words[at]
            form = f"{word.upos} {word.feat('VerbForm') or ''} {word.feat('Tense') or ''} {word.feat('Mood') or ''}"
            found += [f"{level} {form}", f"{level} {word.rel}"]
            if level:
                found.append(f"{level} {word.lemma.lower()}")
            helpers = (words[c] for c in self._below[at] if words[c].upos in _HELPERS)
            found += [f"{level} {c.rel.split(':')[0]} {c.lemma.lower()}" for c in helpers]
            if word.head < 0:
                break
            at = word.head
        last = words[-1].text
        return [*found, f"end {last}"] if last in ("?", ".", "!") else found

    def paths(self, i: int) -> dict[int, tuple[str, int, int]]:
        """From word `i` to all near it in the tree: the relations on the way, steps up and steps down."""
        words = self.words
        found = {i: ("", 0, 0)}
        todo = [i]
        for at in todo:
            way, up, down = found[at]
            if up + down >= _FAR:
                continue
            word = words[at]
            if down == 0 and word.head >= 0 and word.head not in found:
                found[word.head] = (f"{way}^{word.rel}", up + 1, 0)
                todo.append(word.head)
            for c in self._below[at]:
                if c not in found:
                    found[c] = (f"{way}.{words[c].rel}", up, down + 1)
                    todo.append(c)
        return found

    def _form(self, i: int) -> str:
        passive = any(self.words[c].rel in _PASSIVE for c in self._below[i])
        return f"{self.words[i].upos}{self.words[i].feat('VerbForm') or ''}{'P' if passive else ''}"

    def _case(self, c: int) -> str:
        return " ".join(self.words[k].text.lower() for k in self._below[c] if self.words[k].rel == "case")


def _demonym(word: Word) -> bool:
    """ "Syrian troops", "the Armenian genocide"."""
    return word.upos == "ADJ" and word.text[:1].isupper()
