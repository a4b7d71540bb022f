"""Clauses: every predicate of a sentence with its arguments, normalised over the ways English hides them.

Verbs, event nouns and nominal or adjectival predicates alike; passives, control ("asked them to leave"), relative
clauses, participles ("a treaty signed by the rebels") and coordination give the arguments of the plain clause.
"""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.grammar import Grammar
from dragoman.records import Sentence, Word
from dragoman.understand.arguments import (
    behind_semicolon,
    case_of,
    fill_astray,
    fill_relative,
    members,
    outgrows,
    own_arguments,
    with_subject,
)
from dragoman.understand.draft import Argument, Clause, Draft
from dragoman.understand.subjects import absolute, named_before, still_relative, stray_subject

_COPULAR = frozenset({"NOUN", "PROPN", "ADJ", "PRON", "NUM", "DET", "ADV", "ADP", "SYM"})
_HELPING = frozenset({"aux", "cop", "case", "mark", "fixed", "flat", "punct", "cc", "goeswith"})


def find_clauses(draft: Draft, knowledge: Knowledge) -> None:
    """Fill `draft.clauses`, in order of the text."""
    for sentence in draft.doc.sentences:
        draft.clauses.extend(clauses_of(sentence, knowledge.grammar, first=len(draft.clauses)))


def clauses_of(sentence: Sentence, grammar: Grammar, *, first: int = 0) -> list[Clause]:
    """The clauses of one sentence; `first` is the number the first of them gets."""
    kinds = {w.i: kind for w in sentence.words if (kind := kind_of(sentence, w.i))}
    number = {p: first + n for n, p in enumerate(kinds)}
    built: dict[int, Clause] = {}
    for p in sorted(kinds, key=lambda p: (_depth(sentence, p), p)):  # parents first: they lend their arguments
        above = _governor(sentence, p, kinds)
        parent = built.get(above) if above is not None else None
        lender = _lender(sentence, p, parent, built)
        built[p] = _build(sentence, p, kinds[p], parent, lender, number, grammar)
    for p in kinds:
        built[p] = _share_object(sentence, built[p], built)
    return [built[p] for p in kinds]


def kind_of(sentence: Sentence, i: int) -> str | None:
    """`verbal`, `copular`, `nominal`, or None for a word that is no predicate."""
    word = sentence.words[i]
    if word.rel.partition(":")[0] in _HELPING or word.rel == "compound:prt":
        return None
    if word.upos == "VERB":
        return "verbal"
    if word.upos in _COPULAR and sentence.dependents(i, "cop"):
        return "nominal" if _cleft(sentence, i) else "copular"
    if word.upos == "AUX" and word.rel in ("root", "ccomp", "conj", "advcl", "acl:relcl", "parataxis"):
        return "verbal"
    return "nominal" if word.upos == "NOUN" else None


def _cleft(sentence: Sentence, i: int) -> bool:
    """ "It was the killing of the premier that opened the door": the noun tells what happened, of nobody."""
    opened = [c for c in sentence.dependents(i, "expl", "nsubj") if sentence.plain[c] == "it"]
    relative = any(word.feat("PronType") == "Rel" for word in sentence.words[i + 1 :])
    return sentence.words[i].upos == "NOUN" and bool(opened) and relative


def _depth(sentence: Sentence, i: int) -> int:
    depth = 0
    while sentence.words[i].head >= 0:
        i, depth = sentence.words[i].head, depth + 1
    return depth


def _governor(sentence: Sentence, i: int, kinds: dict[int, str]) -> int | None:
    """The nearest predicate above; a noun counts only where the clause hangs on it or on something of its own."""
    at = sentence.words[i].head
    if outgrows(sentence, i):
        while at >= 0 and sentence.words[at].feat("VerbForm") == "Inf":
            at = sentence.words[at].head
    while at >= 0 and at not in kinds:
        at = sentence.words[at].head
    return at if at >= 0 else None


def _lender(sentence: Sentence, i: int, parent: Clause | None, built: dict[int, Clause]) -> Clause | None:
    """The clause that lends its subject: "A did x; B did y and did z" hangs y and z on x, yet it is B who did z."""
    if parent is None or sentence.words[i].rel != "conj":
        return parent
    before = [c for c in sentence.dependents(parent.predicate, "conj") if c < i and c in built]
    own = [c for c in before if any(a.role == "subject" and not a.shared for a in built[c].arguments)]
    return built[own[-1]] if own else parent


