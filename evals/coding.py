"""`coding`: events as (source, target, code) with a user's own lists of actors and agents (PETRARCH's unit tests).

`--actors FILE` holds `name code`, `--agents FILE` `name ~CODE`: an actor's code, an agent's added to it ("Arnor's
cleric" is ARN + REL). The names are given to the reading as a user's own actors; the codes are read off the words of
each party. Mutual events count in both directions, as in CAMEO. Root: the first two digits of the code.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import permutations, product
from pathlib import Path
from typing import Any

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence, Span
from dragoman.understand.coding import Coding
from dragoman.understand.draft import Draft
from dragoman.understand.party import Party
from evals.coded import coded
from evals.task import Metrics, Options, Record, Task, f1, find, read

_ENDINGS = ("", "s", "i", "is", "n", "an", "ian", "ans", "ians", "ese", "e", "es", "ed", "ean", "ish")
_JOINING = ("and", ",")
_NONE = ("", "")
_LOOSE = ("acl:relcl", "advcl", "appos", "parataxis", "punct")
_PLACEHOLDER = re.compile(r"[-+]{3}")


class Names(Struct, frozen=True):
    """A list of names and codes, longest first, words in lower case."""

    entries: tuple[tuple[tuple[str, ...], str], ...]

    def at(self, words: Sequence[str], i: int) -> tuple[int, str] | None:
        """The longest name that begins at word `i`: how many words it takes, and its code."""
        for name, code in self.entries:
            piece = words[i : i + len(name)]
            if len(piece) == len(name) and list(piece[:-1]) == list(name[:-1]) and _form_of(piece[-1], name[-1]):
                return len(name), code
        return None


def _form_of(word: str, name: str) -> bool:
    return word.startswith(name) and word.removeprefix(name) in _ENDINGS


def names(paths: Sequence[Path]) -> Names:
    """Tables `name<TAB>code` as one list."""
    rows = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            name, _, code = line.partition("\t")
            if name and code.strip() and not name.startswith("<"):
                rows.append((tuple(_words(name)), code.strip()))
    return Names(tuple(sorted(rows, key=lambda row: -len(row[0]))))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.-]+|,", text.lower().replace("’s", "").replace("'s", ""))


def codes_in(text: str, actors: Names) -> set[str]:
    """The codes of all names that stand in a text."""
    words = [word.rstrip(".") for word in _words(text)]
    return {hit[1].upper() for i in range(len(words)) if (hit := actors.at(words, i))}


def codes_of(text: str, actors: Names, agents: Names) -> list[str]:
    """The codes of a phrase: of each of the actors joined in it, with each of the agents joined to them.

    >>> one = Names(((("arnor",), "ARN"), (("gondor",), "GON")))
    >>> two = Names(((("cleric",), "~REL"), (("press",), "~MED")))
    >>> codes_of("a cleric of Arnor and Gondor", one, two), codes_of("Arnor's cleric and press", one, two)
    (['ARNREL', 'GONREL'], ['ARNREL', 'ARNMED'])
    """
    found: list[str] = []
    last = ""  # the actor that agents behind it belong to
    open_kinds: list[tuple[str, str]] = []  # agents that wait for an actor
    for base, kind, agent_first in _members(_words(text), actors, agents):
        if base and agent_first:
            open_kinds.append(kind)
            found += [_code(base, k) for k in open_kinds]
            last = ""
        elif base:
            found += [_code(base, k) for k in (open_kinds if kind == _NONE and open_kinds else [kind])]
            last, open_kinds = base, open_kinds if kind == _NONE else []
        elif kind != _NONE and last:
            found.append(_code(last, kind))
        elif kind != _NONE:
            open_kinds.append(kind)
    return list(dict.fromkeys(found))


def _code(base: str, kind: tuple[str, str]) -> str:
    before, after = kind
    return before + base + ("" if base.endswith(after) else after)


def _members(words: Sequence[str], actors: Names, agents: Names) -> Iterator[tuple[str, tuple[str, str], bool]]:
    """What is joined in a phrase: the first actor, what its agents put before and after its code, which came first."""
    base, kind, agent_first = "", _NONE, False
    i = 0
    while i < len(words):
        hit, agent = actors.at(words, i), agents.at(words, i)
        if hit and not _PLACEHOLDER.match(hit[1]):
            base = base or hit[1].upper()
            i += hit[0]
        elif agent is not None:
            head, _, tail = agent[1].partition("~")
            kind = (kind[0] + head, kind[1] + ("" if tail in kind[1] else tail))
            agent_first |= not base
            i += agent[0]
        else:
            if words[i] in _JOINING:
                yield base, kind, agent_first
                base, kind, agent_first = "", _NONE, False
            i += 1
    yield base, kind, agent_first


def inputs(record: Record) -> Record:
    return {"text": record["text"], "date": record["date"]}


def predict(records: Sequence[Record], options: Options) -> list[Any]:
    """For each record a list of `source`, `target`, `code`."""
    paths = [find(str(p)) for p in options.actors] or [find("events/unittest_actors.tsv")]
    agent_paths = [find(str(p)) for p in options.agents]
    if not options.agents and not options.actors:
        agent_paths = [find("events/unittest_agents.tsv")]
    agent_paths += [p for p in paths if "agents" in p.name]
    actors, agents = names([p for p in paths if "agents" not in p.name]), names(agent_paths)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "actors.tsv"
        table.write_text(_as_actors(actors), encoding="utf-8")
        knowledge = Knowledge(ontology=options.ontology, actors=table)
        return [_events(record, knowledge, actors, agents) for record in records]


def _as_actors(actors: Names) -> str:
    """The names as a user's table of actors: in capitals as news writes them, with the forms of their peoples."""
    rows = ["name\taliases\tkind"]
    for name, _ in sorted(set(actors.entries)):
        proper = " ".join(word.capitalize() for word in name)
        rows.append(f"{proper}\t{'|'.join(proper + e for e in _ENDINGS if e)}\tstate")
    return "\n".join(rows) + "\n"


