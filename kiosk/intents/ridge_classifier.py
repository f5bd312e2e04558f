"""A small classifier of texts: least squares on weighted features, fitted from examples in milliseconds."""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from io import BytesIO
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
Numbers = NDArray[np.float64]
Keys = NDArray[np.uint64]
Rarity = NDArray[np.float32]
Weights = NDArray[np.float16]  # the chances have three digits
_NOTHING: Numbers = np.zeros(0)
_KEY_BYTES = 8  # among millions of features two alike are not to be expected
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

    def __init__(self, names: Sequence[str], keys: Keys, rarity: Rarity, weights: Weights) -> None:
        """`keys` (ascending) and `rarity` and the rows of `weights` are of the features, the columns of the classes
        with these names. A feature is known by its key alone: the texts of 150,000 would take 20 MB.
        """
        self.names = list(names)
        self._keys, self._rarity, self._weights = keys, rarity, weights
        self._most_rare = float(rarity.max(initial=0.0))

    @classmethod
    def fitted(cls, examples: Sequence[Features], classes: Sequence[str], mixed: str | None = None) -> Self:
        """`mixed` is the class in which the examples have little in common."""
        seen = Counter(name for example in examples for name in example)
        keys = _keys(seen)
        order = np.argsort(keys)
        rarity = np.log((len(examples) + 1) / np.array(list(seen.values())))[order].astype(np.float32)
        names = list(dict.fromkeys(classes))
        made = cls(names, keys[order], rarity, np.empty((len(seen), len(names)), np.float16))
        place = dict(zip(seen, np.argsort(order), strict=True))
        rows = [made._weighed(np.array([place[name] for name in one], np.int64), _values(one)) for one in examples]
        table = _Table(rows, len(seen))
        sizes, of = Counter(classes), np.array(classes)
        held_back = {name: _RIDGE * math.sqrt(size * len(sizes) / len(classes)) for name, size in sizes.items()}
        if mixed in held_back:
            held_back[mixed] *= _RIDGE_OF_MIXED
        ridge = np.array([held_back[one] for one in classes])
        for column, name in enumerate(names):  # one at a time: all together would take much memory
            wanted = (of == name).astype(np.float64)
            dual = _solve(lambda each: table.times(table.turned_times(each)) + ridge * each, wanted)
            made._weights[:, column] = table.turned_times(dual)
        return made

    def written(self) -> bytes:
        """For `read`: arrays and texts, nothing that would be run."""
        names = np.frombuffer(json.dumps(self.names).encode(), np.uint8)
        file = BytesIO()
        np.savez(file, names=names, keys=self._keys, rarity=self._rarity, weights=self._weights)
        return file.getvalue()

    @classmethod
    def read(cls, written: bytes) -> Self:
        """ValueError when that was not `written`."""
        try:
            with np.load(BytesIO(written), allow_pickle=False) as file:
                names = json.loads(file["names"].tobytes())
                keys, rarity, weights = file["keys"], file["rarity"], file["weights"]
        except (OSError, KeyError, TypeError, AttributeError, EOFError, BadZipFile) as error:
            raise ValueError(str(error)) from error
        if keys.shape != rarity.shape or weights.shape != (*keys.shape, len(names)):
            raise ValueError("its parts do not fit together")
        return cls(names, keys, rarity, weights)

    def chances(self, text: Features) -> dict[str, float]:
        """The chance of each class, together 1."""
        places, values = self._vector(text)
        odds = np.exp(_STEEPNESS * (values @ self._weights[places].astype(np.float64)))
        return dict(zip(self.names, (odds / odds.sum()).tolist(), strict=True))

    def _vector(self, text: Features) -> tuple[NDArray[np.int64], Numbers]:
        keys, values = _keys(text), _values(text)
        places = np.searchsorted(self._keys, keys)
        known = np.searchsorted(self._keys, keys, "right") > places
        return self._weighed(places[known], values[known], values[~known])

    def _weighed(
        self, places: NDArray[np.int64], values: Numbers, unknown: Numbers = _NOTHING
    ) -> tuple[NDArray[np.int64], Numbers]:
        """The places of what is known of a text, and what each counts there when the text is one long."""
        values = values * self._rarity[places]
        length = math.sqrt(float(values @ values) + _UNKNOWN * float(unknown @ unknown) * self._most_rare**2)
        return places, values / (length or 1.0)


def _keys(features: Iterable[str]) -> Keys:
    digests = b"".join(blake2b(name.encode(), digest_size=_KEY_BYTES).digest() for name in features)
    return np.frombuffer(digests, np.dtype("<u8"))


def _values(text: Features) -> Numbers:
    return np.fromiter(text.values(), np.float64, len(text))


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
