"""What kiosk and hall have in common as processes of a machine."""
