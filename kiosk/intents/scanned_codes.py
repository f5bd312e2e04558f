"""What a scanned code is: a slip, a receipt, a badge of staff, an ID card's number, or nothing of ours.

No address in one is ever opened: of that of a receipt's page the number is read, and the rest is dropped.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from stdnum import luhn

from forms.values import resident_id
from kiosk.devices.cards import Card
from kiosk.state.slip import key_in
from protocol.receipts.phone_page import number_in
from protocol.staff.badge import is_badge

_RECEIPT = re.compile(r"(?:YLK1\W?)?([1-9]\d{11})", re.IGNORECASE)


@dataclass(frozen=True)
class ScannedSlip:
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class ScannedReceipt:
    number: str


@dataclass(frozen=True)
class ScannedBadge:
    text: str = field(repr=False)  # whether it is good says kiosk.hall.staff_at_kiosk


def read(text: str, today: date) -> ScannedSlip | ScannedReceipt | ScannedBadge | Card | None:
    """What the text of a code stands for; None when it is nothing that this kiosk knows."""
    text = text.strip()
    if is_badge(text):
        return ScannedBadge(text)
    if key := key_in(text):
        return ScannedSlip(key)
    receipt = _RECEIPT.fullmatch(text)
    number = receipt[1] if receipt else number_in(text)
    if number and luhn.is_valid(number):
        return ScannedReceipt(number)
    if resident_id.problem(text.upper(), today) is None:
        return Card(text.upper(), scanned=True)
    return None
