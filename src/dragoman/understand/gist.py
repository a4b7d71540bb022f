"""What a report is about: who did it and on what day, by its headline and its first sentences."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence, Time
from dragoman.understand.clausetime import ClauseTimes
from dragoman.understand.draft import Clause, Draft

LEAD = 4  # sentences at the head of a report in which its main event is told
RECENT = 1  # days before the report within which the main event lies
ASIDES = ("acl:relcl", "acl", "appos", "parataxis", "punct")
DAYS = ("DATE", "TIME")
LONGEST = 10  # words of a phrase that names somebody


class Gist(Struct, frozen=True):
    """The doer of the main event in the report's words, and its day (ISO); None where nothing tells."""

    who: str | None
    when: str | None


def gist(draft: Draft, headline: Draft, knowledge: Knowledge) -> Gist:
    """The main event of a report: the doer that its headline names, else that of its first sentences.

    `headline` is the report's title, understood by itself; the day is that of the lead's main clause, else of any
    clause there, else the day named most, else that of publication.
    """
    times = ClauseTimes(draft, knowledge)
    told = [doer(headline, s) for s in headline.doc.sentences] + [doer(draft, s) for s in draft.doc.sentences[:LEAD]]
    speakers = {claim.source for claim in draft.claims if claim.kind == "anonymous"}
    who = next((phrase for phrase in told if phrase and phrase not in speakers), None)
    return Gist(who=fuller(draft, who) if who else None, when=day(times) or draft.doc.report.published)


def doer(draft: Draft, sentence: Sentence) -> str | None:
    """Who does what a sentence mainly tells: an agent, else the subject without its asides; of what is said, the doer.

    A pronoun or a bare number names nobody.
    """
    clauses = {c.predicate: c for c in draft.clauses if c.sentence == sentence.i and c.kind != "nominal"}
    told = sorted(clauses.values(), key=lambda c: (c.link != "root", c.predicate))
    main: Clause | None = next((c for c in told if c.filled("subject", "agent")), None)
    if main is None:
        return None
    said = [i for a in main.filled("clause") for i in a.words if i in clauses and i < main.predicate]
    main = clauses[said[0]] if said else main
    subjects = reversed(main.filled("subject"))  # "The president: Envoys stage a walkout"
    for argument in (*main.filled("agent"), *subjects):
        head = argument.words[0]
        if sentence.words[head].upos not in ("NOUN", "PROPN"):
            continue
        aside = {i for c in sentence.dependents(head, *ASIDES) for i in sentence.subtree(c)}
        places = [i for i in sentence.subtree(head) if i not in aside and sentence.words[i].rel != "case"]
        colon = max((i for i in places if sentence.words[i].text == ":"), default=-1)
        places = [i for i in places if i > colon]  # "Border clash: rebels take the post"
        return sentence.span_of(places if 0 < len(places) <= LONGEST else [head]).of(draft.text)
    return None


def fuller(draft: Draft, phrase: str) -> str:
    """The name of a person whom a headline calls by a part of it, or by an office and it."""
    people = [a.name for a in draft.actors.values() if a.kind == "person" and a.name[:1].isupper()]
    whole = [name for name in people if phrase in name.split()]
    inside = [name for name in people if " " in name and phrase.endswith(name)]
    return min([*inside, *whole], default=phrase)


def day(times: ClauseTimes) -> str | None:
    """The day of the main event: the lead's, else the one named most; the report's own or the one before it."""
    here = [s for s in times.sentences.values() if _tells(times, s)]
    for sentence in here[:LEAD]:
        clauses = sorted(times.clauses.get(sentence.i, {}).values(), key=lambda c: (c.link != "root", c.predicate))
        own = [c for c in clauses if c.kind != "nominal" and (sentence is here[0] or c.link != "advcl")]
        lead = [one_day(times, times.of_clause(c)) for c in own]  # below the first sentence, "as he …" is background
        if named := next((d for d in lead if d), None):
            return named
    often = Counter(d for m in times.draft.moments if m.kind in DAYS and (d := one_day(times, m.time)))
    return max(sorted(often), key=lambda d: often[d], default=None)


def _tells(times: ClauseTimes, sentence: Sentence) -> bool:
    """Whether somebody does something in it: not "Subscribe here", nor a line of a page's menu."""
    return any(c.filled("subject", "agent") for c in times.clauses.get(sentence.i, {}).values())


def one_day(times: ClauseTimes, time: Time | None) -> str | None:
    """The day of a time that is one, up to the report's and not long before it."""
    if not time or not time.start or time.start != time.end or time.precision == "vague":
        return None
    today = times.published
    if not today:
        return time.start
    return (
        time.start if (date.fromisoformat(today) - timedelta(days=RECENT)).isoformat() <= time.start <= today else None
    )
