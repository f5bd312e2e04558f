"""Widgets, theme and reader: they show what kiosk.Session says and report what people do."""
