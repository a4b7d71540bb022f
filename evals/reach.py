"""How much of `coding` can be had at all with the lists of actors as they are: `python -m evals.reach [FILE…]`.

The lists lack what their unit tests rest on: codes by date ("Gollum", HOB before 1993), and names that are only in
other files; some gold codes are placeholders ("---GOV") or words of the sentence. A pair can be had where each of its
codes has the code of a name in it that stands in the text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from evals.coding import Names, codes_in, names
from evals.task import Record, find, json_lines


def reach(records: Sequence[Record], actors: Names) -> dict[str, float]:
    """Pairs, the share of them that can be had, and the F1 of a coder who has all of these and no other.

    >>> one = Names(((("arnor",), "ARN"), (("gondor",), "GON")))
    >>> events = [{"source": ["ARNGOV"], "target": ["GON", "---"], "code": "010"}]
    >>> reach([{"text": "Arnor's king met Gondor.", "events": events}], one)
    {'pairs': 2, 'recall': 0.5, 'f1': 0.667}
    """
    whole = had = 0
    for record in records:
        known = codes_in(record["text"], actors)
        pairs = {pair for e in record["events"] for pair in product(e["source"], e["target"])}
        whole += len(pairs)
        had += sum(all(any(base in code for base in known) for code in pair) for pair in pairs)
    recall = had / max(whole, 1)
    return {"pairs": whole, "recall": round(recall, 3), "f1": round(2 * recall / (1 + recall), 3)}


def main(files: Sequence[str]) -> None:
    actors = names([find("events/unittest_actors.tsv")])
    for file in files or ("events/petr_unittest.jsonl", "events/up_unittest_ud.jsonl"):
        path = Path(file) if Path(file).is_file() else find(file)
        print(json.dumps({"file": file, **reach(json_lines(path), actors)}))


if __name__ == "__main__":
    main(sys.argv[1:])
