"""Tables of transfers between schools."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, Date, Index, String, column
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import Base, TenantRow, one_of, tenant_index, tenant_key, tenant_table
from xuequ.registry.states.pupils import Reason
from xuequ.registry.states.transfers import Direction, Side, TransferState

_OPEN = column("decided_on").is_(None)


class Transfer(TenantRow, Base):
    """A transfer 转学 of one pupil, of whom at most one is open.

    Inside the county both schools are given; outside it only `outside` names the other one. `due_on` is
    the last day on which the side whose turn it is must have answered; it is provisional while a holiday
    notice that it runs into is not known.
    """

    __tablename__ = "xq_registry_transfer"
    __table_args__ = tenant_table(
        "xq_registry_transfer",
        tenant_key("xq_registry_transfer", "pupil_id", "xq_registry_pupil"),
        tenant_key("xq_registry_transfer", "from_district_id", "xq_registry_district"),
        tenant_key("xq_registry_transfer", "from_school_id", "xq_registry_school"),
        tenant_key("xq_registry_transfer", "from_class_id", "xq_registry_class"),
        tenant_key("xq_registry_transfer", "to_district_id", "xq_registry_district"),
        tenant_key("xq_registry_transfer", "to_school_id", "xq_registry_school"),
        tenant_key("xq_registry_transfer", "to_class_id", "xq_registry_class"),
        tenant_index("xq_registry_transfer", "pupil_id"),
        tenant_index("xq_registry_transfer", "from_school_id"),
        tenant_index("xq_registry_transfer", "to_school_id"),
        Index(
            "uq_xq_registry_transfer_open",
            "county_id",
            "pupil_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        one_of("xq_registry_transfer", "direction", Direction),
        one_of("xq_registry_transfer", "state", TransferState),
        one_of("xq_registry_transfer", "requested_by", Side),
        one_of("xq_registry_transfer", "reason", Reason),
    )

    pupil_id: Mapped[int] = mapped_column(BigInteger)
    direction: Mapped[str] = mapped_column(String(40))
    from_district_id: Mapped[int | None] = mapped_column(BigInteger)
    from_school_id: Mapped[int | None] = mapped_column(BigInteger)
    from_class_id: Mapped[int | None] = mapped_column(BigInteger)
    to_district_id: Mapped[int | None] = mapped_column(BigInteger)
    to_school_id: Mapped[int | None] = mapped_column(BigInteger)
    to_class_id: Mapped[int | None] = mapped_column(BigInteger)
    outside: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[str] = mapped_column(String(40))
    requested_by: Mapped[str] = mapped_column(String(40))
    guardian_applied: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    reason: Mapped[str] = mapped_column(String(40))
    requested_on: Mapped[date] = mapped_column(Date)
    released_on: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    due_provisional: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    decided_on: Mapped[date | None] = mapped_column(Date)
    effective_on: Mapped[date | None] = mapped_column(Date)
    remark: Mapped[str] = mapped_column(String(200), default="")
