"""The things that can be touched or read."""
