"""Kinds of field that are numbers of many digits, read digit by digit."""
