"""Which clauses have one time: coordinated ones, a participle and its verb, what is begun, what a journey is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.understand.arguments import case_of
from dragoman.understand.draft import Clause

if TYPE_CHECKING:
    from dragoman.understand.clausetime import ClauseTimes


def shared(clause: Clause, times: ClauseTimes) -> Clause | None:
    """The clause whose time this one has: coordination, a participle, what is begun."""
    parent = times.parent(clause)
    if parent is None or parent.sentence != clause.sentence:
        return None
    above: Clause | None = parent
    while above and above.kind == "nominal":
        above = times.parent(above)
    if above and came_next(clause, above, times):
        return above
    if parent.kind == "nominal":
        return carrier(parent, times) if clause.link == "acl" and (clause.passive or had_done(clause, times)) else None
    if clause.link == "conj":
        told = {told_tense(clause, times), told_tense(parent, times)}
        same = len(told) == 1 or "participle" in told
        again = parent.perfect and not own_subject(clause)  # "had broken the lines and swarmed in"
        return parent if same and (clause.perfect == parent.perfect or again) else None
    if clause.tense == "infinitive" and clause.link in ("advcl", "xcomp") and done_with(parent, times):
        return parent
    if clause.tense == "infinitive" and clause.link == "advcl" and goes(parent, times):
        return parent
    if clause.link == "advcl" and ends_so(clause, times):
        return parent
    if clause.link == "advcl":
        if clause.passive and clause.marker in times.words.lists["around_nouns"] and not has_helper(clause, times):
            return parent  # the tree takes "after a march led by students" for a clause
        together = clause.tense == "participle" or opening(clause, times) in times.words.lists["together"]
        if right_beside(clause, times):
            return parent
        if clause.marker in times.words.relations or clause.marker in times.words.lists["apart"]:
            return None
        return parent if together and not set_against(clause, parent, times) else None
    if clause.link == "xcomp":
        at_one_time = times.words.lists["aspect"] | times.words.lists["perceive"] | times.words.lists["implicative"]
        return parent if clause.tense != "infinitive" or parent.lemma in at_one_time else None
    return None


def own_subject(clause: Clause) -> bool:
    return any(a.role == "subject" and not a.shared for a in clause.arguments)


def set_against(clause: Clause, parent: Clause, times: ClauseTimes) -> bool:
    """Whether a clause with `while` tells what is otherwise so: it opens the sentence or stands behind a comma."""
    if clause.tense == "participle" or opening(clause, times) not in times.words.lists["contrasts"]:
        return False
    sentence = times.sentences[clause.sentence]
    first = min(sentence.subtree(clause.predicate))
    return clause.predicate < parent.predicate or (
        first > 0 and "," in (sentence.words[first].text, sentence.words[first - 1].text)
    )


def right_beside(clause: Clause, times: ClauseTimes) -> bool:
    """Whether a clause is told to be right before or after its main clause: "quit shortly before police came"."""
    sentence = times.sentences[clause.sentence]
    marks = sentence.dependents(clause.predicate, "mark")
    told = next((m for m in marks if times.words.relations.get(sentence.plain[m]) in times.words.table("sides")), 0)
    close = told > 0 and sentence.plain[told - 1] in times.words.lists["close_by"]
    return close and clause.tense in ("past", "participle") and not clause.modals


def came_next(clause: Clause, parent: Clause, times: ClauseTimes) -> bool:
    """Whether a clause tells what came next: "met Lund, whom the guards then arrested", "went in, where they …"."""
    if clause.link not in ("relcl", "advcl") or parent.kind != "verbal" or parent.modals or parent.negation:
        return False
    bare = clause.tense == "participle" and own_subject(clause) and not has_helper(clause, times)
    if parent.tense != "past" or not (clause.tense == "past" or bare) or clause.perfect or clause.modals:
        return False
    sentence, lists = times.sentences[clause.sentence], times.words.lists
    adverbs = {sentence.plain[i] for i in sentence.dependents(clause.predicate, "advmod")}
    if clause.link == "relcl" and adverbs & lists["straight_after"]:
        return True
    there = "where" in adverbs and parent.lemma.split()[0] in lists["brings_there"]
    return there and not adverbs & lists["another_time"] and clause.kind == "verbal"


def goes(parent: Clause, times: ClauseTimes) -> bool:
    """Whether a verb takes somebody to where its purpose follows the same day: "flew there to meet him"."""
    return parent.lemma in times.words.lists["journey"] and not parent.passive


def done_with(parent: Clause, times: ClauseTimes) -> bool:
    """Whether what the verb's infinitive tells happens when the verb does: "telephoned to thank", "managed to"."""
    row = times.knowledge.modality.embedder(parent.lemma, "VERB", "to")
    return row is not None and not row.auxiliary and not row.certainty


