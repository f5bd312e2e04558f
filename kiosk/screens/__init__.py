"""What a screen shows (model), and one composer for each kind of screen."""
