"""How numbers of many digits are put in."""
