"""Alembic's steps, run by `Database.migrate` at every start."""