def told_tense(clause: Clause, times: ClauseTimes) -> str:
    """The tense of a clause; past by its form where the tree has a bare infinitive or a present of it."""
    word = times.sentences[clause.sentence].words[clause.predicate]
    formed = word.text.lower().endswith("ed") and not word.lemma.lower().endswith("ed")
    unmarked = clause.tense in ("infinitive", "present") and not clause.modals and not clause.marker
    return "past" if formed and unmarked and not clause.perfect else clause.tense


def has_helper(clause: Clause, times: ClauseTimes) -> bool:
    return bool(times.sentences[clause.sentence].dependents(clause.predicate, "aux", "aux:pass", "cop"))


def opening(clause: Clause, times: ClauseTimes) -> str:
    """The conjunction of a clause, also where the tree has it as an adverb (`when`)."""
    if clause.marker:
        return clause.marker
    sentence = times.sentences[clause.sentence]
    adverbs = [i for i in sentence.dependents(clause.predicate, "advmod") if i < clause.predicate]
    return sentence.words[adverbs[0]].text.lower() if adverbs else ""


def ends_so(clause: Clause, times: ClauseTimes) -> bool:
    """Whether an infinitive tells how it ended: "rolled towards the camp, only to be halted there"."""
    words = times.sentences[clause.sentence].words
    to = next(
        (i for i in range(1, clause.predicate) if words[i].head == clause.predicate and words[i].rel == "mark"), 0
    )
    return to > 0 and words[to].text.lower() == "to" and words[to - 1].text.lower() in times.words.lists["ends_so"]


def had_done(clause: Clause, times: ClauseTimes) -> bool:
    """Whether a participle tells what somebody had done to a thing: "had a curfew imposed"."""
    sentence = times.sentences[clause.sentence]
    noun = sentence.words[clause.predicate].head
    above = sentence.words[noun].head if noun >= 0 else -1
    done = above >= 0 and sentence.words[noun].rel == "obj" and sentence.words[clause.predicate].feat("Tense") == "Past"
    return done and sentence.words[above].lemma.lower() in times.words.lists["causative"]


def carrier(noun: Clause, times: ClauseTimes) -> Clause | None:
    """The clause on which a noun hangs as a circumstance: "dismissed in June after a strike called by …"."""
    word = times.sentences[noun.sentence].words[noun.predicate]
    base, case = word.rel.split(":")[0], case_of(times.sentences[noun.sentence], noun.predicate)
    above = times.clause(noun.sentence, word.head) if word.head >= 0 else None
    if above is None or above.kind != "verbal":
        return None
    brought = times.words.lists["light_verbs"] | times.words.lists["causative"]
    if base == "obj":  # "condemned the sanctions imposed by …" tells nothing of when they were imposed
        return above if above.lemma.split()[0] in brought else None
    return above if base == "obl" and case not in times.words.lists["not_during"] else None


def at_once(other: Clause, clause: Clause, times: ClauseTimes) -> bool:
    """Whether a clause behind its main clause says when that was: "were hurt when police fired on Friday"."""
    first = other.predicate < clause.predicate
    if first and opening(other, times) == "as" and says_it(other, times):
        return False  # "as he said on Friday, the army has left"
    if opening(other, times) not in times.words.lists["moment" if first else "at_once"]:
        return False
    if clause.perfect or other.perfect or other.modals or other.tense in ("infinitive", "participle"):
        return False
    if clause.tense == "participle" and clause.link == "acl" and clause.passive:
        return other.tense == "past"  # "the ten men killed when police fired"
    ahead = clause.tense == "future" or bool(clause.modals)
    return other.tense == "present" if ahead else other.tense == clause.tense == "past"


def says_it(clause: Clause, times: ClauseTimes) -> bool:
    """Whether a verb of saying has nothing that it says: what it says is the clause it stands in."""
    sentence = times.sentences[clause.sentence]
    return times.states(clause) and not sentence.dependents(clause.predicate, "ccomp", "xcomp", "obj")


def lends(other: Clause, clause: Clause, times: ClauseTimes, *, depth: int) -> bool:
    """Whether `other`, right below `clause`, happens with it: a participle, what is forced, the next verb."""
    if other.link == "advcl":
        begun = times.words.relations.get(other.marker) == "since" and clause.perfect
        once = depth == 0 and at_once(other, clause, times)
        return begun or once or (other.tense == "participle" and not opening(other, times))
    if other.link == "xcomp":
        return clause.lemma in times.words.lists["implicative"]
    if other.link == "conj" and clause.passive and other.passive and told_tense(clause, times) == "past" == other.tense:
        return depth == 0 and clause.link == "root"  # "two were killed and nine were wounded on Sunday"
    next_to = other.kind == "verbal" and other.tense == clause.tense and 0 < other.predicate - clause.predicate <= 3
    return other.link == "conj" and next_to and any(a.role == "subject" and a.shared for a in other.arguments)
