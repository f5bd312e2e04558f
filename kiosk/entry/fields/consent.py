"""That somebody agrees; who does not is told what can still be done."""

from kiosk.entry.field_input import FieldInput, Offer

INPUT = FieldInput(
    methods=(),
    offers=(
        Offer("consent.yes", "yes", "consent_yes", "yes"),
        Offer("consent.no", "no", "consent_no", None, action="decline"),
    ),
    dictation=lambda field: "choice",
    agreement=True,
)
