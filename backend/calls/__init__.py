"""Calls for a staff member."""
