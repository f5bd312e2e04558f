"""Whom a form is about, and who brings it."""
