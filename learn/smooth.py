"""Makes a reader easier to write in int8: no few large channels set the step of all others.

The input of a matrix product is divided by a scale a channel and the weights multiplied by it: the product is the
same. After a layer norm the scale weighs the channel's largest activation against its largest weight (SmoothQuant,
Xiao et al. 2023); after GELU only channels that reach beyond 4 are brought back to it; the context of the attention
is scaled for nothing, in the rows of `value`. On GUM and EWT it halves the words whose head int8 changes.
"""

from typing import Any

import torch
from torch import Tensor, nn

from learn.model import Layer, Reader

_TOWARDS_ACTIVATION, _REACH = 0.75, 4.0


class Scaled(nn.Module):
    """Divides the channels of a layer's input by their scales."""

    def __init__(self, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("factor", 1 / scale)

    def forward(self, x: Tensor) -> Tensor:
        return x * self.factor


def _peaks(reader: Reader, feeds: list[dict[str, Tensor]]) -> dict[nn.Module, Tensor]:
    """The largest absolute input of every linear layer of the encoder, by channel."""
    peaks: dict[nn.Module, Tensor] = {}

    def note(module: nn.Module, inputs: tuple[Any, ...]) -> None:
        most = inputs[0].abs().flatten(0, -2).amax(0)
        peaks[module] = torch.maximum(peaks[module], most) if module in peaks else most

    linear = [module for module in reader.encoder.modules() if isinstance(module, nn.Linear)]
    hooks = [module.register_forward_pre_hook(note) for module in linear]
    with torch.no_grad():
        for feed in feeds:
            reader.words(feed["ids"], feed["shapes"], feed["mask"], feed["starts"])
    for hook in hooks:
        hook.remove()
    return peaks


def smooth(reader: Reader, feeds: list[dict[str, Tensor]]) -> None:
    """Rewrite the encoder's weights in place, with scales taken from `feeds`; the outputs stay what they were."""
    peaks = _peaks(reader, feeds)
    with torch.no_grad():
        for layer in reader.encoder.layers:
            assert isinstance(layer, Layer)
            attention = [layer.query, layer.key, layer.value]
            layer.before_attention = _move(attention, _balance(peaks[layer.query], attention))
            layer.before_inner = _move([layer.inner], _balance(peaks[layer.inner], [layer.inner]))
            layer.before_outer = _move([layer.outer], (peaks[layer.outer] / _REACH).clamp(min=1))
            scale = _balance(peaks[layer.out], [layer.out])
            _move([layer.out], scale)
            layer.value.weight.div_(scale[:, None])
            layer.value.bias.div_(scale)


def _balance(peak: Tensor, layers: list[nn.Linear]) -> Tensor:
    weight = torch.cat([layer.weight for layer in layers]).abs().amax(0).clamp(min=1e-5)
    scale = peak.clamp(min=1e-5) ** _TOWARDS_ACTIVATION / weight ** (1 - _TOWARDS_ACTIVATION)
    return scale.clamp(min=1e-3)


def _move(layers: list[nn.Linear], scale: Tensor) -> Scaled:
    for layer in layers:
        layer.weight.mul_(scale)
    return Scaled(scale)
