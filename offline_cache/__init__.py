"""The store that keeps forms safely, and the client that sends them to the hall."""
