"""The processes that have a window, and what they need around it."""
