"""What a service says of answers: conditions that are true, false or not known yet, and values computed from them."""
