"""The terminal's fixed texts, how texts are written, and what may be said aloud."""
