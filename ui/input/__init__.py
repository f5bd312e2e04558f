"""Fingers on the glass, and scanners that type."""
