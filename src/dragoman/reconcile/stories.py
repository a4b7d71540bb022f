"""Which reports tell of one development: a single pass over the days, each report to the nearest story or a new one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.copies import own_text
from dragoman.reconcile.words import content
from dragoman.records import Report, Story

NEAR = 0.20  # cosine of a report with the mean of a story
FADE = 10  # days without a report in which a story fades to 1/e of its pull
AFFAIR_NEAR, AFFAIR_FADE = 0.11, 120  # the same for an affair: a crisis through its months
FEW, WEIGHTIEST = 64, 32  # stories up to which each is looked at; words that one beyond them must have one of
TITLE_WEIGHT = 3  # how often the words of a title count
BACKGROUND, SPREAD = 100, 0.02  # reports that none has seen, and the share of them that hold any one word


class Account(Struct, frozen=True):
    """A report as a bag of weighted stems (unit length), with its day."""

    id: str
    day: date | None
    weights: Mapping[str, float]


def accounts(texts: Sequence[tuple[str, str, str, date | None]]) -> list[Account]:
    """Weigh the words of (id, title, text, day) by TF-IDF over them all.

    A background of reports steadies the weights: in a dossier of two, what both tell is no common word.
    """
    counts = {
        ident: Counter(content(text)) + Counter(dict.fromkeys(content(title), TITLE_WEIGHT))
        for ident, title, text, _ in texts
    }
    spread = Counter(word for bag in counts.values() for word in bag)
    total = len(texts)
    found = []
    for ident, _, _, day in texts:
        weights = {
            w: (1 + math.log(n)) * math.log((1 + total + BACKGROUND) / (1 + spread[w] + BACKGROUND * SPREAD))
            for w, n in counts[ident].items()
        }
        norm = math.sqrt(sum(v * v for v in weights.values())) or 1.0
        found.append(Account(ident, day, {w: v / norm for w, v in sorted(weights.items())}))
    return found


class _Pile:
    """A story in the making: the sum of its reports, and its last day."""

    def __init__(self) -> None:
        self.members: list[Account] = []
        self.sum: dict[str, float] = defaultdict(float)
        self.square = 0.0
        self.last: date | None = None

    def add(self, account: Account) -> None:
        self.square += 1 + 2 * sum(self.sum.get(w, 0.0) * v for w, v in account.weights.items())
        for word, weight in account.weights.items():
            self.sum[word] += weight
        self.members.append(account)
        self.last = max(filter(None, (self.last, account.day)), default=None)

    def near(self, account: Account, fade: int) -> float:
        dot = sum(self.sum[w] * v for w, v in account.weights.items() if w in self.sum)
        silent = abs((account.day - self.last).days) if account.day and self.last else 0
        return dot / math.sqrt(self.square) * math.exp(-silent / fade)


def cluster(
    found: Sequence[Account], *, with_original: Mapping[str, str], at_least: float = NEAR, fade: int = FADE
) -> list[list[str]]:
    """Put accounts, in the order given, to the nearest story of `at_least`; a copy goes where its original is."""
    piles: list[_Pile] = []
    at: dict[str, int] = {}
    having: dict[str, set[int]] = defaultdict(set)
    for account in found:
        n = at.get(with_original.get(account.id, ""))
        if n is None:
            worth = range(len(piles)) if len(piles) <= FEW else _sharing(account, having)
            best = max(((piles[i].near(account, fade), -i) for i in worth), default=(0.0, 0))
            n = -best[1] if best[0] >= at_least else None
        if n is None:
            n = len(piles)
            piles.append(_Pile())
        piles[n].add(account)
        at[account.id] = n
        for word in account.weights:
            having[word].add(n)
    return [[a.id for a in pile.members] for pile in piles]


def _sharing(account: Account, having: Mapping[str, set[int]]) -> set[int]:
    """The stories that have one of a report's weightiest words; what has none of them is not near."""
    weightiest = sorted(account.weights, key=lambda w: (-account.weights[w], w))[:WEIGHTIEST]
    return set().union(*(having.get(word, set()) for word in weightiest))


def headline_of(report: Report) -> str:
    """A report's title, or its first line."""
    lines = (line.strip() for line in own_text(report).splitlines())
    return report.title or next((line for line in lines if line), report.id)


def find_stories(book: Casebook) -> None:
    """Cluster all reports into stories and affairs, oldest first, originals before their copies."""
    ordered = sorted(book.reports.values(), key=lambda r: (r.published or "9999", r.copy_of is not None, r.id))
    texts = [(r.id, r.title or "", own_text(r), book.published(r.id)) for r in ordered]
    originals = {r.id: r.copy_of for r in ordered if r.copy_of}
    weighed = accounts(texts)
    for members in cluster(weighed, with_original=originals, at_least=AFFAIR_NEAR, fade=AFFAIR_FADE):
        book.affair_of.update(dict.fromkeys(members, members[0]))
    for members in cluster(weighed, with_original=originals):
        days = sorted(d[:10] for m in members if (d := book.reports[m].published))
        first = book.reports[members[0]]
        book.stories.append(
            Story(
                id=f"s-{first.sha256[:8]}",
                title=headline_of(first),
                reports=tuple(sorted(members)),
                start=days[0] if days else None,
                end=days[-1] if days else None,
            )
        )
