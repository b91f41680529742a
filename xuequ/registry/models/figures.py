"""Tables of figures: measured, published, reconciled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    ExactDecimal,
    TenantRow,
    one_of,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.figures import Measure, Quantity, Wording


class Figure(TenantRow, Base):
    """A measured figure of a school as of a day 学校统计数."""

    __tablename__ = "xq_registry_figure"
    __table_args__ = tenant_table(
        "xq_registry_figure",
        tenant_key("xq_registry_figure", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_figure", "school_id", "xq_registry_school"),
        tenant_unique("xq_registry_figure", "school_id", "measure", "as_of"),
        one_of("xq_registry_figure", "measure", Measure),
        CheckConstraint("value >= 0", name="value"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    measure: Mapped[str] = mapped_column(String(40))
    as_of: Mapped[date] = mapped_column(Date)
    value: Mapped[Decimal] = mapped_column(ExactDecimal(2))


class Statement(TenantRow, Base):
    """A figure as the district has published it 公布数据, kept as printed."""

    __tablename__ = "xq_registry_statement"
    __table_args__ = tenant_table(
        "xq_registry_statement",
        tenant_key("xq_registry_statement", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_statement", "district_id", "label"),
        one_of("xq_registry_statement", "numerator", Quantity),
        one_of("xq_registry_statement", "denominator", Quantity),
        one_of("xq_registry_statement", "wording", Wording),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    printed: Mapped[str] = mapped_column(String(40))
    numerator: Mapped[str] = mapped_column(String(40))
    denominator: Mapped[str | None] = mapped_column(String(40))
    wording: Mapped[str] = mapped_column(String(40))
    part_of: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
