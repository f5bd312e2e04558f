"""What was said of each form by which rules, and what staff did then; nothing in it is of a person."""
