"""The questions of docs/questions.md, put to the example reports as `dragoman run --reconcile` lays them out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "questions.md"
WIDEST = 80  # characters of a cell


def questions() -> list[str]:
    """The SQL of the page, in its order."""
    return re.findall(r"^```sql\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)


@cache
def answers() -> tuple[str, ...]:
    """The answer to each, as a Markdown table."""
    import duckdb

    from dragoman.scale.gathering import RECORDS, lay_out, view
    from dragoman.scale.order import Order
    from dragoman.scale.slices import Asking
    from tests.crises import CRISES, dossier_of, knowledge_of, reports

    both = tuple(report for crisis in CRISES for report in reports(crisis))
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        lay_out(Order(out=folder, asking=Asking(limit=0)), dossier_of(both, knowledge_of("oravia")))
        for name in RECORDS:
            connection.execute(view(name).replace("'tables/", f"'{folder}/tables/"))
        return tuple(_table(connection, sql) for sql in questions())


def _table(connection: object, sql: str) -> str:
    result = connection.execute(sql)  # type: ignore[attr-defined]
    names = [column[0] for column in result.description]
    rows = [[_cell(value) for value in row] for row in result.fetchall()]
    lines = [names, ["---"] * len(names), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def _cell(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    plain = text.replace("|", "\\|").replace("\n", " ")
    return plain if len(plain) <= WIDEST else plain[: WIDEST - 1] + "…"
