"""A person decides on a form: accepts it, asks for more, or says no, with reason, rule and remedy."""
