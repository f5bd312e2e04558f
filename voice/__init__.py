"""Hearing phrases, speaking texts, sound devices, and the pipeline that trains the bundled voice model."""
