"""Which checks of a county count: registered and revoked by a person, told to kiosks."""
