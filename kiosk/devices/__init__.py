"""Scanner, ID-card reader and printer: one small interface each, and a stand-in for each that needs no device."""
