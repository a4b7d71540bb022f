"""The tasks of reading: how syntax and names are scored."""

from pathlib import Path

from dragoman.records import Phrase
from evals import names, syntax
from evals.conllu import read_docs

SMALL = Path(__file__).parent.parent / "fixtures" / "evals" / "small.conllu"


def test_gold_scores_one_and_errors_cost() -> None:
    (record,) = syntax.load(SMALL)
    assert set(syntax.inputs(record)) == {"text", "words"}
    gold = syntax.rows(record["gold"])
    perfect = syntax.score([record], [{"tagged": gold, "raw": gold}])
    assert set(perfect) == {"upos", "uas", "las", "raw_words_f1", "raw_sentences_f1", "raw_las"}
    assert set(perfect.values()) == {1.0}
    joined = [gold[0] + [(*row[:3], row[3] + 4, row[4]) for row in gold[1]], gold[2]]
    wrong = [[(*row[:4], "dep") for row in sentence] for sentence in gold]
    scores = syntax.score([record], [{"tagged": wrong, "raw": joined}])
    assert scores["uas"] == 1.0
    assert scores["las"] == 0.0
    assert scores["raw_words_f1"] == 1.0
    assert scores["raw_sentences_f1"] == 2 * 1 / (2 + 3)
    assert scores["raw_las"] == 6 / 7


def test_names_of_token_files(tmp_path: Path) -> None:
    path = tmp_path / "t.conll"
    path.write_text("Ada\tB-Person\nStone\tI-Person\nof\tO\nPort-City\tB-Location\nwon\tO\n\nYes\tO\n")
    records = names.load(path)
    assert records[0]["text"] == "Ada Stone of Port-City won"
    assert records[0]["names"] == [(0, 9, "PER"), (13, 22, "LOC")]
    assert [span.of(records[0]["text"]) for span in records[0]["sentences"][0]][3:6] == ["Port", "-", "City"]
    scores = names.score(records, [[(0, 9, "PER"), (13, 17, "LOC")], []])
    assert scores == {"per_f1": 1.0, "loc_f1": 0.0, "org_f1": 0.0}


def test_silver_documents_are_read_from_their_text(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "attribution").mkdir()
    path = tmp_path / "names" / "silver.jsonl"
    path.write_text(
        '{"doc": "d", "sentences": [{"words": ["Ada", "Stone", "``", "Yes"], "ner": ["PERSON", "PERSON", "O", "O"],'
        ' "offsets": [[0, 3], [4, 9], [10, 11], [11, 14]]}]}\n'
    )
    (tmp_path / "attribution" / "dev.jsonl").write_text('{"doc": "d", "text": "Ada Stone “Yes"}\n')
    (record,) = names.load(path)
    assert record["text"] == "Ada Stone “Yes"
    assert record["names"] == [(0, 9, "PER")]
    (tmp_path / "attribution" / "dev.jsonl").unlink()
    assert names.load(path)[0]["text"].startswith("Ada Stone ")


def test_predicted_names_have_the_types_of_the_task() -> None:
    (doc,) = read_docs(SMALL)
    sentence = doc.sentences[0]
    named = type(sentence)(0, 0, sentence.words, (Phrase(0, 1, "person"), Phrase(1, 3, "other")))
    assert names.names(type(doc)(doc.report, (named,))) == [(0, 4, "PER")]
