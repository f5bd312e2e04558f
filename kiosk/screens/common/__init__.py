"""What all composers share: the data of a screen, words and buttons, what a screen offers to do."""
