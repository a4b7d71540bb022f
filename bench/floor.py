"""What this machine can do at best with the encoder's matrices, measured: the floor under reading.

One processor core multiplies matrices of the encoder's shapes and nothing else, in 8-bit whole numbers as the model
does and in fp32; with the operations that a piece takes, that is the time no graph can beat.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

HIDDEN, INNER, LAYERS = 384, 1536, 6
SHAPES = ((HIDDEN, HIDDEN, 4), (HIDDEN, INNER, 1), (INNER, HIDDEN, 1))  # in, out, how often a layer has it
ROWS = (64, 128, 256)  # pieces multiplied at once
OPERATIONS = 2 * LAYERS * sum(rows * columns * often for rows, columns, often in SHAPES)  # a piece; 2 a multiply-add


def rates(*, rounds: int = 30) -> tuple[float, float]:
    """Operations a second of one core at the encoder's shapes: int8, fp32. Of each the best of all rows."""
    return max(_rate(rows, True, rounds) for rows in ROWS), max(_rate(rows, False, rounds // 3) for rows in ROWS)


def _rate(rows: int, whole: bool, rounds: int) -> float:
    seconds = sum(often * _best(rows, inner, columns, whole, rounds) for inner, columns, often in SHAPES)
    return rows * OPERATIONS / LAYERS / seconds


def _best(rows: int, inner: int, columns: int, whole: bool, rounds: int) -> float:
    """The least processor seconds of one product, timed five at a time."""
    session = _product(inner, columns, whole)
    draw = np.random.default_rng(0)
    given = draw.integers(0, 255, (rows, inner)).astype(np.uint8) if whole else draw.normal(size=(rows, inner))
    feed = {"x": given if whole else given.astype(np.float32)}
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(5):
            session.run(None, feed)
        best = min(best, (time.process_time() - begun) / 5)
    return best


def _product(inner: int, columns: int, whole: bool) -> Any:
    import onnxruntime as ort
    from onnx import TensorProto, helper, numpy_helper

    draw = np.random.default_rng(1)
    if whole:
        held = {
            "w": draw.integers(-127, 127, (inner, columns)).astype(np.int8),
            "zero": np.array(128, np.uint8),
            "zeros": np.zeros(columns, np.int8),
        }
        node = helper.make_node("MatMulInteger", ["x", "w", "zero", "zeros"], ["y"])
        kinds = (TensorProto.UINT8, TensorProto.INT32)
    else:
        held = {"w": draw.normal(size=(inner, columns)).astype(np.float32)}
        node = helper.make_node("MatMul", ["x", "w"], ["y"])
        kinds = (TensorProto.FLOAT, TensorProto.FLOAT)
    ends = [
        helper.make_tensor_value_info(name, kind, ["rows", size])
        for name, kind, size in zip("xy", kinds, (inner, columns))
    ]
    parts = [numpy_helper.from_array(value, name) for name, value in held.items()]
    graph = helper.make_graph([node], "product", ends[:1], ends[1:], parts)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
