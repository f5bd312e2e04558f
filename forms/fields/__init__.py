"""The kinds of field: each module here is one, and its name is what a service file writes as `type`.

To add a kind, add a module here that defines `KIND`, a forms.field.FieldKind, and one of the same name in
kiosk/entry/fields/. Its error codes get their texts in assets/messages.yaml, and explain.TYPE in assets/strings.yaml
says what to tell those who ask why.
"""
