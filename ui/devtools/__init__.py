"""Pictures, measurements and the demo visit."""
