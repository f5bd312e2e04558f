"""The number of a bank card."""

from kiosk.entry.field_input import FieldInput

INPUT = FieldInput(dictation=lambda field: "digits")
