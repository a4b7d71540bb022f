"""The reading model as an ONNX graph written operator by operator, so that each is one that is fast on a processor.

Weights are int8 with one scale an output channel; activations are quantised with steps fixed beforehand from what
training windows show (`learn.ranges`), so that no window's neighbours change what it gives. Query, key and value share
one quantised input; attention is one operator that knows where each window ends; the sum before a layer norm stays
apart from it (fused, it is seven times slower on a processor). Initialisers bear the names of the checkpoint's
parameters, with `.scale` for the steps of int8 weights: `learn.shipped` reads them back.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from learn.model import ARC, HEADS, LABEL, LAYERS, H, Reader

Range = tuple[float, float]
Ranges = Mapping[str, Range]
_CONTRIB = "com.microsoft"
_FLOAT, _LONG = TensorProto.FLOAT, TensorProto.INT64


class Graph:
    """Nodes and initialisers as they are added; every method gives the name of what it made."""

    def __init__(self, weights: Mapping[str, np.ndarray], ranges: Ranges) -> None:
        self.weights, self.ranges = weights, ranges
        self.nodes: list[onnx.NodeProto] = []
        self.held: dict[str, np.ndarray] = {}

    def hold(self, name: str, value: np.ndarray | np.generic) -> str:
        self.held[name] = np.ascontiguousarray(value) if np.ndim(value) else np.asarray(value)
        return name

    def whole(self, name: str, *values: int) -> str:
        """A constant of whole numbers."""
        return self.hold(name, np.array(values, np.int64))

    def add(self, kind: str, inputs: Sequence[str], name: str, *, domain: str = "", **attributes: object) -> str:
        self.split(kind, inputs, [name], domain=domain, **attributes)
        return name

    def split(
        self, kind: str, inputs: Sequence[str], names: Sequence[str], *, domain: str = "", **attributes: object
    ) -> None:
        """An operator with several results."""
        self.nodes.append(helper.make_node(kind, inputs, names, name=f"{names[0]}:{kind}", domain=domain, **attributes))

    def steps(self, x: str, place: str) -> tuple[str, str, str]:
        """`x` in unsigned 8-bit steps over the range of `place`: the values, the step and the zero."""
        low, high = min(self.ranges[place][0], 0.0), max(self.ranges[place][1], 0.0)
        step = (high - low) / 255
        self.hold(f"{place}.in.step", np.float32(step))
        self.hold(f"{place}.in.zero", np.uint8(np.clip(round(-low / step), 0, 255)))
        inputs = [x, f"{place}.in.step", f"{place}.in.zero"]
        return self.add("QuantizeLinear", inputs, f"{place}.in"), inputs[1], inputs[2]

    def product(self, steps: tuple[str, str, str], name: str, weight: np.ndarray, bias: str = "") -> str:
        """The product with an int8 weight [in, out], plus the bias of that name, in fp32."""
        scale = np.maximum(np.abs(weight).max(0), 1e-9) / 127
        self.hold(name, np.rint(weight / scale).astype(np.int8))
        self.hold(f"{name}.scale", scale.astype(np.float32))
        if bias:
            self.hold(bias, self.weights[bias])
        inputs = [steps[0], name, steps[1], f"{name}.scale", steps[2], "", bias]
        return self.add("MatMulIntegerToFloat", inputs, f"{name}.out", domain=_CONTRIB)

    def linear(self, steps: tuple[str, str, str], name: str) -> str:
        """A linear layer of the checkpoint."""
        return self.product(steps, f"{name}.weight", self.weights[f"{name}.weight"].T, f"{name}.bias")

    def norm(self, x: str, name: str, out: str = "") -> str:
        parts = [self.hold(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [x, *parts], out or f"{name}.out", axis=-1, epsilon=1e-12)

    def scaled(self, x: str, place: str) -> str:
        """`x` times the factors that `learn.smooth` put at this place, where there are any but 1."""
        factor = self.weights.get(f"{place}.factor")
        if factor is None or (factor == 1).all():
            return x
        return self.add("Mul", [x, self.hold(f"{place}.factor", factor)], f"{place}.out")

    def save(self, path: Path, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]) -> None:
        held = [numpy_helper.from_array(value, name) for name, value in self.held.items()]
        graph = helper.make_graph(self.nodes, path.stem, inputs, outputs, held)
        versions = [helper.make_opsetid("", 24), helper.make_opsetid(_CONTRIB, 1)]
        onnx.save(helper.make_model(graph, opset_imports=versions, ir_version=10), path)


def write_reader(reader: Reader, ranges: Ranges, path: Path, *, layers: int = LAYERS) -> None:
    """Encoder and heads but the labels of arcs; fewer `layers` only to see what they would cost."""
    graph = Graph({name: value.detach().numpy() for name, value in reader.state_dict().items()}, ranges)
    outputs: list[onnx.ValueInfoProto] = []

    def gives(name: str, kind: int, *shape: str | int) -> None:
        outputs.append(helper.make_tensor_value_info(name, kind, ["windows", "words", *shape]))

    graph.whole("one", 1)
    graph.whole("width", H)
    x = _embedded(graph)
    rows = _rows(graph)
    for number in range(layers):
        x = _layer(graph, x, number, rows if number == layers - 1 else "")
    words = graph.steps("states", "tags")
    graph.whole("sizes", *reader.sizes.values())
    graph.split("Split", [graph.linear(words, "tags"), "sizes"], [f"{head}.of" for head in reader.sizes], axis=-1)
    for head, kind in (("upos", TensorProto.UINT8), ("feats", TensorProto.INT16), ("lemma", TensorProto.INT16)):
        graph.add("ArgMax", [f"{head}.of"], f"{head}.best", axis=-1, keepdims=0)
        graph.add("Cast", [f"{head}.best"], head, to=kind)
        gives(head, kind)
    graph.add("Squeeze", ["start.of", graph.whole("last", -1)], "start")
    gives("start", _FLOAT)
    for head in ("names", "nominals", "attribution"):
        graph.add("Identity", [f"{head}.of"], head)
        gives(head, _FLOAT, reader.sizes[head])
    deep = graph.add("Gelu", [graph.linear(words, "deep")], "deep.gelu")
    graph.whole("halves", ARC, ARC, LABEL, LABEL)
    graph.split("Split", [deep, "halves"], ["dependent", "governor", "dependents", "governors"], axis=-1)
    moved = graph.product(graph.steps("dependent", "arc"), "arc", graph.weights["arc"], "arc_bias")
    graph.add("FusedMatMul", [moved, "governor"], "arcs", domain=_CONTRIB, transB=1, alpha=1 / math.sqrt(ARC))
    gives("arcs", _FLOAT, "words")
    gives("dependents", _FLOAT, LABEL)
    gives("governors", _FLOAT, LABEL)
    gives("states", _FLOAT, H)
    inputs = [helper.make_tensor_value_info(name, _LONG, ["windows", "pieces"]) for name in ("ids", "shapes", "mask")]
    graph.save(path, [*inputs, helper.make_tensor_value_info("starts", _LONG, ["windows", "words"])], outputs)


def write_relations(reader: Reader, ranges: Ranges, path: Path) -> None:
    """The best label of n arcs from the halves of their dependents and governors, [n, 96] each."""
    graph = Graph({name: value.detach().numpy() for name, value in reader.state_dict().items()}, ranges)
    label = graph.weights["label"].transpose(1, 0, 2).reshape(LABEL, -1)
    moved = graph.product(graph.steps("dependents", "label"), "label", label)
    graph.add("Reshape", [moved, graph.whole("apart", -1, reader.labels, LABEL)], "moved")
    graph.add("Unsqueeze", ["governors", graph.whole("last", -1)], "upright")
    graph.add("FusedMatMul", ["moved", "upright"], "pairs", domain=_CONTRIB, alpha=4 / math.sqrt(LABEL))
    graph.add("Squeeze", ["pairs", "last"], "scores")
    parts = ["scores"]
    for half, name in (("dependents", "of_dependent"), ("governors", "of_governor")):
        weight = graph.hold(f"{name}.weight", graph.weights[f"{name}.weight"].T)
        parts.append(graph.add("MatMul", [half, weight], f"{name}.out"))
    graph.add("Sum", [*parts, graph.hold("of_dependent.bias", graph.weights["of_dependent.bias"])], "sum")
    graph.add("ArgMax", ["sum"], "best", axis=-1, keepdims=0)
    graph.add("Cast", ["best"], "relations", to=TensorProto.UINT8)
    inputs = [helper.make_tensor_value_info(half, _FLOAT, ["arcs", LABEL]) for half in ("dependents", "governors")]
    graph.save(path, inputs, [helper.make_tensor_value_info("relations", TensorProto.UINT8, ["arcs"])])


def _embedded(graph: Graph) -> str:
    """The sum of a piece's embeddings; tokens in int8, each with a scale of its own."""
    tokens = graph.weights["encoder.tokens.weight"]
    scale = np.maximum(np.abs(tokens).max(1, keepdims=True), 1e-9) / 127
    graph.hold("encoder.tokens.weight", np.rint(tokens / scale).astype(np.int8))
    graph.hold("encoder.tokens.weight.scale", scale.astype(np.float32))
    graph.add("Gather", ["encoder.tokens.weight", "ids"], "tokens.steps")
    graph.add("Gather", ["encoder.tokens.weight.scale", "ids"], "tokens.scale")
    graph.add("Cast", ["tokens.steps"], "tokens.float", to=_FLOAT)
    graph.add("Mul", ["tokens.float", "tokens.scale"], "tokens")
    graph.hold("encoder.positions.weight", graph.weights["encoder.positions.weight"])
    graph.add("Shape", ["ids"], "pieces", start=1, end=2)
    graph.add("Slice", ["encoder.positions.weight", graph.whole("none", 0), "pieces", "none"], "positions.own")
    graph.add("Add", ["positions.own", graph.hold("encoder.kind", graph.weights["encoder.kind"])], "positions")
    graph.hold("encoder.shapes.weight", graph.weights["encoder.shapes.weight"])
    graph.add("Gather", ["encoder.shapes.weight", "shapes"], "shapes.own")
    graph.add("Add", ["tokens", "shapes.own"], "tokens.shaped")
    graph.add("Add", ["tokens.shaped", "positions"], "embedded")
    graph.add("ReduceSum", ["mask", "one"], "lengths", keepdims=0)
    return graph.norm("embedded", "encoder.norm")


