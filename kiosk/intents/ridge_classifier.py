"""A small classifier of texts: least squares on weighted features, fitted from examples in milliseconds."""

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
Numbers = NDArray[np.float64]
Weights = NDArray[np.float32]
_RIDGE = 0.5  # how much the weights are held back; chosen on the development sentences, as the next two
_RIDGE_OF_MIXED = 0.4  # how much of that for a class in which the examples have little in common
_STEEPNESS = 16.0  # turns scores into chances
_EXACT = 0.03  # relative: when the equations count as solved; more exactly, no sentence would be understood better
_MOST_STEPS = 100
_TINY = 1e-30  # so that nothing is divided by 0
_UNKNOWN = 0.5  # how much a feature no example has counts in the length of a text, so that strange texts score low


class RidgeClassifier:
    """Scores a text for every class; near 0 for all of them when it is like no example.

    Ridge regression towards 1 for the class of an example and 0 for the others, a class of few examples counting as
    much as one of many.
    """

    def __init__(self, names: Sequence[str], features: Sequence[str], rarity: Numbers, weights: Weights) -> None:
        """`rarity` and the rows of `weights` are of the features, its columns of the classes with these names."""
        self.names = list(names)
        self._column = {name: place for place, name in enumerate(features)}
        self._rarity = rarity
        self._most_rare = float(rarity.max(initial=0.0))
        self._weights = weights

    @classmethod
    def fitted(cls, examples: Sequence[Features], classes: Sequence[str], mixed: str | None = None) -> Self:
        """`mixed` is the class in which the examples have little in common."""
        seen = Counter(name for example in examples for name in example)
        names, rarity = list(dict.fromkeys(classes)), [math.log((len(examples) + 1) / count) for count in seen.values()]
        weights = np.empty((len(seen), len(names)), np.float32)  # the chances have three digits
        made = cls(names, list(seen), np.array(rarity), weights)
        table = _Table([made._vector(example) for example in examples], len(seen))
        sizes, of = Counter(classes), np.array(classes)
        held_back = {name: _RIDGE * math.sqrt(size * len(sizes) / len(classes)) for name, size in sizes.items()}
        if mixed in held_back:
            held_back[mixed] *= _RIDGE_OF_MIXED
        ridge = np.array([held_back[one] for one in classes])
        for place, name in enumerate(names):  # one at a time: all together would take much memory
            wanted = (of == name).astype(np.float64)
            dual = _solve(lambda each: table.times(table.turned_times(each)) + ridge * each, wanted)
            weights[:, place] = table.turned_times(dual)
        return made

    def written(self) -> bytes:
        """For `read`: arrays and texts, nothing that would be run."""
        words = json.dumps([self.names, list(self._column)]).encode()
        file = BytesIO()
        np.savez(file, words=np.frombuffer(words, np.uint8), rarity=self._rarity, weights=self._weights)
        return file.getvalue()

    @classmethod
    def read(cls, written: bytes) -> Self:
        """ValueError when that was not `written`."""
        try:
            with np.load(BytesIO(written), allow_pickle=False) as file:
                names, features = json.loads(file["words"].tobytes())
                rarity, weights = file["rarity"], file["weights"]
        except (OSError, KeyError, TypeError, AttributeError, EOFError, BadZipFile) as error:
            raise ValueError(str(error)) from error
        if rarity.shape != (len(features),) or weights.shape != (len(features), len(names)):
            raise ValueError("its parts do not fit together")
        return cls(names, features, rarity, weights)

    def chances(self, text: Features) -> dict[str, float]:
        """The chance of each class, together 1."""
        columns, values = self._vector(text)
        odds = np.exp(_STEEPNESS * (values @ self._weights[columns]))
        return dict(zip(self.names, (odds / odds.sum()).tolist(), strict=True))

    def _vector(self, text: Features) -> tuple[NDArray[np.int64], Numbers]:
        known = [name for name in text if name in self._column]
        columns = np.array([self._column[name] for name in known], np.int64)
        values = np.array([text[name] for name in known]) * self._rarity[columns]
        unknown = sum(weight**2 for name, weight in text.items() if name not in self._column)
        length = math.sqrt(float(values @ values) + _UNKNOWN * unknown * self._most_rare**2)
        return columns, values / (length or 1.0)


class _Table:
    """One row an example, one column a feature, nearly all of it zero, times a number for each."""

    def __init__(self, rows: Sequence[tuple[NDArray[np.int64], Numbers]], columns: int) -> None:
        self._shape = len(rows), columns
        self._columns = np.concatenate([found for found, _ in rows])
        self._values = np.concatenate([values for _, values in rows])
        self._rows = np.repeat(np.arange(len(rows)), [len(found) for found, _ in rows])

    def times(self, weights: Numbers) -> Numbers:
        return _sums(self._rows, self._values * weights[self._columns], self._shape[0])

    def turned_times(self, each: Numbers) -> Numbers:
        return _sums(self._columns, self._values * each[self._rows], self._shape[1])


def _sums(places: NDArray[np.int64], values: Numbers, of: int) -> Numbers:
    """For each of so many places the sum of the values that belong there."""
    return np.asarray(np.bincount(places, values, of), np.float64)


def _solve(times: Callable[[Numbers], Numbers], wanted: Numbers) -> Numbers:
    """What `times` (symmetric, positive) turns into `wanted`, by conjugate gradients."""
    found = np.zeros_like(wanted)
    left = step = wanted
    size = float(left @ left)
    enough = _EXACT**2 * size
    for _ in range(_MOST_STEPS):
        if size <= enough:
            break
        turned = times(step)
        along = size / max(float(step @ turned), _TINY)
        found, left = found + along * step, left - along * turned
        before, size = size, float(left @ left)
        step = left + size / max(before, _TINY) * step
    return found
