"""The weights of a shipped model as a checkpoint to train further, for when the one it came from is gone.

Int8 weights times their scales; the smoothing of `learn.smooth` is undone, so that all weights have the sizes they had
in training and one learning rate suits them. What int8 rounded away stays away: LAS .880 and not .881.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from learn.model import LABEL, LAYERS, Encoder

MODEL = Path("src/dragoman/read/model")


def _arrays(path: Path) -> dict[str, Tensor]:
    """Every parameter by its name; int8 ones times their scales."""
    raw = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}
    return {
        name: torch.from_numpy(value * raw[f"{name}.scale"] if value.dtype == np.int8 else value.copy())
        for name, value in raw.items()
        if value.dtype in (np.int8, np.float32) and not name.endswith((".scale", ".step"))
    }


def shipped(folder: Path, original: Path) -> dict[str, Tensor]:
    """The state of a `learn.model.Reader` from the files of an exported model.

    `original` is the file of MiniLM's weights: how its `value` and `out` share their size is given back to ours.
    """
    found = _arrays(folder / "reader.onnx") | _arrays(folder / "relations.onnx")
    factors = {name: found.pop(name) for name in list(found) if name.endswith(".factor")}
    embedded = ("encoder.tokens.weight", "encoder.positions.weight", "encoder.shapes.weight")
    state = {
        name: value.T.contiguous() if value.dim() == 2 and name.endswith(".weight") and name not in embedded else value
        for name, value in found.items()
    }
    state["label"] = found["label"].reshape(LABEL, -1, LABEL).permute(1, 0, 2).contiguous()
    state["vector.weight"] = torch.from_numpy(np.load(folder / "vector.npy").astype(np.float32).T.copy())
    theirs = Encoder().load_original(original).state_dict()
    for number in range(LAYERS):
        at = f"encoder.layers.{number}"
        for place, parts in (("attention", ("query", "key", "value")), ("inner", ("inner",)), ("outer", ("outer",))):
            for part in parts:
                state[f"{at}.{part}.weight"] *= factors.get(f"{at}.before_{place}.factor", 1.0)
        scale = (_share(theirs, f"layers.{number}") / _share(state, at)).sqrt()
        state[f"{at}.value.weight"] *= scale[:, None]
        state[f"{at}.value.bias"] *= scale
        state[f"{at}.out.weight"] /= scale
    return state


def _share(state: dict[str, Tensor], layer: str) -> Tensor:
    """How large the rows of `value` are beside the columns of `out` that they feed."""
    return state[f"{layer}.value.weight"].norm(dim=1) / state[f"{layer}.out.weight"].norm(dim=0)