def _build(
    sentence: Sentence,
    i: int,
    kind: str,
    parent: Clause | None,
    lender: Clause | None,
    number: dict[int, int],
    grammar: Grammar,
) -> Clause:
    word = sentence.words[i]
    auxiliaries = [sentence.words[c] for c in sentence.dependents(i, "aux", "aux:pass")]
    first_conjunct = parent if word.rel == "conj" and parent is not None and parent.kind == kind else None
    if first_conjunct and kind == "verbal" and not auxiliaries and word.feat("VerbForm") == "Part":
        auxiliaries = [sentence.words[c] for c in sentence.dependents(first_conjunct.predicate, "aux", "aux:pass")]
    passive = kind != "nominal" and _is_passive(sentence, i, first_conjunct, grammar)
    particles = _particles(sentence, i) if kind == "verbal" else ()
    modals = tuple(a.i for a in auxiliaries if a.lemma.lower() not in grammar.plain_auxiliaries)
    if first_conjunct and not modals and word.feat("VerbForm") == "Inf":
        modals = first_conjunct.modals  # "will meet and sign"
    tense, perfect = _tense(
        sentence, i, kind, [*(a.i for a in auxiliaries), *sentence.dependents(i, "cop")], modals, grammar
    )
    return Clause(
        i=number[i],
        sentence=sentence.i,
        predicate=i,
        kind=kind,
        lemma=" ".join([word.lemma.lower(), *(sentence.words[p].lemma.lower() for p in particles)]),
        particles=particles,
        passive=passive,
        tense=tense,
        perfect=perfect,
        negation=_negation(sentence, i, grammar),
        modals=modals,
        arguments=tuple(_arguments(sentence, i, kind, lender, passive, grammar)),
        parent=parent.i if parent else None,
        link=_link(sentence, i, kind),
        marker=" ".join(sentence.words[m].text.lower() for m in sentence.dependents(i, "mark")),
    )


def _particles(sentence: Sentence, i: int) -> tuple[int, ...]:
    """The particles of a verb; a preposition between it and its own object is one that the parser misnamed."""
    found = sentence.dependents(i, "compound:prt")
    for c in sentence.dependents(i, "obj"):
        found += tuple([m for m in sentence.dependents(c, "case") if m == i + 1])
    return found


def _link(sentence: Sentence, i: int, kind: str) -> str:
    rel = sentence.words[i].rel
    if kind == "nominal" and rel not in ("root", "conj", "parataxis"):
        return "nominal"
    if rel == "ccomp" and behind_semicolon(sentence, i):
        return "parataxis"
    return "relcl" if rel == "acl:relcl" else rel.split(":")[0]


def _is_passive(sentence: Sentence, i: int, first: Clause | None, grammar: Grammar) -> bool:
    word = sentence.words[i]
    if word.feat("VerbForm") not in ("Part", None) and word.feat("Tense") != "Past":
        return False
    if _surely_active(sentence, i):
        return False
    doers = [c for c in sentence.dependents(i, "obl:agent") if c > i]
    if doers or sentence.dependents(i, "aux:pass", "nsubj:pass", "csubj:pass") or _been(sentence, i):
        return word.upos == "VERB"
    if _headline_passive(sentence, i):
        return True
    past_participle = word.feat("VerbForm") == "Part" and word.feat("Tense") == "Past"
    if past_participle and word.rel in ("acl", "amod", "advcl", "dep") and not sentence.dependents(i, "aux", "obj"):
        return True
    if past_participle and word.rel == "acl" and not sentence.dependents(i, "aux", "nsubj", "mark"):
        return True  # "the union, denied a licence by the court"
    own = sentence.dependents(i, "nsubj", "aux", "obj")
    if past_participle and word.rel == "xcomp" and not own and sentence.dependents(word.head, "aux:pass"):
        return True  # "were reported killed"
    past = word.feat("Tense") == "Past" or word.feat("VerbForm") is None
    alike = past and word.lemma.lower() not in grammar.never_passive  # "was found and shot"
    return bool(first and first.passive and (past_participle or alike) and not own)


def _been(sentence: Sentence, i: int) -> bool:
    """ "Were mown down", with a participle behind "be", whatever the tree calls the helper and the subject."""
    helpers = [sentence.words[c].lemma.lower() for c in sentence.dependents(i, "aux") if c < i]
    participle = sentence.words[i].feat("VerbForm") == "Part" and sentence.words[i].feat("Tense") == "Past"
    return participle and helpers[-1:] == ["be"] and not sentence.words[i].text.lower().endswith("ing")


