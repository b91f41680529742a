"""Tables of rule parameters."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
)
from xuequ.standards.states import Checked

_TABLE = "xq_standards_value"


class OwnValue(TenantRow, Base):
    """A value that a county or a district has set itself 本地规则参数.

    A value that held is never overwritten: a correction withdraws the row, which then keeps in
    `replaced_by` the id of the row that took its place; 0 means that the row counts. What was known on
    an earlier day can so be told from what is known now.
    """

    __tablename__ = _TABLE
    __table_args__ = tenant_table(
        _TABLE,
        tenant_key(_TABLE, "district_id", "xq_registry_district"),
        tenant_index(_TABLE, "key", "place"),
        one_of(_TABLE, "checked", Checked),
        CheckConstraint("until IS NULL OR until > since", name="span"),
        CheckConstraint("value <> ''", name="value"),
        CheckConstraint("authority <> ''", name="authority"),
        CheckConstraint("(replaced_by = 0) = (withdrawn_at IS NULL)", name="withdrawn"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    place: Mapped[str] = mapped_column(String(81))
    key: Mapped[str] = mapped_column(String(100))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    value: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(400))
    unit: Mapped[str] = mapped_column(String(100))
    authority: Mapped[str] = mapped_column(String(200))
    article: Mapped[str] = mapped_column(String(200))
    checked: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))
    replaced_by: Mapped[int] = mapped_column(BigInteger)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


# A row that was withdrawn has an id of its own in replaced_by, and so is in nobody's way.
forbid_overlap(OwnValue.__table__, "place", "key", "replaced_by")
