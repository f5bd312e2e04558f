"""Parameters that somebody should have looked at by now, or that do not count yet. They are used all the same."""

from collections.abc import Iterator
from datetime import date

from forms import Catalogue
from forms.flaws.of_parameters import FILE, PART, flaws_of_parameters
from forms.reading.document import Document
from kiosk.checks.finding import Finding


def past_review(catalogue: Catalogue, document: Document, today: date) -> Iterator[Finding]:
    """Of those that the document sets."""
    written = document.data.get(PART)
    for flaw in flaws_of_parameters(catalogue.parameters, today) if isinstance(written, dict) else ():
        if flaw.keys[1] in written:
            yield Finding(FILE, flaw.keys, flaw.message, flaw.hint)