def _rows(graph: Graph) -> str:
    """Where the first piece of every word stands among all pieces of the batch, [windows, words]."""
    graph.add("Shape", ["ids"], "windows", start=0, end=1)
    graph.add("Squeeze", ["windows"], "windows.number")
    graph.add("Squeeze", ["pieces"], "pieces.number")
    graph.hold("zero", np.int64(0))
    graph.hold("step", np.int64(1))
    graph.add("Range", ["zero", "windows.number", "step"], "window")
    graph.add("Mul", ["window", "pieces.number"], "begins.flat")
    graph.add("Unsqueeze", ["begins.flat", "one"], "begins")
    return graph.add("Add", ["starts", "begins"], "rows")


def _layer(graph: Graph, x: str, number: int, rows: str) -> str:
    """One layer; with `rows`, what comes after attention is done for these pieces alone, and its result is `states`."""
    name = f"encoder.layers.{number}"
    steps = graph.steps(graph.scaled(x, f"{name}.before_attention"), f"{name}.query")
    key, value = graph.linear(steps, f"{name}.key"), graph.linear(steps, f"{name}.value")
    if rows:
        flat = graph.whole("flat", -1, H)
        x, asked = (
            graph.add("Gather", [graph.add("Reshape", [one, flat], f"{one}.flat"), rows], f"{one}.words", axis=0)
            for one in (x, steps[0])
        )
        steps = (asked, *steps[1:])
    query = graph.linear(steps, f"{name}.query")
    context = graph.add(
        "Attention", [query, key, value, "", "", "", "lengths"], f"{name}.context",
        q_num_heads=HEADS, kv_num_heads=HEADS, scale=1 / math.sqrt(H // HEADS),
    )  # fmt: skip
    out = graph.linear(graph.steps(context, f"{name}.out"), f"{name}.out")
    x = graph.norm(graph.add("Add", [out, x], f"{name}.sum1"), f"{name}.norm1")
    steps = graph.steps(graph.scaled(x, f"{name}.before_inner"), f"{name}.inner")
    inner = graph.add("Gelu", [graph.linear(steps, f"{name}.inner")], f"{name}.gelu")
    steps = graph.steps(graph.scaled(inner, f"{name}.before_outer"), f"{name}.outer")
    summed = graph.add("Add", [graph.linear(steps, f"{name}.outer"), x], f"{name}.sum2")
    return graph.norm(summed, f"{name}.norm2", "states" if rows else "")
