"""The acoustic network: a small time-delay network (TDNN) that names a sound, or the blank, every 30 ms."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from voice.recognition.pinyin import PHONES
from voice.training.clips.features import SIZE
from voice.training.kaldi import Floats, Layer

HIDDEN = 320
STRIDE = 3  # feature frames an output frame
# Each layer sees its input at -n, 0, +n feature frames. The second one is evaluated at every STRIDE-th frame only.
REACH = (1, 1, 3, 3, 3, 6, 6)
CONTEXT = sum(REACH)
DROPOUT = 0.08


class Network(nn.Module):  # type: ignore[misc]
    """(batch, frames, SIZE) features, CONTEXT frames added at both ends -> (batch, frames / STRIDE, sounds) logits."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(SIZE))
        self.register_buffer("spread", torch.ones(SIZE))
        sizes = [SIZE] + [HIDDEN] * len(REACH)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(
                sizes[n], sizes[n + 1], 3, stride=STRIDE if n == 1 else 1, dilation=reach if n < 2 else reach // STRIDE
            )
            for n, reach in enumerate(REACH)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(HIDDEN) for _ in REACH)
        self.out = nn.Conv1d(HIDDEN, len(PHONES) + 1, 1)

    def forward(self, features: Tensor) -> Tensor:
        hidden = ((features - self.mean) / self.spread).transpose(1, 2)
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            hidden = functional.dropout(functional.relu(norm(convolution(hidden))), DROPOUT, self.training)
        logits: Tensor = self.out(hidden)
        return logits.transpose(1, 2)

    def layers(self) -> list[Layer]:
        """The network as affine layers: input and batch normalisation folded into the weights."""
        found = []
        mean, spread = _numpy(self.mean), _numpy(self.spread)
        for number, (convolution, norm) in enumerate(zip(self.convolutions, self.norms, strict=True)):
            scale = _numpy(norm.weight) / np.sqrt(_numpy(norm.running_var) + norm.eps)
            weight = _numpy(convolution.weight).transpose(0, 2, 1) * scale[:, None, None]  # (out, offset, in)
            bias = (_numpy(convolution.bias) - _numpy(norm.running_mean)) * scale + _numpy(norm.bias)
            if number == 0:
                weight = weight / spread
                bias = bias - (weight * mean).sum(axis=(1, 2))
            reach = REACH[number]
            found.append(Layer((-reach, 0, reach), weight.reshape(len(bias), -1), bias))
        return [*found, Layer((0,), _numpy(self.out.weight)[:, :, 0], _numpy(self.out.bias))]


def _numpy(tensor: Tensor) -> Floats:
    values: Floats = tensor.detach().cpu().numpy().astype(np.float32)
    return values
