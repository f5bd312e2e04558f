"""What visitors and staff do: actions and their handlers, the idle clock, save and return, speech and scan input."""
