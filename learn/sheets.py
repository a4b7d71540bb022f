"""Sheets for labelling by eye which words tell an event, who acts and who is acted on; the labels kept as offsets.

    python -m learn.sheets draw --folder SHEETS --parts 6   # sheet-1.txt …: sentences with numbered words
    python -m learn.sheets keep --folder SHEETS             # labels-*.txt beside them → labelled.tsv

A label line is `S12 3:ASSAULT a=2 r=5,7; 9~REQUEST a=8 r=-` or `S12 -`: word 3 tells an assault by word 2 on words 5
and 7, word 9 a request that is denied, wished or only possible. Every other word of that sentence tells none.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman.read import Reader
from dragoman.records import TYPES
from evals.task import report_of
from learn.typer import ECB, NEWS, PAIRS, STORY, Text, texts

LABELLED = Path(__file__).parent / "labelled.tsv"
COLUMNS = ("file", "doc", "sentence", "events")
# Of each file, how many texts, none of which is labelled yet, and how many sentences of each.
WANTED = {NEWS: (150, 9), ECB: (90, 6), PAIRS: (170, 3), STORY: (960, 6)}
NUMBERED = frozenset({"VERB", "NOUN", "PROPN", "PRON", "ADJ", "AUX", "NUM"})
EVENT = re.compile(r"(\d+)\s*([:~])\s*([A-Z]+)\s+a=([\d,]+|-)\s+r=([\d,]+|-)\Z")


def chosen(seed: int) -> Iterator[tuple[str, str, str, int]]:
    """File, document, text and how many sentences of it, the files in turn; of the stories as many of each label."""
    chance = random.Random(seed)
    of: dict[str, list[Text]] = {name: [] for name in WANTED}
    held = {tuple(row[:2]) for row in labelled()}
    for text in texts():
        if text[:2] not in held:
            of[text[0]].append(text)
    for name, (count, sentences) in WANTED.items():
        drawn = sorted(of[name], key=lambda t: (chance.random(), t[1]))
        if name == STORY:
            drawn = _in_turn(drawn)
        for file, doc, text, _ in drawn[:count]:
            yield file, doc, text, sentences


def labelled() -> list[list[str]]:
    """The rows of labelled.tsv, none where there is no such file."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()[2:] if LABELLED.exists() else []
    return [line.split("\t") for line in lines]


def _in_turn(texts: list[Text]) -> list[Text]:
    """One text of each label after the other."""
    places: Counter[str] = Counter()
    order = []
    for text in texts:
        places[text[3]] += 1
        order.append((places[text[3]], text[3], text))
    return [text for *_, text in sorted(order)]


def draw(folder: Path, parts: int, seed: int) -> None:
    """Sheets of about equal length, each with documents of every file; `places.json` says where each word begins."""
    folder.mkdir(parents=True, exist_ok=True)
    reader, places, sheets = Reader(), {}, [[] for _ in range(parts)]  # type: dict[str, Any], list[list[str]]
    for number, (file, doc, text, count) in enumerate(chosen(seed)):
        sheet = sheets[number % parts]
        sheet.append(f"\n## {number}")
        for sentence in reader.read(report_of(text, id=doc)).sentences[:count]:
            name = f"S{len(places) + 1}"
            places[name] = [file, doc, [word.start for word in sentence.words]]
            words = (f"{w.text}/{w.i}" if w.upos in NUMBERED else w.text for w in sentence.words)
            sheet.append(f"{name} {' '.join(words)}")
    (folder / "places.json").write_text(json.dumps(places), encoding="utf-8")
    for number, sheet in enumerate(sheets, 1):
        (folder / f"sheet-{number}.txt").write_text("\n".join(sheet).strip() + "\n", encoding="utf-8")


def keep(folder: Path) -> None:
    """All labels of the folder, sorted, into labelled.tsv; what cannot be read is told and left out."""
    places = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    rows = {"\t".join(row) for row in labelled()}
    for path in sorted(folder.glob("labels-*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, told = line.strip().partition(" ")
            if name not in places:
                continue
            file, doc, starts = places[name]
            try:
                parts = [part for part in told.split(";") if part.strip(" -")]
                rows.add("\t".join((file, doc, str(starts[0]), ";".join(event(part, starts) for part in parts))))
            except (ValueError, IndexError) as error:
                print(f"{path.name}: {line}: {error}")
                continue
    head = "# Which words tell an event, by eye: start:TYPE:actors:recipients, ~ where only possible. No text is kept."
    order = sorted(rows, key=lambda row: (*row.split("\t")[:2], int(row.split("\t")[2])))
    LABELLED.write_text("\n".join([head, "\t".join(COLUMNS), *order]) + "\n", encoding="utf-8")


def event(part: str, starts: list[int]) -> str:
    """`12:ASSAULT:7:20,31`, numbers of words turned into where they begin."""
    found = EVENT.match(part.strip())
    if found is None or found[3] not in TYPES:
        raise ValueError(f"not an event: {part.strip()}")
    sides = [",".join(str(starts[int(n)]) for n in side.split(",") if n != "-") for side in found.group(4, 5)]
    return f"{starts[int(found[1])]}{'~' if found[2] == '~' else ''}:{found[3]}:{':'.join(sides)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("do", choices=("draw", "keep"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--parts", type=int, default=6)
    parser.add_argument("--seed", type=int, default=12)
    options = parser.parse_args()
    draw(options.folder, options.parts, options.seed) if options.do == "draw" else keep(options.folder)


if __name__ == "__main__":
    main()
