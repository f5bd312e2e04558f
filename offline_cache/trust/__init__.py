"""By what kiosk and hall know each other."""
