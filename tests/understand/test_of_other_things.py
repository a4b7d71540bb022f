"""A report of sport, business or the stage: what fits a frame there is no event, but for frames of the user's own."""

from pathlib import Path

from dragoman.knowledge import Knowledge
from dragoman.read import Reader
from dragoman.records import Report
from evals.coded import coded

STAGE = """\
The second season of the costume drama opens in a kitchen. A cook of sixty, played by Ida Marn with a limp and a lisp,
kneads dough while the rain runs down the panes. Nobody speaks for eleven minutes. The camera likes copper pans, and so
will anybody who has ever polished one.

Marn trained as a dancer in a small town by the sea, and her hands know what they are about. The director, Paul Ottway,
wanted an actress who could peel an onion in one ribbon; he found her behind the bar of a theatre, where she was pouring
lemonade for an audience of nine. "She was the best thing in the building," says he.

The costumes are the colour of mushrooms. The music, for harp and a squeaking door, is by a young woman from the
conservatory. In the third hour a general, an old lover of hers, attacks the mayor with a ladle. It is the only loud
moment of a quiet evening, and the mayor had it coming.

A third season is being written. Bring a cushion, a flask of tea and somebody who does not talk.
"""


def read(text: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    report = Report(id="r", origin="r", text=text, sha256="", published="2031-03-07")
    return [(c.type, c.barred) for c in coded(Reader().read(report), knowledge)[1]]


def test_a_review_tells_no_events() -> None:
    found = read(STAGE, Knowledge())
    assert ("ACCUSE", "a report in which hardly anything of politics is told") in found
    assert all(barred for _, barred in found)


def test_what_a_flash_tells_counts_though_it_is_short() -> None:
    assert ("ASSAULT", "") in read("Gunmen killed the mayor of Karsh on Sunday.", Knowledge())


def test_frames_of_the_users_own_count_in_any_report(tmp_path: Path) -> None:
    own = tmp_path / "stage.tsv"
    row = "REQUEST\twant\tverb\tsubj obj:actress\tsubj\tobj"
    own.write_text(f"type\tlemma\tpos\tframe\tactor\trecipient\n{row}\n", encoding="utf-8")
    assert "REQUEST" in [
        type for type, barred in read(STAGE, Knowledge(ontology=own)) if "politics is told" not in barred
    ]
