"""Widgets, theme and reader: they show what kiosk.session tells them and report what people do."""
