"""Asking other offices about a visitor, through the hall's provider."""
