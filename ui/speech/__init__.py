"""The reader, the listening bar, outside screen readers."""
