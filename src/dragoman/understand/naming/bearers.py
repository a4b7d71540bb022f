"""Of several people with one surname the one whom a bare surname means."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.understand.naming.cast import Cast
from dragoman.understand.naming.people import Person, sex_of
from dragoman.understand.naming.phrases import head_of

_CLEARLY = 3  # times as many pronouns of one sex as of the other
_TOLD_TWICE = 2


class Bearers:
    """Those of a report who share a surname, and what it tells of whom the bare surname means."""

    def __init__(
        self, people: list[Person], canonical: dict[tuple[str, ...], tuple[str, ...]], cast: Cast, knowledge: Knowledge
    ) -> None:
        self.people, self.canonical, self.cast, self.knowledge = people, canonical, cast, knowledge
        self.sexes: dict[str, tuple[int, int]] = {}

    def meant(self, person: Person, fits: list[tuple[str, ...]]) -> tuple[str, ...] | None:
        """The one of several whom a short form means: by title, kin, pronouns, and who is introduced by then."""
        if (titled := self.by_title(person, fits)) is not None:
            return titled
        ways = (self.but_kin, self.by_pronouns, self.introduced, self.acting, self.in_office, self.by_far)
        for way in ways:
            if len(fits := way(person, fits) or fits) == 1:
                return fits[0]
        last = self.latest(person, fits)
        return last[0] if len(last) == 1 else None

    def is_another(self, part: str, full: tuple[str, ...]) -> bool:
        """Whether "President Marosh", always a he, is somebody else than the Lena Marosh whom the report also names."""
        he, she = self.pronouns(part)
        sex = sex_of(full[0], self.knowledge)
        agree, other = (he, she) if sex == "masculine" else (she, he)
        return sex is not None and other >= _TOLD_TWICE and other > _CLEARLY * agree

    def but_reigning(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Without those of whom a king's name is but the surname: King Hussein is no Saddam Hussein.

        Nor is a bare Hussein beside the king where the other is called by his first name.
        """
        part = person.parts[0]
        if person.title is not None:
            if not self._reigns(person):
                return fits
            return [f for f in fits if f[0] == part or any(map(self._reigns, self.named(f)))]
        if not any(p.parts == (part,) and self._reigns(p) for p in self.people):
            return fits
        called = {p.parts[0] for p in self.people if len(p.parts) == 1}
        return [f for f in fits if f[0] == part or f[0] not in called or any(map(self._reigns, self.named(f)))]

    def _reigns(self, person: Person) -> bool:
        return person.title is not None and person.title.office.title in self.knowledge.actor_words.reigning

    def by_title(self, person: Person, fits: list[tuple[str, ...]]) -> tuple[str, ...] | None:
        if person.title is None:
            return None
        told = person.title.office.title
        same = [f for f in fits if any(p.title and p.title.office.title == told for p in self.named(f))]
        return same[0] if len(same) == 1 else None

    def but_kin(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those who are not introduced as another's wife or son."""
        kin = self.knowledge.actor_words.kin
        return [f for f in fits if not any(p.title and p.title.office.title in kin for p in self.named(f))]

    def acting(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those who did something under their full name before this place, no mere brother or companion of another."""
        here = (person.sentence, person.first)
        return [f for f in fits if any(here > (p.sentence, p.first) and self._acts(p) for p in self._full(f))]

    def by_pronouns(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        he, she = self.pronouns(person.parts[0])
        sex = "masculine" if he > _CLEARLY * she else "feminine" if she > _CLEARLY * he else None
        return [f for f in fits if sex in (None, sex_of(f[0], self.knowledge) or sex)]

    def introduced(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those named in full before this place: a surname alone takes up somebody who has been introduced."""
        here = (person.sentence, person.first)
        return [f for f in fits if any((p.sentence, p.first) < here for p in self.named(f))]

    def in_office(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those who hold an office somewhere in the report."""
        titles = {f: [p.title.office for p in self.named(f) if p.title] for f in fits}
        kin = self.knowledge.actor_words.kin
        return [f for f in fits if any(t.scope != "none" and t.title not in kin for t in titles[f])]

    def by_far(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The one whom the report names in full far more often than all the others together."""
        often = {f: sum(len(p.parts) > 1 for p in self.named(f)) for f in fits}
        return [f for f in fits if often[f] > _CLEARLY * (sum(often.values()) - often[f])]

    def latest(self, person: Person, fits: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The one who alone acts under a full name in the last sentence before this that has any of them."""
        told = [(p.sentence, f) for f in fits for p in self._full(f) if p.sentence < person.sentence and self._acts(p)]
        last = max((n for n, _ in told), default=-1)
        return list(dict.fromkeys(f for n, f in told if n == last))

    def _full(self, full: tuple[str, ...]) -> list[Person]:
        return [p for p in self.named(full) if len(p.parts) > 1]

    def _acts(self, person: Person) -> bool:
        """Whether a name is, or heads, the subject of a verb."""
        sentence = self.cast.draft.doc.sentences[person.sentence]
        at = head_of(sentence, person.first, person.last)
        while sentence.words[at].rel in ("appos", "flat", "nmod:desc") and sentence.words[at].head < at:
            at = sentence.words[at].head
        return sentence.words[at].rel == "nsubj"

    def named(self, full: tuple[str, ...]) -> list[Person]:
        return [p for p in self.people if self.canonical.get(p.parts) == full]

    def pronouns(self, part: str) -> tuple[int, int]:
        """How many bare uses of a surname a masculine and how many a feminine pronoun takes up right after."""
        if part not in self.sexes:
            told = [self._taken_up(n) for n, p in enumerate(self.people) if p.parts == (part,)]
            self.sexes[part] = told.count("masculine"), told.count("feminine")
        return self.sexes[part]

    def _taken_up(self, at: int) -> str | None:
        """The sex of the first personal pronoun after a name in its sentence, before anybody else is named."""
        person, after = self.people[at], self.people[at + 1 : at + 2]
        words = self.cast.draft.doc.sentences[person.sentence].words
        end = after[0].first if after and after[0].sentence == person.sentence else len(words)
        told = (self.knowledge.actor_words.pronouns.get(w.text.lower()) for w in words[person.last : end])
        return next((t for t in told if t in ("masculine", "feminine")), None)
