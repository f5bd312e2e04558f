"""Hearing: phrases, dictation, own words."""
