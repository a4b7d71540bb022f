"""Stage 5: writes card.md beside the model: what it is, what it was trained on, how, and what it reaches.

PYTHONPATH=src python -m learn.card             # seconds; needs both score files of learn.evaluate
"""

import json
from typing import Any

from learn.corpus import BUILD
from learn.export import MODEL
from learn.train import BUDGET, FULL, FURTHER, Recipe

GUM = "annotation CC BY 4.0; texts CC BY, CC BY-SA or public domain"
ORIGINS = {
    "syntax/gum_train.conllu": ("UD English-GUM, train, without wikiHow and fiction", GUM),
    "syntax/gum_dev.conllu": ("UD English-GUM, dev", GUM),
    "syntax/ewt_train.conllu": ("UD English-EWT, half of dev", "CC BY-SA 4.0"),
    "syntax/ewt_dev.conllu": ("UD English-EWT, the other half of dev", "CC BY-SA 4.0"),
    "syntax/uner_ewt_dev.iob2": ("Universal NER on EWT dev", "CC BY-SA 4.0"),
    "names/silver_train.jsonl.gz": ("CoreNLP's name tags over PolNeAR's news, machine-made", "none stated; tags only"),
    "names/silver_dev.jsonl.gz": ("the same, held out", "none stated; tags only"),
    "attribution/train.jsonl": ("PolNeAR, train", "none stated; labels only, no text is kept"),
    "attribution/dev.jsonl": ("PolNeAR, dev", "none stated; labels only"),
    "names/wikigold.conll.txt": ("Wikigold", "CC BY 4.0"),
}  # fmt: skip

HEAD = """# The reading model of Dragoman

One pass over a paragraph gives every word its part of speech, features, lemma, head and relation, says where sentences
begin, and marks names, mentions by common nouns, and attributions (source, cue, content); a vector for each sentence
comes from the same states, which are trained to tell events, too. `reader.onnx` is all-MiniLM-L6-v2 (Apache-2.0; 6
layers, 22 million weights) trained further on all of these at once, with int8 weights. `labels.json` names the classes,
`vector.npy` makes sentence vectors, `tokenizer.json` is MiniLM's own.
"""

TYPER = """## The typer

`typer.npz` says which verbs, nouns and adjectives tell an event, and of which type; a small net on the same states. It
learned from labels that readers gave to sentences of PolNeAR (train), of ECB+ (train; its annotation is CC BY 3.0), of
NGEC's machine-written stories and of the even half of Zero-Shot-PLOVER's training set (these two state no licence), and
from sentences of our own: offsets and types are kept in `learn/labelled.tsv`, no text. `learn/README.md` has how sure
it is. Where its labels had no word like it, it knows little."""
ROLES = """## The scorer of roles

`roles.npz` says of every noun beside a word that may tell an event how likely it acts and is acted on, and of the word
how likely what it tells is real: two small nets on the same states and on how the tree joins the words. They learned
from the same labels as the typer and from reports of ours (`learn/reports.txt`). What a longer way of the tree ties to
its verb they see badly; the rules, which they are weighed with, see that better."""
LIMITS = """## Limits

- English news and web prose of the years up to 2020. Chat, poetry, tables and other languages are read badly.
- Names of organisations are the weakest kind; the names it learned from news were tagged by a machine and cleaned so
  that one document calls one name one thing, two thirds of the cleaned sentences being shown as they were, too. A bare
  surname is now and then left out. Its score on such tags (news_dev) counts their errors against it.
- Attributions are learned from American political news of 2015 to 2016. Nested attributions come back as the outer one.
- int8 activations are scaled by batch: a sentence's scores move in the last digits with what is read beside it, so a
  batch must hold parts of one report only for a report to be read the same in any company.
- EWT is an older release than GUM: part of what is lost on it is convention. Its features are not trained.
- No text of the training data is in these files; the weights have seen it.
"""


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _cell(value: Any) -> str:
    return (
        f"{value[2]:.3f} ({value[0]:.2f} / {value[1]:.2f}, {value[3]})" if isinstance(value, list) else f"{value:.4f}"
    )


def data_table() -> list[str]:
    """What was used, of what, under which licence."""
    rows = [_row("file", "what", "licence as stated", "used for", "sha256"), _row(*["---"] * 5)]
    for name, entry in json.loads((BUILD / "data.json").read_text()).items():
        what, licence = ORIGINS[name]
        rows.append(_row(f"`{name}`", what, licence, entry["use"], f"`{entry['sha256'][:16]}…`"))
    return rows


def score_tables() -> list[str]:
    """Every set in fp32 and int8."""
    full, small = (json.loads((BUILD / f"scores-{kind}.json").read_text()) for kind in ("fp32", "int8"))
    lines = []
    for name, scores in small.items():
        lines += [f"### {name}", "", _row("", "int8", "fp32"), _row(*["---"] * 3)]
        lines += [_row(key, _cell(value), _cell(full[name][key])) for key, value in scores.items()] + [""]
    return lines


def recipe_of(recipe: Recipe) -> str:
    """A recipe in words."""
    words = (
        f"encoder {recipe.rate_encoder:g}, heads {recipe.rate_heads:g}, 6 % warm-up, linear decay. An epoch is all of "
        f"GUM, twice EWT, Wikigold and {recipe.news_words:,} words of the news in turn; "
    )
    if recipe.last_epochs:
        words += (
            f"after {recipe.epochs} epochs, {recipe.last_news_words:,} words at {recipe.last_rate} of the rate, "
            "falling again; "
        )
    words += f"from epoch {recipe.swap_from + 1} on, {recipe.swap_share:.0%} of the names of the news are exchanged"
    if recipe.machine:
        words += (
            f"; {recipe.machine:.0%} of its sentences keep the machine's own name tags; of the texts with labels of "
            "events, nine in ten documents teach which words tell an event of which type, and who takes part"
        )
    return f"{recipe.all_epochs} epochs: {words}."


def main() -> None:
    curve = [json.loads(line) for line in (BUILD / "reader.curve.jsonl").read_text().splitlines()]
    seconds, batches = sum(one["seconds"] for one in curve), sum(one["batches"] for one in curve)
    further = curve[-1].get("from") == "shipped"
    recipe = (
        f"AdamW (0.9, 0.98), weight decay .01, clip 5, bf16 autocast, 4 % of words masked, batches of up to {BUDGET} "
        f"pieces. From MiniLM, {recipe_of(FULL)}"
    )
    if further:
        recipe += f" The weights so exported were then trained further, {recipe_of(FURTHER)}"
    recipe += (
        f" The last run: {batches} batches, {seconds / 60:.0f} minutes on two cores shared with other work. One seed, "
        f"no search; `make learn`{', then `make learn FROM=shipped`,' if further else ''} repeats it."
    )
    reading = (
        "Gold words throughout. `lone`: one gold sentence a window; `run`: paragraphs as the package reads them, with "
        "predicted sentences. Shares, or exact spans as F1 (precision / recall, gold spans)."
    )
    lines = [HEAD, "## Data", "", *data_table(), "", "## Training", "", recipe, "", TYPER, "", ROLES, ""]
    lines += ["## Scores", "", reading, ""]
    lines += [*score_tables(), LIMITS]
    (MODEL / "card.md").write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
