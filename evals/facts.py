"""Holding a dossier against facts that a person wrote down (the schema of `facts.yaml`: evals/DATA.md, `dossier`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from dragoman.reconcile.words import fold
from dragoman.records import Actor, Claim, Dossier, Mention, Report, Span

Fact = dict[str, Any]
VIOLENT = frozenset({"COERCE", "ASSAULT", "MOBILIZE", "SANCTION"})  # what "never" forbids as certain
LONG_PHRASE, LONG_SOURCE = 15, 25  # words beyond which a phrase names nobody
EARLY, MOST = 20, 3  # characters that a quotation may begin before its gold start, and must reach past it


class Held:
    """A dossier held against one file of facts; every `right` is a share 0..1 or a count."""

    def __init__(self, dossier: Dossier, gold: Fact) -> None:
        self.dossier, self.gold = dossier, gold
        self.actors = {a.id: a for a in dossier.actors}
        triggers = Counter((m.report, m.trigger) for m in dossier.mentions)
        self.mentions = [m for m in dossier.mentions if triggers[m.report, m.trigger] == 1]
        self.facts = {f["id"]: f for f in gold.get("facts") or []}
        self.near = {i: self._near(f) for i, f in self.facts.items()}
        self.best = {i: self._best(f) for i, f in self.facts.items()}

    # --- finding ---------------------------------------------------------------------------------------------------

    def report(self, key: str) -> Report | None:
        name = self.gold["reports"][key]
        return next((r for r in self.dossier.reports if name in r.id or name in r.origin), None)

    def place(self, key: str, words: str) -> tuple[str, Span] | None:
        report = self.report(key)
        at = report.text.find(words) if report else -1
        return (report.id, Span(at, at + len(words))) if report and at >= 0 else None

    def _near(self, fact: Fact) -> list[Mention]:
        where = self.place(fact["report"], fact["evidence"])
        return [m for m in self.mentions if where and m.report == where[0] and where[1].covers(m.trigger)]

    def _best(self, fact: Fact) -> tuple[Mention, dict[str, bool]] | None:
        scored = [(m, self.judged(fact, m)) for m in self.near[fact["id"]]]
        return max(scored, key=lambda s: sum(s[1].values()), default=None)

    # --- names -----------------------------------------------------------------------------------------------------

    def known_as(self, actor: Actor) -> str:
        """All that an actor may be known by, folded; the country stands between bars."""
        titles = (role.title for role in actor.roles)
        names = fold(" | ".join((actor.id, actor.name, *actor.aliases, *titles)))
        return f"{names} |{fold(actor.country or '')}|"

    def is_one(self, wanted: Iterable[str], actor: str) -> bool:
        known = self.known_as(self.actors[actor]) if actor in self.actors else fold(actor)
        return any((f"|{fold(w)}|" if _is_code(w) else fold(w)) in known for w in wanted)

    def fills(self, wanted: Sequence[str], ids: Iterable[str], texts: Iterable[str]) -> bool:
        spoken = fold(" | ".join(t for t in texts if len(t.split()) <= LONG_PHRASE))
        return any(self.is_one(wanted, i) for i in ids) or any(fold(w) in spoken for w in wanted if not _is_code(w))

    # --- facts -----------------------------------------------------------------------------------------------------

    def judged(self, fact: Fact, mention: Mention) -> dict[str, bool]:
        """Slot by slot whether a mention says what the fact says; slots that the fact leaves open are absent."""
        got = {"found": True, "type": "ANY" in fact["type"] or mention.type in fact["type"]}
        if fact.get("actor"):
            got["actor"] = self.fills(fact["actor"], mention.actor, mention.actor_text)
        if fact.get("recipient"):
            got["recipient"] = self.fills(fact["recipient"], mention.recipient, mention.recipient_text)
        if fact.get("time"):
            low, high = map(_day, fact["time"])
            time = mention.time
            got["time"] = bool(time and time.start and time.end and low <= _day(time.start) and _day(time.end) <= high)
        if fact.get("aux") is not None:
            got["aux"] = set(mention.auxiliary) == set(fact["aux"])
        if fact.get("certainty"):
            got["certainty"] = mention.certainty == fact["certainty"]
        if fact.get("by") != "any":
            got["by"] = self._said_by(fact.get("by") or [], mention)
        return got

    def _said_by(self, wanted: Sequence[str], mention: Mention) -> bool:
        if not wanted:
            return not mention.attribution
        chain = []
        for link in mention.attribution:
            source = fold(link.source) if len(link.source.split()) <= LONG_SOURCE else ""
            actor = self.actors.get(link.actor or "")
            chain.append(f"{source} | {self.known_as(actor) if actor else ''}")
        walk = iter(chain)
        return all(any(fold(w) in link for link in walk) for w in wanted)

    def shares(self) -> dict[str, tuple[int, int]]:
        """For each slot and for whole facts: how many are right, of how many."""
        tally: dict[str, list[int]] = {}
        for ident, fact in self.facts.items():
            best = self.best[ident]
            got = best[1] if best else {}
            slots = self._checked(fact)
            for slot in slots:
                tally.setdefault(slot, []).append(bool(got.get(slot)))
            tally.setdefault("full", []).append(all(got.get(s) for s in slots))
        return {slot: (sum(rights), len(rights)) for slot, rights in tally.items()}

    @staticmethod
    def _checked(fact: Fact) -> list[str]:
        slots = ["found", "type", *(s for s in ("actor", "recipient", "time", "certainty") if fact.get(s))]
        slots += ["aux"] if fact.get("aux") is not None else []
        return slots + (["by"] if fact.get("by") != "any" else [])

    # --- what joins them -------------------------------------------------------------------------------------------

    def linked(self, link: Fact) -> bool:
        return any(True for _ in self._joint(link))

    def differs(self, link: Fact) -> bool:
        return any(set(link["differ"]) <= {d.slot for d in event.differences} for event in self._joint(link))

    def _joint(self, link: Fact) -> Iterable[Any]:
        ones, others = ({m.id for m in self.near.get(link[side], ())} for side in "ab")
        return (e for e in self.dossier.events if set(e.mentions) & ones and set(e.mentions) & others)

    def claim(self, quote: Fact) -> Claim | None:
        where = self.place(quote["report"], quote["starts"])
        for claim in self.dossier.claims if where else ():
            start, end = claim.content.start, claim.content.end
            if where and claim.direct and claim.report == where[0]:
                at = where[1].start
                if at - EARLY <= start <= at and end >= at + MOST:
                    return claim
        return None

    def spoken(self, quote: Fact) -> bool:
        claim = self.claim(quote)
        actor = self.actors.get(claim.actor or "") if claim else None
        return claim is not None and fold(quote["speaker"]) in fold(claim.source) + (
            self.known_as(actor) if actor else ""
        )

    def same_words(self, pair: tuple[Fact, Fact]) -> bool:
        one, other = map(self.claim, pair)
        return bool(one and other and one.group and one.group == other.group)

    def stands(self, row: Fact) -> bool:
        return any(
            p.stance == row["stance"] and self.is_one(row["actor"], p.actor) and self.is_one(row["toward"], p.toward)
            for p in self.dossier.positions
        )

    def known(self, row: Fact) -> bool:
        return any(
            self.is_one(row["name"], actor.id)
            and (not row.get("role") or fold(row["role"]) in self.known_as(actor))
            and (not row.get("country") or actor.country == row["country"])
            and (not row.get("kind") or actor.kind == row["kind"])
            for actor in self.dossier.actors
        )

    def expected(self, row: Fact) -> bool:
        ids = {m.id for m in self.near.get(row["fact"], ())}
        due = tuple(map(_day, row["due"]))
        return any(e.mention in ids and (_day(e.due.start), _day(e.due.end)) == due for e in self.dossier.expectations)

    def kept_out(self, row: Fact) -> bool:
        """Whether nothing was made of words that say nothing, and nothing certain of what is feared."""
        for mention in self._near(row | {"id": ""}):
            bare = not mention.auxiliary and mention.certainty == "certain"
            if "boilerplate" in row["what"] or (bare and mention.type in VIOLENT):
                return False
        return True

    def false_merges(self) -> list[tuple[str, str]]:
        """Pairs of facts of different kinds in one event that nobody linked."""
        kinds = {i: set(f["type"]) for i, f in self.facts.items() if "ANY" not in f["type"]}
        linked = {frozenset((row["a"], row["b"])) for row in self.gold.get("links") or []}
        wrong = []
        for a, b in combinations(kinds, 2):
            one, other = self.best[a], self.best[b]
            if kinds[a] & kinds[b] or frozenset((a, b)) in linked or one is None or other is None:
                continue
            pair = {one[0].id, other[0].id}
            if len(pair) == 2 and any(pair <= set(e.mentions) for e in self.dossier.events):
                wrong.append((a, b))
        return wrong

    def checks(self) -> dict[str, tuple[list[Any], Callable[[Any], bool]]]:
        """What is counted row by row beside the facts: its rows, and what makes one right."""
        gold = self.gold
        quotes = {q["id"]: q for q in gold.get("quotes") or []}
        pairs = [(q, quotes[q["same_as"]]) for q in quotes.values() if q.get("same_as", "") in quotes]
        links = gold.get("links") or []
        return {
            "links": (links, self.linked),
            "differences": ([row for row in links if row["differ"]], self.differs),
            "quotes": (list(quotes.values()), self.spoken),
            "same_words": ([p for p in pairs if p[0]["id"] < p[1]["id"]], self.same_words),
            "positions": (gold.get("positions") or [], self.stands),
            "actors": (gold.get("actors") or [], self.known),
            "expectations": (gold.get("expectations") or [], self.expected),
            "never": (gold.get("never") or [], self.kept_out),
        }


def _is_code(wanted: str) -> bool:
    return len(wanted) == 3 and wanted.isupper()


def _day(value: object) -> date:
    return value if type(value) is date else date.fromisoformat(str(value)[:10])
