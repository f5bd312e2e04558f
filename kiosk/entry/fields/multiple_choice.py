"""Several of the choices that the screen offers: each touch takes one or leaves it, a button goes on."""

from kiosk.entry.field_input import FieldInput

INPUT = FieldInput(methods=(), several=True, dictation=lambda field: "choice")
