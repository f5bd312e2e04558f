"""What can happen to the disk under the store: no room left, and damage to SQLite's log."""
