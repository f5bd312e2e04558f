"""The terminal itself, without Qt: what it offers, what a visit is, what it may send."""
