"""Forms that a person carries here from a kiosk without a line."""
