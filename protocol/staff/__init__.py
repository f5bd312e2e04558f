"""Who of staff stands at a kiosk: badges, and the list of staff that kiosks keep for when the line is down."""
