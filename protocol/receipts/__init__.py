"""What kiosk and hall have to agree on about receipts."""
