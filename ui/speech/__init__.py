"""Reading screens aloud, listening, and what screen readers from outside are told."""
