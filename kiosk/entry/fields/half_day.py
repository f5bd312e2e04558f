"""A half of a day: one of those that the screen offers, morning and afternoon of a day beside each other."""

from kiosk.entry.field_input import FieldInput

INPUT = FieldInput(methods=(), leading=1, dictation=lambda field: "choice")
