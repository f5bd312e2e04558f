"""That somebody agrees; who does not is offered help."""

from kiosk.entry.field_input import FieldInput, Offer

INPUT = FieldInput(
    methods=(),
    offers=(
        Offer("consent.yes", "yes", "consent_yes", "yes"),
        Offer("consent.no", "help", "consent_no", None, action="help"),
    ),
    dictation=lambda field: "choice",
    agreement=True,
)
