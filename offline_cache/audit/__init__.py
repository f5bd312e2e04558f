"""What was done at this kiosk: a chain of records in a file beside the store."""
