"""Explaining: behind any id of a dossier, the sentence, its parse, the rule or model, and the readings that lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.records import (
    Actor,
    Claim,
    Correction,
    Doc,
    Dossier,
    Due,
    Event,
    Expectation,
    Mention,
    Position,
    Span,
    Story,
)
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.words import chain, manner, plain, when

DocOf = Callable[[str], Doc]


def explain(dossier: Dossier, ident: str, doc_of: DocOf) -> RenderableType:
    """What stands behind any row of a dossier, or behind a footnote mark of the board (`A7`).

    `doc_of` gives the parsed document of a report's id. Former ids of events are understood. Raises KeyError for an id
    that the dossier does not have.
    """
    teller = _Teller(dossier, doc_of)
    if (at := teller.notes.find(ident)) is not None:
        return Group(*teller.footnote(*at))
    for event in dossier.events:
        if ident == event.id or ident in event.was:
            return Group(*teller.event(event))
    for mention in dossier.mentions:
        if ident == mention.id:
            return Group(*teller.mention(mention))
    for claim in dossier.claims:
        if ident == claim.id:
            return Group(*teller.claim(claim))
    for actor in dossier.actors:
        if ident == actor.id:
            return Group(*teller.actor(actor))
    for position in dossier.positions:
        if ident == position.id:
            return Group(*teller.position(position))
    for expectation in dossier.expectations:
        if ident == expectation.id:
            return Group(*teller.expectation(expectation))
    for story in dossier.stories:
        if ident == story.id:
            return Group(*teller.story(story))
    for correction in dossier.corrections:
        if ident == correction.id:
            return Group(*teller.correction(correction))
    if ident in teller.notes.reports:
        return Group(*teller.report(ident))
    raise KeyError(ident)


class _Teller:
    def __init__(self, dossier: Dossier, doc_of: DocOf) -> None:
        self.dossier = dossier
        self.doc_of = doc_of
        self.notes = Footnotes(dossier)
        self.names = {a.id: plain(a.name) for a in dossier.actors}
        self.mentions = {m.id: m for m in dossier.mentions}

    def footnote(self, report: str, sentence: Span) -> Iterator[RenderableType]:
        """Everything that was found in one sentence."""
        yield _title(report, plain(self.notes.reports[report].title or self.notes.reports[report].origin))
        yield self._sentence(report, Span(sentence.start, sentence.start), sentence)
        for mention in self.dossier.mentions:
            if mention.report == report and sentence.covers(mention.trigger):
                yield from self._found(mention)
        claims = [c for c in self.dossier.claims if c.report == report and sentence.overlaps(c.content)]
        yield _table([(c.id, f"{plain(c.source)}: “{self.notes.words(report, c.content)}”") for c in claims])
        yield from self._rejected(report, sentence)
        yield from self._parse(report, sentence)

    def report(self, ident: str) -> Iterator[RenderableType]:
        report = self.notes.reports[ident]
        yield _title(ident, plain(report.title or report.origin))
        published = f"{report.published} (from {report.published_from})" if report.published else "no day known"
        found = sum(m.report == ident for m in self.dossier.mentions)
        rows = [("published", published), ("outlet", plain(report.outlet or "")), ("copy of", report.copy_of or ""),
                ("origin", plain(report.origin)), ("mentions", str(found))]  # fmt: skip
        rows += [("shared", f"“{self.notes.words(ident, p.span)}” [{self.notes.mark(p.report, p.theirs)}]")
                 for p in report.shared if p.report in self.notes.reports]  # fmt: skip
        rows += [("passed over", self.notes.words(ident, span)) for span in report.boilerplate]
        yield _table(rows)

    def story(self, story: Story) -> Iterator[RenderableType]:
        yield _title(story.id, plain(story.title))
        yield _table([("from", story.start or ""), ("to", story.end or ""), ("reports", ", ".join(story.reports))])

    def event(self, event: Event) -> Iterator[RenderableType]:
        yield _title(event.id, f"{event.type}{f' ({event.mode})' if event.mode else ''}: {plain(event.headline)}")
        rows = [
            ("when", when(event.time)),
            ("actor", self._who(event.actor)),
            ("recipient", self._who(event.recipient)),
            ("accounts", self._accounts(event)),
            ("former ids", ", ".join(event.was)),
        ]
        rows += [("one event because", plain(line)) for line in event.why]
        rows += [(f"differ: {d.slot}", plain(d.line) or " | ".join(plain(v.value) for v in d.values))
                 for d in event.differences]  # fmt: skip
        rows += [(f"only {self.notes.letters[a.report]}: {a.slot}", plain(a.value)) for a in event.added]
        yield _table(rows)
        for ident in event.mentions:
            if ident in self.mentions:
                yield from self.mention(self.mentions[ident])

    def mention(self, mention: Mention) -> Iterator[RenderableType]:
        yield from self._found(mention)
        yield from self._parse(mention.report, mention.trigger)
        yield from self._rejected(mention.report, mention.trigger)

    def _found(self, mention: Mention) -> Iterator[RenderableType]:
        yield _title(mention.id, f"{mention.type}{f' ({mention.mode})' if mention.mode else ''} by {mention.by}")
        yield self._sentence(mention.report, mention.trigger, mention.span)
        rows = [("actor", self._who(mention.actor)), ("recipient", self._who(mention.recipient)),
                ("when", when(mention.time)), ("where", plain(mention.place.text) if mention.place else ""),
                ("how told", manner(mention)), ("who says so", chain(mention.attribution)),
                ("confidence", f"{mention.confidence:.2f}")]  # fmt: skip
        rows += [(r.slot, f"{plain(r.value)} — {plain(r.reason)}" if r.value else plain(r.reason)) for r in mention.why]
        if mention.time and mention.time.why:
            rows.append(("time", plain(mention.time.why)))
        yield _table(rows)

    def claim(self, claim: Claim) -> Iterator[RenderableType]:
        yield _title(claim.id, f"claim, {claim.kind} source")
        yield self._sentence(claim.report, claim.content, claim.content)
        rows = [("source", plain(claim.source)), ("actor", self.names.get(claim.actor or "", "")),
                ("cue", plain(claim.cue or "")), ("direct", "yes" if claim.direct else "no"),
                ("hedge", plain(claim.hedge or "")), ("same words", claim.group or "")]  # fmt: skip
        yield _table(rows)
        yield from self._parse(claim.report, claim.content)

    def actor(self, actor: Actor) -> Iterator[RenderableType]:
        yield _title(actor.id, f"{plain(actor.name)}, {actor.kind}")
        rows = [("aliases", ", ".join(map(plain, actor.aliases))), ("country", actor.country or ""),
                ("sector", actor.sector or "")]  # fmt: skip
        for role in actor.roles:
            of = f" of {role.of}" if role.of else ""
            rows.append(("role", f"{plain(role.title)}{plain(of)} [{self.notes.mark(role.report, role.span)}]"))
        rows += [("why", plain(line)) for line in actor.why]
        marks = dict.fromkeys(self.notes.mark(e.report, e.span) for e in actor.spans)
        rows.append(("named in", " ".join(marks)))
        yield _table(rows)

    def position(self, position: Position) -> Iterator[RenderableType]:
        actor, toward = (self.names.get(a, a) for a in (position.actor, position.toward))
        yield _title(position.id, f"{actor} {position.stance} {toward}")
        yield _table([("since", position.since or ""), ("until", position.until or "")])
        for ident in position.evidence:
            if ident in self.mentions:
                yield from self.mention(self.mentions[ident])

    def expectation(self, expectation: Expectation) -> Iterator[RenderableType]:
        yield _title(expectation.id, f"due {when(expectation.due)}: {expectation.status}")
        for ident in (expectation.mention, *expectation.met_by):
            if ident in self.mentions:
                yield from self.mention(self.mentions[ident])

    def correction(self, correction: Correction) -> Iterator[RenderableType]:
        value = f" to {plain(correction.value)}" if correction.value else ""
        yield _title(correction.id, f"{correction.action} {correction.kind}{value}")
        yield _table([("about", plain(correction.about)), ("decided by", plain(correction.author)),
                      ("when", when(Due(correction.made, correction.made))), ("reason", plain(correction.reason)),
                      ("bears on", ", ".join(correction.rows) or "nothing: its report is not here")])  # fmt: skip

    def _accounts(self, event: Event) -> str:
        """How many accounts, and which reports are one: `2 independent of 3 reports: A; B with C`."""
        groups = [" with ".join(self.notes.letters[r] for r in group) for group in event.accounts]
        of = f"{len(event.reports)} report" + ("s" if len(event.reports) != 1 else "")
        return f"{event.independent} independent of {of}: {'; '.join(groups)}"

    def _who(self, actors: tuple[str, ...]) -> str:
        return ", ".join(f"{self.names.get(a, a)} ({a})" for a in actors)

    def _sentence(self, report: str, trigger: Span, span: Span) -> RenderableType:
        """The sentence with its clause underlined and its trigger in bold; white space is kept so that spans hold."""
        whole = self.notes.sentence(report, span)
        body = Text(f"{self.notes.mark(report, span)}  ", "dim")
        start = max(whole.start, 0)
        text = self.notes.reports[report].text
        for at in range(start, max(whole.end, span.end)):
            style = (
                "bold yellow"
                if trigger.start <= at < trigger.end
                else "underline"
                if span.start <= at < span.end
                else ""
            )
            char = text[at]
            body.append(char if char.isprintable() else " ", style)
        return Padding(body, (0, 0, 0, 2))

    def _parse(self, report: str, span: Span) -> Iterator[RenderableType]:
        doc = self.doc_of(report)
        for sentence in doc.sentences:
            if sentence.span.start <= span.start < sentence.span.end:
                table = Table(title="parse", title_justify="left", title_style="dim", box=None, padding=(0, 1))
                for head in ("", "word", "lemma", "part", "relation", "head"):
                    table.add_column(head, style="dim" if not head else None)
                for w in sentence.words:
                    above = plain(sentence.words[w.head].text) if w.head >= 0 else "root"
                    table.add_row(str(w.i + 1), Text(plain(w.text)), Text(plain(w.lemma)), w.upos, w.rel, Text(above))
                yield Padding(table, (0, 0, 1, 2))
                return

    def _rejected(self, report: str, span: Span) -> Iterator[RenderableType]:
        whole = self.notes.sentence(report, span)
        rows = [(r.stage, f"“{self.notes.words(report, r.span)}”: {plain(r.reason)}") for r in self.dossier.rejects
                if r.report == report and r.span and whole.covers(r.span)]  # fmt: skip
        if rows:
            yield Padding(Text("found in this sentence and not taken", "dim"), (0, 0, 0, 2))
            yield _table(rows)


def _title(ident: str, line: str) -> RenderableType:
    return Text(f"{ident}  ", "bold cyan") + Text(line, "bold")


def _table(rows: list[tuple[str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    for name, value in rows:
        if value:
            table.add_row(name, Text(value))
    return Padding(table, (0, 0, 1, 2))
