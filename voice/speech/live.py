"""The live voice for text that has no clip: pyttsx3 driving espeak-ng 1.52, robotic but instant.

pyttsx3 is used in the one way that is reliable: one worker thread, one rate, `save_to_file` only, one file a run.
Even so `runAndWait` may return before the engine has spoken, and the end of one run may cancel the next: so the end is
waited for, the file is checked, and a run that was cancelled is made again.
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

from voice.audio.loudness import levelled
from voice.audio.resample import resampled
from voice.audio.samples import Samples
from voice.audio.stretch import stretched
from voice.audio.trimming import trimmed
from voice.speech.sound import RATE, Lang, SpeechError, has_words

ENGINE = "espeak-ng 1.52, pyttsx3 2.99"
VOICES: dict[Lang, str] = {"zh": "sit/cmn", "en": "gmw/en-us"}
WORDS_PER_MINUTE = 170  # 3.6 characters a second in zh
LENGTH: dict[Lang, float] = {"zh": 1.0, "en": 1.4}  # in en that rate is 230 words a minute; 160 is calm
RUNS, LONGEST_RUN_S = 3, 10.0
KEPT = 64  # utterances kept in memory; never on disk, for they may name a person


class LiveVoiceError(SpeechError):
    """The live voice did not speak."""


class LiveVoice:
    """`say(text, lang)` gives samples. The engine starts with the first utterance; any thread may call."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-voice")
        self._engine: Any = None
        self._finished = threading.Event()
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
        try:
            with tempfile.TemporaryDirectory(prefix="yinling-voice-") as folder:
                for run in range(RUNS):
                    path = Path(folder, f"{run}.wav")
                    if self._run(text, lang, path) and (samples := _read(path)) is not None:
                        return levelled(stretched(samples, RATE, LENGTH[lang]), RATE)
        except OSError as error:
            raise LiveVoiceError(
                f"The live voice cannot write its temporary file ({error.strerror}): free some space in /tmp."
            ) from error
        raise LiveVoiceError("The live voice did not speak: restart the kiosk, and if it happens again run make setup.")

    def _run(self, text: str, lang: Lang, path: Path) -> bool:
        """Has the engine speak into `path`; False when it never came to an end."""
        self._finished.clear()
        self._engine.setProperty("voice", VOICES[lang])
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        return self._finished.wait(LONGEST_RUN_S)

    def _on_finished(self, name: str | None, completed: bool) -> None:
        self._finished.set()


def _read(path: Path) -> Samples | None:
    """What the engine wrote, at RATE; None when that is nothing: cancelled, or a failure that is only printed."""
    try:
        samples, rate = soundfile.read(path, dtype="int16")
    except soundfile.LibsndfileError:
        return None
    return trimmed(resampled(samples, rate, RATE), RATE) if samples.any() else None


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
