"""Changing the host's keys: data keys wrapped anew, blind indexes made anew, batch by batch.

Each call does one batch in the caller's transaction, and the caller commits it: what is still to be done
is read from the rows themselves, so that a run that was killed at any moment simply goes on. The old key
is needed until `key_usage` counts nothing under it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from xuequ.core.data_keys import DataKey
from xuequ.core.database import begin_writing, translate
from xuequ.core.keys import TAG_BYTES, Keys, index_tag
from xuequ.core.tables import Base
from xuequ.core.vault import Closed, SealedColumn, Vault, unwrap_all, wrap_all

BATCH = 500


def rewrap(session: Session, county_id: int, keys: Keys, limit: int = BATCH) -> int:
    """Wrap the next data keys of a county by the current key; return how many.

    Rows that another process is rewrapping are passed over. The data keys themselves stay, so no
    ciphertext changes, and readers and writers go on meanwhile. The caller commits.

    Raises:
        KeyUnknown: when a key that still wraps some was not given.
    """
    begin_writing(session)
    query = (
        select(DataKey.id, DataKey.key_id, DataKey.nonce, DataKey.wrapped)
        .where(DataKey.county_id == county_id, DataKey.key_id != keys.current)
        .order_by(DataKey.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(query).all()
    fresh = wrap_all(county_id, unwrap_all(county_id, rows, keys), keys)
    changed = [
        {"person": person_id, "key_id": key_id, "nonce": nonce, "wrapped": wrapped}
        for _, person_id, key_id, nonce, wrapped in fresh
    ]
    if changed:
        same = (DataKey.county_id == county_id, DataKey.id == bindparam("person"))
        _table_update(session, cast("Table", DataKey.__table__), same, changed)
    return len(changed)


def reindex(session: Session, county_id: int, keys: Keys, column: SealedColumn, limit: int = BATCH) -> int:
    """Make the next blind indexes of a column anew by the current index key; return how many.

    The column must stand in a table of persons, whose id is the person's. The caller commits.

    Raises:
        KeyUnknown: when a key that wraps a data key was not given.
        AlreadyThere: when the database finds two persons with one value, under different keys until now.
    """
    begin_writing(session)
    table = Base.metadata.tables[column.table]
    index = table.c[column.index]
    query = (
        select(table.c.id, table.c[column.column])
        .where(table.c.county_id == county_id, index.is_not(None))
        .where(func.substr(index, 1, TAG_BYTES) != keys.index_tag)
        .order_by(table.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(query).all()
    vault = Vault(session, county_id, keys)
    texts = vault.open_many(column, [Closed(row[0], row[0], row[1]) for row in rows])
    changed = [
        {"person": row[0], "blind": vault.index(column, text)} for row, text in zip(rows, texts, strict=True)
    ]
    if changed:
        same = (table.c.county_id == county_id, table.c.id == bindparam("person"))
        statement = update(table).where(*same).values({column.index: bindparam("blind")})
        try:
            session.connection().execute(statement, changed)
        except IntegrityError as error:
            raise translate(error) from error
    return len(changed)


def _table_update(session: Session, table: Table, same: Iterable[Any], rows: list[dict[str, Any]]) -> None:
    session.connection().execute(update(table).where(*same), rows)


@dataclass(frozen=True, slots=True)
class KeyUsage:
    """How many data keys each key wraps, and how many blind indexes each index key has made."""

    wrapping: dict[str, int]
    index: dict[str, int]


def key_usage(session: Session, county_id: int, keys: Keys, columns: Iterable[SealedColumn]) -> KeyUsage:
    """Count what stands under each key of a county; an index key that was not given shows as its tag."""
    count = func.count()
    query = select(DataKey.key_id, count).where(DataKey.county_id == county_id).group_by(DataKey.key_id)
    wrapping = {row[0]: row[1] for row in session.execute(query.order_by(DataKey.key_id))}
    names = {index_tag(key): name for name, key in keys.index.items()}
    index = Counter[str]()
    for column in columns:
        if not column.index:
            continue
        table = Base.metadata.tables[column.table]
        tag = func.substr(table.c[column.index], 1, TAG_BYTES)
        where = (table.c.county_id == county_id, table.c[column.index].is_not(None))
        for row in session.execute(select(tag, count).where(*where).group_by(tag)):
            index[names.get(bytes(row[0]), f"?{bytes(row[0]).hex()}")] += row[1]
    return KeyUsage(wrapping, dict(sorted(index.items())))
