"""A walk through every screen with nobody there: for doctor, phrase lists, prompts and pictures."""
