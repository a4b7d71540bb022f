"""Readings made by hand: an `Account` is a text on which actors, mentions and claims are marked by their words."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from dragoman.reconcile.words import slug
from dragoman.records import Actor, Claim, Evidence, Line, Mention, Number, Reading, Report, Role, Span, Time


class Account:
    """One report and what it says; every mark must stand in the text."""

    def __init__(
        self, name: str, text: str, *, published: str | None = "2031-03-07", outlet: str | None = None
    ) -> None:
        digest = sha256(text.encode()).hexdigest()
        self.report = Report(
            id=f"{name}-{digest[:8]}",
            origin=f"{name}.txt",
            text=text,
            sha256=digest,
            published=published,
            outlet=outlet or name,
        )
        self.vector = b""
        self.actors: dict[str, Actor] = {}
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []

    def like(self, *vector: int) -> Account:
        """Give every sentence this vector."""
        self.vector = bytes(n % 256 for n in vector)
        return self

    def span(self, words: str) -> Span:
        at = self.report.text.index(words)
        return Span(at, at + len(words))

    def sentence(self, span: Span) -> Span:
        ends = [m.end() for m in re.finditer(r"[.!?](?=\s|$)", self.report.text)] or [len(self.report.text)]
        start = max((e for e in ends if e <= span.start), default=0)
        return Span(start, min((e for e in ends if e > span.start), default=len(self.report.text)))

    def actor(self, name: str, kind: str = "person", *, title: str | None = None, **more: Any) -> Account:
        spots = tuple(
            Evidence(self.report.id, Span(m.start(), m.end())) for m in re.finditer(re.escape(name), self.report.text)
        )
        roles = (Role(title=title, of=None, report=self.report.id, span=self.span(title)),) if title else ()
        self.actors[name] = Actor(id=slug(name), name=name, kind=kind, spans=spots, roles=roles, **more)  # type: ignore[arg-type]
        return self

    def event(
        self,
        trigger: str,
        kind: str,
        *,
        actor: tuple[str, ...] = (),
        recipient: tuple[str, ...] = (),
        day: str | tuple[str, str] | None = None,
        number: tuple[float, str] | None = None,
        lemma: str | None = None,
        when: str | None = None,
        **more: Any,
    ) -> Account:
        at = self.span(trigger)
        clause = self.sentence(at)
        start, end = (day, day) if isinstance(day, str) else day or (None, None)
        value, words = number or (0, "")
        self.mentions.append(
            Mention(
                id=f"m-{sha256(f'{self.report.id}{at}{kind}'.encode()).hexdigest()[:8]}",
                report=self.report.id,
                trigger=at,
                span=clause,
                type=kind,  # type: ignore[arg-type]
                lemma=lemma or trigger,
                actor=tuple(slug(a) for a in actor),
                recipient=tuple(slug(a) for a in recipient),
                actor_text=actor,
                **{"recipient_text": recipient, **more},
                time=Time(text=when or str(start), start=start, end=end, precision="day") if start else None,
                numbers=(Number(value=value, low=value, high=value, unit="people", text=words, span=self.span(words)),)
                if number
                else (),
            )
        )
        return self

    def quote(self, words: str, speaker: str) -> Account:
        at = self.span(words)
        self.claims.append(
            Claim(
                id=f"c-{sha256(f'{self.report.id}{at}'.encode()).hexdigest()[:8]}",
                report=self.report.id,
                source=speaker,
                source_span=None,
                actor=slug(speaker) if speaker in self.actors else None,
                cue=None,
                cue_span=None,
                content=at,
                direct=True,
                kind="named",
            )
        )
        return self

    @property
    def reading(self) -> Reading:
        text = self.report.text
        spans: list[Span] = []
        while (at := spans[-1].end if spans else 0) < len(text):
            rest = self.sentence(Span(at, at))
            spans.append(rest if rest.end > at else Span(at, len(text)))
        return Reading(
            report=self.report.id,
            version="hand",
            actors=tuple(self.actors.values()),
            mentions=tuple(self.mentions),
            claims=tuple(self.claims),
            lines=tuple(Line(s, 0, self.vector) for s in spans),
        )
