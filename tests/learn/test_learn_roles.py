"""The scorer's stage: reports of ours are sound, labels become rows, the pool finds what the rules are worth."""

import numpy as np

from dragoman.records import TYPES, Report, Sentence, Word
from learn.reports import place, reports, unmarked
from learn.roles import fitted, labels, numbered, told_of
from learn.typer import unseen


def test_reports_mark_words_and_name_those_who_take_part() -> None:
    found = list(reports())
    assert len(found) > 200
    assert {event.type for report in found for event in report.told.values()} == set(TYPES)
    for report in found:
        assert not set("{|}") & set(report.text), report.text[:60]
        Report(id="r", origin="r", text=report.text, sha256="", published=report.day)
        for event in report.told.values():
            assert all(head in report.text for head in (*event.actors, *event.recipients)), event


def test_marks_leave_the_text() -> None:
    day, text, told = unmarked("1956-07-27", "Nasser {would seize|~COERCE;Nasser;canal+bank} the canal.\n")
    assert (day, text) == ("1956-07-27", "Nasser would seize the canal.\n")
    (event,) = told.values()
    assert (event.real, event.actors, event.recipients) == (False, ("Nasser",), ("canal", "bank"))
    assert list(told) == [7]


def test_the_nearest_word_is_meant() -> None:
    words = ["police", "hurt", "police", "near", "the", "Police", "post"]
    sentence = Sentence(
        0, 0, tuple(Word(i, w, 9 * i, 9 * i + 8, w, "NOUN", "", i - 1, "x") for i, w in enumerate(words))
    )
    assert place(sentence, 1, "police") == 0
    assert place(sentence, 6, "police") == 2
    assert place(sentence, 1, "Navy") is None


def test_labels_have_sides() -> None:
    events = [event for of in labels().values() for told in of.values() for event in told.values()]
    assert len(events) > 11_000
    assert sum(bool(event.recipients) for event in events) > 5_000
    assert sum(not event.real for event in events) > 1_500


def test_what_the_rules_are_worth_is_found() -> None:
    draw = np.random.default_rng(0)
    picked = draw.random(4000) < 0.3
    right = np.where(picked, draw.random(4000) < 0.8, draw.random(4000) < 0.1).astype(float)
    bias, weight = fitted(np.stack([np.ones(4000), picked], 1), right)
    assert np.isclose(1 / (1 + np.exp(-bias)), 0.1, atol=0.03)
    assert np.isclose(1 / (1 + np.exp(-bias - weight)), 0.8, atol=0.03)


def test_rare_marks_are_not_told() -> None:
    known = numbered([["a", "b"], ["a"], ["a", "c"]], 2)
    assert known == {"a": 0}
    assert told_of(["a", "c"], known).tolist() == [1]


def test_one_document_in_ten_is_kept_from_the_reader() -> None:
    assert 60 < sum(unseen(f"own {n}") for n in range(1000)) < 140
