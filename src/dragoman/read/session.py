"""The reading model on disk and in memory: an ONNX graph, its tokenizer, its labels and its projection to vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import msgspec
from msgspec import Struct

SHIPPED = Path(str(files("dragoman.read"))) / "model"
OUTPUTS = ("upos", "feats", "lemma", "start", "names", "nominals", "attribution", "arcs", "dependents", "governors",
           "states")  # fmt: skip
_ARCS = 128  # labelled at a time: what is worked out for them stays in the cache
_PARTS = ("reader.onnx", "relations.onnx", "tokenizer.json", "labels.json", "vector.npy", "typer.npz",
          "roles.npz")  # fmt: skip


class ModelError(RuntimeError):
    """The reading model is missing or does not fit this code; the message says what to do."""


class Labels(Struct, frozen=True):
    """The classes of the model's heads, in the order of its outputs."""

    upos: list[str]
    feats: list[str]
    lemma: list[str]
    rel: list[str]
    names: list[str]
    nominals: list[str]


class Model(Protocol):
    """What a Reader runs: `run` takes the packed inputs and gives every output by name.

    `relations` takes the halves of n arcs, [n, 96] of the dependents and of their heads, and gives their labels.
    """

    labels: Labels

    def run(self, inputs: Mapping[str, Any]) -> dict[str, Any]: ...

    def relations(self, dependents: Any, governors: Any) -> Any: ...


class OnnxModel:
    """The model in a folder, on `threads` threads of the processor or on a GPU.

    Raises ModelError when a file is missing or labels do not fit.
    """

    def __init__(self, folder: Path, *, threads: int = 1, device: str = "cpu") -> None:
        import onnxruntime as ort

        check(folder)
        self.labels = read_labels(folder)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # the fused operator takes seven times as long on a processor as a sum and a norm
        slow = [] if device == "gpu" else ["SkipLayerNormFusion"]
        self._session, self._relations = (
            ort.InferenceSession(str(folder / name), options, providers=providers(device), disabled_optimizers=slow)
            for name in ("reader.onnx", "relations.onnx")
        )

    def run(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return dict(zip(OUTPUTS, self._session.run(list(OUTPUTS), dict(inputs))))

    def relations(self, dependents: Any, governors: Any) -> Any:
        import numpy as np

        few = [slice(at, at + _ARCS) for at in range(0, len(dependents), _ARCS)]
        feeds = [{"dependents": dependents[part], "governors": governors[part]} for part in few]
        return np.concatenate([self._relations.run(None, feed)[0] for feed in feeds])


def providers(device: str) -> list[str]:
    """What onnxruntime is to run on, best first. Raises ModelError for a GPU that it cannot use."""
    import onnxruntime as ort

    if device == "cpu":
        return ["CPUExecutionProvider"]
    if "CUDAExecutionProvider" not in ort.get_available_providers():
        raise ModelError(
            "onnxruntime finds no GPU here: pip uninstall onnxruntime, pip install onnxruntime-gpu, or leave --device"
            " gpu away"
        )
    return ["CUDAExecutionProvider", "CPUExecutionProvider"]


def check(folder: Path) -> None:
    """Raise ModelError when a file of the model is not there."""
    if missing := [name for name in _PARTS if not (folder / name).is_file()]:
        raise ModelError(
            f"the reading model in {folder} lacks {', '.join(missing)}. An installed Dragoman has it; in a checkout"
            " learn/README.md says how it is made."
        )


def read_labels(folder: Path) -> Labels:
    """The labels of the model in `folder`."""
    try:
        return msgspec.json.decode((folder / "labels.json").read_bytes(), type=Labels)
    except msgspec.ValidationError as err:
        raise ModelError(f"{folder / 'labels.json'} does not fit this version: {err}") from None


@cache
def version(folder: Path = SHIPPED) -> str:
    """Name and digest of the model in a folder, `dragoman-reader 1f3a…`; `none` where there is no model."""
    if not all((folder / name).is_file() for name in _PARTS):
        return "none"
    whole = hashlib.sha256()
    for name in _PARTS:
        whole.update((folder / name).read_bytes())
    return f"dragoman-reader {whole.hexdigest()[:12]}"
