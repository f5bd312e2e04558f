"""Forms: taking them in, moving them on, reading them."""
