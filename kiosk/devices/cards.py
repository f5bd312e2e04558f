"""ID cards.

The drivers of card readers differ from maker to maker, so a small bridge program beside the driver writes one JSON line
a card, {"name": "王秀英", "number": "11010519491231002X"}, into a pipe (mkfifo) or over a serial line.
"""

import json
import logging
from dataclasses import dataclass, field
from datetime import date

from forms.values import resident_id

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Card:
    """What is used of an ID card. A scanned number comes without a name, and `scanned`: anybody can print it."""

    number: str = field(repr=False)
    name: str = field(default="", repr=False)
    scanned: bool = False


def card_in(line: str, today: date) -> Card | None:
    """The card that a line of a bridge program tells of; None, and the log says so, when it is none."""
    try:
        told = json.loads(line)
        name, number = told["name"], told["number"].strip().upper()
        wrong = resident_id.problem(number, today) if isinstance(name, str) else "no name"
    except (ValueError, KeyError, TypeError, AttributeError):
        wrong = "not a card"
    if wrong:
        log.warning("The card reader sent a line that is no card (%s).", wrong)  # never what the line says
        return None
    return Card(number, name.strip())
