"""A dossier held against a user's own gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from crises import dossier
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.records import Dossier, Mention
from dragoman.tell.footnotes import Footnotes
from dragoman.tell.gold import GoldError, read_gold
from dragoman.tell.score import interval, score

OWN = ("report", "start", "end", "type", "actor", "recipient", "day")


def gold_of(found: Dossier, mentions: tuple[Mention, ...]) -> str:
    """The dossier's own mentions as gold."""
    names = {a.id: a.name for a in found.actors}
    lines = []
    for m in mentions:
        time = m.time if m.time and m.time.start and m.time.end else None
        lines.append({
            "report": m.report, "start": m.trigger.start, "end": m.trigger.end, "type": m.type,
            "actor": names[m.actor[0]] if m.actor else "", "recipient": [names[a] for a in m.recipient],
            "day": f"{time.start[:10]}/{time.end[:10]}" if time and time.start and time.end else "",
        })  # fmt: skip
    return "\n".join(json.dumps(line) for line in lines)


def test_a_dossier_agrees_with_itself() -> None:
    found = dossier("oravia")
    result = score(found, read_gold(gold_of(found, found.mentions), found))
    for line in (*result.types, *result.whole):
        assert line.precision.share == line.recall.share == 1.0, line
    assert sum(line.recall.of for line in result.types) == len(found.mentions)


def test_what_is_missing_lowers_recall_and_what_is_too_much_precision() -> None:
    found = dossier("oravia")
    whole = {line.name: line for line in score(found, read_gold(gold_of(found, found.mentions[1:]), found)).whole}
    assert (whole["event"].precision.right, whole["event"].recall.share) == (len(found.mentions) - 1, 1.0)
    fewer = replace(found, mentions=found.mentions[1:])
    whole = {line.name: line for line in score(fewer, read_gold(gold_of(found, found.mentions), found)).whole}
    assert (whole["event"].recall.right, whole["event"].precision.share) == (len(found.mentions) - 1, 1.0)


def test_a_wrong_type_is_an_event_but_not_of_its_type() -> None:
    found = dossier("oravia")
    first = found.mentions[0]
    other = "AID" if first.type != "AID" else "ASSAULT"
    changed = replace(found, mentions=(replace(first, type=other),))
    result = score(changed, read_gold(gold_of(found, (first,)), found))
    whole = {line.name: line for line in result.whole}
    assert (whole["event"].recall.right, whole["type"].recall.right, whole["all"].recall.right) == (1, 0, 0)
    assert {line.name: (line.precision.of, line.recall.of) for line in result.types} == {
        other: (1, 0),
        first.type: (0, 1),
    }


def test_a_report_without_events_counts_against_precision() -> None:
    found = dossier("oravia")
    result = score(found, read_gold(f"report\n{found.reports[0].id}\n", found))
    mine = sum(m.report == found.reports[0].id for m in found.mentions)
    assert (result.whole[0].precision.right, result.whole[0].precision.of) == (0, mine)
    assert result.whole[0].recall.share is None


def test_places_may_be_quoted_or_numbered() -> None:
    found = dossier("oravia")
    report = found.reports[0]
    words = report.sentences[2].of(report.text)
    stem = Path(report.origin).stem
    mark = f"{Footnotes(found).letters[report.id]}3"
    table = f'report\tquote\tsentence\ttype\n{stem}\t"{words}"\t\tAID\n{stem}\t\t3\tAID\n{stem}\t\t{mark}\tAID\n'
    facts = read_gold(table, found).facts
    assert [f.span for f in facts] == [report.sentences[2]] * 3
    lines = "".join(f'{{"report": "{stem}", "sentence": {n}, "type": "AID"}}\n' for n in (3, f'"{mark}"'))
    assert [f.span for f in read_gold(lines, found).facts] == [report.sentences[2]] * 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no line of gold"),
        ("report,who\nx,y", "unknown column 'who'"),
        ("quote,type\nx,AID", "'report' is missing"),
        ("report,type\nnobody,AID", "no report 'nobody'"),
        ("report,quote,type\nREPORT,absent words,AID", "do not stand"),
        ("report,quote,type\nREPORT,e,AID", "more than once"),
        ("report,sentence,type\nREPORT,999,AID", "'999' is no sentence of .*, 1 to .*its mark on the board"),
        ("report,sentence,type\nREPORT,Q7,AID", "'Q7' is no sentence"),
        ("report,start,end,type\nREPORT,5,5,AID", "no stretch"),
        ("report,start,type\nREPORT,x,AID", "line 2"),
        ("report,sentence,type\nREPORT,1,KINDNESS", "no type of PLOVER"),
        ("report,type\nREPORT,AID", "where is it"),
        ("report,sentence,type,day\nREPORT,1,AID,Monday", "is no day"),
        ("report,type\nREPORT,AID,more", "3 cells under 2 columns"),
        ('{"report": "REPORT"', "no JSON object"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    found = dossier("oravia")
    with pytest.raises(GoldError, match=says):
        read_gold(text.replace("REPORT", found.reports[0].id), found)


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_interval_holds_the_share_and_narrows(right: int, n: int) -> None:
    right = min(right, n)
    low, high = interval(right, n)
    assert 0 <= low <= right / n + 1e-9 <= high + 2e-9 <= 1 + 2e-9
    assert not f"{low:.3f}".startswith("-")
    wider = interval(right * 2, n * 2)
    assert wider[1] - wider[0] < high - low


def test_the_command(run: Any, folder: Path) -> None:
    run("read", folder, "-d", folder / "crisis.db")
    gold = folder / "gold.csv"
    gold.write_text("report,quote,type\ndawn.txt,two envoys left,RETREAT\n", encoding="utf-8")
    done = run("score", folder / "crisis.db", "--gold", gold)
    assert (done.exit_code, "RETREAT" in done.stdout) == (0, True)
    whole = json.loads(run("score", folder / "crisis.db", "--gold", gold, "--json").stdout)
    assert whole["types"][0]["recall"]["of"] == 1
    gold.write_text("report,quotation\ndawn.txt,x\n", encoding="utf-8")
    wrong = run("score", folder / "crisis.db", "--gold", gold)
    assert (wrong.exit_code, "unknown column 'quotation'" in wrong.stderr) == (1, True)
