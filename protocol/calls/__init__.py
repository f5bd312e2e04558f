"""A call for a member of staff, from the press until it is over: the one machine of kiosk and hall."""
