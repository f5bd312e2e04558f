"""Samples as numbers: another rate, another length, loudness; no devices."""
