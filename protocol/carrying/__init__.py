"""Forms and receipts that a person carries between kiosk and hall."""
