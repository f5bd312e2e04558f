"""Parameters that somebody should have looked at by now. They count all the same."""

from collections.abc import Iterator
from datetime import date

from forms import Catalogue
from forms.expressions.parameters import Parameter
from forms.reading.document import Document
from kiosk.checks.finding import Finding

FILE = "parameters.yaml"


def past_review(catalogue: Catalogue, document: Document, today: date) -> Iterator[Finding]:
    """Of those that the document sets."""
    written = document.data.get("parameters")
    for name in written if isinstance(written, dict) else ():
        parameter = catalogue.parameters.get(name)
        if isinstance(parameter, Parameter) and parameter.review_by and parameter.review_by < today:
            said = f"whether {name} still holds was to be looked at by {parameter.review_by}"
            hint = "Look, then write the day by which to look again. Until then it counts as it is."
            yield Finding(FILE, ("parameters", name, "review_by"), said, hint)
