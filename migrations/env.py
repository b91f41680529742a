"""Alembic's environment for the tables of xuequ.

`xuequ.embed.migrations` hands over a connection that already holds the transaction and the lock; used
from Alembic's own command line, the URL comes from ``-x url=…`` or XUEQU_DATABASE_URL.
"""

import os
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine

from xuequ.embed import migrations


def ours(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Look at our own tables only; the database may hold the host's too."""
    return not (kind == "table" and reflected and not str(name).startswith(migrations.PREFIX))


OPTIONS: dict[str, Any] = {
    "target_metadata": migrations.metadata(),
    "version_table": migrations.VERSION_TABLE,
    "include_object": ours,
    "compare_type": True,
    "compare_server_default": True,
    "transactional_ddl": True,
    "transaction_per_migration": False,
}


def run_online(connection: Connection) -> None:
    """Run on a connection; a transaction that is open already is left to whoever opened it."""
    batch = connection.dialect.name == "sqlite"
    context.configure(connection=connection, render_as_batch=batch, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


def run_offline(dialect: str) -> None:
    """Write SQL text."""
    context.configure(dialect_name=dialect, literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Run as Alembic asks."""
    given: Connection | None = context.config.attributes.get("connection")
    url = context.get_x_argument(as_dictionary=True).get("url") or os.environ.get("XUEQU_DATABASE_URL", "")
    if context.is_offline_mode():
        run_offline(context.config.attributes.get("dialect") or url.partition(":")[0].partition("+")[0])
    elif given is not None:
        run_online(given)
    else:
        engine = create_engine(url)
        with engine.connect() as connection, migrations.locked(connection):
            run_online(connection)


main()
