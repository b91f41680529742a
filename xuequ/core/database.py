"""What SQLite and PostgreSQL need so that one use case is one atomic act, and what their errors mean."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from xuequ.core.errors import (
    AlreadyThere,
    DatabaseBusy,
    JournalSealed,
    SchemaBehind,
    StorageFailed,
    XuequError,
)

BUSY_STATES = {
    "40001": "并发事务冲突",
    "40P01": "死锁",
    "55P03": "行被锁定",
    "57P01": "数据库正在重启",
    "57P02": "数据库正在重启",
    "57P03": "数据库正在启动",
}
"""SQLSTATE classes after which the same call may succeed."""

BUSY_MS = 30_000
"""How long a SQLite connection waits for another writer, in milliseconds."""


def begin_writing(session: Session) -> None:
    """Make sure that a SQLite connection holds the write lock before the first SAVEPOINT.

    Two traps, on the driver's default mode: a SAVEPOINT that opens before any other write commits when
    it is released, so the host's ``rollback()`` undoes nothing; and writers that read first overspend or
    fail with "locked". A transaction that the host has begun is left alone.

    SQLite's own waiting is unfair, and a host's plain engine waits five seconds only, so among many
    writers one would come away empty-handed; here it goes on for `BUSY_MS`.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite" or _in_transaction(connection):
        return
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except DBAPIError as error:
            if not isinstance(translate(error), DatabaseBusy) or time.monotonic() > deadline:
                raise


def _in_transaction(connection: Connection) -> bool:
    driver: Any = connection.connection.driver_connection
    return bool(driver.in_transaction)


def configure_sqlite(engine: Engine) -> Engine:
    """Set up a SQLite engine as this library likes it, and give it back.

    Foreign keys on, WAL, ``synchronous=FULL``, waiting for other writers, and a write transaction that
    takes its lock at once (BEGIN IMMEDIATE), also before a SAVEPOINT of the host's own. What is deleted is
    overwritten, so that a destroyed data key is not still in the file.
    """

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.isolation_level = "IMMEDIATE"
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        _switch_to_wal(cursor)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    @event.listens_for(engine, "savepoint")
    def lock_first(connection: Connection, name: str) -> None:  # pyright: ignore[reportUnusedFunction]
        if not _in_transaction(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _switch_to_wal(cursor: Any) -> None:
    """Switch to WAL; two connections that switch a new file at once do not wait by themselves."""
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def translate(error: DBAPIError) -> XuequError:
    """Turn a driver's error into one of ours, and make it say no value that a row held or was to hold."""
    silence(error)
    cause = error.__context__
    if "no such savepoint" in str(error.orig) and isinstance(cause, DBAPIError):
        error = cause  # SQLite has undone the whole transaction by itself, as when the disk is full
    original: Any = error.orig
    state = str(getattr(original, "sqlstate", None) or "")
    text = str(original)
    if isinstance(error, IntegrityError):
        return _broken_constraint(original, text)
    if state in BUSY_STATES or error.connection_invalidated:
        return DatabaseBusy(reason=BUSY_STATES.get(state, "连接中断"))
    if _sqlite_code(original) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(reason="另一个程序正在写入")
    if state in ("42P01", "42703") or text.startswith(("no such table", "no such column")):
        return SchemaBehind(current="未知", head="最新")
    return StorageFailed(reason=text.splitlines()[0] if text else type(original).__name__)


def silence(error: BaseException) -> None:
    """Take values of rows out of what a driver's error and those behind it say.

    They are chained to ours, and a host's log writes chains: SQLAlchemy shows the parameters of the
    statement, PostgreSQL the failing row in the lines after the first.
    """
    if isinstance(error, StatementError):
        error.hide_parameters = True
        _first_line_only(error)
        if error.orig is not None:
            _first_line_only(error.orig)
    for behind in (error.__cause__, error.__context__):
        if behind is not None:
            silence(behind)


def _first_line_only(error: BaseException) -> None:
    if error.args:
        error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _sqlite_code(original: object) -> int | None:
    code = getattr(original, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _broken_constraint(original: Any, text: str) -> XuequError:
    """Name the constraint: PostgreSQL tells it, SQLite tells its columns or the trigger's words."""
    if "append-only" in text:
        return JournalSealed()
    diagnosis = getattr(original, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    name = name or text.rpartition(": ")[2].removeprefix("overlap ")
    if name.startswith("pk_") or name.endswith(".id"):  # two processes made the same id: try again
        return DatabaseBusy(reason="编号相撞")
    return AlreadyThere(constraint=name)
