"""Staff who come to the kiosk: how they show who they are, and what they do while the visitor lets them."""
