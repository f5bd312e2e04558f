"""Backups of the hall: made, checked, put back; and its keys, guarded by a passphrase."""
