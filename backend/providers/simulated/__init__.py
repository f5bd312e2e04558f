"""A registry of invented people over HTTP on loopback, with the delays and failures of a real network."""
