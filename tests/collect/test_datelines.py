"""Datelines and publication lines; a date in running text is none."""

import pytest

from dragoman.collect.datelines import dateline


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KARSH, 3 March 2021 (Agency) — The council met.", "2021-03-03"),
        ("KARSH, Oravia, March 3, 2021 (Agency) - The council met.", "2021-03-03"),
        ("Karsh (March 3, 2021) – The council met.", "2021-03-03"),
        (
            "The council meets\nBy A. Reporter\nPublished: Wednesday, March 3, 2021 10:33\n\nThe council met.",
            "2021-03-03",
        ),
        ("The council meets\nLast updated: 10:33 GMT, 3 March 2021\n", "2021-03-03"),
        ("The council meets\n\n3rd March 2021\n\nThe council met.", "2021-03-03"),
        ("2021-03-03T10:00:00Z\nThe council met.", "2021-03-03"),
        ("KARSH (Agency) - The council met.", None),
        ("On 3 March 2021 the council met.", None),
        ("The council met on 3 March 2021.\n", None),
        ("Chairman Oll, 3 March 2021 said", None),
        ("KARSH, June 31, 2021 - The council met.", None),
        ("KARSH, March 3 (Agency) - The council met.", None),
        ("", None),
    ],
)
def test_dateline(text: str, day: str | None) -> None:
    assert dateline(text) == day


@pytest.mark.parametrize(
    ("reference", "day"), [("2021-03-04", "2021-03-03"), ("2020-12-30", "2021-03-03"), ("2021-08-01", "2021-03-03")]
)
def test_a_year_is_taken_from_a_reference(reference: str, day: str) -> None:
    assert dateline("KARSH, March 3 (Agency) - The council met.", reference=reference) == day
