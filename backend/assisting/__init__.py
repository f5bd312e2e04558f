"""Staff who help at a kiosk: their badges, who stands where, and the list of staff that kiosks keep."""
