"""The answers of a form: those that were given in it, those that are known of the same stay."""
