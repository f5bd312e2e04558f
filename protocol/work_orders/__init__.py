"""办不成事: what a person could not get done here, brought to the hall, where a person owns and answers it."""
