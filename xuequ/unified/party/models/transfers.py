"""Tables of members on the move: letters of transfer, and who is away at a fixed place."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.unified.party.states.members import LetterState, Way


class RelationTransfer(TenantRow, Base):
    """A letter that takes a member from one branch to another 组织关系转接.

    `district_id` is the district that issued it, or that took the member in from outside the county;
    `to_district_id` is where it goes when that lies in this county. `valid_until` is the first day on which
    nobody may accept it.
    """

    __tablename__ = "xq_party_transfer"
    __table_args__ = tenant_table(
        "xq_party_transfer",
        tenant_key("xq_party_transfer", "district_id", "xq_registry_district"),
        tenant_key("xq_party_transfer", "to_district_id", "xq_registry_district"),
        tenant_key("xq_party_transfer", "member_id", "xq_party_member"),
        tenant_unique("xq_party_transfer", "district_id", "way", "other", "number"),
        tenant_index("xq_party_transfer", "member_id"),
        tenant_index("xq_party_transfer", "to_district_id"),
        unique_without("uq_xq_party_transfer_open", "closed_on", "member_id"),
        one_of("xq_party_transfer", "way", Way),
        one_of("xq_party_transfer", "state", LetterState),
        CheckConstraint("valid_until > issued_on", name="valid"),
        CheckConstraint("closed_on >= issued_on", name="closed"),
        CheckConstraint("(closed_on IS NULL) = (state = 'issued')", name="open"),
        CheckConstraint("(to_district_id IS NOT NULL) = (way = 'within')", name="within"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    to_district_id: Mapped[int | None] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    way: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(200))
    other: Mapped[str] = mapped_column(String(200))
    issued_on: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")


class Away(TenantRow, Base):
    """A member who lives or works at a fixed place away from the branch 外出党员, by date."""

    __tablename__ = "xq_party_away"
    __table_args__ = tenant_table(
        "xq_party_away",
        tenant_key("xq_party_away", "district_id", "xq_registry_district"),
        tenant_key("xq_party_away", "member_id", "xq_party_member"),
        tenant_index("xq_party_away", "member_id", "since"),
        tenant_index("xq_party_away", "district_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[str] = mapped_column(String(200))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(Away.__table__, "member_id")
