"""Who looked at what and who changed what."""
