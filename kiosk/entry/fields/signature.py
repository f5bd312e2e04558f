"""A signature by finger; who cannot write touches the choice that is offered beside the pad."""

from collections.abc import Iterator

from forms import Field
from kiosk.entry.field_input import FieldInput, Hand
from kiosk.entry.privacy import filled_in

_DOT = ((20.0, 20.0),)
_LINE = ((20.0, 20.0), (26.0, 21.0))


def _walk(hand: Hand, field: Field) -> Iterator[str]:
    hand.write(_DOT)
    hand.write(_LINE)
    yield "little"
    hand.do("erase")
    hand.do("clear")


INPUT = FieldInput(methods=("sign",), said=filled_in, drop_sure="sign.sure", walk=_walk)
