"""Sheets for judging by eye: what is kept of them, and how they are counted."""

from evals.judge import count, keep


def test_nothing_of_the_text_is_kept() -> None:
    line = {"of": "said", "sha256": "x", "sentence": "Own words.", "source": "She", "words": "own", "speaker": True}
    (kept,) = keep([line])
    assert kept["speaker"] is True
    assert not {"sentence", "source", "words"} & set(kept)


def test_only_what_was_judged_counts() -> None:
    days = [{"of": "days", "day": True}, {"of": "days", "day": False}, {"of": "days", "day": None}]
    assert count(days)["day"].startswith("1/2 = 0.500")


def test_an_event_is_right_when_nothing_of_it_is_wrong() -> None:
    lines = [{"event": True, "type": True, "actor": None, "recipient": True}, {"event": True, "type": False}]
    assert count(lines)["all"].startswith("1/2")
