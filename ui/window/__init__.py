"""The window and the view of one screen."""
