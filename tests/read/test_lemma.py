"""Edit scripts give back the lemma they were made from, whatever the two strings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read import lemma

WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.text("aAbBİß+ =", max_size=6)


@given(WORDS, WORDS)
def test_round_trip(form: str, goal: str) -> None:
    assert lemma.apply(lemma.script(form, goal), form) == goal


@given(WORDS, st.sampled_from(["lower 0+ 4+", "keep 2+ab 3+y", "title 1+ 1+", "=be"]))
def test_a_script_of_another_word_never_fails(form: str, edit: str) -> None:
    assert isinstance(lemma.apply(edit, form), str)


@pytest.mark.parametrize(
    ("form", "goal", "same"),
    [
        ("troops", "troop", ("Attacks", "attack")),
        ("denied", "deny", ("Countries", "country")),
        ("Iraqis", "Iraqi", ("Syrians", "Syrian")),
        ("Said", "say", ("paid", "pay")),
    ],
)
def test_words_of_one_pattern_share_a_script(form: str, goal: str, same: tuple[str, str]) -> None:
    assert lemma.script(form, goal) == lemma.script(*same)


def test_a_script_fits_unseen_words() -> None:
    assert lemma.apply(lemma.script("talked", "talk"), "Walked") == "walk"
    assert lemma.apply(lemma.script("Alps", "Alps"), "NATO") == "NATO"
