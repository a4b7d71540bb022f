"""Sources that say nothing: a siren that signals, a picture that shows, anyone and you, words that are no saying."""

from __future__ import annotations

from dragoman.records import Sentence, Span
from dragoman.understand.naming.phrases import base, case_of, extent
from dragoman.understand.speech.ground import Ground
from dragoman.understand.speech.named import named
from dragoman.understand.speech.saying import Saying
from dragoman.understand.speech.sources import source_word

_FEW = 3  # words between marks that may be set off for another reason than that somebody said them


def mute(ground: Ground, saying: Saying) -> str:
    """Why a source says nothing of what is ascribed to it; "" where it speaks."""
    if saying.source_at is None:
        return ""
    sentence, i = ground.sentences[saying.source_at[0]], saying.source_at[1]
    word, words = sentence.words[i], ground.knowledge.grammar
    quoted = any(q.inner.covers(cue) for q in ground.quotations for cue in saying.cue)
    if word.text.lower() in ("you", *words.anybody) and word.upos == "PRON" and not quoted:
        return "nobody in particular"
    if saying.source[0].of(ground.text).lower().startswith(("no one", "no-one")) and not quoted:
        return "nobody in particular"
    if any(sentence.words[c].text.lower() in words.none_of for c in sentence.dependents(i, "det")) and not quoted:
        return "said by none of them"  # "neither side would say what was agreed"
    if _mere_attribute(ground, saying):
        return "a word that only qualifies a noun"
    if _nobodys(ground, saying):
        return "a claim or fear that is nobody's"
    if _only_heard(ground, saying):
        return "one who hears it"
    if _by_nobody(ground, saying):
        return "told by nobody who is named"
    if _within_something(ground, saying):
        return "a place or a time, not who says it"
    if named(ground, saying.source_at, saying.source[0]) is not None or (saying.word and saying.word.pos == "ADP"):
        return ""
    noun = antecedent_noun(ground, sentence, i)
    if noun is None and word.text.lower() in words.interrogatives and not quoted:
        return "nobody in particular"  # "who knows what it will look like"
    if noun is None or sentence.words[noun].upos != "NOUN" or ground.draft.reference_at(sentence.i, noun):
        return ""
    lemma = sentence.words[noun].lemma.lower()
    kinds = ground.knowledge.speech.sources
    of = [c for c in sentence.dependents(noun, "nmod") if case_of(sentence, c) == "of"]
    papers = any(kinds.get(sentence.words[c].lemma.lower()) == "document" for c in of)  # "a cache of letters"
    known = (lemma in kinds or lemma in ground.knowledge.actor_words.epithets or papers) and lemma not in words.pictures
    somebody = any(p.first <= noun < p.last and p.kind in ("person", "organization") for p in sentence.nominals)
    if known or (somebody and lemma not in words.pictures) or (lemma,) in ground.knowledge.world.agents:
        return ""
    aside = saying.cue_at is not None and ground.word(saying.cue_at)
    hung = aside and aside.rel == "advcl" and aside.feat("VerbForm") in ("Ger", "Part")  # "Saying …, bombs fell"
    wordless = saying.word is None or saying.word.cue in words.wordless or hung
    return "a thing that says nothing" if wordless else ""


def _within_something(ground: Ground, saying: Saying) -> bool:
    """Whether a common noun that denotes nobody stands under "in" or the like: "in many cases reporting losses"."""
    assert saying.source_at is not None
    sentence, i = ground.sentences[saying.source_at[0]], saying.source_at[1]
    word, inside = sentence.words[i], ground.knowledge.actor_words.locative
    if saying.word is None or saying.word.pos != "VERB" or word.upos != "NOUN" or ground.tells(saying.source_at):
        return False
    return case_of(sentence, i) in inside


def _mere_attribute(ground: Ground, saying: Saying) -> bool:
    """Whether the cue only qualifies a noun: "149 confirmed orders"."""
    if saying.cue_at is None:
        return False
    word = ground.word(saying.cue_at)
    return word.rel == "amod" and not ground.sentences[saying.cue_at[0]].dependents(
        word.i, "nsubj", "ccomp", "obl:agent"
    )


