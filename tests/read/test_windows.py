"""Windows and sentence starts: where they may and may not be."""

from itertools import pairwise

from dragoman.read import splitting, windows


def test_a_short_paragraph_is_one_window() -> None:
    assert windows.cut(["It", "rained", "."], [1, 1, 1]) == [0]


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    words = ["It", "rained", "on", "them", "."] * 50
    places = windows.cut(words, [1] * len(words), usual=60)
    assert places[0] == 0
    assert all(words[place] == "It" for place in places)
    assert all(b - a <= 60 for a, b in zip(places, [*places[1:], len(words)]))


def test_a_window_does_not_begin_after_an_opening_quotation_mark() -> None:
    words = ["It", "rained", ".", '"'] * 40
    apart = [word != "It" for word in words]  # every mark stands at the word after it
    assert all(words[place] == '"' for place in windows.cut(words, [1] * 160, spaced=apart, usual=30)[1:])


def test_no_window_is_over_the_bound() -> None:
    words = ["and", "so", ","] * 200
    places = [*windows.cut(words, [2] * len(words), most=100), len(words)]
    assert all(2 * (b - a) <= 100 for a, b in pairwise(places))


def test_a_full_stop_of_an_abbreviation_is_no_sure_end() -> None:
    words = ["Mr.", "Brown", "of", "the", "U.S.", "Senate"] * 20
    assert windows.cut(words, [1] * len(words), usual=20, most=1000) == [0]


def test_batches_hold_every_window_once_sorted_by_length() -> None:
    sizes = [5, 3, 9, 1] * 10
    found = windows.batches(sizes)
    flat = [k for batch in found for k in batch]
    assert sorted(flat) == list(range(len(sizes)))
    assert [sizes[k] for k in flat] == sorted(sizes)


def test_signs_stay_with_what_they_close() -> None:
    assert splitting.starts([9, -9, 9, 9, 9], ["Go", "!", "”", "He", "left"]) == [0, 3, 4]


def test_signs_stay_with_what_they_open() -> None:
    assert splitting.starts([9, -9, 1, 3, -9, -9], ["Go", ".", '"', "He", "left", '"']) == [0, 2]
    assert splitting.starts([9, -9, -9, 1, 3, -9], ['"', "Go", ".", '"', "He", "left"]) == [0, 4]
    assert splitting.starts([9, 3, -9], ["“", "He", "left"]) == [0]


def test_a_start_inside_brackets_needs_more_belief() -> None:
    words = ["He", "(", "Mr.", "Brown", ")", "left"]
    assert splitting.starts([9, -9, -9, 1, -9, -9], words) == [0]
    assert splitting.starts([9, -9, -9, 5, -9, -9], words) == [0, 3]
    assert splitting.starts([9, -9, -9, 1], words[:4]) == [0, 3]  # never closed


def test_a_monster_is_cut_where_a_start_is_likeliest() -> None:
    words = ["a"] * 100 + [";"] + ["b"] * 99
    logits = [-9.0] * 200
    assert splitting.starts(logits, words, longest=120) == [0, 101]
    even = splitting.starts(logits, ["a"] * 35, longest=10)
    assert all(b - a <= 10 for a, b in zip(even, [*even[1:], 35]))
