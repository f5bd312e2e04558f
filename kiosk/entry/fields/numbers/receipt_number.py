"""The number on a receipt, which may be scanned."""

from kiosk.entry.field_input import FieldInput

INPUT = FieldInput(dictation=lambda field: "digits", from_receipt=True)
