"""What was written by another version: of a service's questions, or of this program."""
