"""The county's folder as this hall gives it to its kiosks."""
