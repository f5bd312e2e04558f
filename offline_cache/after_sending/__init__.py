"""What comes after a form was sent: its page at the hall, and what the person wants done with it."""
