"""What people could not get done (办不成事): each has an owner, a day and an answer that reaches its person."""
