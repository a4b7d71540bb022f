"""The pure parts of the training: spans, GUM's mentions, news tags, their cleaning, and windows."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learn.agreement import agree
from learn.batches import SKIP, collate, encode, make_index, pack, windows
from learn.corpus import NO_NAME, UNKNOWN, Asked, Document, Sentence, bio, spans
from learn.entities import label_entities, mentions
from learn.news import _names, _parts
from learn.swap import swap_names


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4), st.sampled_from(["PER", "LOC"]))))
def test_bio_keeps_spans_that_do_not_overlap(raw: list[tuple[int, int, str]]) -> None:
    kept, end = [], 0
    for start, size, kind in sorted(raw):
        if start >= end and start + size <= 10:
            kept.append((start, start + size, kind))
            end = start + size
    assert spans(bio(10, kept)) == kept


def test_of_overlapping_spans_the_longest_stays() -> None:
    assert spans(bio(6, [(0, 2, "LOC"), (1, 5, "ORG"), (4, 6, "PER")])) == [(1, 5, "ORG")]


def test_io_tags_are_read() -> None:
    assert spans(["I-PER", "I-PER", "O", "I-LOC"]) == [(0, 2, "PER"), (3, 4, "LOC")]


def test_mentions_nest_and_touch() -> None:
    misc = [
        "Entity=(1-organization-new-cf1-2-sgl(2-place-new-cf2-1-sgl)",
        "_",
        "SpaceAfter=No|Entity=1)",
        "Entity=(3-person-x)",
    ]
    assert sorted(mentions(misc)) == [(0, 1, "place"), (0, 3, "organization"), (3, 4, "person")]


def sentence_with_title() -> Sentence:
    """The envoy of Ruritania , Ada Lund , left ."""
    return Sentence(
        ["The", "envoy", "of", "Ruritania", ",", "Ada", "Lund", ",", "left", "."],
        "",
        upos=["DET", "NOUN", "ADP", "PROPN", "PUNCT", "PROPN", "PROPN", "PUNCT", "VERB", "PUNCT"],
        heads=[2, 9, 4, 2, 6, 2, 6, 2, 0, 9],
        rels=["det", "nsubj", "case", "nmod", "punct", "appos", "flat", "punct", "root", "punct"],
    )


def test_a_name_is_trimmed_out_of_its_phrase() -> None:
    sentence = sentence_with_title()
    misc = ["Entity=(1-person-x", "_", "_", "Entity=(2-place-x)", "_", "_", "Entity=1)", "_", "_", "_"]
    label_entities(sentence, misc)
    assert spans(sentence.names) == [(3, 4, "LOC"), (5, 7, "PER")]
    assert spans(sentence.nominals) == [(0, 2, "PER")]


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("al-Amin", "PERSON", [("al", "PERSON"), ("-", "PERSON"), ("Amin", "PERSON")]),
        ("UN-backed", "O", [("UN", UNKNOWN), ("-", UNKNOWN), ("backed", UNKNOWN)]),
        ("cease-fire", "O", [("cease", "O"), ("-", "O"), ("fire", "O")]),
        ("10-12", "NUMBER", [("10-12", "NUMBER")]),
        ("--", "O", [("--", "O")]),
    ],
)
def test_hyphens_part_words(text: str, tag: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[low:high], kind) for low, high, kind in _parts(text, (0, len(text), tag))] == expected


def test_other_names_of_the_machine_stay_open() -> None:
    tags = _names(
        ["PERSON", "PERSON", "O", "MISC", "DATE", "O"], ["Ada", "Lund", "met", "Ruritanians", "Friday", "Lund"]
    )
    assert tags == ["B-PER", "I-PER", "O", NO_NAME, "O", NO_NAME]


def news(*rows: tuple[str, list[tuple[int, int, str]]]) -> Document:
    found = []
    for text, named in rows:
        forms = text.split()
        tags = bio(len(forms), named)
        found.append(Sentence(forms, text, names=[NO_NAME if tag == "O" and form[0].isupper() else tag
                                                  for tag, form in zip(tags, forms)]))  # fmt: skip
    return Document("d", "news", found)


def test_a_surname_takes_the_type_of_the_full_name() -> None:
    document = news(
        ("Ada Lund spoke", [(0, 2, "PER")]),
        ("Critics of Lund wept", [(2, 3, "ORG")]),
        ("then Lund left", []),
    )
    agree([document])
    assert [spans(sentence.names) for sentence in document.sentences] == [
        [(0, 2, "PER")], [(2, 3, "PER")], [(1, 2, "PER")],
    ]  # fmt: skip


def test_a_part_of_a_longer_name_is_left_alone() -> None:
    document = news(
        ("Ada Lund spoke", [(0, 2, "PER")]), ("the Lund Tower fell", []), ("the Lund Party won", [(1, 3, "ORG")])
    )
    agree([document])
    assert spans(document.sentences[1].names) == []
    assert spans(document.sentences[2].names) == [(1, 3, "ORG")]


def test_a_word_mostly_untagged_is_no_name_for_being_tagged_now_and_then() -> None:
    rows = [("on Chirper today", [])] * 8
    document = news(("Ada Lund spoke", [(0, 2, "PER")]), ("on Chirper now", [(1, 2, "PER")]),
                    ("by Chirper now", [(1, 2, "PER")]), ("Lund left", []), *rows)  # fmt: skip
    agree([document])
    assert all(not spans(sentence.names) for sentence in document.sentences[4:])
    assert spans(document.sentences[3].names) == [(0, 1, "PER")]


def parsed(count: int) -> Sentence:
    sentence = sentence_with_title()
    sentence.feats = sentence.lemma = sentence.names = sentence.nominals = []
    sentence.pieces, sentence.shapes, sentence.number = [[7, 8]] * 10, [3] * 10, count
    return sentence


INDEX = make_index(
    {key: ["O"] for key in ("feats", "lemma", "names", "nominals", "attribution")}
    | {"upos": ["DET", "NOUN", "ADP", "PROPN", "PUNCT", "VERB"], "rel": ["det", "nsubj", "root"]}
)


@given(st.integers(0, 1000), st.integers(1, 30))
def test_windows_hold_every_sentence_once_and_keep_to_their_size(seed: int, count: int) -> None:
    document = Document("d", "gum", [parsed(number) for number in range(count)])
    found = list(windows([document], random.Random(seed)))
    whole = [one.number for window in found for one in window.sentences[: -1 if window.cut else None]]
    assert whole == list(range(count))
    assert all(len(encode(window, INDEX)["ids"]) <= 152 for window in found)


def test_heads_move_with_their_sentence_and_a_cut_hides_what_it_loses() -> None:
    document = Document("d", "gum", [parsed(0), parsed(1)])
    window = next(windows([document], random.Random(0), single=0, paragraph=0, cut=0))
    assert len(window.sentences) == 2
    window.cut = 3
    item = encode(window, INDEX)
    assert item["heads"][1:11] == [2, 9, 4, 2, 6, 2, 6, 2, 0, 9]
    assert item["heads"][11:] == [12, SKIP, SKIP]
    assert item["start"][1:] == [1] + [0] * 9 + [1, 0, 0]
    assert item["owner"] == [-1] + [0] * 10 + [-1] * 3
    arrays = collate([item, encode(next(windows([document], random.Random(0), single=1)), INDEX)])
    assert arrays["ids"].shape == (2, 28)
    assert arrays["starts"].shape == (2, 14)
    assert (arrays["heads"][1, 11:] == SKIP).all()
    assert not np.any(arrays["real"][1, 11:])


def test_words_asked_about_move_with_their_sentence_and_leave_with_its_end() -> None:
    first, second = parsed(0), parsed(1)
    first.asked = [Asked(8, 3, [[8], [1, 8], [1], []], [1, 3], [1, 2])]
    second.asked = [Asked(2, 0, [[2], [2], [], []])]
    window = next(windows([Document("d", "gum", [first, second])], random.Random(0), single=0, paragraph=0, cut=0))
    arrays = collate([encode(window, INDEX)])
    assert arrays["asked"].tolist() == [[0, 9, 3], [0, 13, 0]]
    assert arrays["pooled"].tolist() == [
        [0, 0, 0, 9], [0, 1, 0, 2], [0, 1, 0, 9], [0, 2, 0, 2], [1, 0, 0, 13], [1, 1, 0, 13]
    ]  # fmt: skip
    assert arrays["pairs"].tolist() == [[0, 9, 2, 1], [0, 9, 4, 2]]
    window.cut = 3
    assert collate([encode(window, INDEX)])["asked"].tolist() == [[0, 9, 3]]


def test_batches_keep_every_window_and_their_budget() -> None:
    items = [{"ids": [0] * size} for size in (5, 80, 7, 30, 30, 31)]
    groups = pack(items, random.Random(3), 90)
    assert sorted(len(item["ids"]) for group in groups for item in group) == [5, 7, 30, 30, 31, 80]
    assert all(max(len(item["ids"]) for item in group) * len(group) <= 90 for group in groups)


def test_a_swapped_name_keeps_the_columns_together() -> None:
    sentence = Sentence(
        ["Ada", "Lund", "said", "Ruritania", "fell"],
        "",
        names=["B-PER", "I-PER", "O", "B-LOC", "O"],
        attribution=[["B", "I", "O", "O", "O"], ["O", "O", "B", "O", "O"], ["O", "O", "O", "B", "I"]],
        pieces=[[1], [2], [3], [4], [5]],
        shapes=[6, 6, 3, 6, 3],
        number=7,
    )
    new = Sentence(["Bo", "van", "Dorn"], "", pieces=[[6], [7], [8]], shapes=[6, 3, 6])
    far = Sentence(["Elbonia"], "", pieces=[[9, 9]], shapes=[6])
    swapped = swap_names(sentence, {("PER", False): [new], ("LOC", True): [far]}, random.Random(0), share=1.0)
    assert swapped.forms == ["Bo", "van", "Dorn", "said", "Elbonia", "fell"]
    assert swapped.pieces == [[6], [7], [8], [3], [9, 9], [5]]
    assert swapped.names == ["B-PER", "I-PER", "I-PER", "O", "B-LOC", "O"]
    assert swapped.attribution[0] == ["B", "I", "I", "O", "O", "O"]
    assert swapped.attribution[2] == ["O", "O", "O", "O", "B", "I"]
    assert swapped.number == -1
    assert sentence.forms[0] == "Ada"


def test_no_name_is_swapped_where_the_machine_was_put_right() -> None:
    sentence = Sentence(["Lund", "met", "Dorn"], "", names=["B-PER", "O", "B-PER"], machine=["B-PER", "O", NO_NAME],
                        pieces=[[1], [2], [3]], shapes=[6, 3, 6])  # fmt: skip
    name = Sentence(["Elbon"], "", pieces=[[4]], shapes=[6])
    assert swap_names(sentence, {("PER", True): [name]}, random.Random(0), share=1.0) is sentence


def test_a_name_across_the_edge_of_a_quotation_stays() -> None:
    sentence = Sentence(["Lund", "Party"], "", names=["B-ORG", "I-ORG"], attribution=[["O", "B"]], pieces=[[1], [2]])
    name = Sentence(["Elbon", "Union"], "", pieces=[[3], [4]])
    assert swap_names(sentence, {("ORG", False): [name]}, random.Random(0), share=1.0) is sentence
