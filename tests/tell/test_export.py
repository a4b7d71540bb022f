from __future__ import annotations

import json

import msgspec
import pytest

from dragoman import records
from dragoman.records import Attribution, Dossier, Mention, Report, Span
from dragoman.tell.export import to_json
from dragoman.tell.schema import json_schema

CONTRACT = {  # what programs that read a dossier rely on: fields may be added, none renamed
    "Dossier": "dragoman model ontology read_at reports actors mentions events claims positions expectations stories"
    " rejects",
    "Report": "id origin outlet title published language text sha256 copy_of boilerplate",
    "Actor": "id name kind aliases country sector roles",
    "Role": "title of report span",
    "Mention": "id report trigger span type mode cameo actor recipient actor_text recipient_text place time auxiliary"
    " certainty numbers attribution confidence why",
    "Place": "text name country lat lon geonames",
    "Time": "text start end precision",
    "Number": "value low high unit text span",
    "Attribution": "source span actor cue kind direct hedge",
    "Event": "id was type mentions reports independent time place actor recipient headline differences added why",
    "Difference": "slot values",
    "Value": "value reports mentions spans",
    "Addition": "report slot value span",
    "Claim": "id report source source_span actor cue cue_span content direct kind hedge group",
    "Position": "actor toward stance since until evidence reports",
    "Expectation": "id mention event due status met_by",
    "Due": "start end",
    "Story": "id title reports start end",
    "Reject": "report span stage reason",
}
TEXT = "“The pact holds,” said Ana Lund in Orléans."
DOSSIER = Dossier(
    dragoman="0",
    model="m",
    ontology="o",
    read_at=None,
    reports=(Report(id="a-1", origin="a.txt", text=TEXT, sha256="1", boilerplate=(Span(0, 1),)),),
    mentions=(
        Mention(
            id="a-1:5:AGREE",
            report="a-1",
            trigger=Span(10, 15),
            span=Span(1, 15),
            type="AGREE",
            attribution=(Attribution(source="Ana Lund", span=Span(23, 31), actor=None, cue="said", kind="named"),),
        ),
    ),
)


@pytest.mark.parametrize(("record", "fields"), CONTRACT.items(), ids=CONTRACT)
def test_the_contract(record: str, fields: str) -> None:
    assert set(fields.split()) <= set(getattr(records, record).__struct_fields__)


def test_a_dossier_is_one_object_with_a_line_end_and_comes_back() -> None:
    written = to_json(DOSSIER)
    assert written.endswith(b"}\n")
    assert msgspec.json.decode(written, type=Dossier) == DOSSIER
    assert to_json(msgspec.json.decode(written, type=Dossier)) == written


def test_spans_are_pairs_of_code_points_and_no_field_is_left_out() -> None:
    row = json.loads(to_json(DOSSIER))["mentions"][0]
    start, end = row["attribution"][0]["span"]
    assert TEXT[start:end] == "Ana Lund"
    assert row["place"] is None
    assert row["auxiliary"] == []
    assert row.keys() == set(Mention.__struct_fields__)


def test_the_schema_names_every_field_of_the_contract() -> None:
    schema = json.loads(json_schema())
    assert schema["$ref"] == "#/$defs/Dossier"
    for record, fields in CONTRACT.items():
        assert set(fields.split()) <= schema["$defs"][record]["properties"].keys()
