"""Sound files and what a recogniser hears in them, with what is wrong with the recording."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from voice.audio.recordings import AudioError, is_clipped, read_wav
from voice.recognition.quality import is_narrow, is_spoken
from voice.recognition.recogniser import Heard, Recogniser


def heard_in(
    recogniser: Recogniser, files: Sequence[Path], warn: Callable[[str], None]
) -> Iterator[tuple[Path, Heard | None]]:
    """Each file with what is heard in it; None, and a warning, where it cannot be read."""
    for path in files:
        try:
            samples = read_wav(path)
            heard = recogniser.hear(samples)
        except AudioError as error:
            warn(str(error))
            yield path, None
            continue
        if not is_spoken(samples):
            warn(f"Nobody speaks in {path}: record it again, nearer to the microphone.")
        if is_clipped(samples):
            warn(f"{path} is too loud, so that the tops of the sound are cut off: turn the microphone down.")
        if is_narrow(samples) and heard.text:
            warn(f"{path} has no sound above 4 kHz, so nothing in it is accepted: record it at 16 kHz or more.")
        yield path, heard
