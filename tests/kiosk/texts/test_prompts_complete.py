"""A text without a recorded prompt is a build failure, not silence."""

from project import ASSETS

from kiosk.texts.prompts import all_fixed_utterances
from voice.speech.prompts import Prompts

PROMPTS = ASSETS / "prompts"


def test_every_fixed_text_is_recorded_and_readable() -> None:
    prompts = Prompts.load(PROMPTS)
    assert prompts.missing(all_fixed_utterances(ASSETS)) == {"zh": [], "en": []}, "run make prompts"
    assert prompts.problems() == []


def test_the_prompts_stay_small() -> None:
    assert sum(path.stat().st_size for path in PROMPTS.rglob("*.opus")) < 40_000_000
