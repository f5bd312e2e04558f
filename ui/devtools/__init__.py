"""Pictures, measurements and the stories of the demo."""
