"""A house number, with keys for words, or anything that is written or spelled."""

from collections.abc import Iterator
from functools import partial

from forms import Field
from kiosk.entry import spoken
from kiosk.entry.dictated import take_digits
from kiosk.entry.field_input import FieldInput, Hand
from kiosk.entry.privacy import count_back, filled_in


def _walk(hand: Hand, field: Field) -> Iterator[str]:
    for method in ("hand", "letters"):
        hand.do("way", method)
        yield method
    hand.do("way", "digits")


INPUT = FieldInput(
    methods=("digits", "hand", "letters"),
    word_keys=True,
    dictation=lambda field: "number",
    take=partial(take_digits, read=spoken.number),
    said=filled_in,
    read_back=count_back,
    walk=_walk,
)
