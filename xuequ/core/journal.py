"""The journal: every fact, insert-only, and the seal that gives it order and protection.

Facts are written inside the writer's transaction with nothing shared between writers. `seal` comes
later: it takes the county's chain row and appends to the seal table in order, each hash over the one
before. Whoever needs an order without gaps (a change feed, an outbox, `verify`) reads the seal's `seq`;
ids do not follow the order of commits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    LargeBinary,
    Row,
    Select,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from xuequ.core.access import Actor
from xuequ.core.database import begin_writing
from xuequ.core.facts import Fact, payload
from xuequ.core.ids import new_id
from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    append_only,
    tenant_index,
    tenant_table,
    tenant_unique,
)

GENESIS = bytes(32)
"""The hash before the first fact of a county."""


class FactRow(TenantRow, Base):
    """One fact: what happened, who did it as which posts, when, and on what grounds."""

    __tablename__ = "xq_core_fact"
    __table_args__ = tenant_table("xq_core_fact", tenant_index("xq_core_fact", "name"), county=False)

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    payload: Mapped[str] = mapped_column(Text)
    staff_no: Mapped[str] = mapped_column(String(40))
    posts: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SealRow(Base):
    """The place of one fact in its county's chain."""

    __tablename__ = "xq_core_seal"
    __table_args__ = tenant_table("xq_core_seal", tenant_unique("xq_core_seal", "fact_id"), county=False)

    county_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fact_id: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class ChainRow(Base):
    """The end of a county's chain, and the row that whoever seals must hold."""

    __tablename__ = "xq_core_chain"
    __table_args__ = tenant_table("xq_core_chain", county=False)

    county_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


