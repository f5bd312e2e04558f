"""How much of an answer may be seen or heard by others: ID 1+1, bank card last 4, phone 3+2, name surname only;
of dates and amounts nothing."""

from forms.schema import Field

_SHOWN = {"resident_id": (1, 1), "bank_card": (0, 4), "phone": (3, 2), "person_name": (1, 0)}  # first, last characters


def mask(field: Field, value: str) -> str:
    """The answer with its private middle replaced by asterisks; answers of the tiers L1 and L2 stay as they are."""
    if field.tier in ("L1", "L2") or not value or value == "none":
        return value
    first, last = _SHOWN.get(field.type, (0, 0))
    hidden = max(len(value) - first - last, 1)
    return value[:first] + "*" * hidden + (value[-last:] if last else "")
