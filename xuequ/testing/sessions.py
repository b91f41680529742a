"""Sessions that leave nothing behind."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session


@contextmanager
def rollback_session(engine: Engine) -> Generator[Session]:
    """Open a Session whose commits are SAVEPOINTs of one transaction that is rolled back at the end.

    Cheap enough for every hypothesis example; the code under test may commit and roll back as it likes.
    """
    with engine.connect() as connection:
        outer = connection.begin()
        driver: Any = connection.connection.driver_connection
        if connection.dialect.name == "sqlite" and not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()
