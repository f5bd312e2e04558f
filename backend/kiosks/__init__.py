"""Kiosks: that they are alive, and what each asks of a hall first."""
