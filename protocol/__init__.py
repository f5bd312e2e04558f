"""What is said between kiosk and hall: the models of the wire, and the sealing of forms."""
