"""How far an earlier errand has got."""

from dataclasses import dataclass

from forms import Text


@dataclass(frozen=True)
class ProgressLine:
    """`status`, in the hall's words, is None while the form is still on this kiosk."""

    receipt_number: str
    service_id: str
    status: Text | None
    note: str = ""
