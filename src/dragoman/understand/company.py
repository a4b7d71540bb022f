"""What stands beside a predicate, under the names that frames use: subj, obj, inf, that, `against`, `by` …

The passive is turned round here, once: in every company `subj` acts and `obj` is acted on.
"""

from __future__ import annotations

from dragoman.knowledge.grammar import Grammar
from dragoman.records import Sentence
from dragoman.understand.arguments import case_of, members
from dragoman.understand.draft import Argument, Clause

Company = dict[str, list[Argument]]

_PLAIN = {
    "subject": "subj", "object": "obj", "iobject": "iobj", "infinitive": "xcomp", "clause": "that", "of": "of",
    "possessive": "poss", "modifier": "mod",
}  # fmt: skip


def company(sentence: Sentence, clause: Clause, below: list[Clause]) -> Company:
    """The arguments of `clause` by slot; `below` are the clauses that hang on it."""
    found: Company = {}
    for argument in clause.arguments:
        slots = _slots(argument)
        if not slots and argument.role == "oblique" and (lost := lost_case(sentence, argument.words[0])):
            slots = [lost]
        if argument.role in ("oblique", "object") and (particle := _particle_before(sentence, clause, argument)):
            slots = [*slots, particle]
        if argument.role in ("infinitive", "oblique") and _has_to(sentence, argument.words[0]):
            slots = ["inf"]
        for slot in slots:
            found.setdefault(slot, []).append(argument)
    for child in below if not clause.passive else ():  # "called on the generals to end it": hung on the second verb
        for argument in child.filled("object") if child.link == "xcomp" and child.marker == "to" else ():
            if not argument.shared and clause.predicate < argument.words[0] < _opening(sentence, child.predicate):
                slot = _particle_before(sentence, clause, argument) or "obj"
                found.setdefault(slot, []).append(Argument("object", argument.words, "", "control"))
    if clause.passive:
        _turn_round(found)
    elif found.get("iobj") and not found.get("obj"):  # "urged him to go": treebanks disagree on the name
        found["obj"] = found["iobj"]
    for child in below:
        _add_clause(sentence, found, child)
    verbs = {child.predicate for child in below if child.kind == "verbal"}
    found["xcomp"] = [a for a in found.get("xcomp", []) if a.words[0] not in verbs]
    return found


def without_led(sentence: Sentence, clause: Clause, beside: Company) -> Company:
    """The company of the verb alone: what its particle leads ("called on the king") is no object of it."""
    led = {a.words for p in clause.particles for a in beside.get(sentence.plain[p], [])}
    if not led:
        return beside
    return {slot: [a for a in found if slot != "obj" or a.words not in led] for slot, found in beside.items()}


def behind_times(sentence: Sentence, clause: Clause, times: set[int]) -> list[Argument]:
    """ "warned on Thursday of the gravest consequences": what the tree hangs on the day is the verb's."""
    days = [w for a in clause.filled("oblique") for w in a.words if w in times]
    behind = [c for day in days for c in sentence.dependents(day, "nmod") if c > day and c not in times]
    return [Argument("oblique", (c,), case, "time") for c in behind if (case := case_of(sentence, c))]


def behind_name(sentence: Sentence, i: int, grammar: Grammar) -> list[Argument]:
    """ "Turned back Lund at the airport": what the tree hangs on a name is the verb's; a name has no airport."""
    if sentence.words[i].upos != "PROPN":
        return []
    hung = [c for c in sentence.dependents(i, "nmod") if c > i and sentence.cases[c] not in ("", "of")]
    return [Argument("oblique", members(sentence, c, grammar), sentence.cases[c], "name") for c in hung]


def crossing(sentence: Sentence, clause: Clause, grammar: Grammar) -> Argument | None:
    """ "Marchers waving flags hurled stones at the embassy": a phrase right behind the object, hung before the verb."""
    ends = [max(argument.words) for argument in clause.filled("object") if not argument.shared]
    led = min(ends, default=len(sentence.words)) + 1
    if led >= len(sentence.words) or sentence.words[led].rel != "case":
        return None
    head = sentence.words[led].head
    above = sentence.words[head].head if head > led else clause.predicate
    if not 0 <= above < clause.predicate or sentence.words[head].rel not in ("obl", "nmod"):
        return None
    return Argument("oblique", members(sentence, head, grammar), case_of(sentence, head), "crossing")


