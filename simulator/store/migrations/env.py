"""Runs the migrations on the connection that `store.schema.upgrade` hands over."""

from alembic import context
from sqlmodel import SQLModel

from simulator.store import tables  # noqa: F401 - registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()
