"""What is personal is not sent without a yes."""

from collections.abc import Iterator

from forms import Service
from kiosk.checks.finding import Finding
from kiosk.checks.parts import questions_of

_PERSONAL = ("L3", "L4")


def without_consent(service: Service) -> Iterator[Finding]:
    """Of an application that asks personal things and never whether one agrees."""
    asked = list(questions_of(service))
    personal = [(place, field) for place, field in asked if field.tier in _PERSONAL and field.type != "consent"]
    if service.kind == "application" and personal and not any(field.type == "consent" for _, field in asked):
        place, field = personal[0]
        said = f"{field.id} is personal ({field.tier}), and nobody is asked whether they agree"
        yield Finding(service.id, place, said, "Add '- use: consent' as the last question.")
