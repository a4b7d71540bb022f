"""The arguments of a predicate: read off its tree, then shared where the grammar leaves them unsaid.

Shared arguments (`Argument.shared` says why): the subject of a coordinated or controlled verb, the noun before a
relative clause or a participle, the object that two coordinated verbs have in common.
"""

from __future__ import annotations

from dragoman.knowledge.grammar import Grammar
from dragoman.records import Sentence
from dragoman.understand.draft import Argument

_ROLES = {
    "nsubj": "subject", "nsubj:pass": "subject", "nsubj:outer": "subject", "csubj": "subject", "csubj:pass": "subject",
    "expl": "expletive", "obj": "object", "iobj": "iobject", "ccomp": "clause", "xcomp": "infinitive",
    "advmod": "adverb", "obl:agent": "agent", "nmod:poss": "possessive", "compound": "modifier", "amod": "modifier",
    "nmod:desc": "modifier",
}  # fmt: skip
_DASHES = ("—", "–", "-", "--", ":", ")")


def case_of(sentence: Sentence, i: int) -> str:
    """The preposition of a phrase, fixed expressions included: `because of`, `such as`; empty when it has none."""
    return sentence.cases[i]


def members(sentence: Sentence, i: int, grammar: Grammar) -> tuple[int, ...]:
    """The phrase's head, its conjuncts, and the members named after it ("leaders, including the minister")."""
    found = [i]
    for c in sentence.dependents(i, "conj"):
        if outgrows(sentence, c) or left_out(sentence, c, grammar):
            continue
        found += [m for m in members(sentence, c, grammar) if m not in found]
    for c in sentence.dependents(i, "nmod", "obl", "nmod:unmarked", "appos"):
        case = case_of(sentence, c)
        if case and (case in grammar.membership or case.split()[-1] in grammar.membership - {"like"}):
            found += [m for m in members(sentence, c, grammar) if m not in found]
    apart = len(found) > 1 and left_out(sentence, i, grammar)  # "not by the army but by the police"
    return tuple(found[1:] if apart else found)


def left_out(sentence: Sentence, i: int, grammar: Grammar) -> bool:
    """ "Met the judge but not the premier": what a negation sets apart from what it is joined to."""
    beside = sentence.dependents(i, "cc", "advmod", "case", "det")
    return any(
        c < i and sentence.plain[c] in grammar.negations and sentence.plain[c + 1] not in grammar.limits for c in beside
    )


def outgrows(sentence: Sentence, i: int) -> bool:
    """Whether a past tense hangs on an infinitive as its conjunct: "told them to stay and threatened …"."""
    word = sentence.words[i]
    above = sentence.words[word.head] if word.rel == "conj" and word.head >= 0 else None
    finite = word.feat("VerbForm") == "Fin" and word.feat("Tense") == "Past"
    return above is not None and finite and above.upos == "VERB" and above.feat("VerbForm") == "Inf"


def _second_object(sentence: Sentence, i: int, c: int) -> bool:
    """Whether a span of time is what somebody is given: "gave the junta seven days to go"."""
    whom, end = sentence.dependents(i, "iobj"), sentence.dependents(i, "advcl", "xcomp")
    given = bool(sentence.dependents(c, "nummod")) and not sentence.dependents(i, "obj")
    return given and bool(whom and end) and i < whom[0] < c < end[0]


def _granted(sentence: Sentence, i: int, c: int) -> bool:
    """The same of a passive: "were given seven days in which to leave"."""
    end = sentence.dependents(c, "acl", "acl:relcl") or sentence.dependents(i, "advcl", "xcomp")
    return c > i and bool(sentence.dependents(c, "nummod")) and any(k > c for k in end)


