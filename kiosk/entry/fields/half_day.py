"""A half of a day: one of those that the screen offers."""

from kiosk.entry.field_input import FieldInput

INPUT = FieldInput(methods=(), dictation=lambda field: "choice")
