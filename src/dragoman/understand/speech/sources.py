"""The source of a cue: whose words they are, its phrase, and what kind of source it is."""

from __future__ import annotations

from dragoman.knowledge.actorwords import is_capital
from dragoman.knowledge.speech import Cue
from dragoman.records import Sentence, SourceKind, Span
from dragoman.understand.draft import Clause
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.saying import At

_LONGEST = 25  # words; a source phrase beyond this loses its clauses


def source_word(ground: Ground, sentence: Sentence, i: int, cue: Cue) -> int | None:
    """The head word of the cue's source in the same sentence, None when the grammar names none."""
    if cue.pos == "ADP":
        own = phrase_noun(sentence, i)
        noun = sentence.words[i].head if own is None else own
        if (
            sentence.words[noun].lemma.lower() in cue.cue.split()
            or sentence.words[noun].text.lower() in cue.cue.split()
        ):
            return next((c for c in sentence.dependents(noun, "nmod") if c > i), None)  # "in the words of the minister"
        return noun
    clause = ground.clauses.get((sentence.i, i))
    if clause is None:
        return _owner_of_adjective(sentence, i)
    if clause.kind == "nominal":
        return _owner(ground, clause)
    if clause.passive:
        return next((a.words[0] for a in clause.filled("agent")), None)
    subjects = [a.words[0] for a in clause.filled("subject")]
    ahead = [s for s in subjects if sentence.words[s].head == i and sentence.words[s].rel == "nsubj" and s < i]
    subject = ahead[-1] if len(ahead) > 1 else next(iter(subjects), None)  # of two in a torn tree the nearer
    return _inverted(ground, sentence, clause) if subject is None else subject


def _inverted(ground: Ground, sentence: Sentence, clause: Clause) -> int | None:
    """Whoever stands right after a verb without a subject beside a quotation: ", fumed the mayor, "we held on"."""
    if not any(q.outer.overlaps(sentence.span) for q in ground.quotations) or clause.tense != "past":
        return None
    for argument in clause.filled("object"):
        noun = argument.words[0]
        if min(sentence.subtree(noun)) == clause.predicate + 1 and sentence.words[noun].upos == "PROPN":
            return noun
    return None


def phrase_noun(sentence: Sentence, i: int) -> int | None:
    """The noun below a preposition such as "according to" where the tree hangs the noun on it, not it on the noun."""
    return next((c for c in sentence.dependents(i, "obl", "obj", "nmod") if c > i), None)


def _owner_of_adjective(sentence: Sentence, i: int) -> int | None:
    subjects = sentence.dependents(i, "nsubj")
    return subjects[0] if subjects else None


def _owner(ground: Ground, clause: Clause) -> int | None:
    """Whose claim, warning or fear it is: its possessor or agent, else the subject of the verb that has it."""
    for role in ("possessive", "agent"):
        for argument in clause.filled(role):
            return argument.words[0]
    if clause.parent is None:
        return None
    verb = ground.draft.clauses[clause.parent]
    holds = any(clause.predicate in a.words for a in verb.filled("object"))
    subject = next(iter(verb.filled("subject")), None)
    return subject.words[0] if holds and subject and not verb.passive else None


def source_span(ground: Ground, sentence: Sentence, word: int, *, without: int | None = None) -> Span:
    """The phrase of a source: all that hangs on its head, save its preposition and the cue's own clause (`without`)."""
    cut: set[int] = set(_case(sentence, word))
    if without is not None:
        cut |= set(sentence.subtree(without))
    for c in sentence.dependents(word, "acl:relcl"):
        cut |= set(told_before(sentence, word, c))
        if any(sentence.plain[m] == "that" and m > word for m in sentence.dependents(c, "mark")):
            cut |= set(sentence.subtree(c))  # "we were told by a nurse | that soldiers shot him"
    places = [p for p in sentence.subtree(word) if p not in cut]
    if len(places) > _LONGEST:
        for c in sentence.dependents(word, "acl:relcl", "acl", "parataxis", "appos", "advcl"):
            cut |= set(sentence.subtree(c))
        places = [p for p in places if p not in cut]
    run = [word]
    while run[0] - 1 in places:
        run.insert(0, run[0] - 1)
    while run[-1] + 1 in places:
        run.append(run[-1] + 1)
    return ground.trim(sentence.span_of(run))


def told_before(sentence: Sentence, word: int, clause: int) -> list[int]:
    """A clause whose pronoun stands before a source: "the mayor, who according to an aide | knew of it"."""
    pronouns = [p for p in sentence.subtree(clause) if p < word and sentence.words[p].feat("PronType") == "Rel"]
    return sentence.subtree(clause) if pronouns else []


def _case(sentence: Sentence, word: int) -> list[int]:
    found = []
    for c in sentence.dependents(word, "case", "cc", "mark"):
        if c < word:
            found += sentence.subtree(c)
    return found


