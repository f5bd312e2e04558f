"""The store that keeps forms safely and the client that delivers them."""
