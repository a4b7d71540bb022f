"""The Reader over a model without weights: offsets, numbering, bounds, and independence of what else is read."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.read import Reader, session
from dragoman.read.session import ModelError
from dragoman.read.splitting import LONGEST
from dragoman.records import Doc, Report, Span
from dragoman.understand import understand
from tests.read.fake import reader

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TEXTS = (
    "Talks collapse\n\nThe envoys left on Friday. Nobody said why.\n\nA week later they came back (without a text).",
    "One.\n\nTwo words.\n\n" + " ".join(f"Sentence number {i} is here, it says." for i in range(60)),
    "no stop at all " * 120,
    "x" * 900 + " " + "1,000 " * 30,
    "",
    " \n\n ",
)


def report(text: str, **more: object) -> Report:
    return Report(id="r", origin="r", text=text, sha256="", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return reader(tmp_path_factory.mktemp("model"), by_batch=True)


def check(doc: Doc) -> None:
    """What holds of every Doc."""
    text, end = doc.report.text, 0
    for i, sentence in enumerate(doc.sentences):
        assert sentence.i == i
        assert len(sentence.vector) == 384
        assert sum(word.head == -1 for word in sentence.words) == 1
        assert len(sentence.subtree(sentence.root)) == len(sentence.words)
        for place, word in enumerate(sentence.words):
            assert word.i == place
            assert end <= word.start < word.end
            assert text[word.start : word.end] == word.text
            end = word.end
        for phrase in sentence.names + sentence.nominals:
            assert 0 <= phrase.first < phrase.last <= len(sentence.words)
    assert [s.paragraph for s in doc.sentences] == sorted(s.paragraph for s in doc.sentences)
    for stretch in doc.stretches:
        assert 0.0 <= stretch.score <= 1.0
        assert stretch.span.of(text).strip() == stretch.span.of(text) != ""


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_and_trees_hold(fake: Reader, text: str) -> None:
    doc = fake.read(report(text))
    check(doc)
    assert "".join(w.text for s in doc.sentences for w in s.words) == "".join(text.split())
    assert max((len(s.words) for s in doc.sentences), default=0) <= 120


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_unicode_can_be_read(fake: Reader, text: str) -> None:
    check(fake.read(report(text)))


def test_a_report_reads_the_same_in_any_company(fake: Reader, tmp_path: Path) -> None:
    alone = {text: reader(tmp_path, by_batch=True).read(report(text)) for text in TEXTS}
    for seed in range(3):
        order = random.Random(seed).sample(TEXTS, len(TEXTS))
        assert {text: fake.read(report(text)) for text in order} == alone


def test_boilerplate_is_not_read(fake: Reader) -> None:
    text = TEXTS[0]
    gone = Span(text.index("The envoys"), text.index("\n\nA week"))
    doc = fake.read(report(text, boilerplate=(gone,)))
    assert doc.sentences
    assert not any(sentence.span.overlaps(gone) for sentence in doc.sentences)


def test_given_words_and_sentences_are_kept(fake: Reader) -> None:
    text = "They can not go . No one"
    spans = [[Span(0, 4), Span(5, 12), Span(13, 15), Span(16, 17)], [Span(18, 24)]]
    doc = fake.parse(report(text), spans)
    check(doc)
    assert [[w.span for w in s.words] for s in doc.sentences] == spans


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"lacks reader\.onnx.*learn/README\.md"):
        Reader(tmp_path).read(report("Talks collapse."))


def test_importing_the_reader_is_cheap() -> None:
    import subprocess
    import sys

    code = "import sys, dragoman.read; print([m for m in ('numpy', 'onnxruntime', 'tokenizers') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.skipif(session.version() == "none", reason="the reading model is not in this checkout")
def test_the_shipped_model_reads_the_same_in_any_company() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*/*.txt"))[:3]]
    alone = [Reader().read(report(text)) for text in texts]
    together = Reader()
    assert [together.read(report(text)) for text in reversed(texts)] == alone[::-1]
    assert len(together.read(report(texts[0])).sentences) > 3


CLAUSES = (
    "the minister, who had left Karsh on Sunday when talks had failed, told reporters that the army would go to Oster",
    "police arrested 12 demonstrators in Vell on Monday, the interior ministry said",
    "the opposition, which rejected the offer, called for a strike in Tarn",
    "the president accused the union of ordering the attack on Brisk",
)


def test_a_sentence_of_two_thousand_words_is_read_in_stretches() -> None:
    text = "On Sunday " + ", and ".join(CLAUSES * 32) + "."
    doc = Reader().read(report(text))
    check(doc)
    assert len(doc.sentences) > 15
    assert max(len(sentence.words) for sentence in doc.sentences) <= LONGEST
    mentions = understand(doc, Knowledge(), version="").mentions
    arrests = [m for m in mentions if m.trigger.of(text) == "arrested"]
    assert len(arrests) >= 24  # where a stretch ends some go, never most
    assert max(m.span.end - m.span.start for m in mentions) < 600
