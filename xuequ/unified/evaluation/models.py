"""Tables of evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    ExactDecimal,
    TenantRow,
    append_only,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.unified.evaluation.rules import PLACES


class Evidence(TenantRow, Base):
    """One line of evidence 考核依据, append-only: a correction is a reversing row 冲销.

    A reversing row has the negated amount, the day of the row that it reverses, and that row's negated id
    as its line; so one fact may both reverse lines and record new ones, and no row is reversed twice.
    `district_id` is the district where it arose, not the teacher's own when they teach elsewhere.
    """

    __tablename__ = "xq_evaluation_evidence"
    __table_args__ = tenant_table(
        "xq_evaluation_evidence",
        tenant_key("xq_evaluation_evidence", "district_id", "xq_registry_district"),
        tenant_key("xq_evaluation_evidence", "school_id", "xq_registry_school"),
        tenant_key("xq_evaluation_evidence", "staff_id", "xq_registry_staff"),
        tenant_key("xq_evaluation_evidence", "reverses_id", "xq_evaluation_evidence"),
        tenant_unique("xq_evaluation_evidence", "fact_id", "line_no"),
        tenant_unique("xq_evaluation_evidence", "reverses_id"),
        tenant_index("xq_evaluation_evidence", "staff_id", "day"),
        tenant_index("xq_evaluation_evidence", "district_id", "day"),
        tenant_index("xq_evaluation_evidence", "source_kind", "source_id"),
        CheckConstraint("(reverses_id IS NULL AND line_no > 0) OR line_no = -reverses_id", name="line_no"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    indicator: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Decimal] = mapped_column(ExactDecimal(PLACES))
    day: Mapped[date] = mapped_column(Date)
    source_kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    source_id: Mapped[int] = mapped_column(BigInteger)
    fact_id: Mapped[int] = mapped_column(BigInteger)
    line_no: Mapped[int] = mapped_column(BigInteger)
    reverses_id: Mapped[int | None] = mapped_column(BigInteger)


append_only(Evidence.__table__)
