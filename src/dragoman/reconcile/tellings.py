"""Mentions made ready to be held against each other, with the dossier's actors in the place of the report's."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dragoman.reconcile.acts import Sense, acts_of, acts_of_gloss, acts_of_mode, head_of, once, sense
from dragoman.reconcile.casebook import Casebook
from dragoman.reconcile.cast import local_ids, named_in
from dragoman.reconcile.kinship import Kinship
from dragoman.reconcile.memory import Kind, Memory
from dragoman.reconcile.noted import day_before, proper_names, scene_names, surmised, surroundings, told_as_known
from dragoman.reconcile.nouns import AFTER, thing_of
from dragoman.reconcile.rows import ACTOR, AFFAIR, COPY, TELLING
from dragoman.reconcile.stories import ACCOUNTS
from dragoman.reconcile.telling import MANY, Affair, Telling
from dragoman.reconcile.words import content, stem
from dragoman.records import Mention, Span

TOLLS = frozenset({"kill", "wound"})  # acts of related.tsv that a toll sums up
FOREMOST = 12  # of those whom a report names, under how many what is done once is sought


class Aligned(Struct, frozen=True):
    """The mention of the original that a mention of a copy tells again in the same words."""

    original: str


ALIGNED: Kind[Aligned] = Kind("aligned", Aligned, lambda ident, aligned: (aligned.original,))


def find_tellings(book: Casebook, reports: set[str], anew: set[str], actors: set[str]) -> dict[str, Telling | None]:
    """Mentions of some reports: those that are told in another way now, or of actors that are known otherwise.

    Of the reports `anew` all.
    """
    memory = book.memory
    kin = Kinship(book.actors)
    reports = reports | anew
    anew = anew | _find_affairs(book, reports, kin)
    old = memory.many(TELLING, sorted(memory.having(TELLING, [f"report {r}" for r in sorted(reports)])))
    found: dict[str, Telling | None] = dict.fromkeys(old)
    for report in sorted(reports):
        found.update((t.id, t) for t in tellings_of(book, report, kin))
    bears = _align(book, reports, found)
    gather(memory, bears)
    memory.load(TELLING, bears)
    for ident in sorted(bears):
        telling = found[ident] if ident in found else memory.get(TELLING, ident)
        if telling is not None:
            old.setdefault(ident, telling)
            found[ident] = replace(telling, repeats=_repeats(book, ident, found))
    return {
        i: telling
        for i, telling in sorted(found.items())
        if telling is None
        or telling != old.get(i)
        or telling.mention.report in anew
        or actors & {*told_of(telling.mention), *telling.names}
    }


def _repeats(book: Casebook, ident: str, found: Mapping[str, Telling | None]) -> bool:
    """Whether an earlier mention tells the same in the same words."""
    tellings = (found[i] if i in found else book.memory.get(TELLING, i) for i in together(book.memory, ident))
    return min((t.mention for t in tellings if t is not None), key=book.order).id != ident


def gather(memory: Memory, idents: Iterable[str]) -> None:
    """Have at hand with which these mentions stand together."""
    idents = list(idents)
    firsts = {aligned.original for aligned in memory.many(ALIGNED, idents).values()}
    memory.find(ALIGNED, {*idents, *firsts})


def together(memory: Memory, ident: str) -> set[str]:
    """A mention with those that tell the same in the same words in its report's copies and original."""
    aligned = memory.get(ALIGNED, ident)
    first = aligned.original if aligned else ident
    return {first} | memory.having(ALIGNED, (first,))


def told_of(mention: Mention) -> Iterator[str]:
    """The actors that a mention names: who did it, to whom, and who says so."""
    yield from (*mention.actor, *mention.recipient, *(a.actor for a in mention.attribution if a.actor))


def resolved(mention: Mention, ids: Mapping[str, str]) -> Mention:
    """A mention with the dossier's actors."""

    def each(local: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ids[i] for i in local if i in ids))

    return replace(
        mention,
        actor=each(mention.actor),
        recipient=each(mention.recipient),
        attribution=tuple(replace(a, actor=ids.get(a.actor or "")) for a in mention.attribution),
    )


def _find_affairs(book: Casebook, reports: set[str], kin: Kinship) -> set[str]:
    """Find out of what crisis some reports tell; those that tell of another than before."""
    known = book.memory.many(AFFAIR, sorted(reports))
    found: dict[str, Affair | None] = {}
    for report in sorted(reports):
        account = book.memory.get(ACCOUNTS, report)
        affair = Affair(account.topic, _cast(i for _, i in named_in(book, report) if kin.named(i))) if account else None
        if affair is None or not affair.tells(known.get(report)):
            found[report] = affair
    book.memory.put(AFFAIR, found)
    return set(found)


