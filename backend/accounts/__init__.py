"""Staff: how they get in, who they are, what each may do."""
