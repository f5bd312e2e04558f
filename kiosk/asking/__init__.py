"""What somebody wants, told in their own words: `Asker` maps it to a service, to help, or to nothing."""

from kiosk.asking.asker import CANNOT, HELP, Asker, Meaning

__all__ = ["CANNOT", "HELP", "Asker", "Meaning"]
