"""How the hall itself is: for programs, and for staff."""
