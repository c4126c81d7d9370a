"""Runs the steps on the connection, and inside the transaction, that `mulakat.store.migrate` opened.

Does not: run from the command line; there is no alembic.ini.
"""

from __future__ import annotations

from alembic import context

from mulakat.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
