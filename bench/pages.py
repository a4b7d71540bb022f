"""`python -m bench.pages [REPORTS]`: how long the server takes for each page of a large dossier.

The reports are the examples told again about other people (`bench.many`), reconciled in parts of `PART` and laid
together: what their accounts share is shared within a part, states, groups and outlets throughout. Each page is asked
for once before it is timed; printed is the middle of `ROUNDS` times, in milliseconds of this process's processor time,
with the size of the page. Exit status 1 when a page takes longer than `ALLOWED`.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec.structs import replace
from starlette.testclient import TestClient

from bench.__main__ import machine
from bench.many import many
from dragoman.knowledge import Knowledge
from dragoman.reconcile import reconcile
from dragoman.records import Actor, Claim, Dossier, Reading, Report
from dragoman.store import Store
from dragoman.store.claims import note
from dragoman.web import create_app
from dragoman.web.shelf import Sheet
from dragoman.web.templating import NAV

REPORTS, PART, ROUNDS = 10_000, 45, 5
ALLOWED = 200.0  # milliseconds
LISTS = ("reports", "mentions", "events", "claims", "positions", "expectations", "stories", "rejects")


def large(count: int) -> Dossier:
    """A dossier of so many reports."""
    made, knowledge, parts = many(count), Knowledge(), []
    while part := list(islice(made, PART)):
        parts.append(_part(part, knowledge, f"-{len(parts)}"))
    return laid_together(parts)


def _part(given: Sequence[tuple[Report, Reading]], knowledge: Knowledge, mark: str) -> Dossier:
    """The dossier of some reports; rows whose ids other parts may have too get a mark of their own."""
    found = reconcile([r for r, _ in given], [r for _, r in given], knowledge, model="bench", ontology="bench")
    return replace(
        found,
        positions=tuple(replace(p, id=p.id + mark) for p in found.positions),
        stories=tuple(replace(s, id=s.id + mark) for s in found.stories),
        claims=tuple(replace(c, group=c.group and c.group + mark) for c in found.claims),
    )


def laid_together(parts: Sequence[Dossier]) -> Dossier:
    """One dossier of several that have no report in common; actors of one id become one."""
    actors: dict[str, Actor] = {}
    for actor in (a for part in parts for a in part.actors):
        known = actors.get(actor.id)
        actors[actor.id] = replace(known, roles=known.roles + actor.roles, spans=known.spans + actor.spans) \
            if known else actor  # fmt: skip
    rows = {name: tuple(row for part in parts for row in getattr(part, name)) for name in LISTS}
    latest = max((part.read_at or "" for part in parts), default="") or None
    return replace(parts[0], read_at=latest, actors=tuple(actors[key] for key in sorted(actors)), **rows)


def claims_of(dossier: Dossier) -> Iterator[tuple[Report, tuple[Claim, ...]]]:
    """Every report with its claims."""
    by_report = defaultdict[str, list[Claim]](list)
    for claim in dossier.claims:
        by_report[claim.report].append(claim)
    yield from ((report, tuple(by_report[report.id])) for report in dossier.reports)


def addresses(client: TestClient) -> Iterator[str]:
    """Every page, some of them with what makes them slow."""
    yield from (path for path, _ in NAV if path not in ("/new", "/add"))
    board = client.get("/board.json").json()
    busiest = client.get("/actors.json").json()["rows"][0]["id"]
    event = next(line for column in board["columns"] for line in column["lines"] if column["section"] == "differ")
    yield f"/?page={board['pages']}"
    yield "/?q=police&since=2031-03-11&certainty=certain&accounts=2"
    yield "/?actor=police&copies=hide"
    yield f"/events/{event['id']}"
    yield f"/actors/{busiest}"
    yield f"/reports/{event['reports'][0]}"
    yield "/compare?" + "&".join(f"report={name}" for name in event["reports"][:6])
    yield "/reports?q=herald&page=40"
    yield "/actors?q=minister"
    yield "/claims?q=ballots+fire"
    yield "/claims?q=the"
    yield "/due?status=open"
    yield from (f"/timeline?by={by}&background=show" for by in ("actor", "report"))
    yield "/map?zoom=world"
    place = client.get("/map.json").json()["listed"][0]["key"]
    yield f"/map?at={place}&zoom=near"


def timed(client: TestClient, path: str) -> tuple[float, int]:
    """Milliseconds and bytes of a page."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        client.get(path)
        taken.append((time.process_time() - begun) * 1000)
    return round(statistics.median(taken), 1), len(answer.content)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    dossier = large(count)
    begun = time.process_time()
    sheet = Sheet(dossier).warm()
    warmed = time.process_time() - begun
    figures = {name: len(getattr(dossier, name)) for name in ("reports", "mentions", "events", "actors", "claims")}
    figures |= {"machine": machine(), "seconds_before_the_first_page": round(warmed, 1)}
    print(json.dumps(figures), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.db"
        with Store.open(path, writable=True) as store, store.engine.begin() as connection:
            for report, said in claims_of(dossier):
                note(connection, report, Reading(report=report.id, version="", claims=said))
        app = create_app(path)
        app.state.shelf.look = lambda: sheet
        client = TestClient(app, base_url="http://127.0.0.1")
        slow = 0
        for address in addresses(client):
            milliseconds, size = timed(client, address)
            slow += milliseconds > ALLOWED
            print(f"{milliseconds:8.1f} ms {size / 1000:7.1f} kB  {address}", flush=True)
    print(f"{slow} pages take longer than {ALLOWED:.0f} ms" if slow else f"no page takes longer than {ALLOWED:.0f} ms")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
