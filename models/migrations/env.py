"""Runs the revisions on the connection that models.vault passes in; there is no other way in, and no alembic.ini.

Rule 1: the connection is inside a transaction of the vault; a failed migration leaves nothing.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