def _events(record: Record, knowledge: Knowledge, actors: Names, agents: Names) -> list[Record]:
    day = record["date"]
    work, found = coded(read(record["text"], published=f"{day[:4]}-{day[4:6]}-{day[6:8]}"), knowledge)
    rows: list[tuple[str, str, str]] = []
    for coding in found:
        cameo = coding.fit.frame.cameo
        if coding.barred.startswith(("says what", "the topic", "part of")) or not cameo:
            continue
        sources, targets = (_codes(work, side, actors, agents) for side in (coding.actor, coding.recipient))
        sources = [code for code in sources if code not in targets]
        other = _other(work, coding, [*sources, *targets], actors, agents) if bool(sources) != bool(targets) else []
        sources, targets = sources or other, targets or other
        rows += [(a, b, cameo) for a, b in _pairs(coding, sources, targets)]
    rows = rows or _statements(work, found, actors, agents)
    return [{"source": [a], "target": [b], "code": code} for a, b, code in dict.fromkeys(rows)]


def _statements(work: Draft, found: Sequence[Coding], actors: Names, agents: Names) -> list[tuple[str, str, str]]:
    """Where no event is told: what the subject of the main clause says or does about another, CAMEO's 010."""
    told = {coding.clause.i for coding in found}
    rows = []
    for clause in work.clauses:
        sentence = work.doc.sentences[clause.sentence]
        if clause.predicate != sentence.root or clause.i in told:
            continue
        subjects = [w for a in clause.filled("subject") for w in a.words]
        below = [w for w in sentence.subtree(clause.predicate) if w > clause.predicate]
        sources = _codes_at(work, sentence, subjects, actors, agents)
        rest = sentence.span_of(below).of(work.text) if below else ""
        targets = [code for piece in re.split(r", |; ", rest)[:1] for code in codes_of(piece, actors, agents)]
        rows += [(a, b, "010") for a, b in product(sources, targets) if a != b]
    return rows


