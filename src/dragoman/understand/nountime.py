"""The time of an event that a noun tells: its own, that of the verb that makes it happen, the hour it came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.records import Time
from dragoman.understand.arguments import case_of
from dragoman.understand.attachment import NOW, Attached
from dragoman.understand.clausetime import DEPTH
from dragoman.understand.draft import Clause

if TYPE_CHECKING:
    from dragoman.understand.clausetime import ClauseTimes

WHICH = ("which", "that")  # a thing's pronouns


def of_noun(times: ClauseTimes, sentence: int, noun: int) -> Time | None:
    """The time of an event told by a noun: its own, else that of the verb that makes it happen."""
    for attached in times.attached.get(sentence, ()):
        if noun in attached.nouns and attached.moment.kind != "SET" and attached.moment.time.start:
            place = attached.nouns.index(noun)
            if any(happens(times, sentence, inner) for inner in attached.nouns[:place]):
                continue  # "the inquiry into the attacks in 2012"
            own = Attached(attached.moment, None, attached.nouns[:place], attached.cases[: place + 1], "")
            if times.relation(own) != "within" and (
                time := times.bounded(own, None, "with the noun that tells the event")
            ):
                return time
    if time := before_its_verb(times, sentence, noun):
        return time
    for i in times.sentences[sentence].dependents(noun, "acl:relcl", "acl"):
        told = times.clause(sentence, i)
        verbs = "brought_about" if told and (told.passive or told.tense == "participle") else "happen"
        if told and told.lemma.split()[0] in times.words.lists[verbs] and (time := times.of_clause(told, depth=DEPTH)):
            return replace(time, why=f"from “{times.said(told)}”, {time.why}")
    word = times.sentences[sentence].words[noun]
    above = times.scheduled(sentence, word.head) if word.head >= 0 else None
    if time := right_before(times, sentence, noun) or at_the_time_of(times, sentence, noun):
        return time
    if above is None or above.kind == "nominal" or word.rel.split(":")[0] not in ("obj", "nsubj"):
        return None
    if above.lemma not in times.words.lists["light_verbs"]:
        return None
    time = times.of_clause(above, depth=1)
    return replace(time, why=f"from the verb “{times.said(above)}”, {time.why}") if time else None


def before_its_verb(times: ClauseTimes, sentence: int, noun: int) -> Time | None:
    """The day between an event noun and its verb: "the beating two weeks ago broke the law"."""
    word = times.sentences[sentence].words[noun]
    for attached in times.attached.get(sentence, ()):
        between = noun < min(attached.moment.words) and max(attached.moment.words) < (attached.governor or 0)
        its_own = word.rel == "nsubj" and attached.governor == word.head and not attached.nouns
        told = attached.moment.kind != "SET" and attached.moment.time.start and attached.moment.time.value != NOW
        if between and its_own and told:
            return times.bounded(attached, None, "behind the noun that tells the event")
    return None


def right_before(times: ClauseTimes, sentence: int, noun: int) -> Time | None:
    """The day of an hour at which something was after an event: "fell silent at noon after an attack"."""
    word = times.sentences[sentence].words[noun]
    above = times.clause(sentence, word.head) if word.head >= 0 else None
    case = case_of(times.sentences[sentence], noun)
    if above is None or above.tense != "past" or case not in times.words.lists["just_after"]:
        return None
    own = (a for a in times.attached.get(sentence, ()) if a.governor == above.predicate and not a.nouns)
    hours = [a for a in own if a.moment.time.precision in ("hour", "minute") and a.moment.time.start]
    time = times.of_clause(above) if hours else None
    return replace(time, precision="day", why=f"right before that hour: {time.why}") if time else None


def at_the_time_of(times: ClauseTimes, sentence: int, noun: int) -> Time | None:
    """The day of a verb during which something went on: "said on Friday at a meeting", "was shot during the march"."""
    word = times.sentences[sentence].words[noun]
    above = times.clause(sentence, word.head) if word.head >= 0 else None
    if above is None or above.tense != "past" or above.perfect or above.modals or above.negation:
        return None
    case = case_of(times.sentences[sentence], noun)
    talks = bool(classes_of(times, sentence, noun) & times.words.lists["sessions"])
    if case == "in" and not talks:
        return None  # "was convicted on Friday in the killing"
    if case != "in" and not (case in times.words.lists["went_on"] and happens(times, sentence, noun)):
        return None
    own = (a for a in times.attached.get(sentence, ()) if a.governor == above.predicate and not a.nouns)
    time = times.of_clause(above) if any(a.moment.time.start for a in own) else None
    return replace(time, why=f"from the verb “{times.said(above)}”, {time.why}") if time else None


def of_its_event(times: ClauseTimes, clause: Clause) -> Time | None:
    """The day of an event that a relative clause says more of: "Sunday's attack, which killed twelve"."""
    while clause.link == "conj" and (above := times.parent(clause)):
        clause = above
    words = times.sentences[clause.sentence].words
    noun = words[clause.predicate].head
    if clause.link != "relcl" or clause.tense != "past" or clause.perfect or clause.modals or noun < 0:
        return None
    subject = next((a.words[0] for a in clause.filled("subject") if a.words), None)
    own = any(a.governor == clause.predicate for a in times.attached.get(clause.sentence, ()))
    if subject != noun or own:
        return None
    which = any(w.head == clause.predicate and w.text.lower() in WHICH for w in words[noun : clause.predicate])
    while which and not happens(times, clause.sentence, noun) and words[noun].rel.startswith("nmod"):
        noun = words[noun].head  # "the attack on the mission in Velin, which killed four"
    if not happens(times, clause.sentence, noun):
        return None
    time = of_noun(times, clause.sentence, noun)
    return replace(time, why=f"of the {words[noun].text} that did it: {time.why}") if time else None


def classes_of(times: ClauseTimes, sentence: int, noun: int) -> frozenset[str]:
    return times.knowledge.noun_classes.of(times.sentences[sentence].words[noun].lemma.lower())


def happens(times: ClauseTimes, sentence: int, noun: int) -> bool:
    """Whether a noun tells what happens and so has a day of its own."""
    return bool(classes_of(times, sentence, noun) & times.words.lists["happening"])
