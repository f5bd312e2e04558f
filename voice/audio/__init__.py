"""Samples as numbers: from files, at another rate, length or loudness; no devices."""
