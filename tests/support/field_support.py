"""Fields for tests, of any kind."""

from typing import Any

from forms import Field, Text

EXAMPLES = {
    "date": "1945-03-08",
    "amount": "1500",
    "phone": "13800138000",
    "consent": "yes",
    "half_day": "any",
} | dict.fromkeys(("choice", "multiple_choice"), "here")


def field(kind: str, **more: Any) -> Field:
    """A private one, but for what `more` says otherwise."""
    if kind in ("choice", "multiple_choice"):
        more = {"choices": [{"id": "here", "label": {"zh": "这里", "en": "here"}}], **more}
    same = Text(zh="字", en="word")
    made = {"id": "it", "tier": "L3", "label": same, "question": same, "example": EXAMPLES.get(kind, "1")}
    return Field.model_validate({**made, "type": kind, **more})
