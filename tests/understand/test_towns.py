"""Unknown towns: names that the reading model takes for persons, and where they stand."""

import pytest
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Doc, Phrase, Report
from dragoman.understand.naming.towns import unknown_towns

KNOWLEDGE = Knowledge()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def as_persons(reader: Reader, text: str, *names: str) -> Doc:
    """The text as read, these words a person's name each."""
    doc = reader.read(Report(id="r", origin="r", text=text, sha256=""))
    sentences = tuple(
        replace(s, names=tuple(Phrase(w.i, w.i + 1, "person") for w in s.words if w.text in names))
        for s in doc.sentences
    )
    return replace(doc, sentences=sentences)


@pytest.mark.parametrize(
    "text",
    [
        "Government troops retook Bandalu on Tuesday.",
        "Soldiers fired on mourners in Bandalu. Bandalu is quiet now.",
        "The rebels entered Bandalu, a town on the river.",
        "The army shelled the port of Bandalu.",
    ],
)
def test_what_stands_as_a_town_is_one(reader: Reader, text: str) -> None:
    assert unknown_towns(as_persons(reader, text, "Bandalu"), KNOWLEDGE) == {"bandalu"}


@pytest.mark.parametrize(
    "text",
    [
        "The rebels arrested Bandalu on Tuesday.",
        "Parliament has no confidence in Bandalu.",
        "Troops retook Bandalu. Bandalu said the rebels had fled.",
        "Fighting went on in Bandalu. General Bandalu was not there.",
    ],
)
def test_who_stands_as_a_person_is_one(reader: Reader, text: str) -> None:
    assert unknown_towns(as_persons(reader, text, "Bandalu"), KNOWLEDGE) == set()
