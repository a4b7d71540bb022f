"""Every span in every output gives its words back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from crises import CRISES, dossier, dossier_of, knowledge
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.records import Dossier, Report


def spans(node: Any, report: str | None = None) -> Iterator[tuple[str | None, str, list[int], Any]]:
    """(report, field, span, row) of every span below a row of the JSON."""
    if isinstance(node, dict):
        report = node.get("report", report)
        for key, value in node.items():
            if isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value):
                yield report, key, value, node
            else:
                yield from spans(value, report)
    elif isinstance(node, list):
        for item in node:
            if isinstance(item, list) and len(item) == 2 and all(type(v) is int for v in item):
                yield report, "list", item, None
            else:
                yield from spans(item, report)


def check(found: Dossier) -> int:
    data = msgspec.json.decode(msgspec.json.encode(found))
    texts = {r["id"]: r["text"] for r in data["reports"]}
    seen = 0
    for name, rows in data.items():
        if not isinstance(rows, list):
            continue
        for row in rows:
            home = row["id"] if name == "reports" else None
            for report, field, (start, end), holder in spans(row, home):
                if report is None:
                    continue
                seen += 1
                text = texts[report]
                assert 0 <= start <= end <= len(text), (name, field, start, end)
                if field == "span" and holder and "text" in holder:
                    assert text[start:end] == holder["text"]
                if field == "span" and holder and "source" in holder and "cue" in holder:
                    assert text[start:end] == holder["source"]
                if field == "source_span":
                    assert text[start:end] == holder["source"]
                if field == "cue_span":
                    assert text[start:end] == holder["cue"]
    return seen


@pytest.mark.parametrize("crisis", CRISES)
def test_examples(crisis: str) -> None:
    assert check(dossier(crisis)) > 200


SCRAPS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["The minister", "said", "“", "”", "'", "\n\n", "on Friday", "troops", "killed", "at least 14 people",
             "according to", "U.S.", "don't", "Côte d'Ivoire", "\u202e", "\u200d", "🇺🇦", "e\u0301", ".", ",", "(", ")"]
        ),
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCRAPS)
def test_any_text(text: str) -> None:
    report = Report(id="scrap", origin="scrap.txt", text=text, sha256="0" * 64, published="2021-05-06")
    check(dossier_of((report,), knowledge()))
