"""How answers and values are shown to people: covered where they are private, in words within a text."""
