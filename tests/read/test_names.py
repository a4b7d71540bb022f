"""Names as the decoder gives them: whole words of a name, no small words at its ends."""

import pytest

from dragoman.read.decode import trimmed
from dragoman.records import Phrase, Word

UPOS = {"The": "DET", "the": "DET", "of": "ADP", "for": "ADP", "-": "PUNCT", ".": "PUNCT"}


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("The Port Herald wrote", [(0, 1), (1, 3)], ["The Port Herald"]),
        ("The Port Herald wrote", [(0, 3)], ["The Port Herald"]),
        ("The union wrote", [(0, 1)], []),
        ("Court of Appeals for the", [(0, 5)], ["Court of Appeals"]),
        ("- Ada Stone -", [(0, 4)], ["Ada Stone"]),
        ("Stone of Port City", [(0, 1), (2, 4)], ["Stone", "Port City"]),
    ],
)
def test_small_words_at_the_ends_are_no_part_of_a_name(
    text: str, given: list[tuple[int, int]], expected: list[str]
) -> None:
    words = [Word(i, form, 0, 0, form, UPOS.get(form, "PROPN"), "", 0, "dep") for i, form in enumerate(text.split())]
    found = trimmed([Phrase(first, last, "organization") for first, last in given], words)
    assert [" ".join(word.text for word in words[name.first : name.last]) for name in found] == expected
