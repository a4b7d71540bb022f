"""Claims on sentences of our own: a text, then `source | content | direct or indirect` a line; `not` if wrong."""

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Claim, Report
from dragoman.understand import draft
from dragoman.understand.draft import Draft

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "attribution.txt"
CASES = [case.partition("\n---\n") for case in FIXTURE.read_text(encoding="utf-8").strip().split("\n===\n")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(reader: Reader, text: str) -> Draft:
    report = Report(id="r", origin="r", text=text, sha256="", published="2031-03-05", published_from="option")
    return draft(reader.read(report), Knowledge())


def told(claim: Claim, text: str) -> str:
    return f"{claim.source} | {claim.content.of(text)} | {'direct' if claim.direct else 'indirect'}"


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, _, e in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_claims(reader: Reader, text: str, expected: str) -> None:
    claims = read(reader, text).claims
    found = [told(claim, text) for claim in claims]
    for line in expected.strip().splitlines():
        assert (line.removeprefix("not ") in found) is not line.startswith("not ")


@pytest.mark.parametrize("text", [t for t, _, _ in CASES], ids=[t[:40] for t, _, _ in CASES])
def test_spans_give_the_words_back(reader: Reader, text: str) -> None:
    for claim in read(reader, text).claims:
        assert claim.source_span is not None
        assert claim.source_span.of(text) == claim.source
        assert claim.cue_span is None or claim.cue_span.of(text) == claim.cue
        assert claim.content.of(text).strip() == claim.content.of(text) != ""


def test_ids_depend_on_the_words_alone(reader: Reader) -> None:
    text = CASES[1][0]
    first, second = read(reader, text).claims, read(reader, text).claims
    assert [c.id for c in first] == [c.id for c in second]
    assert len({c.id for c in first}) == len(first)
