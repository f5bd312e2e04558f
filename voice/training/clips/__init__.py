"""Recorded and made-up speech to train and test with."""
