"""Whether a paper is here, or who brings it: three buttons."""

from kiosk.entry.field_input import FieldInput

INPUT = FieldInput(methods=(), dictation=lambda field: "choice")
