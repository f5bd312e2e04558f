"""What somebody wants, told in their own words: kiosk.asking.asker.Asker finds the `Meaning`."""

from kiosk.asking.meaning import CANNOT, HELP, Meaning

__all__ = ["CANNOT", "HELP", "Meaning"]
