"""A hall with one busy day in it, for a newcomer: all of it came in through the hall's own doors, from invented people.

Nothing of this is part of a hall that runs: only the command `hall demo` comes in here."""
