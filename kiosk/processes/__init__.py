"""The processes of a terminal, what they say to each other, and how one is put together."""
