"""The live voice for text that has no clip: pyttsx3 driving espeak-ng 1.52, robotic but instant.

pyttsx3 is used in the one way that is reliable: one worker thread, one rate, `save_to_file` only, one file a run.
"""

import ctypes
import os
import tempfile
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import espeakng_loader
import soundfile

from voice.loudness import levelled
from voice.resample import resampled
from voice.sound import RATE, Lang, Samples, SpeechError, has_words, trimmed

ENGINE = "espeak-ng 1.52, pyttsx3 2.99"
VOICES: dict[Lang, str] = {"zh": "sit/cmn", "en": "gmw/en-us"}
WORDS_PER_MINUTE = 170  # 3.7 characters a second in zh
KEPT = 64  # utterances kept in memory; never on disk, for they may name a person


class LiveVoiceError(SpeechError):
    """The live voice did not speak."""


class LiveVoice:
    """`say(text, lang)` gives samples. The engine starts with the first utterance; any thread may call."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-voice")
        self._engine: Any = None
        self._finished = False
        self._kept: OrderedDict[str, Samples] = OrderedDict()
        self._lock = threading.Lock()

    def say(self, text: str, lang: Lang) -> Samples:
        """Mono samples at RATE, at the loudness of the clips. ValueError when there is nothing to say."""
        if not has_words(text):
            raise ValueError("There is no word to speak in the text.")
        key = sha256("\n".join((text, VOICES[lang], str(WORDS_PER_MINUTE), ENGINE)).encode()).hexdigest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        samples = self._worker.submit(self._synthesise, text, lang).result()
        with self._lock:
            self._kept[key] = samples
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return samples

    def forget(self) -> None:
        """Drop what was said, as when a visit ends."""
        with self._lock:
            self._kept.clear()

    def close(self) -> None:
        self._worker.shutdown()

    def _synthesise(self, text: str, lang: Lang) -> Samples:
        if self._engine is None:
            self._engine = _start_engine()
            self._engine.connect("finished-utterance", self._on_finished)
        with tempfile.TemporaryDirectory(prefix="yinling-voice-") as folder:
            path = Path(folder, "utterance.wav")
            self._finished = False
            self._engine.setProperty("voice", VOICES[lang])
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            return _read(path, self._finished)

    def _on_finished(self, name: str | None, completed: bool) -> None:
        self._finished = completed


def _read(path: Path, finished: bool) -> Samples:
    """What the engine wrote, checked: runAndWait() may return early, and a failed file is only printed about."""
    trouble = "The live voice did not speak: restart the kiosk, and if it happens again run make setup."
    if not finished:
        raise LiveVoiceError(trouble)
    try:
        samples, rate = soundfile.read(path, dtype="int16")
    except soundfile.LibsndfileError as error:
        raise LiveVoiceError(trouble) from error
    if not samples.any():
        raise LiveVoiceError(trouble)
    return levelled(trimmed(resampled(samples, rate, RATE)), RATE)


def _start_engine() -> Any:
    """pyttsx3 on the bundled espeak-ng, never on a system one (Debian's 1.51 misreads Chinese characters)."""
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    try:
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        import pyttsx3
        from pyttsx3.drivers import espeak

        # The driver prints every saved file's name, where commands promise nothing but their own output.
        espeak.print = lambda *_: None
        engine = pyttsx3.init("espeak")
    except (OSError, ImportError, RuntimeError) as error:
        raise LiveVoiceError("The live voice cannot start on this machine: run make setup.") from error
    engine.setProperty("rate", WORDS_PER_MINUTE)
    return engine