def tellings_of(book: Casebook, report: str, kin: Kinship) -> Iterator[Telling]:
    """The mentions of a report."""
    reading, affair, collected = book.reading(report), book.memory.get(AFFAIR, report), book.collected(report)
    if reading is None or affair is None or collected is None:
        return
    ids, named = local_ids(book, report), named_in(book, report)
    book.memory.load(ACTOR, ids.values())
    at = collected.text.find(collected.title) if collected.title else -1
    title = Span(at, at + len(collected.title or "")) if at >= 0 else None
    for local in reading.mentions:
        mention = resolved(local, ids)
        line = book.line(mention)
        where = line.span if line else mention.span
        near = surroundings(book, mention, before=2)
        acts, things = _acts(mention), _acted_on(mention, kin)
        telling = Telling(
            mention=mention,
            head=head_of(mention.lemma),
            acts=acts,
            about=_substance(book, mention, kin),
            object=_object(mention),
            names=frozenset(actor for spot, actor in named if where.covers(spot)),
            sentence=where,
            told=collected.published,
            line=line.vector if line else b"",
            who=(),
            headline=title is not None and title.start <= mention.trigger.start < title.end,
            named=proper_names(book, mention, kin, toll=_is_toll(mention, acts)),
            around=frozenset(actor for spot, actor in named if near.covers(spot)),
            day=day_before(book, mention, reading.mentions),
            scene=scene_names(book, mention),
            things=things,
            beside=things & frozenset(map(thing_of, content(" ".join(_beside_verb(mention))))),
            surmised=surmised(book, mention),
            known=told_as_known(book, mention),
        )
        yield replace(telling, who=_somebody(telling, kin, affair))


def _cast(named: Iterable[str]) -> dict[str, float]:
    """Who is named, by how often, at unit length."""
    often = {i: math.log1p(n) for i, n in sorted(Counter(named).items())}
    norm = math.sqrt(sum(v * v for v in often.values()))
    return {i: v / norm for i, v in often.items()}


def _acts(mention: Mention) -> Mapping[str, float]:
    """What its trigger, frame and mode tell; where nobody acts, what its subject tells: "the invasion began"."""
    subject = mention.actor_text[0].lower().split()[-1:] if mention.actor_text and not mention.actor else []
    told = [acts_of_mode(mention.type, mention.mode), acts_of_gloss(*_frame(mention)), acts_of(mention.lemma)]
    told += [acts_of(subject[0])] if subject else []
    found: dict[str, float] = {}
    for acts in told:
        for act, near in acts.items():
            found[act] = max(near, found.get(act, 0.0))
    return found


def _frame(mention: Mention) -> tuple[str, str]:
    """The type of its frame and what that says."""
    types = [reason for reason in mention.why if reason.slot == "type"]
    if not types:
        return mention.type, ""
    turned = len(types) > 1 and types[1].reason.endswith(f", so {mention.type}")
    return types[turned].value, re.split(r"[:;] ", types[0].reason)[-1]


def _substance(book: Casebook, mention: Mention, kin: Kinship) -> Sense:
    """What a clause is about: its content without its trigger, its participants and its time."""
    spoken = [book.words(mention.report, mention.trigger), *mention.actor_text, *mention.recipient_text]
    spoken += [mention.time.text] if mention.time else []
    spoken += [kin.actors[i].name for i in (*mention.actor, *mention.recipient) if kin.person(i) and kin.named(i)]
    known = frozenset(stem for words in spoken for stem in sense(words).stems)
    return sense(book.words(mention.report, mention.span)).without(known)


def _object(mention: Mention) -> Sense:
    """What it is done to or with that is nobody: "condemned the coup", "called for an inquiry"."""
    texts = () if mention.recipient else mention.recipient_text
    return sense(" ".join((*_beside_verb(mention), *texts)))


def _beside_verb(mention: Mention) -> list[str]:
    """The words of a trigger beside its verb: "freeze account" → account."""
    verb = set(head_of(mention.lemma).split())
    return [word for word in mention.lemma.split()[1:] if word not in verb]


def _acted_on(mention: Mention, kin: Kinship) -> frozenset[str]:
    """What it is done to or with, actors left out: "froze accounts", "the airspace of Niger"."""
    whom = [kin.actors[i] for i in mention.recipient if i in kin.actors]
    names = {s for actor in whom for name in (actor.name, *actor.aliases) for s in content(name)}
    place = set(content(mention.place.text)) if mention.place else set()
    found = set(content(" ".join(_beside_verb(mention))))
    for text in mention.recipient_text:
        words = content(re.split(AFTER, text)[0]) if whom else content(text)
        found.update(words[-1:] if whom else words)
    return frozenset(thing_of(s) for s in found - names - place if not s.isdigit())


