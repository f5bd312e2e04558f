"""Runs the steps on the connection that `Database.migrate` hands over."""

from alembic import context

from backend.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