def own_arguments(sentence: Sentence, i: int, grammar: Grammar, *, passive: bool = False) -> list[Argument]:
    """What hangs on the predicate itself."""
    found = []
    for c in sentence.children[i]:
        word = sentence.words[c]
        rel = word.rel
        base = rel.split(":")[0]
        if rel == "det" and word.upos == "PRON" and c == i + 1:
            rel = base = "obj"  # "called that baseless"
        if rel == "obl:unmarked" and (_second_object(sentence, i, c) or (passive and _granted(sentence, i, c))):
            rel = base = "obj"
        if rel == "ccomp" and behind_semicolon(sentence, c):
            continue
        if role := _ROLES.get(rel):
            if rel == "obl:agent" and case_of(sentence, c) not in ("", "by"):
                role = "oblique"  # "were killed, according to the police"
            if role == "subject" and c < i and _part_of_subject(sentence, i, c):
                continue
            if role == "subject" and c > i and of_next(sentence, i, c) is not None:
                continue
            if role == "subject" and c < i and (owns(sentence, c) or _repeated(sentence, i, c, grammar)):
                continue
            if role == "adverb":
                found.append(Argument(role, (c,), word.lemma.lower()))
                led = word.upos == "ADV" and c == i + 1  # "stayed away from the summit"
                for k in sentence.dependents(c, "obl", "nmod") if led else ():
                    found.append(Argument("oblique", members(sentence, k, grammar), case_of(sentence, k)))
            else:
                bare = role == "subject" or (role == "object" and not _led(sentence, i, c))
                case = "" if bare else case_of(sentence, c)
                role = "oblique" if role == "object" and case else role
                role = "subject" if role == "agent" and not case and c < i else role  # "after Lund was killed by"
                if role == "object" and c < i and _opened_by(sentence, i, "for") and _opened_by(sentence, i, "to"):
                    role = "subject"  # "her call for the king to go"
                found.append(Argument(role, members(sentence, c, grammar), case))
        elif base in ("obl", "nmod"):
            case = case_of(sentence, c)
            if case == "by" and base == "obl" and _of_noun_before(sentence, i, c):
                continue
            by_agent = case == "by" and (passive or base == "nmod")
            role = "agent" if by_agent else "of" if case == "of" and base == "nmod" else "oblique"
            found.append(Argument(role, members(sentence, c, grammar), case))
        elif base == "advcl" and word.upos in ("ADJ", "NOUN", "PROPN") and _opened_as(sentence, c):
            found.append(Argument("oblique", members(sentence, c, grammar), "as"))  # "described as illegal"
        elif base == "acl" and word.feat("VerbForm") == "Inf":
            found.append(Argument("infinitive", (c,)))
        elif base == "acl" and rel != "acl:relcl" and _opened_by(sentence, c, "that"):
            found.append(Argument("clause", (c,)))
    if sentence.words[i].upos == "NOUN" and (owner := _owner(sentence, i)) is not None:
        found.append(Argument("possessive", members(sentence, owner, grammar)))
    if sentence.words[i].upos == "NOUN" and (doer := _doer_behind(sentence, i)) is not None:
        found.append(Argument("agent", members(sentence, doer, grammar), "by"))
    found = _without_setting(sentence, i, _without_dateline(sentence, i, found))
    return _one_object(sentence, i, _second_subject(sentence, i, found), grammar)


def _without_setting(sentence: Sentence, i: int, found: list[Argument]) -> list[Argument]:
    """ "Under President Lund, Oravia joined": what a preposition opens is a setting, and another subject follows."""
    subjects = [a for a in found if a.role == "subject" and a.words[0] < i]
    if len(subjects) < 2:
        return found
    last = subjects[0].words[0]
    first = next((k + 1 for k in range(last, -1, -1) if sentence.words[k].upos == "PUNCT"), 0)
    if sentence.words[first].rel != "case" or not parted(sentence, last, subjects[1].words[0]):
        return found
    setting = Argument("oblique", subjects[0].words, sentence.plain[first])
    return [setting if a is subjects[0] else a for a in found]


