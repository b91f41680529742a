"""Loading many rows on the Session's own connection and transaction."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import chain, islice
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Row = Sequence[Any]
BATCH = 10_000
ROWS_A_STATEMENT = 250
"""How many rows one INSERT brings on SQLite."""


def bulk_load(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Insert rows of values in the order of `columns`; return how many.

    COPY on PostgreSQL with psycopg, many rows a statement on SQLite, Core elsewhere and on async drivers.
    Column types are applied, so Money, instants and decimals go in as they do through Core; column defaults
    are not, so ids are given. `rows` may be a generator: it is never held whole.
    """
    if connection.dialect.is_async:
        return _core(connection, table, columns, rows)
    driver = f"{connection.dialect.name}+{connection.dialect.driver}"
    if driver == "postgresql+psycopg":
        return _copy(connection, table, columns, _bound_rows(connection, table, columns, rows))
    if driver == "sqlite+pysqlite":
        return _many_a_statement(connection, table, columns, rows)
    return _core(connection, table, columns, rows)


Bind = Callable[[Any], Any]


def _processors(connection: Connection, table: Table, columns: Sequence[str]) -> list[tuple[int, Bind]]:
    """Return the bind processors of the column types, where a type has one, with the place of the column."""
    found: list[tuple[int, Bind]] = []
    for index, name in enumerate(columns):
        kind = table.c[name].type.dialect_impl(connection.dialect)
        processor: Bind | None = kind.bind_processor(connection.dialect)
        if processor is not None:
            found.append((index, _day(processor) if isinstance(kind, sqlite.DATE) else processor))
    return found


def _day(processor: Bind) -> Bind:
    """Write plain days as SQLAlchemy does, but by the interpreter's own formatting, which is much faster."""
    return lambda value: value.isoformat() if type(value) is date else processor(value)


def _bound_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> Iterator[Row]:
    """Apply the bind processors of the column types, where a type has one."""
    processors = _processors(connection, table, columns)
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


def _many_a_statement(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> int:
    """Insert many rows by one statement, again and again.

    A statement by itself costs more than a row; where a table has triggers, three times as much.
    """
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.quote(name) for name in columns)
    start = f"INSERT INTO {quote.format_table(table)} ({names}) VALUES "
    width, processors = len(columns), _processors(connection, table, columns)
    driver: Any = connection.connection.driver_connection
    most = max(1, min(ROWS_A_STATEMENT, driver.getlimit(SQLITE_LIMIT_VARIABLE_NUMBER) // width))
    marks, waiting, count = f"({', '.join('?' * width)})", iter(rows), 0
    whole = start + ", ".join([marks] * most)
    while batch := list(islice(waiting, most)):
        values = list(chain.from_iterable(batch))
        if len(values) != len(batch) * width:
            raise ValueError(f"{table.name}: a row has not the {width} values of {names}")
        for index, bind in processors:
            values[index::width] = map(bind, values[index::width])
        statement = whole if len(batch) == most else start + ", ".join([marks] * len(batch))
        connection.exec_driver_sql(statement, tuple(values))
        count += len(batch)
    return count


@contextmanager
def bulk_ground(connection: Connection) -> Generator[None]:
    """Let much be written in here: what takes time and does not have to is put off.

    The collector of cycles does not walk again and again over all that was there before, and waits until as
    many objects are new as the rows of a few chunks are made of: rows hold no cycles. SQLite gets a page
    cache that holds the upper levels of the indexes. All of it is given back.
    """
    frozen = gc.get_freeze_count() > 0  # the host's own doing, which is left alone
    threshold = gc.get_threshold()
    if not frozen:
        gc.freeze()
    if 0 < threshold[0] < NEW_OBJECTS:
        gc.set_threshold(NEW_OBJECTS, *threshold[1:])
    sqlite = connection.dialect.name == "sqlite" and not connection.dialect.is_async
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar() if sqlite else None
    if sqlite:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        if not frozen:
            gc.unfreeze()
        if sqlite:
            connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


CACHE_KB = 64 * 1024
NEW_OBJECTS = 200_000
"""How many objects are new before the collector of cycles looks for some among them."""


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
