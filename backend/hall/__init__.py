"""The running hall that every room is given: its clock, keys, data files, database and feed."""
