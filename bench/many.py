"""Reports by the thousand for measuring what grows with a dossier: the examples again and again, about other people.

Each round of the examples gets names, words and days of its own, letter for letter as long as the old ones, so that the
readings of the examples hold for them too; no model runs. What a round shares with another is what news shares: states,
verbs, small words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase as LETTERS

import numpy as np
from msgspec.structs import replace

from dragoman.collect import collect
from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Actor, Claim, Due, Evidence, Line, Mention, Place, Reading, Report, Role, Time
from dragoman.understand import understand

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WORD = re.compile(r"[A-Za-z]+")
SHORT = 4  # letters up to which words stay as they are
KEPT = 0.35  # share of the longer small words that stay: what all news is made of
A_DAY = 4  # rounds that begin on one day


def example_readings() -> list[tuple[Report, Reading]]:
    """The examples, read with the shipped model."""
    reader, found = Reader(), []
    for folder in sorted(p for p in EXAMPLES.iterdir() if p.is_dir()):
        own = folder / "actors.tsv"
        knowledge = Knowledge(actors=own if own.exists() else None)
        for item in collect(sorted(folder.glob("*.txt")), dates=folder / "dates.tsv"):
            if item.report is not None:
                found.append((item.report, understand(reader.read(item.report), knowledge, version="bench")))
    return found


def many(count: int, *, seed: int = 0) -> Iterator[tuple[Report, Reading]]:
    """`count` reports with their readings, in rounds of the examples."""
    base = example_readings()
    states = {w.lower() for _, r in base for a in r.actors if a.kind == "state" for w in WORD.findall(a.name)}
    for n in range(count):
        turn, at = divmod(n, len(base))
        yield _Round(turn, seed, states).told(*base[at])


class _Round:
    """One retelling of the examples: a cipher for names, one for words, a shift of days and of the vectors' axes."""

    def __init__(self, turn: int, seed: int, states: set[str]) -> None:
        self.dice = Random(seed * 1_000_003 + turn)
        self.states = states
        self.cipher = dict(zip(LETTERS, self.dice.sample(LETTERS, len(LETTERS)), strict=True))
        self.shift = timedelta(days=turn // A_DAY)
        self.axes = np.array(self.dice.sample(range(384), 384))
        self.turn = turn

    def word(self, word: str) -> str:
        low = word.lower()
        stays = len(low) <= SHORT or low in self.states
        if stays or (word.islower() and hashlib.md5(low.encode()).digest()[0] < 256 * KEPT):
            return word
        made = "".join(self.cipher[c] for c in low)
        return made.upper() if word.isupper() else made.capitalize() if word[0].isupper() else made

    def words(self, text: str) -> str:
        return WORD.sub(lambda m: self.word(m[0]), text)

    def day(self, day: str | None) -> str | None:
        if not day:
            return None
        return (date.fromisoformat(day[:10]) + self.shift).isoformat() + day[10:]

    def time(self, time: Time | None) -> Time | None:
        return time and replace(time, start=self.day(time.start), end=self.day(time.end), value=None)

    def due(self, due: Due | None) -> Due | None:
        return due and Due(self.day(due.start) or "", self.day(due.end) or "")

    def place(self, place: Place | None) -> Place | None:
        return place and replace(place, text=self.words(place.text), name=place.name and self.words(place.name))

    def told(self, report: Report, reading: Reading) -> tuple[Report, Reading]:
        text = self.words(report.text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        ident = f"{report.origin.removesuffix('.txt')}-{self.turn}-{digest[:8]}"
        title = report.title and self.words(report.title)
        other = replace(report, id=ident, origin=f"{self.turn}-{report.origin}", text=text, sha256=digest,
                        title=title, published=self.day(report.published))  # fmt: skip
        return other, replace(
            reading,
            report=ident,
            actors=tuple(self._actor(a, ident) for a in reading.actors),
            mentions=tuple(self._mention(m, ident) for m in reading.mentions),
            claims=tuple(self._claim(c, ident) for c in reading.claims),
            lines=tuple(self._line(line) for line in reading.lines),
            rejects=tuple(replace(r, report=ident) for r in reading.rejects),
        )

    def _actor(self, actor: Actor, report: str) -> Actor:
        roles = tuple(Role(title=r.title, of=r.of, report=report, span=r.span) for r in actor.roles)
        spans = tuple(Evidence(report, e.span) for e in actor.spans)
        aliases = tuple(self.words(a) for a in actor.aliases)
        return replace(actor, name=self.words(actor.name), aliases=aliases, roles=roles, spans=spans)

    def _mention(self, mention: Mention, report: str) -> Mention:
        return replace(
            mention,
            id=f"{report}:{mention.trigger.start}-{mention.type}",
            report=report,
            actor_text=tuple(map(self.words, mention.actor_text)),
            recipient_text=tuple(map(self.words, mention.recipient_text)),
            time=self.time(mention.time),
            due=self.due(mention.due),
            place=self.place(mention.place),
            attribution=tuple(replace(a, source=self.words(a.source)) for a in mention.attribution),
            line=self.words(mention.line),
        )

    def _claim(self, claim: Claim, report: str) -> Claim:
        ident = f"{report}:c{claim.content.start}-{claim.content.end}"
        return replace(claim, id=ident, report=report, source=self.words(claim.source))

    def _line(self, line: Line) -> Line:
        if not line.vector:
            return line
        return Line(line.span, line.paragraph, np.frombuffer(line.vector, np.int8)[self.axes].tobytes())
