"""How each kind of field is put in, dictated, shown and said: one module for each module of forms/fields/.

To add a kind, add a module here that defines `INPUT`, a kiosk.entry.field_input.FieldInput, beside the one of the same
name in forms/fields/.
"""