def _codes_at(work: Draft, sentence: Sentence, words: Sequence[int], actors: Names, agents: Names) -> list[str]:
    """The codes of whole phrases."""
    found = []
    for word in words:
        text = sentence.span_of(sentence.subtree(word)).of(work.text)
        found += codes_of(text, actors, agents)
    return list(dict.fromkeys(found))


def _pairs(coding: Coding, sources: list[str], targets: list[str]) -> list[tuple[str, str]]:
    """Who to whom; both ways where the event is mutual: a meeting, or something done by two with no third."""
    if not targets and len(sources) > 1:
        return list(permutations(sources, 2))
    found = [(a, b) for a, b in product(sources, targets) if a != b]
    if (coding.fit.frame.cameo or "")[:2] != "04":
        return found
    return found + [(b, a) for a, b in found]


def _other(work: Draft, coding: Coding, known: Sequence[str], actors: Names, agents: Names) -> list[str]:
    """The other party of an act that names one only, as coders of pairs have it: whom the rest of the clause names."""
    clause = coding.clause
    sentence = work.doc.sentences[clause.sentence]
    if clause.kind == "nominal" or len(coding.fit.frame.actor) > 1:
        return []
    for c in sentence.children[clause.predicate]:
        if c > clause.predicate and sentence.words[c].rel.split(":")[0] in ("obj", "iobj", "obl", "xcomp"):
            text = _phrase(work, sentence.words[c].span)
            if found := [code for code in codes_of(text, actors, agents) if code not in known]:
                return found
    return []


def _codes(work: Draft, party: Party, actors: Names, agents: Names) -> list[str]:
    """The codes of a party: of its words, else of the whole phrases around them, else of its actors' names."""
    found = [code for text in party.names or party.texts for code in codes_of(text, actors, agents)]
    if not found or party.names == party.texts:
        whole = [code for span in party.spans for code in codes_of(_phrase(work, span), actors, agents)]
        found = whole if len(whole) > len(found) else found
    if not found:
        known = [work.actors[a] for a in party.actors]
        found = [code for actor in known for n in (actor.name, *actor.aliases) for code in codes_of(n, actors, agents)]
    return list(dict.fromkeys(found))


def _phrase(work: Draft, span: Span) -> str:
    """A party's words with what hangs on them, asides apart."""
    for sentence in work.doc.sentences:
        inside = [w.i for w in sentence.words if span.start <= w.start and w.end <= span.end]
        for i in (i for i in inside if sentence.words[i].head not in inside):
            loose = {p for c in sentence.dependents(i, *_LOOSE) for p in sentence.subtree(c)}
            return sentence.span_of([p for p in sentence.subtree(i) if p in inside or p not in loose]).of(work.text)
    return ""


def score(records: Sequence[Record], predictions: Sequence[Any]) -> Metrics:
    """`pair_f1` over (source, target), `triple_f1` over (source, target, root)."""
    counts = {"pair_f1": [0, 0, 0], "triple_f1": [0, 0, 0]}
    for record, prediction in zip(records, predictions, strict=True):
        gold, mine = _rows(record["events"]), _rows(prediction)
        for name, one, other in (
            ("pair_f1", {r[:2] for r in mine}, {r[:2] for r in gold}),
            ("triple_f1", mine, gold),
        ):
            counts[name][0] += len(one & other)
            counts[name][1] += len(one)
            counts[name][2] += len(other)
    return {name: f1(*c) for name, c in counts.items()}


def _rows(events: Sequence[Record]) -> set[tuple[str, str, str]]:
    return {(a, b, str(e["code"])[:2]) for e in events for a, b in product(e["source"], e["target"])}


TASK = Task(
    files=("events/up_unittest_ud.jsonl",),
    field="events",
    inputs=inputs,
    predict=predict,
    has_gold=lambda record: "events" in record,
    score=score,
)
