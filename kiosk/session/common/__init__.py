"""What all handlers act on."""
