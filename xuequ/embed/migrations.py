"""The tables' migrations, over a connection of the host's.

Alembic is imported when one of these is called, not before.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, inspect
from sqlalchemy.exc import DBAPIError

from xuequ.core.database import translate
from xuequ.core.errors import (
    BrokenReferences,
    ConnectionInTransaction,
    NotADowngrade,
    RevisionUnknown,
    SchemaBehind,
)
from xuequ.core.tables import Base

if TYPE_CHECKING:
    from alembic.config import Config

PREFIX = "xq_"
VERSION_TABLE = "xq_alembic_version"
LOCK = 0x7875_6571_75  # "xuequ"
MODELS = (
    "xuequ.core.data_keys",
    "xuequ.core.imports",
    "xuequ.core.journal",
    "xuequ.core.requests",
    "xuequ.registry.models.attachments",
    "xuequ.registry.models.attendance",
    "xuequ.registry.models.calendar",
    "xuequ.registry.models.circumstances",
    "xuequ.registry.models.classes",
    "xuequ.registry.models.figures",
    "xuequ.registry.models.headcounts",
    "xuequ.registry.models.people",
    "xuequ.registry.models.places",
    "xuequ.registry.models.posts",
    "xuequ.registry.models.premises",
    "xuequ.registry.models.pupils",
    "xuequ.registry.models.rollover",
    "xuequ.registry.models.staff",
    "xuequ.registry.models.teaching",
    "xuequ.registry.models.transfers",
    "xuequ.standards.models",
    "xuequ.unified.budget.models.adjustments",
    "xuequ.unified.budget.models.allotments",
    "xuequ.unified.budget.models.claims",
    "xuequ.unified.budget.models.closing",
    "xuequ.unified.budget.models.control",
    "xuequ.unified.budget.models.council",
    "xuequ.unified.budget.models.ledger",
    "xuequ.unified.budget.models.purchases",
    "xuequ.unified.budget.models.stock",
    "xuequ.unified.budget.models.years",
    "xuequ.unified.evaluation.models",
    "xuequ.unified.leadership.models.acknowledgements",
    "xuequ.unified.leadership.models.duties",
    "xuequ.unified.leadership.models.leave",
    "xuequ.unified.leadership.models.links",
    "xuequ.unified.leadership.models.plans",
    "xuequ.unified.leadership.models.regulations",
    "xuequ.unified.leadership.models.safety",
    "xuequ.unified.leadership.models.support",
    "xuequ.unified.leadership.models.visits",
    "xuequ.unified.party.models.appraisal",
    "xuequ.unified.party.models.development",
    "xuequ.unified.party.models.dues",
    "xuequ.unified.party.models.meetings",
    "xuequ.unified.party.models.members",
    "xuequ.unified.party.models.study",
    "xuequ.unified.party.models.transfers",
    "xuequ.unified.party.models.votes",
    "xuequ.unified.teaching.models.cover",
)
"""Every module that declares tables; a new part adds its own."""

Report = Callable[[str], None]


def metadata() -> MetaData:
    """Return the MetaData of all tables of the library."""
    for module in MODELS:
        import_module(module)
    return Base.metadata


def scripts() -> Path:
    """Return where the migrations are: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_migrations"
    return packed if packed.is_dir() else package.parent / "migrations"