def _without_dateline(sentence: Sentence, i: int, found: list[Argument]) -> list[Argument]:
    """ "BUDAPEST — The premier met": what stands in capitals before a dash is where it was written, not who acts."""
    subjects = [a for a in found if a.role == "subject" and a.words[0] < i]
    first = min((a.words[0] for a in subjects), default=i)
    if first == i or not sentence.words[first].text.isupper() or len(sentence.words[first].text) < 3:
        return found
    dash = next((w.i for w in sentence.words[first + 1 : i] if w.text in _DASHES), i)
    behind = [c for c in sentence.dependents(first, "flat", "appos", "conj", "nmod:desc", "dep") if c > dash]
    if dash == i or (len(subjects) < 2 and not behind):
        return found
    kept = [a for a in found if a not in subjects or a.words[0] != first]
    return kept if len(subjects) > 1 else [Argument("subject", (behind[0],)), *kept]


def _of_noun_before(sentence: Sentence, i: int, c: int) -> bool:
    """ "Outrage at the shooting of a boy by police spread": what stands before the verb does not act by it."""
    behind = sentence.words[i].rel == "acl" and 0 <= sentence.words[i].head < c
    return c < i and (behind or any(s < c for s in sentence.dependents(i, "nsubj", "nsubj:pass")))


def _doer_behind(sentence: Sentence, i: int) -> int | None:
    """The doer behind a noun and its "of" phrase, where the tree hangs it on the verb that follows."""
    last = max((max(sentence.subtree(c)) for c in sentence.dependents(i, "nmod") if c > i), default=i) + 1
    if last == i + 1 or last >= len(sentence.words) or sentence.plain[last] != "by":
        return None
    doer = sentence.words[last].head
    verb = sentence.words[doer].head
    return doer if last < doer < verb and _of_noun_before(sentence, verb, doer) else None


def owns(sentence: Sentence, i: int) -> bool:
    """Whether a noun has an apostrophe behind it: it owns what follows, wherever the tree hangs it."""
    return any(sentence.words[c].upos == "PART" and c == i + 1 for c in sentence.dependents(i, "case"))


def _owner(sentence: Sentence, i: int) -> int | None:
    """ "His supporters' counter-attack", where the tree makes the supporters another subject of the verb."""
    at = i - 1
    while at > 0 and sentence.words[at].head == i and sentence.words[at].rel in ("amod", "compound", "nummod"):
        at -= 1
    owner = sentence.words[at].head if at > 0 and sentence.words[at].upos == "PART" else -1
    stray = 0 <= owner == at - 1 and owns(sentence, owner) and sentence.words[owner].rel.startswith("nsubj")
    return owner if stray else None


def behind_semicolon(sentence: Sentence, i: int) -> bool:
    """Whether a semicolon parts a clause from the verb that the tree makes it the content of: so it is not."""
    return any(word.text == ";" for word in sentence.words[sentence.words[i].head : i])


def finite(sentence: Sentence, i: int) -> bool:
    """Whether a verb or one of its auxiliaries is finite."""
    return any(sentence.words[w].feat("VerbForm") == "Fin" for w in (i, *sentence.dependents(i, "aux", "aux:pass")))


