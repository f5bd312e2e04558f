"""What the terminal needs of the hall: keeping forms, asking, calling staff, drafts."""