def _somebody(telling: Telling, kin: Kinship, affair: Affair) -> tuple[str, ...]:
    """Under what else than its act a mention is sought; what is dated to a day or two also under that day alone.

    What is done once may be told without anybody: it is sought under those whom its report names most,
    states left out.
    """
    mention = telling.mention
    ids = set(told_of(mention))
    known = [kin.actors[i] for i in sorted(ids) if i in kin.actors]
    states = {f"of {a.country}" for a in known if a.country}
    sides = {f"side {a.sector}" for a in known if a.sector and not kin.named(a.id)}
    place = {f"in {mention.place.name}"} if mention.place and mention.place.name else set()
    day = {f"on {telling.start}"} if telling.days is not None and telling.days <= 2 else set()
    things = {f"thing {thing}" for thing in _things(mention)}
    broad = {stem for i in affair.cast if kin.state(i) for stem in content(kin.actors[i].name)}
    named = {f"named {name}" for name in (telling.named | telling.scene) - broad}
    bodies = {f"body {word}" for word in _bodies(mention, kin)}
    figures = {f"figure {n.value:g}" for n in mention.numbers if n.value >= MANY}
    most = sorted(i for i in affair.cast if not kin.state(i)) if once(telling.acts) else []
    most = sorted(most, key=lambda i: -affair.cast[i])[:FOREMOST]
    told = {f"word {telling.head}", *(f"told of {i}" for i in most)}
    return tuple(sorted(ids | states | sides | place | named | things | day | figures | bodies | told))


def _bodies(mention: Mention, kin: Kinship) -> set[str]:
    """Names within what tells the nameless: "the leaders of the Lund League", "the Lund League's heads"."""
    names = [kin.actors[i].name for i in (*mention.actor, *mention.recipient) if i in kin.actors]
    texts = [text.split() for text in (*mention.actor_text, *mention.recipient_text, *names)]
    return {s for words in texts if content(" ".join(w for w in words if w[:1].islower()))
            for s in content(" ".join(w for w in words if w[:1].isupper()))}  # fmt: skip


def _is_toll(mention: Mention, acts: Mapping[str, float]) -> bool:
    """Whether it tells how many fell, and not by whom."""
    return not mention.actor and not mention.place and bool(mention.numbers) and not TOLLS.isdisjoint(acts)


def _things(mention: Mention) -> set[str]:
    """What it is done with or to where that is nobody: "positioned vehicles", "the bombing of the barracks"."""
    things = {stem(word) for word in mention.lemma.split()[1:]}
    things |= set() if mention.recipient else {s for text in mention.recipient_text for s in content(text)}
    return set(map(thing_of, things))


# --- copies --------------------------------------------------------------------------------------------------------


def _align(book: Casebook, reports: set[str], found: Mapping[str, Telling | None]) -> set[str]:
    """Align the copies among some reports, and the copies of these, with their originals; the mentions it bears on."""
    memory = book.memory
    old = {i for i, telling in found.items() if telling is None}
    new: dict[str, Aligned] = {}
    anew: dict[str, list[Mention]] = {}
    for telling in found.values():
        if telling is not None:
            anew.setdefault(telling.mention.report, []).append(telling.mention)

    def mentions_of(report: str) -> list[Mention]:
        """The mentions of a report as they are now, in order of the text."""
        kept = sorted(i for i in memory.having(TELLING, (f"report {report}",)) if i not in found)
        return sorted(
            [*anew.get(report, ()), *(t.mention for t in memory.many(TELLING, kept).values())], key=book.order
        )

    for report in sorted(reports | memory.having(COPY, reports)):
        copy = memory.get(COPY, report)
        mine = mentions_of(report)
        old |= {m.id for m in mine}
        if copy is not None:
            new.update(_pairs(book, mine, mentions_of(copy.original)))
    bears = set(found)
    gather(memory, old | new.keys())
    for ident in sorted(old | new.keys()):
        bears |= together(memory, ident)
    memory.put(ALIGNED, {i: new.get(i) for i in sorted(old | new.keys())})
    for ident in sorted(old | new.keys()):
        bears |= together(memory, ident)
    return bears


def _pairs(book: Casebook, mine: Sequence[Mention], theirs: Sequence[Mention]) -> Iterator[tuple[str, Aligned]]:
    """Mentions of a copy with those of its original: same trigger in the same words, taken in order."""
    left = [(m, Counter(content(book.words(m.report, m.span)))) for m in theirs]
    for mention in mine:
        words = Counter(content(book.words(mention.report, mention.span)))
        for n, (other, others) in enumerate(left):
            if other.lemma == mention.lemma and other.type == mention.type and _same_words(words, others):
                del left[n]
                yield mention.id, Aligned(other.id)
                break


def _same_words(one: Counter[str], other: Counter[str]) -> bool:
    shared = (one & other).total()
    return shared >= 0.6 * max(one.total(), other.total(), 1)