def kind_of(ground: Ground, sentence: Sentence, word: int, actor: str | None) -> SourceKind:
    """Named, anonymous, witness, media or organization: by the actor it stands for, else by its head word."""
    table = ground.knowledge.speech.sources
    those = any(sentence.words[c].text.lower() == "those" for c in sentence.dependents(word, "det"))
    if a_people(ground, (sentence.i, word)) or those:
        return "anonymous"  # "those polled"
    known = ground.draft.actors.get(actor) if actor else None
    head = sentence.words[word]
    span = source_span(ground, sentence, word)
    told = {sentence.lemmas[i] for i in sentence.inside(span)}
    if table.get(head.lemma.lower()) == "witness" or "witness" in {table.get(t) for t in told if t == head.lemma}:
        return "witness"
    called = known is not None and known.name[:1].isupper()  # "the agency", of a port authority, is no news agency
    names = [*([] if called else [head.text]), *([known.name, *known.aliases] if known else [])]
    names = [name for name in names if not called or name[:1].isupper()]
    person = known is not None and known.kind == "person"  # Mr. Bloomberg is no agency
    if not person and any(table.get(_bare(name)) == "media" for name in names):
        return "media"
    if not person and (_an_outlet(ground, sentence, word) or any(_called_outlet(ground, name) for name in names)):
        return "media"
    if _names_a_person(sentence, word, span) or _the_holder(ground, sentence, word):
        return "named"
    if known and known.kind == "person":
        return "named" if known.name[:1].isupper() and is_capital(known.name.split()[-1]) else "anonymous"
    if called and known and known.kind in ("organization", "state", "place"):
        return "organization"
    by_word = table.get(head.lemma.lower())
    if by_word == "media":
        return "media"
    if by_word == "anonymous":
        return "anonymous"
    if by_word in ("organization", "document"):
        return "organization"
    if known and known.kind in ("organization", "state", "place"):
        return "organization"
    if head.upos == "PROPN":
        return "organization" if _named_as(sentence, word) in ("organization", "place") else "named"
    return "anonymous"


def counted(ground: Ground, span: Span) -> Span:
    """A source's phrase with the count that it was cut from: "seven percent | of those asked"."""
    sentence = ground.sentences[ground.sentence_at(span.start)]
    first = next((w for w in sentence.words if w.start == span.start), None)
    if first is None or first.i == 0 or first.text.lower() != "of":
        return span
    noun = first.i - 1
    if sentence.words[noun].upos not in ("NOUN", "SYM", "NUM", "PRON", "ADJ"):
        return span
    begins = noun
    while begins - 1 in sentence.subtree(noun) and sentence.words[begins - 1].upos != "PUNCT":
        begins -= 1
    while begins > 0 and sentence.words[begins - 1].upos in ("NUM", "DET"):
        begins -= 1
    return Span(sentence.words[begins].start, span.end)


def a_people(ground: Ground, at: At) -> bool:
    """Whether a source is people in general, not their state: "Oravians feel", "seven in ten Oravians"."""
    sentence, i = ground.sentences[at[0]], at[1]
    word = sentence.words[i]
    sights = ground.draft.sights[at[0]] if ground.draft.sights else []
    people = any(s.first <= i < s.last and s.entry.use in ("demonym", "people") for s in sights)
    plural = word.feat("Number") == "Plur" or word.text.lower().endswith("s")
    alone = not sentence.dependents(i, "det", "compound", "nmod:poss")
    return people and plural and alone and word.upos in ("NOUN", "PROPN")


def _an_outlet(ground: Ground, sentence: Sentence, word: int) -> bool:
    """Whether the phrase names what it means by its trade: "the Lisk news agency", "the daily Tovak", "state radio"."""
    trades, table = ground.knowledge.actor_words.outlets, ground.knowledge.speech.sources
    near = [word, *(c for c in sentence.dependents(word, "appos", "flat", "compound", "nmod:desc") if c != word)]
    beside = {sentence.words[i].lemma.lower() for i in near}
    texts = {sentence.words[c].lemma.lower() for c in sentence.dependents(word, "compound")}
    reports = table.get(sentence.words[word].lemma.lower()) == "document" and texts & ground.knowledge.actor_words.press
    return bool(beside & trades) or bool(reports)


def _called_outlet(ground: Ground, name: str) -> bool:
    """Whether a name ends in the trade of an outlet: "Varga Radio", "Lisk news agency"."""
    words = _bare(name).split()
    return any(" ".join(words[-n:]) in ground.knowledge.actor_words.outlets for n in (1, 2))


def _names_a_person(sentence: Sentence, word: int, span: Span) -> bool:
    """Whether the phrase gives the name of the one it means: "production designer Joel Hart"."""
    people = [i for n in sentence.names if n.kind == "person" for i in range(n.first, n.last)]
    near = {word, sentence.words[word].head, *sentence.dependents(word, "appos", "flat", "compound", "nmod:desc")}
    return any(i in near and span.covers(sentence.words[i].span) for i in people)


def _the_holder(ground: Ground, sentence: Sentence, word: int) -> bool:
    """Whether the phrase means the one holder of an office: "the mayor", "the bank's governor", not "an official"."""
    head = sentence.words[word]
    office = ground.knowledge.world.offices.get((head.lemma.lower(),))
    if ground.knowledge.speech.sources.get(head.lemma.lower()) == "anonymous":
        return False  # "the official", "the spokesman"
    if office is None or office.scope not in ("state", "body") or head.feat("Number") == "Plur":
        return False
    opened = sentence.dependents(word, "det", "nmod:poss")
    return any(sentence.words[c].feat("Definite") == "Def" or sentence.words[c].rel == "nmod:poss" for c in opened)


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ").strip()


def _named_as(sentence: Sentence, word: int) -> str:
    return next((n.kind for n in sentence.names if n.first <= word < n.last), "")
