"""A few words: written by hand, spelled, or put together of digits and the field's own keys."""

from collections.abc import Iterator

from forms import Field
from kiosk.entry.field_input import FieldInput, Hand
from kiosk.entry.privacy import filled_in


def _walk(hand: Hand, field: Field) -> Iterator[str]:
    for method in ("letters", "digits"):
        hand.do("way", method)
        yield method
    hand.do("way", "hand")


INPUT = FieldInput(methods=("hand", "letters", "digits"), word_keys=True, said=filled_in, walk=_walk)
