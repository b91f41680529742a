"""Loading many rows on the Session's own connection and transaction."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Row = Sequence[Any]
BATCH = 10_000


def bulk_load(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Insert rows of values in the order of `columns`; return how many.

    COPY on PostgreSQL with psycopg, executemany on SQLite, Core elsewhere and on async drivers. Column
    types are applied, so Money, instants and decimals go in as they do through Core; column defaults are
    not, so ids are given. `rows` may be a generator: it is never held whole.
    """
    if connection.dialect.is_async:
        return _core(connection, table, columns, rows)
    bound = _bound_rows(connection, table, columns, rows)
    driver = f"{connection.dialect.name}+{connection.dialect.driver}"
    if driver == "postgresql+psycopg":
        return _copy(connection, table, columns, bound)
    if driver == "sqlite+pysqlite":
        return _executemany(connection, table, columns, bound)
    return _core(connection, table, columns, rows)


def _bound_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> Iterator[Row]:
    """Apply the bind processors of the column types, where a type has one."""
    processors: list[tuple[int, Callable[[Any], Any]]] = []
    for index, name in enumerate(columns):
        kind = table.c[name].type.dialect_impl(connection.dialect)
        processor: Callable[[Any], Any] | None = kind.bind_processor(connection.dialect)
        if processor is not None:
            processors.append((index, processor))
    if not processors:
        yield from map(tuple, rows)
        return
    for row in rows:
        values = list(row)
        for index, bind in processors:
            values[index] = bind(values[index])
        yield tuple(values)


def _copy(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> int:
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.quote(name) for name in columns)
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
    count = 0
    with (
        _as_sqlalchemy_errors(connection, statement),
        driver.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


@contextmanager
def _as_sqlalchemy_errors(connection: Connection, statement: str) -> Generator[None]:
    """COPY goes past SQLAlchemy, so its errors would come out as the driver's own."""
    dbapi: Any = connection.dialect.dbapi
    try:
        yield
    except dbapi.Error as error:
        raise DBAPIError.instance(statement, None, error, dbapi.Error, dialect=connection.dialect) from error


def _executemany(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> int:
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.quote(name) for name in columns)
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quote.format_table(table)} ({names}) VALUES ({marks})"
    count = 0
    for batch in _batches(rows):
        connection.exec_driver_sql(statement, batch)
        count += len(batch)
    return count


@contextmanager
def bulk_ground(connection: Connection) -> Generator[None]:
    """Let much be written in here: what takes time and does not have to is put off.

    The collector of cycles does not walk again and again over all that was there before; it goes on with what
    is new. SQLite gets a page cache that holds the upper levels of the indexes, and gives it back.
    """
    frozen = gc.get_freeze_count() > 0  # the host's own doing, which is left alone
    if not frozen:
        gc.freeze()
    sqlite = connection.dialect.name == "sqlite" and not connection.dialect.is_async
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar() if sqlite else None
    if sqlite:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")
    try:
        yield
    finally:
        if not frozen:
            gc.unfreeze()
        if sqlite:
            connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


CACHE_KB = 64 * 1024


def _core(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> int:
    count = 0
    for batch in _batches(rows):
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in batch])
        count += len(batch)
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_new(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> set[int]:
    """Insert rows, but none that a unique key of the table refuses; return the ids of those that went in.

    Waits for a rival who is inserting the same key, and inserts only if the rival gives up: whoever sends
    the same again at the same time finds the first one's row afterwards. Rows are given with their ids,
    and in the order of their keys, so that two who insert the same ones do not wait for each other.
    """
    if not rows:
        return set()
    session.flush()
    connection = session.connection()
    return set(connection.execute(_insert_new(connection.dialect.name, table), rows).scalars())


@cache
def _insert_new(dialect: str, table: Table) -> Any:
    """Build the statement once: building it anew costs more than sending it."""
    return _INSERTS[dialect](table).on_conflict_do_nothing().returning(table.c.id)
