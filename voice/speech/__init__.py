"""Speaking: recorded prompts, else the live voice."""