def lost_case(sentence: Sentence, i: int) -> str:
    """The preposition right before a phrase that the tree hangs on another ("on demonstrators outside parliament")."""
    at = i - 1
    while at >= 0 and sentence.words[at].head == i:
        at -= 1
    word = sentence.words[at]
    return word.text.lower() if at >= 0 and word.upos == "ADP" and word.rel == "case" else ""


def _particle_before(sentence: Sentence, clause: Clause, argument: Argument) -> str:
    """The particle of the verb right before a phrase, which may as well be its preposition: "called on the king"."""
    at = argument.words[0] - 1
    while at > clause.predicate and sentence.words[at].head == argument.words[0]:
        at -= 1
    if at in clause.particles:
        return sentence.words[at].text.lower()
    whole = sentence.words[at].head  # "flown out of the country": one particle of two words
    if at > clause.predicate and sentence.words[at].rel == "fixed" and whole in clause.particles:
        return f"{sentence.words[whole].text.lower()} {sentence.words[at].text.lower()}"
    return ""


def _opening(sentence: Sentence, i: int) -> int:
    """Where a clause opened by a conjunction begins."""
    return min(sentence.dependents(i, "mark"), default=i)


def _has_to(sentence: Sentence, i: int) -> bool:
    return any(sentence.words[m].text.lower() == "to" for m in sentence.dependents(i, "mark"))


def _slots(argument: Argument) -> list[str]:
    """The names an argument goes by; "out of talks" answers to `out of` and to `of`."""
    if argument.role == "agent":
        return ["by"]
    if argument.role in ("oblique", "adverb", "expletive"):
        if not argument.case or argument.role != "oblique":
            return []
        last = argument.case.split()[-1]
        return [argument.case] if last == argument.case else [argument.case, last]
    slot = _PLAIN.get(argument.role)
    if slot in ("xcomp", "obj") and argument.case:  # "remained on alert"; an object that the tree gives a preposition
        return [slot, argument.case.split()[-1]]
    return [slot] if slot else []


def _turn_round(found: Company) -> None:
    acted_on = found.pop("subj", [])
    if acted_on:
        found["iobj" if found.get("obj") else "obj"] = acted_on
    if "by" in found:
        found["subj"] = found["by"]


def _add_clause(sentence: Sentence, found: Company, child: Clause) -> None:
    """Complements as the frames name them: `inf`, `that`, `ger`, and a preposition before an -ing clause."""
    form = sentence.words[child.predicate].feat("VerbForm")
    here = Argument("clause", (child.predicate,), child.marker)
    marker = child.marker.split()[0] if child.marker else ""
    if child.link == "ccomp":
        bare = not marker and not child.modals and (form == "Inf" or (form == "Part" and child.tense == "participle"))
        slot = "inf" if marker == "to" or bare else "that"  # "made him resign", "want him arrested"
        found.setdefault("that.subj", []).extend(child.filled("subject"))
    elif child.link == "xcomp":
        _lend_before(found, child, "" if marker in ("to", "for") else marker)
        slot = "inf" if child.kind == "verbal" and (form in ("Inf", None) or marker == "to") else "xcomp"
        if form == "Ger" or (child.kind == "verbal" and marker not in ("", "to")):
            slot = marker or "ger"
    elif child.link in ("advcl", "acl") and marker == "to":
        slot = "inf"
    elif child.link in ("advcl", "acl") and marker and form in ("Ger", "Part"):
        slot = marker
    else:
        return
    own = [a for a in child.filled("subject") if not a.shared]
    if slot == "inf" and child.link in ("ccomp", "xcomp") and own and not found.get("obj"):
        found["obj"] = own  # "want the premier to resign", where the tree makes the premier the second verb's
    if not any(a.words[0] == child.predicate for a in found.get(slot, [])):
        found.setdefault(slot, []).append(here)


def _lend_before(found: Company, child: Clause, preposition: str) -> None:
    """ "called on the bishop to resign", where the tree hangs preposition and bishop on the second verb."""
    for argument in child.filled("object", "oblique"):
        case = argument.case or preposition
        if case and not argument.shared and argument.words[0] < child.predicate:
            found.setdefault(case, []).append(Argument("oblique", argument.words, case, "control"))