def parted(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a mark stands between two words."""
    return any(sentence.words[k].upos == "PUNCT" for k in range(first, last))


def of_next(sentence: Sentence, i: int, c: int) -> int | None:
    """The coordinated verb whose conjunction stands before the subject `c` that the tree hangs on verb `i`."""
    for verb in sentence.dependents(i, "conj"):
        if verb > c and any(i < k < c for k in sentence.dependents(verb, "cc")) and finite(sentence, verb):
            return None if sentence.dependents(verb, "nsubj", "nsubj:pass", "expl") else verb
    return None


def _part_of_subject(sentence: Sentence, i: int, c: int) -> bool:
    """ "Tens of thousands marched": what "of" ties to the subject right before it is no second one."""
    before = [s for s in sentence.dependents(i, "nsubj", "nsubj:pass") if s < c]
    return case_of(sentence, c) == "of" and bool(before) and before[-1] == min(sentence.dependents(c, "case")) - 1


def _repeated(sentence: Sentence, i: int, c: int, grammar: Grammar) -> bool:
    """ "It was they who fired": the relative pronoun right behind a subject is no second one."""
    return sentence.words[c].text.lower() in grammar.relatives and c - 1 in sentence.dependents(i, "nsubj")


def _led(sentence: Sentence, i: int, c: int) -> bool:
    """Whether an object has a preposition of its own, not the one right after the verb, which may be its particle."""
    return any(k != i + 1 and sentence.words[k].upos == "ADP" for k in sentence.dependents(c, "case"))


def _one_object(sentence: Sentence, i: int, found: list[Argument], grammar: Grammar) -> list[Argument]:
    """ "shot dead seven people", "took the guests hostage": what the object becomes is no object."""
    objects = [a for a in found if a.role == "object"]
    bare = [a for a in objects if sentence.words[a.words[0]].upos in ("ADJ", "ADV", "VERB")]
    bare += [a for a in objects[1:] if _becomes(sentence, a.words[0])]
    giving = sentence.words[i].lemma.lower() in grammar.givers and not bare
    if len(objects) == 2 and giving and i < objects[0].words[0]:
        return [Argument("iobject", a.words) if a is objects[0] else a for a in found]  # "gave the envoy its word"
    if len(objects) < 2 or len(bare) == len(objects):
        return found
    return [Argument("infinitive", a.words) if a in bare else a for a in found]


def _becomes(sentence: Sentence, i: int) -> bool:
    """Whether a second object is a bare singular right behind the first: hostage, president."""
    word = sentence.words[i]
    return word.upos == "NOUN" and word.feat("Number") == "Sing" and not sentence.children[i]


def _second_subject(sentence: Sentence, i: int, found: list[Argument]) -> list[Argument]:
    """ "vetoed on Friday a motion": a second subject, behind the verb, is its object under a wrong name."""
    subjects = [a for a in found if a.role == "subject"]
    if len(subjects) == 2 and _caused(sentence, i, subjects[0].words[0], subjects[1].words[0]):
        return [Argument("object", a.words, a.case) if a is subjects[1] else a for a in found]
    behind = [a for a in subjects if a.words[0] > i and sentence.words[a.words[0]].upos in ("NOUN", "PROPN")]
    if len(subjects) != 2 or len(behind) != 1 or any(a.role in ("object", "clause") for a in found):
        return found
    return [Argument("object", a.words, a.case) if a is behind[0] else a for a in found]


def _caused(sentence: Sentence, i: int, first: int, second: int) -> bool:
    """ "The general had the premier arrested": two subjects before the verb, and "have" between them."""
    having = [c for c in sentence.dependents(i, "aux") if sentence.words[c].lemma.lower() == "have"]
    return second < i and any(first < c < second for c in having)


def _opened_by(sentence: Sentence, i: int, marker: str) -> bool:
    return any(sentence.words[m].text.lower() == marker for m in sentence.dependents(i, "mark"))


def _opened_as(sentence: Sentence, i: int) -> bool:
    return case_of(sentence, i) == "as" or _opened_by(sentence, i, "as")


def relative_word(sentence: Sentence, i: int, grammar: Grammar) -> int | None:
    """The relative pronoun inside the clause of predicate `i`, not inside a clause below it."""
    for c in sentence.children[i]:
        for place in (c, *sentence.dependents(c, "nmod:poss", "nmod", "det")):
            word = sentence.words[place]
            if word.text.lower() in grammar.relatives and word.upos in ("PRON", "DET", "ADV", "SCONJ"):
                return place
    return None


def fill_relative(sentence: Sentence, i: int, found: list[Argument], grammar: Grammar) -> list[Argument]:
    """Arguments of a relative clause, its pronoun replaced by the noun it stands for."""
    noun = sentence.words[i].head
    pronoun = relative_word(sentence, i, grammar)
    antecedent = members(sentence, _meant(sentence, _agreeing(sentence, i, noun, pronoun), pronoun), grammar)
    if pronoun is None:  # "the terms they signed"
        roles = {a.role for a in found}
        if "subject" not in roles and sentence.dependents(i, "aux") and not finite(sentence, i):
            return with_subject(found, Argument("subject", antecedent), "participle")  # "the rebels, having fled"
        if "subject" in roles and "object" not in roles and "clause" not in roles:
            return [*found, Argument("object", antecedent, shared="relative")]
        return found
    filled = []
    for argument in found:
        if pronoun in argument.words and argument.role != "adverb":
            filled.append(Argument(argument.role, antecedent, argument.case, "relative"))
        else:
            filled.append(argument)
    return filled


def fill_astray(sentence: Sentence, i: int, found: list[Argument], grammar: Grammar) -> list[Argument]:
    """ "It was Paris that sent them, he said": the tree makes what he said of the relative clause, not of the whole."""
    filled = []
    for argument in found:
        at = argument.words[0]
        stray = argument.role == "subject" and sentence.words[at].text.lower() in grammar.relatives and 0 < at < i
        noun = at - 1 if stray and sentence.words[at - 1].upos in ("NOUN", "PROPN") else -1
        while noun >= 0 and sentence.words[noun].rel == "flat":
            noun = sentence.words[noun].head
        filled.append(Argument("subject", (noun,), "", "relative") if noun >= 0 else argument)
    return filled


def _meant(sentence: Sentence, noun: int, pronoun: int | None) -> int:
    """ "Lund is a man who fought them": who is said to be the noun."""
    who = pronoun is not None and sentence.words[pronoun].rel == "nsubj" and sentence.plain[pronoun] == "who"
    if not who or not sentence.dependents(noun, "cop"):
        return noun
    named = [s for s in sentence.dependents(noun, "nsubj") if sentence.words[s].upos == "PROPN" and s < noun]
    return named[0] if named else noun


def _agreeing(sentence: Sentence, i: int, noun: int, pronoun: int | None) -> int:
    """ "The leaders of the party, which is backed by the army": the noun right before that agrees with the verb."""
    if pronoun is None or sentence.words[pronoun].head != i or not sentence.words[pronoun].rel.startswith("nsubj"):
        return noun
    verbs = [sentence.words[v] for v in (*sentence.dependents(i, "aux", "aux:pass", "cop"), i)]
    number = next((v.feat("Number") for v in verbs if v.feat("VerbForm") == "Fin" and v.feat("Number")), None)
    near = next((k for k in range(pronoun - 1, noun, -1) if sentence.words[k].upos != "PUNCT"), noun)
    while sentence.words[near].rel == "flat" and sentence.words[near].head > noun:
        near = sentence.words[near].head
    if (
        sentence.plain[pronoun] == "who"
        and sentence.words[noun].upos == "PRON"
        and sentence.words[near].upos == "PROPN"
    ):
        return near  # "nothing to keep him from Lund, who fled"
    if near == noun or near not in sentence.subtree(noun) or sentence.words[near].upos not in ("NOUN", "PROPN"):
        return noun
    theirs, its = sentence.words[noun].feat("Number"), sentence.words[near].feat("Number")
    return near if number and theirs and theirs != number and its == number else noun


def with_subject(found: list[Argument], subject: Argument | None, reason: str) -> list[Argument]:
    """`found` with a subject from elsewhere, unless it has one of its own."""
    if subject is None or any(a.role in ("subject", "expletive") for a in found):
        return found
    return [Argument("subject", subject.words, subject.case, reason), *found]