append_only(FactRow.__table__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as the journal writes it."""

    county_id: int
    id: int
    district_id: int | None
    school_id: int | None
    name: str
    version: int
    payload: str
    staff_no: str
    posts: str
    reason: str
    at: datetime

    @classmethod
    def of(cls, fact: Fact, county_id: int, district_id: int | None, actor: Actor, at: datetime) -> Entry:
        """Make the entry of a fact."""
        return cls(
            county_id=county_id,
            id=new_id(),
            district_id=district_id,
            school_id=getattr(fact, "school_id", None),
            name=fact.name,
            version=fact.version,
            payload=payload(fact),
            staff_no=actor.staff_no,
            posts=",".join(f"{held.post.code}@{held.place}" for held in actor.holdings or ()),
            reason=actor.reason,
            at=at,
        )


_INSERT = insert(cast("Table", FactRow.__table__))
_COLUMNS = tuple(field.name for field in fields(Entry))


def write_entries(session: Session, entries: Sequence[Entry]) -> None:
    """Write the facts of one use case in one statement."""
    if entries:
        session.connection().execute(
            _INSERT, [{name: getattr(e, name) for name in _COLUMNS} for e in entries]
        )


def is_journalled(session: Session, county_id: int, fact_id: int) -> bool:
    """Tell whether a county's journal holds a fact."""
    query = select(FactRow.id).where(FactRow.county_id == county_id, FactRow.id == fact_id)
    return session.scalar(query) is not None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many facts are sealed, and the last hash. Keep it elsewhere as an anchor."""

    seq: int
    hash: str


def chain_hash(before: bytes, county_id: int, seq: int, fact: Row[*tuple[Any, ...]]) -> bytes:
    """Return the hash of one sealed fact over everything that the journal says of it."""
    at = fact.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [county_id, seq, fact.id, fact.district_id, fact.school_id, fact.name, fact.version]
    said += [fact.payload, fact.staff_no, fact.posts, fact.reason, at]
    return hashlib.sha256(before + json.dumps(said, ensure_ascii=False).encode()).digest()


def seal(session: Session, county_id: int, limit: int = 10_000) -> int:
    """Give the next unsealed facts of a county their order; return how many were sealed.

    Returns 0 at once when another process is sealing this county. The caller commits.
    """
    begin_writing(session)
    chain = _take_chain(session, county_id)
    if chain is None:
        return 0
    seq, last = chain
    rows: list[dict[str, Any]] = []
    for fact in session.execute(_unsealed(county_id).limit(limit)):
        seq += 1
        last = chain_hash(last, county_id, seq, fact)
        rows.append({"county_id": county_id, "seq": seq, "fact_id": fact.id, "hash": last})
    if rows:
        session.execute(insert(SealRow), rows)
        session.execute(update(ChainRow).where(ChainRow.county_id == county_id).values(seq=seq, hash=last))
    return len(rows)


def open_chain(session: Session, county_id: int) -> None:
    """Begin the chain of a new county."""
    session.execute(insert(ChainRow).values(county_id=county_id, seq=0, hash=GENESIS))


def _take_chain(session: Session, county_id: int) -> tuple[int, bytes] | None:
    query = select(ChainRow.seq, ChainRow.hash).where(ChainRow.county_id == county_id)
    found = session.execute(query.with_for_update(skip_locked=True)).one_or_none()
    return None if found is None else (found.seq, found.hash)


def _unsealed(county_id: int) -> Select[*tuple[Any, ...]]:
    sealed = select(SealRow.fact_id).where(
        SealRow.county_id == FactRow.county_id, SealRow.fact_id == FactRow.id
    )
    return (
        select(FactRow.__table__).where(FactRow.county_id == county_id, ~sealed.exists()).order_by(FactRow.id)
    )


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What `verify_chain` found: the head, how many facts are not yet protected, and what is wrong."""

    head: Head
    unsealed: int
    wrong: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


def verify_chain(session: Session, county_id: int, anchor: Head | None = None) -> ChainReport:
    """Recompute a county's chain and compare it with its head, and with a head kept elsewhere.

    Without an anchor a chain that was cut or rewritten from the beginning looks sound; with one it
    does not.
    """
    wrong: list[str] = []
    seq, last = 0, GENESIS
    for row in _sealed(session, county_id):
        seq += 1
        if row.seq != seq:
            wrong.append(f"第 {seq} 号封存缺失，接着的是第 {row.seq} 号")
            seq = row.seq
        if row.id is None:
            wrong.append(f"第 {seq} 号所封存的记录已被删除")
            last = row.hash
            continue
        last = chain_hash(last, county_id, seq, row)
        if row.hash != last:
            wrong.append(f"第 {seq} 号的内容与封存不符")
            last = row.hash
        if anchor is not None and seq == anchor.seq and last.hex() != anchor.hash:
            wrong.append(f"第 {seq} 号与另存的链头不符，链已被改写")
    wrong += _head_wrong(session, county_id, seq, last, anchor)
    unsealed = session.scalar(select(func.count()).select_from(_unsealed(county_id).subquery())) or 0
    return ChainReport(Head(seq, last.hex()), unsealed, tuple(wrong))


def _head_wrong(
    session: Session, county_id: int, seq: int, last: bytes, anchor: Head | None
) -> Iterable[str]:
    chain = session.execute(select(ChainRow.seq, ChainRow.hash).where(ChainRow.county_id == county_id))
    found = chain.one_or_none()
    if (found is None and seq) or (found is not None and (found.seq, found.hash) != (seq, last)):
        yield f"链尾应在第 {found.seq if found else 0} 号，实际止于第 {seq} 号"
    if anchor is not None and anchor.seq > seq:
        yield f"另存的链头在第 {anchor.seq} 号，链已被截短到第 {seq} 号"


def _sealed(session: Session, county_id: int) -> Iterable[Row[*tuple[Any, ...]]]:
    query = (
        select(SealRow.seq, SealRow.hash, FactRow.__table__)
        .outerjoin(FactRow, (FactRow.county_id == SealRow.county_id) & (FactRow.id == SealRow.fact_id))
        .where(SealRow.county_id == county_id)
        .order_by(SealRow.seq)
    )
    return session.execute(query.execution_options(yield_per=5_000))


def head(session: Session, county_id: int) -> Head:
    """Return the end of the chain as it stands, to be kept elsewhere as an anchor."""
    found = session.execute(select(ChainRow.seq, ChainRow.hash).where(ChainRow.county_id == county_id)).one()
    return Head(found.seq, found.hash.hex())
