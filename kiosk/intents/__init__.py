"""What somebody wants, told in their own words: kiosk.intents.intent_classifier.IntentClassifier finds the `Intent`."""

from kiosk.intents.intent import CANNOT, HELP, Intent

__all__ = ["CANNOT", "HELP", "Intent"]
