"""What a person may ask of what is kept about them, how long things are kept, and exports by two people."""
