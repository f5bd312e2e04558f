"""How a visitor wants the screen and the voice."""

from dataclasses import dataclass
from typing import Literal

from kiosk.texts.languages import Lang


@dataclass(frozen=True)
class Look:
    """Reset between visitors."""

    lang: Lang = "zh"
    text: Literal["S", "M", "L"] = "M"
    contrast: Literal["default", "dark", "yellow"] = "default"
    speed: Literal["slow", "normal", "fast"] = "normal"
    volume: Literal["soft", "normal", "loud"] = "normal"
    reach: Literal["whole", "lower"] = "whole"  # where on a tall panel all that is touched stands
    headset: bool = False  # all speech goes there and nowhere else, private answers in full
