"""What the parser lets slip is mended, and what comes out is still a tree."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.mending import mend

RELS = ("case", "nsubj", "obj", "obl", "nmod", "conj", "cc", "compound:prt", "xcomp", "appos", "obl:agent")
FEATS = ("", "Tense=Past|VerbForm=Fin", "VerbForm=Inf", "Tense=Pres|VerbForm=Fin")


@st.composite
def sentences(draw: st.DrawFn) -> tuple[list[str], list[str], list[str], list[int], list[str]]:
    size = draw(st.integers(1, 9))
    order = draw(st.permutations(range(size)))
    heads = [-1] * size
    for n, i in enumerate(order[1:], 1):
        heads[i] = order[draw(st.integers(0, n - 1))]
    word = [draw(st.sampled_from(("of", "by", "to", "gas"))) for _ in range(size)]
    upos = [draw(st.sampled_from(("ADP", "PART", "NOUN", "VERB", "CCONJ"))) for _ in range(size)]
    feats = [draw(st.sampled_from(FEATS)) for _ in range(size)]
    return word, upos, feats, heads, [draw(st.sampled_from(RELS)) for _ in heads]


@settings(max_examples=400)
@given(sentences())
def test_a_tree_stays_a_tree(sentence: tuple[list[str], list[str], list[str], list[int], list[str]]) -> None:
    forms, upos, feats, heads, rels = sentence
    root = heads.index(-1)
    mend(forms, upos, feats, heads, rels)
    assert [i for i, head in enumerate(heads) if head < 0] == [root]
    for i in range(len(heads)):
        for _ in heads:
            i = heads[i] if i >= 0 else i
        assert i < 0


def test_slips() -> None:
    forms = ["Police", "drove", "them", "back", "with", "water", "cannon", "and", "tear", "gas"]
    upos = ["NOUN", "VERB", "PRON", "ADV", "ADP", "NOUN", "NOUN", "CCONJ", "VERB", "NOUN"]
    feats = ["", "Tense=Past|VerbForm=Fin", "", "", "", "", "", "", "VerbForm=Inf", ""]
    heads = [1, -1, 1, 1, 6, 6, 1, 8, 1, 8]
    rels = ["nsubj", "root", "obj", "advmod", "case", "compound", "obl", "cc", "conj", "obj"]
    mend(forms, upos, feats, heads, rels)
    assert (upos[8], heads[7:], rels[8:]) == ("NOUN", [9, 9, 6], ["compound", "conj"])
