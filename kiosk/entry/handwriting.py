"""Which character was written: strokes are drawn as an image, and PP-OCRv6 says what it may be. Offline, no Qt.

The model is Baidu's PP-OCRv6 small recogniser (Apache-2.0), as the PyPI package rapidocr carries it; only the model
file of that package is used. It was trained on lines of text: an image 48 pixels high gives a row of scores every 8
pixels, and a character alone is judged by its best row. It sees no order of strokes, so any order will do.
"""

import logging
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kiosk.entry.strokes import HandwritingError, Stroke, is_han

log = logging.getLogger(__name__)

HEIGHT = 48  # of the image, pixels: what the model takes
WIDTH = 64
CHARACTER = 42  # pixels, the longer side of what was written
PEN = 1.3  # pixels, half the width of the line
_STEP = 1.0  # pixels between the points of a line; closer ones change nothing


def model_file() -> Path:
    """Where the model lies. HandwritingError when set-up has not brought it."""
    package = find_spec("rapidocr")
    folders = (package.submodule_search_locations or []) if package else []
    for folder in folders:
        file = Path(folder) / "models" / "PP-OCRv6_rec_small.onnx"
        if file.is_file():
            return file
    raise HandwritingError(
        "The handwriting model is missing: run make setup. Names are spelled with letters until then."
    )


class Handwriting:
    """Reads characters; the model is loaded with the first one."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._session: Any = None

    def __call__(self, strokes: Sequence[Stroke], many: int) -> list[str]:
        """The `many` likeliest Han characters; [] for no ink. HandwritingError when the model cannot be read."""
        ink = [stroke for stroke in strokes if stroke]
        if not ink:
            return []
        if self._session is None:
            self._load()
        scores: NDArray[np.float32] = self._session.run(None, {"x": picture(ink)})[0][0]
        best = scores[:, self._places].max(axis=0)
        return [self._characters[at] for at in np.argsort(-best)[:many]]

    def _load(self) -> None:
        import onnxruntime  # 20 MB, and only for those who write

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        # Packed copies of the weights would be a little faster, and cost 15 MB.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.add_session_config_entry("session.disable_prepacking", "1")
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                os.fspath(self._model), options, providers=["CPUExecutionProvider"]
            )
            known = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        except _unreadable() as error:
            raise HandwritingError("The handwriting model cannot be read: run make setup.") from error
        # Place 0 of the scores is "no character".
        han = [(place, character) for place, character in enumerate(known, 1) if is_han(character)]
        self._places = np.array([place for place, _ in han])
        self._characters = [character for _, character in han]


def _unreadable() -> tuple[type[Exception], ...]:
    """What onnxruntime raises for a file that is damaged, or gone; its errors have no base of their own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as raised

    return (
        KeyError,
        raised.Fail,
        raised.InvalidProtobuf,
        raised.InvalidGraph,
        raised.NoSuchFile,
        raised.RuntimeException,
    )


def picture(strokes: Sequence[Stroke]) -> NDArray[np.float32]:
    """(1, 3, 48, 64): black lines (-1) on white (1) in the middle of the image, whatever the strokes' size."""
    lines = [np.array(stroke, dtype=np.float64) for stroke in strokes]
    everything = np.concatenate(lines)
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = CHARACTER / max(float((high - low).max()), 1e-6)
    move = np.array([WIDTH, HEIGHT]) / 2 - (low + high) / 2 * scale
    distance = np.full((HEIGHT, WIDTH), np.inf)
    grid = np.stack(np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5), axis=-1)
    for line in lines:
        points = _thinned(line * scale + move)
        for start, end in zip(points, points[1:] if len(points) > 1 else points, strict=False):
            np.minimum(distance, _away(grid, start, end), out=distance)
    ink = np.clip(PEN + 0.5 - distance, 0, 1)
    return np.broadcast_to((1 - 2 * ink).astype(np.float32), (1, 3, HEIGHT, WIDTH)).copy()


def _thinned(points: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    kept = [points[0]]
    for point in points[1:]:
        if np.hypot(*(point - kept[-1])) >= _STEP:
            kept.append(point)
    return kept


def _away(grid: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each point of the grid is from the line between two points."""
    along = end - start
    length = float(along @ along)
    offset = grid - start
    share = np.clip(offset @ along / length, 0, 1) if length else np.zeros(grid.shape[:2])
    gap = offset - share[..., None] * along
    away: NDArray[np.float64] = np.hypot(gap[..., 0], gap[..., 1])
    return away
