"""How far activations reach where the exported graph quantises them, as training windows show it."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from learn.graph import Range
from learn.model import Reader


def ranges(reader: Reader, feeds: list[dict[str, Tensor]]) -> dict[str, Range]:
    """The least and the greatest input of every linear layer, and of the two biaffine products `arc` and `label`."""
    found: dict[str, Range] = {}

    def note(name: str, x: Tensor) -> None:
        low, high = found.get(name, (0.0, 0.0))
        found[name] = (min(low, float(x.min())), max(high, float(x.max())))

    def noting(name: str) -> Any:
        return lambda module, inputs: note(name, inputs[0])

    layers = [(name, module) for name, module in reader.named_modules() if isinstance(module, nn.Linear)]
    hooks = [module.register_forward_pre_hook(noting(name)) for name, module in layers]
    with torch.no_grad():
        for feed in feeds:
            words = reader.words(feed["ids"], feed["shapes"], feed["mask"], feed["starts"])
            out = reader.heads(words)
            note("arc", F.gelu(reader.deep(words)))
            note("label", out.dependents)
    for hook in hooks:
        hook.remove()
    return found
