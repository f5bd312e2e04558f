"""Sizes in millimetres, colours, letters, icons."""
