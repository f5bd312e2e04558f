"""For whoever looks after a terminal: settings, doctor, the staff PIN."""
