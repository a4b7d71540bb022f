"""Lemmas of regular and irregular forms: what the tables know corrects what a small model proposes."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from dragoman.knowledge.speech import load
from dragoman.knowledge.tables import rows

_FINAL_E = re.compile(r"(?:[vzcu]|dg|[^aeious]s|[^aeioulr]l|\w{2}at|[uo]t|[^aeiou]is|us|[ui]r|ang|rg)$")

_SHORT = re.compile(r"^[^aeiou]*[aeiou][bdgmnprt]$")  # doubles its last letter before an ending


class Form(Struct, frozen=True):
    """A row of `verbforms.tsv`."""

    form: str
    verb: str


class Listed(Struct, frozen=True):
    """A row of `lemmas.tsv`."""

    pos: str
    lemmas: str


class Lemmas:
    """The known lemmas, verbs of reporting among them, and irregular forms.

    >>> Lemmas().settle("warned", "VERB", "warne"), Lemmas().settle("armies", "NOUN", "armie")
    ('warn', 'army')
    """

    def __init__(self) -> None:
        self._irregular = {row.form: row.verb for row in rows("verbforms.tsv", Form)}
        known: dict[str, set[str]] = {"VERB": {verb for verb in load().verbs if verb.isalpha()}, "NOUN": set()}
        self._plurals: dict[str, str] = {}
        for row in rows("lemmas.tsv", Listed):
            if row.pos == "FORM":
                self._plurals = dict(pair.split("=") for pair in row.lemmas.split())
            else:
                known[row.pos].update(row.lemmas.split())
        self._known = known

    def settle(self, form: str, upos: str, proposed: str) -> str:
        """The lemma of a form: an irregular verb's, the proposed one if it is known, else a known one that fits.

        A form of which nothing is known follows the spelling of English.
        """
        known = self._known.get(upos)
        form = form.lower()
        if known is None or not form.isalpha():
            return proposed
        if irregular := (self._irregular if upos == "VERB" else self._plurals).get(form):
            return irregular
        found = stems(form) if upos == "VERB" else singulars(form)
        if upos == "VERB" and not _spells(form, proposed):
            proposed = next((stem for stem in found if stem in known and _spells(form, stem)), proposed)
        if proposed in known:
            return proposed
        if not found or form in known:
            return form if form in known else proposed
        return next((stem for stem in found if stem in known), None) or (
            _spelled(found) if upos == "VERB" else found[0]
        )

    def base(self, form: str) -> str:
        """One form for all forms of a word, whatever it is in its sentence; a word that nothing is known of may only
        lose its plural.

        >>> [Lemmas().base(word) for word in ("arrested", "armies", "left", "cafes", "Karsh")]
        ['arrest', 'army', 'leave', 'cafe', 'karsh']
        """
        form = form.lower()
        if irregular := self._irregular.get(form) or self._plurals.get(form):
            return irregular
        verbs, nouns = self._known["VERB"], self._known["NOUN"]
        if form in verbs or form in nouns:
            return form
        fitting = (stem for stem in (*stems(form), *singulars(form)) if stem in verbs or stem in nouns)
        return next(fitting, (singulars(form) or [form])[0])


@cache
def lemmas() -> Lemmas:
    """The shipped tables, read once."""
    return Lemmas()


def stems(form: str) -> list[str]:
    """What a regular verb form may be a form of.

    >>> stems("severed"), stems("denied"), stems("stopping")
    (['sever', 'severe'], ['deny', 'deni', 'denie'], ['stopp', 'stoppe', 'stop'])
    """
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form.removesuffix(ending)
            found = [stem] if ending == "s" else [stem, stem + "e"]
            if stem.endswith("i"):
                found.insert(0, stem[:-1] + "y")
            if ending in ("ing", "ed") and stem[-1] == stem[-2]:
                found.append(stem[:-1])
            return found
    return []


def singulars(form: str) -> list[str]:
    """What a regular plural may be a plural of, the likeliest first.

    >>> singulars("parties"), singulars("losses"), singulars("buses"), singulars("rebels")
    (['party', 'partie'], ['loss', 'losse'], ['buse', 'bus'], ['rebel'])
    """
    if form.endswith("ies") and len(form) > 4:
        return [form[:-3] + "y", form[:-1]]
    if form.endswith(("sses", "ches", "shes", "xes", "zes")):
        return [form[:-2], form[:-1]]
    if form.endswith(("ses", "oes")) and len(form) > 4:
        return [form[:-1], form[:-2]]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 3:
        return [form[:-1]]
    return []


def _spells(form: str, verb: str) -> bool:
    """Whether a regular form is written so of this verb: "scraped" is of scrape, for scrap makes "scrapped".

    >>> _spells("scraped", "scrap"), _spells("scraped", "scrape"), _spells("sparking", "spar")
    (False, True, False)
    """
    if verb not in stems(form):
        return False
    return not (_SHORT.search(verb) and form in (verb + "ed", verb + "ing"))


def _spelled(found: list[str]) -> str:
    """Among the stems of an unknown verb the one that English spelling makes likeliest."""
    plain = next((stem for stem in found if stem + "e" in found), found[0])
    if found[0].endswith("y") or plain + "e" not in found:
        return found[0]
    if len(found) > 2 and plain[-1] not in "slfz":
        return found[-1]
    return plain + "e" if _FINAL_E.search(plain) else plain
