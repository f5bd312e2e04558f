"""Touches of several fingers, and scanners that type like a keyboard."""
