"""How the bundled Mandarin model is made: `python -m voice.training --help`."""
