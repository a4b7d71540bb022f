"""Claims by who makes them: the same utterance once, with every version of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct

from dragoman.knowledge.sought import Term, forms, terms
from dragoman.records import Claim
from dragoman.tell.view import View
from dragoman.tell.words import days, plain


class Version(Struct, frozen=True, kw_only=True):
    """The words of a claim as one report has them."""

    id: str
    words: str
    mark: str
    report: str
    outlet: str
    direct: bool
    cue: str
    hedge: str


class Saying(Struct, frozen=True, kw_only=True):
    """What somebody says, in as many versions as there are reports of it."""

    speaker: str
    actor: str | None
    source: str  # as the first report names him
    kind: str
    day: str
    published: str | None
    versions: tuple[Version, ...]


def sayings(view: View) -> tuple[Saying, ...]:
    """All claims, the latest reports' first."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in view.dossier.claims:
        groups[claim.group or claim.id].append(claim)
    return tuple(sorted((_saying(view, claims) for claims in groups.values()), key=_order, reverse=True))


Found = Callable[[Term], frozenset[str]]  # the ids of the claims in which a term stands


def spoken(
    rows: Iterable[Saying], found: Found, *, words: str = "", speaker: str = "", kind: str = ""
) -> tuple[Saying, ...]:
    """Those of the claims in whose words or speaker everything of `words` stands, of this speaker (id, or part of the
    name): where it stands as it was asked first, then where it stands in one version, each in the order they come in.
    """
    named = speaker.casefold()
    fitting = [
        said
        for said in rows
        if (not kind or _is(said, kind))
        and (not named or speaker == said.actor or named in f"{said.speaker} {said.source}".casefold())
    ]
    if not words.strip():
        return tuple(fitting)
    asked = terms(words)
    held = [(term, found(term)) for term in asked]
    together = found(Term(tuple(form for term in asked for form in term.forms))) if len(asked) > 1 else frozenset()
    ranked: tuple[list[Saying], ...] = ([], [], [])
    for said in fitting if asked else ():
        ids = [version.id for version in said.versions]
        apart = [term for term, claims in held if claims.isdisjoint(ids)]
        if apart and not all(_in_name(term, said.speaker) for term in apart):
            continue
        one = not apart and (len(ids) == 1 or any(all(ident in claims for _, claims in held) for ident in ids))
        ranked[0 if not together.isdisjoint(ids) else 1 if one else 2].append(said)
    return tuple(said for some in ranked for said in some)


def _in_name(term: Term, name: str) -> bool:
    return f" {' '.join(term.forms)}{' ' if term.whole else ''}" in _laid_out(name)


@lru_cache(maxsize=200_000)
def _laid_out(name: str) -> str:
    return f" {' '.join(forms(name))} "


def _order(said: Saying) -> tuple[str, int, str]:
    return said.published or "", len(said.versions), said.versions[0].id


def _is(said: Saying, kind: str) -> bool:
    if kind in ("direct", "hedged"):
        return any(v.direct if kind == "direct" else v.hedge for v in said.versions)
    return said.kind == kind


def _saying(view: View, claims: list[Claim]) -> Saying:
    claims = sorted(claims, key=lambda c: (len(view.notes.letters[c.report]), view.notes.letters[c.report], c.content))
    first = claims[0]
    latest = max((view.notes.reports[c.report].published or "" for c in claims), default="")
    return Saying(
        speaker=view.speaker(first), actor=first.actor, source=plain(first.source), kind=first.kind,
        day=days(latest or None, latest or None), published=latest or None,
        versions=tuple(_version(view, claim) for claim in claims),
    )  # fmt: skip


def _version(view: View, claim: Claim) -> Version:
    at = (claim.report, claim.content)
    return Version(
        id=claim.id, words=view.notes.words(*at).rstrip(","), mark=view.notes.mark(*at), report=claim.report,
        outlet=view.notes.teller(claim.report), direct=claim.direct, cue=plain(claim.cue or ""),
        hedge=plain(claim.hedge or ""),
    )  # fmt: skip
