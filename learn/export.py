"""Stage 3: writes the trained reader as the package runs it, into src/dragoman/read/model/.

    PYTHONPATH=src python -m learn.export           # 1 minute

reader.onnx (int8 weights, one scale a channel), tokenizer.json, labels.json, vector.npy; learn/README.md tells the
inputs and outputs.
"""

import argparse
import json
import random
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer

from dragoman.read.pieces import MOST, shape
from learn import batches
from learn.corpus import BUILD, original
from learn.model import Exported, Reader
from learn.shipped import MODEL
from learn.smooth import smooth
from learn.train import SEED, build, load_corpus, to_tensors

INPUTS = ("ids", "shapes", "mask", "starts")


def load_reader(weights: Path) -> Reader:
    """The reader of a checkpoint, ready to run."""
    reader = build(json.loads((BUILD / "vocabulary.json").read_text()))
    reader.load_state_dict(torch.load(weights)["model"])
    return reader.eval()


def write_onnx(reader: Reader, path: Path) -> None:
    """Write the fp32 graph, with any number of windows, pieces and words."""
    # eval() on the outermost module: on the inner one alone, dropout comes back
    exported = Exported(reader).eval()
    ids = torch.randint(1000, 2000, (2, 9))
    example = (ids, torch.ones_like(ids), torch.ones_like(ids), torch.tensor([[0, 1, 2, 4], [0, 1, 3, 0]]))
    axes = {name: {0: "windows", 1: "pieces"} for name in INPUTS}
    axes |= {name: {0: "windows", 1: "words"} for name in ("starts", *Exported.outputs)}
    for name in ("arcs", "labels"):
        axes[name][2] = "words"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            exported, example, str(path), input_names=list(INPUTS), output_names=list(Exported.outputs),
            opset_version=17, dynamo=False, do_constant_folding=True, dynamic_axes=axes,
        )  # fmt: skip


def samples(*, windows: int = 96) -> list[dict[str, torch.Tensor]]:
    """Some training windows, to see how large activations get."""
    corpus, vocabulary = load_corpus()
    rng = random.Random(SEED)
    documents = rng.sample(corpus["gum_train"], 10) + rng.sample(corpus["news_train"], 14)
    chosen = rng.sample(list(batches.windows(documents, rng)), windows)
    index = batches.make_index(vocabulary)
    items = [batches.encode(window, index) for window in chosen]
    return [to_tensors(batches.collate(items[at : at + 8])) for at in range(0, windows, 8)]


def quantise(source: Path, target: Path) -> None:
    """Int8 weights with one scale a channel; activations are scaled at run time, per tensor and so per batch."""
    with tempfile.TemporaryDirectory() as temporary:
        shaped = Path(temporary) / "shaped.onnx"
        quant_pre_process(str(source), str(shaped), skip_symbolic_shape=True)
        quantize_dynamic(shaped, target, weight_type=QuantType.QInt8, per_channel=True)


def export(weights: Path, folder: Path) -> None:
    """Write all files of the model into a folder."""
    reader = load_reader(weights)
    smooth(reader, samples())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        write_onnx(reader, plain)
        quantise(plain, folder / "reader.onnx")
    tokenizer = Tokenizer.from_file(str(original() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    matrix = reader.vector.weight.detach().numpy().T.astype(np.float16)
    np.save(folder / "vector.npy", np.ascontiguousarray(matrix))
    vocabulary = json.loads((BUILD / "vocabulary.json").read_text())
    labels = {**vocabulary, "shapes": shape.__doc__, "max_pieces_per_word": MOST, "version": "1"}
    (folder / "labels.json").write_text(json.dumps(labels, indent=0, ensure_ascii=False) + "\n", encoding="utf8")
    onnx.checker.check_model(str(folder / "reader.onnx"))
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
