"""The name of a person: written by hand or spelled with letters, never dictated."""

from collections.abc import Iterator

from forms import Field
from kiosk.entry.field_input import FieldInput, Hand
from kiosk.entry.privacy import filled_in
from kiosk.entry.strokes import Stroke

# 王 as it is written
WANG: tuple[Stroke, ...] = (
    ((0.33, 0.25), (0.75, 0.24)),
    ((0.38, 0.47), (0.7, 0.46)),
    ((0.54, 0.26), (0.53, 0.72)),
    ((0.28, 0.74), (0.82, 0.72)),
)


def _walk(hand: Hand, field: Field) -> Iterator[str]:
    hand.do("way", "hand")
    for stroke in WANG:
        hand.write(stroke)
    yield "written"
    hand.do("next")
    yield "unpicked"
    hand.do("rub_out")
    for letter in "wang":
        hand.do("letter", letter)
    yield "composing"
    hand.do("clear")


INPUT = FieldInput(
    methods=("hand", "letters"),
    keys=("·",),  # joins the parts of many peoples' names
    said=filled_in,
    from_card="name",
    walk=_walk,
)
