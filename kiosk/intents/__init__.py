"""What somebody wants, told in their own words: kiosk.intents.asker.Asker finds the `Meaning`."""

from kiosk.intents.intent import CANNOT, HELP, Meaning

__all__ = ["CANNOT", "HELP", "Meaning"]
