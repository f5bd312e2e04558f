"""What several tests of own words ask: the shipped classifier, learned once."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from project import ASSETS

from forms import Catalogue
from kiosk.derived.results import DerivedResults
from kiosk.intents import sounds
from kiosk.intents.intent_classifier import IntentClassifier


@pytest.fixture(scope="session", autouse=True)
def how_a_text_sounds_is_found_once() -> Iterator[None]:
    """Nine in ten requests are the same in each catalogue that is learned here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sounds, "syllables", cache(sounds.syllables))
        yield


@pytest.fixture(scope="session")
def classifier(catalogue: Catalogue, derived: Path) -> IntentClassifier:
    return IntentClassifier.load(ASSETS, catalogue, DerivedResults(derived))
