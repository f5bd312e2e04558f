"""Reading what people write: YAML with the line of everything, and all that is wrong in it."""
