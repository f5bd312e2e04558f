"""Hearing, matching and speaking, and the pipeline that trains the bundled voice model."""
