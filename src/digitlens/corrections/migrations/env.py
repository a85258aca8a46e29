"""What Alembic runs: the connection comes from `digitlens.corrections.migrate`.

A new step is a file in `versions`, and its name goes to `HEAD` in `digitlens.corrections.version`.
A test sees that the steps lead to the tables of `digitlens.corrections.tables`, on both databases.
"""

from __future__ import annotations

from alembic import context

from digitlens.corrections.tables import metadata
from digitlens.corrections.version import TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=TABLE,
    transactional_ddl=True,  # SQLite's transactions hold changes of tables, too
)
with context.begin_transaction():
    context.run_migrations()
