"""The table of data keys: one a person, wrapped by a key of the host's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import LargeBinary, Row, String, Table, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from xuequ.core.bulk import bulk_load
from xuequ.core.keys import KEY_ID_LENGTH
from xuequ.core.tables import Base, TenantRow, tenant_index, tenant_table

FEW = 500
"""How many ids one statement asks for; SQLite and PostgreSQL both bound their number."""


class DataKey(TenantRow, Base):
    """A person's data key, wrapped; its id is the person's.

    Deleting the row makes every ciphertext of the person unreadable (crypto-shredding).
    """

    __tablename__ = "xq_core_data_key"
    __table_args__ = tenant_table(
        "xq_core_data_key", tenant_index("xq_core_data_key", "key_id"), county=False
    )

    key_id: Mapped[str] = mapped_column(String(KEY_ID_LENGTH))
    nonce: Mapped[bytes] = mapped_column(LargeBinary(12))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary(48))


def find_data_keys(session: Session, county_id: int, ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    """Return the wrapped data keys of persons: one statement for up to `FEW` of them."""
    found: list[Row[*tuple[Any, ...]]] = []
    for some in _batches(ids):
        query = select(DataKey.id, DataKey.key_id, DataKey.nonce, DataKey.wrapped)
        found += session.execute(query.where(DataKey.county_id == county_id, DataKey.id.in_(some)))
    return found


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + FEW] for start in range(0, len(ids), FEW))


def add_data_keys(session: Session, rows: Iterable[tuple[int, int, str, bytes, bytes]]) -> None:
    """Insert data keys: county, person, name of the wrapping key, nonce, wrapped key."""
    columns = ("county_id", "id", "key_id", "nonce", "wrapped")
    bulk_load(session.connection(), cast("Table", DataKey.__table__), columns, rows)


def drop_data_key(session: Session, county_id: int, person_id: int) -> None:
    """Delete a person's data key."""
    session.execute(delete(DataKey).where(DataKey.county_id == county_id, DataKey.id == person_id))