def _headline_passive(sentence: Sentence, i: int) -> bool:
    """ "Mayor shot dead by gunman", "King slain": a headline, which no full stop ends, leaves the auxiliary out."""
    word = sentence.words[i]
    if sentence.words[-1].upos == "PUNCT":
        return False
    bare = not sentence.dependents(i, "aux", "aux:pass", "obj", "ccomp", "xcomp")
    named = any(case_of(sentence, c) == "by" and c > i for c in sentence.dependents(i, "obl", "obl:agent"))
    formed = word.rel == "root" and word.feat("VerbForm") == "Part"
    return bare and (named or formed) and word.feat("Tense") == "Past"


def _surely_active(sentence: Sentence, i: int) -> bool:
    """What a wrong tree calls passive: "has freed", or a verb that has subject and object and no auxiliary at all."""
    auxiliaries = {sentence.words[c].lemma.lower() for c in sentence.dependents(i, "aux", "aux:pass")}
    if "have" in auxiliaries and not auxiliaries & {"be", "get"} and sentence.words[i].rel != "conj":
        return not sentence.dependents(i, "obl:agent")
    if "by" in sentence.cases and any(case_of(sentence, c) == "by" and c > i for c in sentence.children[i]):
        return False
    subjects = sentence.dependents(i, "nsubj", "nsubj:pass")
    behind = len(subjects) > 1 and subjects[-1] > i > subjects[0]  # "police arrested miners" with two subjects
    alone = sentence.words[i].rel == "root" and sentence.words[-1].upos == "PUNCT"  # and no headline
    main = alone and bool(subjects) and subjects[0] < i  # a main clause has no passive without an auxiliary
    return (behind or main or bool(sentence.dependents(i, "obj") and subjects)) and not auxiliaries


def past_by_form(word: Word) -> bool:
    """Whether a verb ends as pasts do, whatever the tree says of its tense: "ruled" read as a present."""
    return word.text.lower().endswith("ed") and not word.lemma.lower().endswith("ed")


def _unmarked_past(sentence: Sentence, i: int, grammar: Grammar) -> bool:
    """Whether a finite verb without -s after one person is a past: "the minister who quit", "it hit a school"."""
    word = sentence.words[i]
    if word.text.lower() not in grammar.unchanging or word.feat("VerbForm") != "Fin":
        return False
    subjects = sentence.dependents(i, "nsubj")
    if subjects and sentence.words[subjects[0]].text.lower() in grammar.relatives and word.rel == "acl:relcl":
        subjects = (word.head,)
    one = [s for s in subjects if sentence.words[s].feat("Number") == "Sing" and not sentence.dependents(s, "conj")]
    first = any(sentence.words[s].feat("Person") in ("1", "2") for s in one)
    return bool(one) and not first


def _told_as_past(sentence: Sentence, i: int) -> bool:
    """Whether a full sentence's main verb without a helper is called a participle: "A mob then made for the gate"."""
    word = sentence.words[i]
    past = word.feat("Tense") == "Past" or past_by_form(word)
    main = word.rel == "root" and past and sentence.words[-1].upos == "PUNCT"
    return main and any(w.upos in ("NOUN", "PROPN", "PRON") for w in sentence.words[:i])


def _tense(
    sentence: Sentence, i: int, kind: str, auxiliaries: list[int], modals: tuple[int, ...], grammar: Grammar
) -> tuple[str, bool]:
    if kind == "nominal":
        return "none", False
    words = [sentence.words[a] for a in sorted(auxiliaries)]
    perfect = any(w.lemma.lower() == "have" for w in words)
    if any(
        sentence.words[m].text.lower() in grammar.futures or sentence.words[m].lemma.lower() in grammar.futures
        for m in modals
    ):
        return "future", perfect
    for word in [*words, sentence.words[i]]:
        form = word.feat("VerbForm")
        if not auxiliaries and not modals and _unmarked_past(sentence, i, grammar):
            return "past", perfect
        if word.i == i and form == "Fin" and not modals and past_by_form(word):
            return "past", perfect
        if form == "Fin" or (word.feat("Tense") and form not in ("Part", "Ger", "Inf")):
            return ("past" if word.feat("Tense") == "Past" else "present"), perfect
    if modals:
        return "present", perfect
    form = sentence.words[i].feat("VerbForm")
    if form in ("Part", None) and not auxiliaries and _told_as_past(sentence, i):
        return "past", perfect
    return {"Inf": "infinitive", "Part": "participle", "Ger": "participle"}.get(form or "", "none"), perfect


