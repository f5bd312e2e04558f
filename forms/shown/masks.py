"""How much of an answer may be seen by others."""

from forms.field import Field

MOST_HIDDEN = 20  # asterisks, of whatever is longer


def mask(field: Field, value: str) -> str:
    """The answer with its private middle replaced by asterisks; answers of the tiers L1 and L2 stay as they are."""
    if field.tier in ("L1", "L2") or value in ("", field.kind.none):
        return value
    first, last = field.kind.visible
    hidden = min(max(len(value) - first - last, 1), MOST_HIDDEN)
    return value[:first] + "*" * hidden + (value[-last:] if last else "")
