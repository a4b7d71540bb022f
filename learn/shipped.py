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

from learn.model import ARC, LABEL, LAYERS, Encoder

MODEL = Path("src/dragoman/read/model")
_QUANTISED = "_output_0_output_quantized"


def _arrays(path: Path) -> dict[str, Tensor]:
    """Every float initialiser by its name, and the dequantised weights of matrix products by their place."""
    graph = onnx.load(str(path)).graph
    raw = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def whole(name: str) -> Tensor:
        stem = name.removesuffix("_quantized")
        values = raw[name].astype(np.float32) - raw[f"{stem}_zero_point"].astype(np.float32)
        return torch.from_numpy(values * raw[f"{stem}_scale"])

    found = {
        name.removeprefix("reader."): torch.from_numpy(value.copy())
        for name, value in raw.items()
        if name.startswith("reader.") and value.dtype == np.float32 and not name.endswith("_scale")
    }
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            found[node.output[0].removesuffix(_QUANTISED).strip("/").replace("/", ".")] = whole(node.input[1])
        elif node.op_type == "Gather" and node.input[0].endswith("weight_quantized"):
            found[node.input[0].removeprefix("reader.").removesuffix("_quantized")] = whole(node.input[0])
    return found


def shipped(folder: Path, original: Path) -> dict[str, Tensor]:
    """The state of a `learn.model.Reader` from the files of an exported model.

    `original` is the file of MiniLM's weights: how its `value` and `out` share their size is given back to ours.
    """
    found = _arrays(folder / "reader.onnx")
    state: dict[str, Tensor] = {
        "label": found.pop("MatMul_2").reshape(LABEL, -1, LABEL).permute(1, 0, 2).contiguous(),
        "arc": found.pop("MatMul").reshape(ARC, ARC),
        "vector.weight": torch.from_numpy(np.load(folder / "vector.npy").astype(np.float32).T.copy()),
    }
    factors = {name: found.pop(name) for name in list(found) if name.endswith(".factor")}
    for name, value in found.items():
        if name.endswith(".MatMul"):
            state[f"{name.removesuffix('.MatMul')}.weight"] = value.T.contiguous()
        else:
            state[name] = value
    theirs = Encoder().load_original(original).state_dict()
    for number in range(LAYERS):
        at = f"encoder.layers.{number}"
        for place, parts in (("attention", ("query", "key", "value")), ("inner", ("inner",)), ("outer", ("outer",))):
            for part in parts:
                state[f"{at}.{part}.weight"] *= factors[f"{at}.before_{place}.factor"]
        scale = (_share(theirs, f"layers.{number}") / _share(state, at)).sqrt()
        state[f"{at}.value.weight"] *= scale[:, None]
        state[f"{at}.value.bias"] *= scale
        state[f"{at}.out.weight"] /= scale
    return state


def _share(state: dict[str, Tensor], layer: str) -> Tensor:
    """How large the rows of `value` are beside the columns of `out` that they feed."""
    return state[f"{layer}.value.weight"].norm(dim=1) / state[f"{layer}.out.weight"].norm(dim=0)