def _nobodys(ground: Ground, saying: Saying) -> bool:
    """Whether a noun of fear or belief has no holder: "amid fears that …", however near somebody is named."""
    if saying.word is None or saying.word.pos != "NOUN" or saying.cue_at is None or saying.source_at is None:
        return False
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    if source_word(ground, sentence, i, saying.word) is not None:
        return False
    if saying.source_at[0] != sentence.i or sentence.words[i].head < 0:
        return False
    below = saying.source_at[1] in sentence.subtree(i)
    exists = sentence.dependents(sentence.words[i].head, "expl")  # "there have been hopes"
    return (bool(exists) and not below) or (not below and not _held(sentence, i, saying.source_at[1]))


def _only_heard(ground: Ground, saying: Saying) -> bool:
    """Whether the source is who is told or asked: "the envoy was told that …", "Brandt said when asked whether …"."""
    if saying.word is None or saying.word.cue not in ground.knowledge.grammar.heard or saying.cue_at is None:
        return False
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    if sentence.words[i].feat("VerbForm") != "Part" or sentence.words[i].feat("Tense") == "Pres":
        return False
    clause = ground.clauses.get(saying.cue_at)
    if sentence.dependents(i, "obl:agent") or (clause is not None and clause.filled("agent")):
        return False
    passive = sentence.dependents(i, "aux:pass") or sentence.dependents(i, "nsubj:pass")
    bare = sentence.words[i].rel == "advcl" and not sentence.dependents(i, "nsubj", "aux")
    return bool(passive or bare)


def _by_nobody(ground: Ground, saying: Saying) -> bool:
    """Whether what is told is a passive's subject and nobody is said to tell it, however near somebody is named.

    "The glitch was not reported when the ship, which its makers call safe, left"; but "was told", who hears it.
    """
    if saying.cue_at is None or saying.source_at is None or (clause := ground.clauses.get(saying.cue_at)) is None:
        return False
    sentence, i = ground.sentences[saying.cue_at[0]], saying.cue_at[1]
    if not clause.passive or clause.filled("agent") or saying.source_at[0] != sentence.i or saying.kind == "citation":
        return False
    source = sentence.words[saying.source_at[1]]
    if source.i == i or source.head == i:
        return False
    above = sentence.words[source.head]
    while above.upos in ("NOUN", "PROPN") and above.head >= 0 and above.head != i:
        above = sentence.words[above.head]
    owned = above.upos == "NOUN" and above.head == i and base(above.rel) == "obl"  # "after his nomination by X"
    return source.i in sentence.subtree(i) and source.i > i and (above.upos in ("VERB", "AUX") or owned)


def _held(sentence: Sentence, noun: int, holder: int) -> bool:
    """Whether the holder is the subject of a verb that the noun hangs on: "is in the grip of the belief that …"."""
    at = sentence.words[noun].head
    while at >= 0:
        if holder in sentence.dependents(at, "nsubj", "nsubj:pass"):
            return base(sentence.words[noun].rel) in ("obj", "root", "xcomp", "ccomp", "conj")
        at = sentence.words[at].head
    return False


def antecedent_noun(ground: Ground, sentence: Sentence, i: int) -> int | None:
    """The noun that a relative pronoun stands for; the word itself where it is none; None where the tree has none."""
    if sentence.words[i].text.lower() not in ground.knowledge.grammar.relatives or sentence.words[i].upos == "NOUN":
        return i
    at = i
    while at >= 0 and sentence.words[at].rel != "acl:relcl":
        at = sentence.words[at].head
    return sentence.words[at].head if at >= 0 else None


def antecedent_phrase(ground: Ground, saying: Saying) -> Span | None:
    """The words for which a relative pronoun stands as a source: "a report that said" is said by a report."""
    if saying.source_at is None:
        return None
    sentence, i = ground.sentences[saying.source_at[0]], saying.source_at[1]
    noun = antecedent_noun(ground, sentence, i)
    if noun is None or noun == i or sentence.words[noun].upos not in ("NOUN", "PROPN"):
        return None
    first, last = extent(sentence, noun)
    return ground.trim(sentence.span_of((first, last - 1)))


def set_off(ground: Ground, saying: Saying, inner: Span) -> bool:
    """Whether a few words between marks are no speech: of a verb that no table has and that has no clause."""
    words = inner.of(ground.text)
    fragment = words[-1] not in "!?…" and (words[-1] not in ".," or words[0].islower())  # "a “small matter.”"
    return (
        saying.kind in ("proposed", "intention", "perception", "question")
        and len(words.split()) <= _FEW
        and fragment
        and not any(w.feat("VerbForm") == "Fin" for w in ground.words_in(inner))
    )
