"""One handler for each action; the table is kiosk/session/perform.py."""
