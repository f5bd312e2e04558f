"""Which recogniser fits the model in a folder: the bundled one, or one with words of its own."""

from collections.abc import Sequence
from pathlib import Path

from voice.recognition.bundled import BundledRecogniser
from voice.recognition.model import ModelError, check_model, has_words
from voice.recognition.official import OfficialRecogniser, check_official
from voice.recognition.recogniser import Recogniser


def recogniser_for(
    model_dir: Path,
    phrases: Sequence[str],
    accent: str = "default",
    own_words: tuple[tuple[str, ...], ...] = (),
    dictation: str | None = None,
) -> Recogniser:
    """The recogniser that fits what the folder holds; ModelError.

    A model of words hears `phrases` alone: it needs no `accent` or `own_words`, and takes no `dictation`.
    """
    _check_there(model_dir)
    if has_words(model_dir):
        return OfficialRecogniser(model_dir, phrases)
    return BundledRecogniser(model_dir, phrases, accent, own_words, dictation)


def check_any(model_dir: Path) -> None:
    """ModelError unless the model in the folder, of either kind, is whole."""
    _check_there(model_dir)
    if has_words(model_dir):
        check_official(model_dir)
    else:
        check_model(model_dir)


def _check_there(model_dir: Path) -> None:
    if not model_dir.is_dir():
        raise ModelError(
            f"There is no voice model in {model_dir}: set voice_model to bundled, or run kiosk voice install-model."
        )