def exclude_xuequ(
    also: Callable[..., bool] | None = None,
) -> Callable[[Any, str | None, str, bool, Any], bool]:
    """Return an ``include_object`` for the host's own Alembic, which then leaves our tables alone.

    Without it, autogenerate proposes to drop every table that the host's metadata does not know.

    Args:
        also: the host's own ``include_object``, asked about everything that is not ours.
    """

    def include(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
        table = name if kind == "table" else getattr(getattr(item, "table", None), "name", None)
        if table is not None and table.startswith(PREFIX):
            return False
        return also is None or also(item, name, kind, reflected, compare_to)

    return include


def config(connection: Connection | None = None) -> Config:
    """Return an Alembic configuration for our scripts, on a connection or for SQL text."""
    from alembic.config import Config  # noqa: PLC0415 — lazy, see ADR 0001

    made = Config(stdout=io.StringIO())
    made.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def head() -> str:
    """Return the newest revision that this library has."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    newest = ScriptDirectory.from_config(config()).get_current_head()
    assert newest is not None
    return newest


def current(connection: Connection) -> str | None:
    """Return the revision of the database, None when our tables are not there."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()


def check(connection: Connection) -> None:
    """Refuse a database that is not at the head.

    Raises:
        SchemaBehind: names both revisions and the command that mends it.
    """
    found, wanted = current(connection), head()
    if found != wanted:
        raise SchemaBehind(current=found or "空", head=wanted)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables up, in one transaction that this function commits.

    Waits while another process migrates, and then finds nothing left to do.

    Args:
        connection: the host's, not in a transaction.
        revision: a revision's number, or ``"head"``.

    Raises:
        ConnectionInTransaction: when the connection is already in one.
        RevisionUnknown: when there is no such revision.
        SchemaBehind: when the database is of a newer library.
        BrokenReferences: when rows would point nowhere afterwards (SQLite).
    """
    _migrate(connection, "upgrade", revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Bring the tables down to an older revision, ``"base"`` for none; data of dropped tables are lost.

    Raises:
        NotADowngrade: when the revision is newer than the database's.
    """
    _migrate(connection, "downgrade", revision)


def stamp(connection: Connection, revision: str = "head") -> None:
    """Write a revision into the version table without touching any other."""
    _migrate(connection, "stamp", revision)


def sql(revisions: str, dialect: str) -> str:
    """Return the SQL of an upgrade as text, for a database that only its own people may touch.

    Args:
        revisions: ``"head"`` for all of it, or a part like ``"0001:head"``, the older first.
        dialect: ``"postgresql"`` or ``"sqlite"``.

    Raises:
        RevisionUnknown: when there is no such revision.
        NotADowngrade: when the newer stands first.
    """
    from alembic import command  # noqa: PLC0415

    ranks = [_rank(revision) for revision in revisions.split(":", 1)]
    if ranks != sorted(ranks):
        newer, _, older = revisions.partition(":")
        raise NotADowngrade(current=older, revision=newer)

    made = config()
    made.output_buffer = io.StringIO()
    made.attributes["dialect"] = dialect
    command.upgrade(made, revisions, sql=True)
    return made.output_buffer.getvalue()


def history() -> list[tuple[str, str]]:
    """Return revisions with what they say of themselves, the oldest first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    walked = ScriptDirectory.from_config(config()).walk_revisions()
    return [(script.revision, script.doc or "") for script in walked][::-1]


def _migrate(connection: Connection, verb: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415

    if connection.in_transaction():
        raise ConnectionInTransaction()
    _check_revision(connection, verb, revision)
    with locked(connection):
        getattr(command, verb)(config(connection), revision)


def _line() -> list[str]:
    return ["base", *(known for known, _ in history())]


def _rank(revision: str) -> int:
    """Return where a revision stands in the line."""
    line = _line()
    wanted = head() if revision == "head" else revision
    if wanted not in line:
        raise RevisionUnknown(revision=revision, known="、".join([*line, "head"]))
    return line.index(wanted)


def _check_revision(connection: Connection, verb: str, revision: str) -> None:
    """Refuse a revision that is not in the line, and a database whose own revision is not."""
    wanted = _rank(revision)
    found = current(connection) or "base"
    connection.rollback()
    if found not in _line():
        raise SchemaBehind(current=found, head=head())
    if verb == "downgrade" and wanted > _rank(found):
        raise NotADowngrade(current=found, revision=revision)


@contextmanager
def locked(connection: Connection) -> Generator[None]:
    """Hold one transaction for the whole run, with the lock that makes rivals wait."""
    begin = _begin_sqlite if connection.dialect.name == "sqlite" else _begin_postgresql
    try:
        end = begin(connection)
    except DBAPIError as error:
        connection.rollback()
        raise translate(error) from error
    try:
        yield
        if connection.dialect.name == "sqlite":
            _check_references(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        end()


def _begin_postgresql(connection: Connection) -> Callable[[], None]:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    return lambda: None


def _begin_sqlite(connection: Connection) -> Callable[[], None]:
    """Switch foreign keys off before BEGIN IMMEDIATE, and give back what switches them on again.

    A batch rebuild drops and renames parents; with foreign keys on it fails, or deletes their children.
    The pragma does nothing inside a transaction, so it must come first.
    """
    driver: Any = connection.connection.driver_connection
    connection.begin()
    if driver.in_transaction:  # an engine that emits BEGIN by itself
        connection.exec_driver_sql("COMMIT")
    were_on = bool(connection.exec_driver_sql("PRAGMA foreign_keys").scalar())
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")

    def end() -> None:
        if were_on:
            with connection.begin():
                if driver.in_transaction:
                    connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")

    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except DBAPIError:
        connection.rollback()
        end()
        raise
    return end


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    ours = sorted({row[0] for row in broken if str(row[0]).startswith(PREFIX)})
    if ours:
        raise BrokenReferences(tables=", ".join(ours))
