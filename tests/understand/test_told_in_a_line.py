"""A mention in one line that a stranger can read by itself."""

from __future__ import annotations

import pytest

from dragoman.collect.reports import report_of
from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.understand import understand


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("President Osman Radek decided to close the Karsh embassy on Friday.", "President Osman Radek to close the"),
        ("Foreign Minister Lena Marosh to urge the council to condemn the raid.", "Lena Marosh to urge the council"),
        ('"I was going to tell the army to leave Gorna," President Osman Radek said.', "Osman Radek to tell the army"),
        ("Russia denounced Washington’s “calls for a coup”.", "Russia denounced Washington’s “calls for a coup”"),
        ("Police arrested 12 men in Karsh, and the army closed the road to Gorna.", "the army closed the road"),
        ("The army shot at those who had counted the ballots.", "The army shot at those who had counted the ballots"),
        ("President Osman Radek will close the embassy on Friday.", "President Osman Radek will close the embassy"),
        ("Hungary recalled its envoy. Its prime minister will meet Radek on Friday.", "Hungary's prime minister"),
    ],
)
def test_a_line_can_be_read_by_itself(reader: Reader, text: str, line: str) -> None:
    report = report_of(
        f"Talks in Karsh\n\n{text} Nobody in the town said more about it.\n".encode(), origin="a.txt"
    ).report
    assert report is not None
    lines = [mention.line for mention in understand(reader.read(report), Knowledge(), version="").mentions]
    assert any(line in told for told in lines), lines
    assert not any(told.startswith(("and ", "I ")) for told in lines)