def _negation(sentence: Sentence, i: int, grammar: Grammar) -> tuple[int, ...]:
    found = []
    plain = sentence.plain
    for c in sentence.children[i]:
        if sentence.words[c].rel.split(":")[0] not in ("advmod", "cc", "det"):
            continue
        if c + 1 < len(plain) and plain[c + 1] in grammar.limits:
            continue
        phrase = " ".join([*(plain[k] for k in sentence.dependents(c, "advmod")), plain[c]])
        if plain[c] in grammar.negations or phrase in grammar.negations:
            found.append(c)
    return tuple(found)


def _arguments(
    sentence: Sentence, i: int, kind: str, parent: Clause | None, passive: bool, grammar: Grammar
) -> list[Argument]:
    found = own_arguments(sentence, i, grammar, passive=passive)
    word = sentence.words[i]
    if kind == "nominal":
        return found
    if word.rel == "acl:relcl" and word.head >= 0:
        found = fill_relative(sentence, i, found, grammar)
    elif word.rel == "ccomp" and word.head > i:
        found = fill_astray(sentence, i, found, grammar)
    elif (
        word.rel in ("acl", "amod")
        and (passive or word.feat("VerbForm") in ("Part", "Ger"))
        and not sentence.dependents(i, "mark")  # "the risk of losing": not the risk loses
    ):
        found = with_subject(found, Argument("subject", members(sentence, word.head, grammar)), "participle")
    if kind == "verbal" and not passive and (stray := stray_subject(sentence, i)) is not None:
        found = with_subject(found, Argument("subject", members(sentence, stray, grammar)), "stray")
    elif kind == "verbal" and (named := named_before(sentence, i)) is not None:
        found = with_subject([a for a in found if named not in a.words], Argument("subject", (named,)), "stray")
    if kind == "verbal" and (alone := absolute(sentence, i)) is not None:
        found = with_subject(found, Argument("subject", members(sentence, alone, grammar)), "absolute")
    if kind == "verbal" and (told := still_relative(sentence, i)) is not None:
        found = with_subject(found, Argument("subject", members(sentence, told, grammar)), "relative")
    if parent is None:
        return found
    subject = next((a for a in parent.arguments if a.role == "subject"), None)
    if word.rel == "conj":
        return with_subject(found, subject, "coordination")
    to = any(sentence.words[m].text.lower() == "to" for m in sentence.dependents(i, "mark"))
    if word.rel == "xcomp" or (word.rel == "ccomp" and (word.feat("VerbForm") == "Inf" or to)):
        # "asked them to leave": the object goes; "wants to leave" and "was asked to leave": the subject does
        lent = next((a for a in parent.arguments if a.role in ("object", "iobject")), None)
        return with_subject(found, lent or subject, "control")
    if word.rel == "advcl" and word.feat("VerbForm") in ("Part", "Ger", "Inf"):
        sent = word.feat("VerbForm") == "Inf" and sentence.words[parent.predicate].lemma in grammar.senders
        if sent or any(sentence.words[m].text.lower() in grammar.of_objects for m in sentence.dependents(i, "mark")):
            subject = next((a for a in parent.arguments if a.role == "object"), subject)  # "thanked her for coming"
        return with_subject(found, subject, "control")
    if word.rel in ("acl", "parataxis") and word.feat("VerbForm") == "Inf" and parent.kind == "nominal":
        owner = next((a for a in parent.arguments if a.role in ("possessive", "agent")), None)
        owner = owner or next((a for a in parent.arguments if _named(sentence, a)), None)
        return with_subject(found, owner, "control")
    return found


def _named(sentence: Sentence, argument: Argument) -> bool:
    """ "The decision of Norland to bar them": Norland bars."""
    return argument.role == "of" and sentence.words[argument.words[0]].upos == "PROPN"


def _share_object(sentence: Sentence, clause: Clause, built: dict[int, Clause]) -> Clause:
    """ "condemned and rejected the plan": the first verb takes the object of the one coordinated right after it."""
    if clause.kind != "verbal" or clause.passive or clause.filled("object", "clause", "infinitive", "oblique"):
        return clause
    for c in sentence.dependents(clause.predicate, "conj"):
        other = built.get(c)
        near = all(sentence.words[k].upos in ("CCONJ", "ADV", "PUNCT") for k in range(clause.predicate + 1, c))
        if other and near and (objects := other.filled("object")):
            lent = Argument("object", objects[0].words, objects[0].case, "coordination")
            return replace(clause, arguments=(*clause.arguments, lent))
    return clause
