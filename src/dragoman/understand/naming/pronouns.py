"""Pronouns: tied to the most salient actor they can stand for, or left alone."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.records import Sentence
from dragoman.understand.naming.candidates import (
    beside,
    fits,
    has_subject,
    is_saying,
    predicates_above,
    speakers_of,
    spoken_of,
    tells_it,
)
from dragoman.understand.naming.cast import Cast, Figure, Naming
from dragoman.understand.naming.phrases import base, first_conjunct

PRONOUNS = ("PRON", "DET")
REACH = 3  # sentences back
FARTHEST = 8  # of which whole quotations between are not counted
LEAST = {"masculine": 2.0, "feminine": 2.0, "many": 3.25}  # below, a candidate is no antecedent
MARGIN = 0.25  # by which the best must lead
ONLY_TELLS = 6.0  # against "a source", who only says what the sentence tells
SIDE_BY_SIDE = 3.0  # for whom "him" meant before, where "him" follows
_NEW = ("a", "an", "one", "another")
NEAR = (4.5, 2.5, 1.25, 0.5)  # for a candidate in this sentence, in the one before …
OF_ITS_SEX = 0.5  # for one of whom the report or a given name tells that the pronoun fits
PARAGRAPH = 1.0  # less for who stands in another paragraph, where the pronoun does not open its own
GOES_ON = 0.75  # for who spoke last, where the pronoun speaks too


def name_pronoun(sentence: Sentence, i: int, cast: Cast, knowledge: Knowledge) -> None:
    """Tie the pronoun at word `i` to its antecedent when one stands out."""
    word = sentence.words[i]
    plain = sentence.plain[i]
    if (sentence.i, i) in cast.taken or word.upos not in PRONOUNS:
        return
    if plain in knowledge.grammar.relatives:
        figure = _antecedent(sentence, i, cast)
    else:
        stands_for = knowledge.actor_words.pronouns.get(plain)
        if stands_for is None or word.rel == "expl" or (stands_for == "thing" and _dummy(sentence, i)):
            return
        emphatic = plain.endswith(("self", "selves")) and i and sentence.words[i - 1].upos in ("NOUN", "PROPN")
        figure = _emphasised(sentence, i, cast) if emphatic else _ahead(sentence, i, stands_for, cast)
        if emphatic and figure is None:
            return
        figure = figure or _best(sentence, i, stands_for, cast, knowledge)
        if figure is not None and stands_for in ("masculine", "feminine"):
            figure.gender = figure.gender or stands_for
    if figure is not None:
        cast.name(figure, sentence.i, (i, i + 1), head=i, how="pronoun")


def _antecedent(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    """The noun before the relative clause that the pronoun opens; the person right before "who" where the tree errs."""
    at = i
    while at >= 0 and sentence.words[at].rel != "acl:relcl":
        at = sentence.words[at].head
    if at < 0:
        end = i - 1 if i and sentence.words[i - 1].text == "," else i
        before = [n.figure for n in cast.within(sentence.i) if n.last == end and n.figure.kind == "person"]
        return before[0] if before and sentence.words[i].text.lower() == "who" else None
    noun = sentence.words[at].head
    naming = cast.taken.get((sentence.i, noun))
    if naming is None:
        naming = next((n for n in cast.within(sentence.i) if n.first <= noun < n.last), None)
    return naming.figure if naming else None


def _emphasised(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    """ "Marosh herself": the name right before a reflexive."""
    return next((n.figure for n in cast.within(sentence.i) if n.last == i), None)


def _ahead(sentence: Sentence, i: int, stands_for: str, cast: Cast) -> Figure | None:
    """ "Before her flight, Marosh said": a pronoun in what stands before the subject of its own predicate.

    Nobody is told first as "him" in what he says himself: "they will not hand him over, Marosh said".
    """
    acted_on = base(sentence.words[i].rel) in ("obj", "iobj", "obl")
    for governor in predicates_above(sentence, i):
        if acted_on and sentence.words[governor].lemma.lower() in cast.saying:
            return None
        for c in sentence.dependents(governor, "nsubj", "nsubj:pass"):
            naming = cast.taken.get((sentence.i, c))
            if naming is None or naming.first <= i or i in sentence.subtree(c) or not fits(naming, stands_for):
                continue
            if naming.how in ("name", "title", "short name") and naming.figure not in speakers_of(sentence, i, cast):
                return naming.figure
    return None


def _dummy(sentence: Sentence, i: int) -> bool:
    """An `it` that may stand for a clause or for nothing: "it is clear that …", "it was the end"."""
    governor = sentence.words[i].head
    if governor < 0 or base(sentence.words[i].rel) != "nsubj":
        return False
    if sentence.dependents(governor, "csubj", "csubj:pass", "csubj:outer"):
        return True
    return bool(sentence.dependents(governor, "cop"))


def _best(sentence: Sentence, i: int, stands_for: str, cast: Cast, knowledge: Knowledge) -> Figure | None:
    """The candidate that leads clearly: by closeness, by being a subject, by how often the report names it."""
    if stands_for == "thing":
        return _subject_only(sentence, i, cast)
    scores: dict[Figure, float] = {}
    near: dict[Figure, int] = {}
    spoken: set[Figure] = set()
    governors = [g for g in predicates_above(sentence, i) if has_subject(sentence, g, i)]
    speakers = speakers_of(sentence, i, cast) | spoken_of(sentence, i, cast) | beside(sentence, i, cast)
    bound = {n.figure for n in cast.within(sentence.i) if n.head < i and _bound(sentence, i, n)}
    quoted, says = cast.quoted(sentence, i), is_saying(sentence, i, cast)
    opens = not sentence.i or cast.draft.doc.sentences[sentence.i - 1].paragraph != sentence.paragraph
    behind = stands_for == "many" and _told_before(sentence, i, cast) and not cast.quoted(sentence, max(i - 2, 0))
    if behind and (spoke := _last_speaker(sentence, "many", cast, reach=REACH)):
        return spoke
    for back, there in enumerate(_looked_at(sentence, cast, quoted=quoted)):
        for naming in cast.within(there.i):
            if not fits(naming, stands_for) or naming.figure in speakers:
                continue
            if back == 0 and (behind or naming.head >= i or naming.figure in bound):
                continue
            if quoted and stands_for == "many" and not cast.quoted(there, naming.head):
                continue  # "they" in somebody's mouth are whom he means, not whom the report named last
            if back and _heard(there, naming):
                continue
            score = _salience(there, naming, back, governors if back == 0 else [], cast)
            score += OF_ITS_SEX if naming.figure.gender == stands_for else 0.0
            if there.paragraph != sentence.paragraph and not opens and stands_for != "many":
                score -= PARAGRAPH
            if not quoted and cast.quoted(there, naming.head):
                score -= 1.5
            if back == 0 and _side_by_side(there, naming, i):
                score += SIDE_BY_SIDE
            if back == 0 and _only_tells(there, naming, cast):
                score -= ONLY_TELLS
            if back and says and tells_it(there, first_conjunct(there, naming.head), cast):
                score += GOES_ON
                if naming.figure.plural and not quoted:
                    spoken.add(naming.figure)
            if score > scores.get(naming.figure, 0.0):
                scores[naming.figure], near[naming.figure] = score, back
    for figure in scores:
        scores[figure] += min(len(figure.spans), 4) * 0.25
    if stands_for != "many" and _goes_with(sentence, i, stands_for, cast, knowledge):
        return None
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0].key))
    if says and not quoted and stands_for != "many" and (not ranked or ranked[0][1] < LEAST[stands_for]):
        return _last_speaker(sentence, stands_for, cast)
    if not ranked:
        return None
    best, score = ranked[0]
    unsure = len(ranked) > 1 and score - ranked[1][1] < MARGIN
    rivalled = near[best] and best not in spoken and _rivalled(sentence, i, stands_for, cast)
    return None if score < LEAST[stands_for] or unsure or rivalled else best


def _heard(there: Sentence, naming: Naming) -> bool:
    """The press that is only told something: "he told reporters. They are to meet again" means others."""
    agent = naming.figure.agent
    return agent is not None and agent.sector == "JRN" and base(there.words[naming.head].rel) in ("obj", "iobj")


def _side_by_side(there: Sentence, naming: Naming, i: int) -> bool:
    """ "Marosh met him, then officers held him": one after another those acted on are the same."""
    acted_on = ("obj", "iobj")
    return naming.how == "pronoun" and there.words[naming.head].rel in acted_on and there.words[i].rel in acted_on


def _goes_with(sentence: Sentence, i: int, stands_for: str, cast: Cast, knowledge: Knowledge) -> bool:
    """Whether the subject above is a pronoun of the same sex of whom nobody knows who it is: "he asked his men"."""
    return any(
        c < i
        and (sentence.i, c) not in cast.taken
        and knowledge.actor_words.pronouns.get(sentence.plain[c]) == stands_for
        for governor in predicates_above(sentence, i)
        for c in sentence.dependents(governor, "nsubj", "nsubj:pass")
    )


def _only_tells(there: Sentence, naming: Naming, cast: Cast) -> bool:
    """Whether somebody new and nameless only says the sentence: in "a source said they seek him" he is not."""
    new = there.plain[naming.first] in _NEW and naming.figure.key[0] == "group"
    return new and is_saying(there, naming.head, cast)


def _told_before(sentence: Sentence, i: int, cast: Cast) -> bool:
    """Whether "it" ends the sentence of what it says: "The unit lost money, it added": the unit does not say so."""
    verb = sentence.words[i].head
    if not is_saying(sentence, i, cast) or i < 3 or sentence.words[i - 1].upos != "PUNCT":
        return False
    aside = sentence.words[verb].rel == "parataxis" and sentence.words[verb].head < i
    return aside or any(c < i for c in sentence.dependents(verb, "ccomp", "parataxis"))


def _last_speaker(sentence: Sentence, stands_for: str, cast: Cast, *, reach: int = FARTHEST) -> Figure | None:
    """Of whoever may be meant the one who alone has spoken in the last sentences: "he added", a caption later."""
    spoke = {
        n.figure
        for there in cast.draft.doc.sentences[max(sentence.i - reach, 0) : sentence.i]
        for n in cast.within(there.i)
        if (n.figure.key[0] == "person" or stands_for in ("thing", "many"))
        and fits(n, stands_for)
        and tells_it(there, first_conjunct(there, n.head), cast)
        and not cast.quoted(there, n.head)
    }
    return spoke.pop() if len(spoke) == 1 else None


def _looked_at(sentence: Sentence, cast: Cast, *, quoted: bool) -> list[Sentence]:
    """This sentence and those before it, the nearest first; what is all quotation lies between and does not count."""
    found = [sentence]
    for before in reversed(cast.draft.doc.sentences[max(sentence.i - FARTHEST, 0) : sentence.i]):
        said = [w.i for w in before.words if w.upos != "PUNCT"] or [0]
        if len(found) <= REACH and (quoted or not (cast.quoted(before, said[0]) and cast.quoted(before, said[-1]))):
            found.append(before)
    return found


def _subject_only(sentence: Sentence, i: int, cast: Cast) -> Figure | None:
    """For `it` and `its`: the subject of the nearest predicate, or at the head of a sentence that of the one before.

    Things and states share these pronouns, so nothing less certain is taken.
    """
    if _told_before(sentence, i, cast) and (spoke := _last_speaker(sentence, "thing", cast)):
        return spoke
    for governor in predicates_above(sentence, i):
        subjects = sentence.dependents(governor, "nsubj", "nsubj:pass")
        own = [c for c in subjects if c == i or i in sentence.subtree(c)]
        if own and own[0] < i and sentence.dependents(own[0], "conj"):  # "the party and many of its voters"
            naming = cast.taken.get((sentence.i, own[0]))
            return naming.figure if naming and fits(naming, "thing") else None
        if subjects and not own:
            near = [c for c in subjects if c < governor] or [subjects[0]]  # not the town before the dash
            naming = cast.taken.get((sentence.i, near[-1]))
            if naming is None and is_saying(sentence, i, cast):
                continue  # no beating promises: whoever admits it does
            placed = sentence.words[i].rel in ("nmod:poss", "nsubj", "nsubj:pass")
            told = sentence.dependents(governor, "obj", "iobj")  # "the premier warned the party it would lose"
            speaks = sentence.words[governor].lemma.lower() in cast.saying and not told
            if naming and naming.figure.kind == "person" and speaks:
                naming = _body_of(sentence, naming, cast)  # "the party's leader said it would yield"
            return naming.figure if naming and placed and fits(naming, "thing") and naming.head < i else None
        if not subjects and (quoted := _quoted_as(sentence, governor, cast)):
            return quoted.figure if fits(quoted, "thing") else None
        if own and governor == sentence.root and sentence.i:
            before = cast.draft.doc.sentences[sentence.i - 1]
            heads = before.dependents(before.root, "nsubj", "nsubj:pass")
            naming = cast.taken.get((before.i, heads[0])) if heads else None
            return (
                naming.figure
                if naming and fits(naming, "thing") and before.paragraph >= sentence.paragraph - 1
                else None
            )
    return None


def _body_of(sentence: Sentence, speaker: Naming, cast: Cast) -> Naming | None:
    """The one body or state in whose name somebody speaks, as his phrase tells it: "its leader, Ada Lund, said"."""
    top = speaker.head
    inside = set(sentence.subtree(top))
    namings = [n for n in cast.within(sentence.i) if n.head in inside and n.figure is not speaker.figure]
    bodies = [n for n in namings if n.figure.kind in ("organization", "state") and n.head < speaker.last]
    return bodies[0] if len({n.figure for n in bodies}) == 1 else None


def _quoted_as(sentence: Sentence, governor: int, cast: Cast) -> Naming | None:
    """Who is quoted "as saying": in "the radio quoted the ministry as saying it had", the ministry had."""
    word = sentence.words[governor]
    opened = any(sentence.plain[m] == "as" for m in sentence.dependents(governor, "mark"))
    if not opened or word.head < 0 or word.lemma.lower() not in cast.saying:
        return None
    return next((n for o in sentence.dependents(word.head, "obj") if (n := cast.taken.get((sentence.i, o)))), None)


def _salience(there: Sentence, naming: Naming, back: int, governors: list[int], cast: Cast) -> float:
    top = first_conjunct(there, naming.head)
    whole = there.words[top].head
    if there.words[top].rel == "nmod" and whole >= 0 and (there.i, whole) not in cast.taken:
        top = whole  # "a string of countries" is a subject of countries
    rel = base(there.words[top].rel)
    score = NEAR[back]
    if rel == "nsubj" or _called_upon(there, top):
        score += 1.5
        if there.words[top].head in governors:
            score += max(3.0 - 1.25 * governors.index(there.words[top].head), 0.25)
    elif rel in ("obj", "iobj"):
        score += 0.5
    elif there.words[naming.head].rel == "nmod:poss":
        score += 0.75
    governor = there.words[top].head
    if governor >= 0 and there.words[governor].head < 0:
        score += 0.5  # on the main predicate
    if naming.how == "nominal" and naming.figure.kind == "person":
        score -= 0.5
    return score


def _called_upon(there: Sentence, i: int) -> bool:
    """Whether a name before a verb without a subject was taken for one who is addressed: "Marosh, a deputy, left"."""
    word = there.words[i]
    verb = word.head
    aside = word.rel in ("discourse", "vocative", "dislocated") and verb > i
    return aside and not there.dependents(verb, "nsubj", "nsubj:pass")


def _rivalled(sentence: Sentence, i: int, stands_for: str, cast: Cast) -> bool:
    """Whether a thing may be meant by "it" or "they": one named earlier in the same sentence, or any by "them"."""
    if stands_for not in ("thing", "many"):
        return False
    if base(sentence.words[i].rel) not in ("nsubj", "nmod"):
        return True
    if stands_for == "many" and any(
        n.figure.kind == "person" and n.head < i and sentence.dependents(n.head, "conj")
        for n in cast.within(sentence.i)
    ):
        return True  # "Sarah and Timothy … their wedding"
    number = "Plur" if stands_for == "many" else "Sing"
    before = cast.draft.doc.sentences[sentence.i - 1] if sentence.i else sentence
    for w in before.words:
        topic = w.upos == "NOUN" and base(w.rel) == "nsubj" and before.words[w.head].head < 0
        if topic and w.feat("Number") == number and (before.i, w.i) not in cast.taken:
            return True  # the thing that the sentence before was about
    return any(
        w.upos == "NOUN"
        and (w.feat("Number") or "Sing") == number
        and base(w.rel) in ("nsubj", "obj")
        and (sentence.i, w.i) not in cast.taken
        for w in sentence.words[:i]
    )


def _bound(sentence: Sentence, i: int, naming: Naming) -> bool:
    """Whether grammar forbids one referent: arguments of one predicate, or the pronoun inside the phrase."""
    word = sentence.words[i]
    if naming.first <= i < naming.last:
        return True
    if word.rel == "nmod:poss" or word.feat("Reflex") == "Yes":
        noun = word.head
        return noun == naming.head or (sentence.words[noun].head == naming.head and sentence.words[noun].rel != "conj")
    here = word.head
    top = sentence.words[first_conjunct(sentence, naming.head)]
    while base(top.rel) == "appos" and top.head < naming.head:
        top = sentence.words[first_conjunct(sentence, top.head)]  # "Lund, the minister, forced him": neither of them
    there, subject = top.head, base(top.rel) == "nsubj"
    climbs = subject and base(word.rel) != "nsubj"  # "Marosh told them that …, but he said": he is Marosh
    while climbs and 0 <= here != there and sentence.words[here].rel == "conj" and not has_subject(sentence, here, i):
        here = sentence.words[here].head  # "barred the crowd but let them march": who let is who barred
    return here == there and here >= 0 and base(word.rel) in ("nsubj", "obj", "iobj", "obl")
