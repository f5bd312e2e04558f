"""Forms that a person carries to the hall, and the receipts that come back."""
