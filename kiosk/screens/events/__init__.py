"""A life event before its questions: its errands, and what to have at hand."""
