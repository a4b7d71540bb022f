"""`python -m evals.results [TASK…]`: every task on every development file, into evals/results.json.

Records the day, the machine, the model and the knowledge with the figures; `make docs` turns them into tables.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import sys
from pathlib import Path
from typing import Any

from evals.__main__ import TASKS, evaluate, load
from evals.task import ROOT, MissingData, Options, data_root

FILE = ROOT / "evals" / "results.json"
BLIND = tuple(  # scores only
    f"evals/crises/{name}"
    for name in ("harare-2017", "bangui-2013", "bishkek-2010", "male-2012", "quito-2010", "bangkok-2014")
)
OWN = (
    "examples/oravia",
    "examples/suez-1956",
    "evals/crises/niger-2023",
    "evals/crises/lima-1996",
    "evals/crises/cyprus-1974",
    "evals/crises/gdansk-1980",
    "evals/crises/nairobi-2007",
    "evals/crises/tehran-1979",
    "evals/crises/stanley-1982",
    "evals/crises/tbilisi-2003",
    "evals/crises/manila-1986",
    "evals/crises/bujumbura-2015",
    "evals/crises/colombo-2022",
    "evals/crises/vilnius-1991",
    "evals/crises/kinshasa-1997",
    "evals/crises/tegucigalpa-2009",
    "evals/crises/dili-1999",
    "evals/crises/port-said-1956",
    "evals/crises/grenada-1983",
    "evals/crises/khartoum-2019",
    "evals/crises/kyiv-2014",
    "evals/crises/algiers-1992",
    "evals/crises/dhaka-2024",
    "evals/crises/la-paz-2019",
    "evals/crises/yerevan-2018",
    *BLIND,
)
HALVES = {
    "timex": ("timex/te3_timebank.jsonl", "timex/te3_aquaint.jsonl"),
    "event-type": ("events/plv_train.jsonl",),
    "wordings": ("evals/wordings/wordings.tsv",),
    "boilerplate": ("evals/boilerplate/pages.txt",),
}


def machine() -> str:
    """The processor and its cores, as the system names them."""
    cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    name = next((line.split(":", 1)[1].strip() for line in cpuinfo.splitlines() if "model name" in line), "")
    flags = " ".join(flag for flag in ("avx2", "avx512_vnni") if flag in cpuinfo)
    cores = f"{cpuinfo.count('model name')} cores"
    return f"{cores} {name or platform.machine()} ({flags}), Python {platform.python_version()}"


def runs() -> list[tuple[str, str, Options]]:
    """(task, file, options) of everything that is reported."""
    found = []
    for name in TASKS:
        half = HALVES.get(name, ())
        for file in load(name).files:
            found.append((name, file, Options(half="odd" if file in half else "", **_lists(name))))
    found += [("dossier", f"{folder}/facts.yaml", Options()) for folder in OWN]
    return found


def _lists(name: str) -> dict[str, tuple[Path, ...]]:
    if name != "coding":
        return {}
    events = data_root() / "events"
    return {"actors": (events / "unittest_actors.tsv",), "agents": (events / "unittest_agents.tsv",)}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.results", description=__doc__)
    parser.add_argument("tasks", nargs="*", help="only these tasks; the others keep the figures they have")
    given = parser.parse_args(arguments)
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if given.tasks and FILE.is_file() else {}
    rows = [row for row in kept.get("rows", []) if row["task"] not in given.tasks]
    for task, file, options in runs():
        if given.tasks and task not in given.tasks:
            continue
        try:
            result = evaluate(task, [file], options=options)
        except MissingData as missing:
            print(missing, file=sys.stderr)
            continue
        row = {key: result[key] for key in ("task", "n", "seconds", "model", "ontology", "metrics") if key in result}
        rows.append(row | {"file": file, "half": options.half})
        print(f"{task} {file}: {result.get('metrics')}", file=sys.stderr, flush=True)
    day = datetime.date.today().isoformat()
    FILE.write_text(json.dumps({"date": day, "machine": machine(), "rows": rows}, indent=1) + "\n", encoding="utf-8")
    return 0


def table(task: str) -> str:
    """The rows of one task as a Markdown table, from the kept results."""
    rows = [row for row in json.loads(FILE.read_text(encoding="utf-8"))["rows"] if row["task"] == task]
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row.get("metrics", {})))
    lines = ["| file | n | " + " | ".join(names) + " |", "|---|---|" + "---|" * len(names)]
    for row in rows:
        cells = [f"{row['metrics'][name]:.3f}" if name in row["metrics"] else "" for name in names]
        file = row["file"] + (f" ({row['half']} half)" if row["half"] else "")
        lines.append(f"| `{file}` | {row['n']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
