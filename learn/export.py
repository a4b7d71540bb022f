"""Stage 3: writes the trained reader as the package runs it, into src/dragoman/read/model/.

    PYTHONPATH=src python -m learn.export           # 1 minute

reader.onnx and relations.onnx (int8, see `learn.graph`), tokenizer.json, labels.json, vector.npy; learn/README.md
tells the inputs and outputs.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer

from dragoman.read.pieces import MOST, shape
from learn import batches
from learn.corpus import BUILD, original
from learn.graph import write_reader, write_relations
from learn.model import Reader
from learn.ranges import ranges
from learn.shipped import MODEL
from learn.smooth import smooth
from learn.train import SEED, build, load_corpus, to_tensors


def load_reader(weights: Path) -> Reader:
    """The reader of a checkpoint, ready to run."""
    reader = build(json.loads((BUILD / "vocabulary.json").read_text()))
    reader.load_state_dict(torch.load(weights)["model"])
    return reader.eval()


def samples(*, windows: int = 96) -> list[dict[str, torch.Tensor]]:
    """Some training windows, to see how large activations get."""
    corpus, vocabulary = load_corpus()
    rng = random.Random(SEED)
    documents = rng.sample(corpus["gum_train"], 10) + rng.sample(corpus["news_train"], 14)
    chosen = rng.sample(list(batches.windows(documents, rng)), windows)
    index = batches.make_index(vocabulary)
    items = [batches.encode(window, index) for window in chosen]
    return [to_tensors(batches.collate(items[at : at + 8])) for at in range(0, windows, 8)]


def export(weights: Path, folder: Path) -> None:
    """Write all files of the model into a folder."""
    reader = load_reader(weights)
    feeds = samples()
    smooth(reader, feeds)
    reach = ranges(reader, feeds)
    folder.mkdir(parents=True, exist_ok=True)
    write_reader(reader, reach, folder / "reader.onnx")
    write_relations(reader, reach, folder / "relations.onnx")
    tokenizer = Tokenizer.from_file(str(original() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    matrix = reader.vector.weight.detach().numpy().T.astype(np.float16)
    np.save(folder / "vector.npy", np.ascontiguousarray(matrix))
    vocabulary = json.loads((BUILD / "vocabulary.json").read_text())
    labels = {**vocabulary, "shapes": shape.__doc__, "max_pieces_per_word": MOST, "version": "1"}
    (folder / "labels.json").write_text(json.dumps(labels, indent=0, ensure_ascii=False) + "\n", encoding="utf8")
    for name in ("reader.onnx", "relations.onnx"):
        onnx.checker.check_model(str(folder / name))
    for path in sorted(folder.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Export the trained reader.")
    parser.add_argument("--weights", type=Path, default=BUILD / "reader.pt")
    parser.add_argument("--folder", type=Path, default=MODEL)
    options = parser.parse_args()
    export(options.weights, options.folder)


if __name__ == "__main__":
    main()
