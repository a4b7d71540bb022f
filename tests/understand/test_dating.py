"""When events were and by when they are due: sentences of our own with trees by hand, and small stories."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.knowledge import Knowledge
from dragoman.records import Doc, Mention, Word
from dragoman.understand.clauses import find_clauses
from dragoman.understand.dating import date_mentions
from dragoman.understand.draft import Draft
from dragoman.understand.times import find_times
from evals.conllu import read_docs

FIXTURE = Path(__file__).parent.parent / "fixtures" / "understand" / "dating.conllu"
KNOWLEDGE = Knowledge()


def expectations() -> list[tuple[int, str]]:
    """Number of the document, and its `when` lines."""
    found: list[tuple[int, str]] = []
    number = -1
    for line in FIXTURE.read_text(encoding="utf-8").splitlines():
        number += line.startswith("# newdoc")
        if line.startswith("# when =") and number >= 0:
            found.append((number, line.partition("=")[2].strip()))
    return found


@pytest.fixture(scope="module")
def docs() -> list[Doc]:
    return read_docs(FIXTURE)


def dated(doc: Doc, events: list[tuple[str, str, tuple[str, ...]]], *, published: str | None) -> Draft:
    """The draft of a document with a mention for each (trigger, type, auxiliary modes), dated."""
    draft = Draft(Doc(replace(doc.report, published=published), doc.sentences))
    find_clauses(draft, KNOWLEDGE)
    find_times(draft, KNOWLEDGE)
    for trigger, kind, modes in events:
        word, sentence = next((w, s.i) for s in doc.sentences for w in s.words if w.text == trigger)
        draft.mentions.append(mention(word, kind, modes, sentence=sentence))
    date_mentions(draft, KNOWLEDGE)
    return draft


def mention(word: Word, kind: str, modes: tuple[str, ...], *, sentence: int) -> Mention:
    return Mention(
        id=word.text,
        report="r",
        trigger=word.span,
        span=word.span,
        type=kind,  # type: ignore[arg-type]
        auxiliary=modes,  # type: ignore[arg-type]
        sentence=sentence,
    )


@pytest.mark.parametrize(("number", "line"), expectations(), ids=[line for _, line in expectations()])
def test_fixture(docs: list[Doc], number: int, line: str) -> None:
    event, when, due = (part.strip() for part in line.split("|"))
    trigger, kind, *modes = event.split()
    (found,) = dated(docs[number], [(trigger, kind, tuple(modes))], published="2019-03-10").mentions
    assert (f"{found.time.start}..{found.time.end}" if found.time else "-") == when
    assert (f"due {found.due.end}" if found.due else "-") == due
    assert not found.time or found.time.why
    assert not found.due or found.due.start <= found.due.end


def test_without_a_publication_date_a_weekday_is_kept_as_words(docs: list[Doc]) -> None:
    (found,) = dated(docs[0], [("ordered", "SANCTION", ())], published=None).mentions
    assert found.time is not None
    assert (found.time.text, found.time.start, found.time.end) == ("Tuesday", None, None)
    assert found.due is None


@pytest.mark.parametrize("number", range(15))
def test_moments_give_the_words_back(docs: list[Doc], number: int) -> None:
    doc = docs[number]
    for moment in dated(doc, [], published="2019-03-10").moments:
        assert moment.time.span is not None
        words = doc.sentences[moment.sentence].words
        assert moment.time.span.of(doc.report.text) == moment.time.text
        assert all(words[i].span.overlaps(moment.time.span) for i in moment.words)


def test_what_is_reported_of_an_event_told_already_is_of_its_day(docs: list[Doc]) -> None:
    both = [("attacked", "ASSAULT", ()), ("fired", "ASSAULT", ())]
    _, again = dated(docs[21], both, published="2019-03-10").mentions  # type: ignore[arg-type]
    assert again.time
    assert (again.time.start, again.time.end) == ("2019-03-09", "2019-03-09")
