"""What several tests of own words ask: the shipped classifier, learned once."""

from pathlib import Path

import pytest
from project import ASSETS

from forms import Catalogue
from kiosk.derived.results import DerivedResults
from kiosk.intents.intent_classifier import IntentClassifier


@pytest.fixture(scope="session")
def classifier(catalogue: Catalogue, derived: Path) -> IntentClassifier:
    return IntentClassifier.load(ASSETS, catalogue, DerivedResults(derived))
