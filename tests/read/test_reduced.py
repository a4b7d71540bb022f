"""A verb that looks like a slip of the tongue: hung where a reduced relative clause hangs, or left alone."""

from dragoman.read.reduced import restore


def test_a_verb_before_the_real_one_hangs_on_their_noun() -> None:
    """An order given at dawn closed it ."""
    upos = ["DET", "NOUN", "VERB", "ADP", "NOUN", "VERB", "PRON", "PUNCT"]
    heads, rels = [1, 2, 5, 4, 2, -1, 5, 5], ["det", "nsubj", "reparandum", "case", "obl", "root", "obj", "punct"]
    restore(upos, heads, rels)
    assert (heads[1], rels[1]) == (5, "nsubj")
    assert (heads[2], rels[2]) == (1, "acl")
    assert heads[3:] == [4, 2, -1, 5, 5]


def test_a_speaker_who_begins_anew_is_left_alone() -> None:
    """the men left the men stayed"""
    upos = ["DET", "NOUN", "VERB", "DET", "NOUN", "VERB"]
    heads, rels = [1, 2, 5, 4, 5, -1], ["det", "nsubj", "reparandum", "det", "nsubj", "root"]
    before = (list(heads), list(rels))
    restore(upos, heads, rels)
    assert (heads, rels) == before


def test_a_pronoun_takes_no_reduced_clause() -> None:
    """they went stayed"""
    heads, rels = [1, 2, -1], ["nsubj", "reparandum", "root"]
    restore(["PRON", "VERB", "VERB"], heads, rels)
    assert rels == ["nsubj", "reparandum", "root"]
