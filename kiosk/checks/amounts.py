"""More than anybody can look through on a screen."""

from collections.abc import Iterator

from forms import Catalogue, Service
from kiosk.checks.finding import Finding
from kiosk.checks.parts import questions_of

MOST_CHOICES = 30  # of one question: five pages of large buttons


def too_many(catalogue: Catalogue, service: Service) -> Iterator[Finding]:
    """Of each question that offers its own choices."""
    for place, field in questions_of(service):
        if (many := len(field.choices)) > MOST_CHOICES:
            said = f"{many} choices are more than anybody looks through: at most {MOST_CHOICES}"
            hint = "Ask a question before it that narrows them: choices_from a list of regions.yaml, and choice_filter."
            yield Finding(service.id, (*place, "choices"), said, hint)
