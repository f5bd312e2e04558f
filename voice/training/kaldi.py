"""Writes an acoustic model in Kaldi's binary format: the TransitionModel and an nnet3 network. No Kaldi needed.

The layouts are those of Kaldi's TransitionModel::Write, Nnet::Write and AmNnetSimple::Write (nnet3).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Layer:
    """An affine layer on its input spliced at `offsets` (in frames of the features), then ReLU unless it is the last.

    `weight` is (outputs, len(offsets) * inputs), offsets in order; `bias` (outputs,).
    """

    offsets: tuple[int, ...]
    weight: Floats
    bias: Floats


class _Writer:
    """Kaldi's binary primitives."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.write(b"\0B")

    def token(self, *names: str) -> None:
        self._file.write(b"".join(name.encode() + b" " for name in names))

    def line(self, text: str = "") -> None:
        self._file.write(text.encode() + b"\n")

    def integer(self, *values: int) -> None:
        self._file.write(b"".join(struct.pack("<bi", 4, value) for value in values))

    def real(self, value: float) -> None:
        self._file.write(struct.pack("<bf", 4, value))

    def double(self, value: float) -> None:
        self._file.write(struct.pack("<bd", 8, value))

    def integers(self, values: Sequence[int]) -> None:
        self._file.write(struct.pack("<bi", 4, len(values)) + np.asarray(values, "<i4").tobytes())

    def vector(self, values: Sequence[float] | Floats) -> None:
        self.token("FV")
        self.integer(len(values))
        self._file.write(np.asarray(values, "<f4").tobytes())

    def matrix(self, values: Floats) -> None:
        self.token("FM")
        self.integer(*values.shape)
        self._file.write(np.ascontiguousarray(values, "<f4").tobytes())


def write_model(path: Path, layers: Sequence[Layer], features: int) -> None:
    """`final.mdl` for a network over `features` inputs a frame, whose last layer gives one log-probability a sound."""
    with path.open("wb") as file:
        writer = _Writer(file)
        _write_transitions(writer, sounds=len(layers[-1].bias))
        _write_network(writer, layers, features)


def _write_transitions(writer: _Writer, sounds: int) -> None:
    """Every sound is a Kaldi phone (number + 1) of one state, with one transition to itself and one onward.

    Both carry the log-probability log 0.5, which a finished graph does not use.
    """
    phones = list(range(1, sounds + 1))
    writer.token("<TransitionModel>", "<Topology>")
    writer.integers(phones)
    writer.integers([-1, *([0] * sounds)])
    writer.integer(-1, 1)  # states have pdf classes of their own for self-loops; one topology
    writer.integer(2)  # states: one that hears, one that ends
    writer.integer(0, 0, 2)  # pdf class onward and for the self-loop, transitions
    for target in (0, 1):
        writer.integer(target)
        writer.real(0.5)
    writer.integer(-1, -1, 0)
    writer.token("</Topology>", "<Tuples>")
    writer.integer(sounds)
    for sound, phone in enumerate(phones):
        writer.integer(phone, 0, sound, sound)
    writer.token("</Tuples>", "<LogProbs>")
    writer.vector([0.0, *([float(np.log(0.5))] * (2 * sounds))])
    writer.token("</LogProbs>", "</TransitionModel>")


def _write_network(writer: _Writer, layers: Sequence[Layer], features: int) -> None:
    writer.token("<Nnet3>")
    writer.line()
    for line in _wiring(layers, features):
        writer.line(line)
    writer.line()
    writer.token("<NumComponents>")
    writer.integer(2 * len(layers))
    for number, layer in enumerate(layers):
        writer.token("<ComponentName>", f"affine{number}", "<FixedAffineComponent>", "<LinearParams>")
        writer.matrix(layer.weight)
        writer.token("<BiasParams>")
        writer.vector(layer.bias)
        writer.token("</FixedAffineComponent>")
        kind = "LogSoftmaxComponent" if layer is layers[-1] else "RectifiedLinearComponent"
        writer.token("<ComponentName>", f"shape{number}", f"<{kind}>")
        _write_statistics(writer, len(layer.bias))
        writer.token(f"</{kind}>")
    context = sum(max(layer.offsets) for layer in layers)
    writer.token("</Nnet3>", "<LeftContext>")
    writer.integer(context)
    writer.token("<RightContext>")
    writer.integer(context)
    writer.token("<Priors>")
    writer.vector([])


def _wiring(layers: Sequence[Layer], features: int) -> list[str]:
    lines = [f"input-node name=input dim={features}"]
    before = "input"
    for number, layer in enumerate(layers):
        spliced = ", ".join(f"Offset({before}, {offset})" if offset else before for offset in layer.offsets)
        source = f"Append({spliced})" if len(layer.offsets) > 1 else spliced
        lines.append(f"component-node name=affine{number} component=affine{number} input={source}")
        lines.append(f"component-node name=shape{number} component=shape{number} input=affine{number}")
        before = f"shape{number}"
    return [*lines, f"output-node name=output input={before} objective=linear"]


def _write_statistics(writer: _Writer, size: int) -> None:
    """The training statistics that every nonlinear component carries, all empty."""
    writer.token("<Dim>")
    writer.integer(size)
    for name in ("<ValueAvg>", "<DerivAvg>"):
        writer.token(name)
        writer.vector([])
    writer.token("<Count>")
    writer.double(0)
    writer.token("<OderivRms>")
    writer.vector([])
    for name in ("<OderivCount>", "<NumDimsSelfRepaired>", "<NumDimsProcessed>"):
        writer.token(name)
        writer.double(0)
