"""What several tests of own words ask: the shipped classifier, learned once."""

import pytest
from project import ASSETS

from forms import Catalogue
from kiosk.intents.intent_classifier import IntentClassifier


@pytest.fixture(scope="session")
def classifier(catalogue: Catalogue) -> IntentClassifier:
    return IntentClassifier.load(ASSETS, catalogue)
