"""Tables of support: which leader supports which class or grade group, and what came of it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.access import Post
from xuequ.core.tables import (
    Base,
    ExactDecimal,
    TenantRow,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.classes import Stage
from xuequ.unified.leadership.rules.support import PLACES
from xuequ.unified.leadership.states.links import TargetKind


class SupportTarget(TenantRow, Base):
    """Whom a leader supports 帮扶 in a term, or with term 0 in a whole school year, and what came of it.

    A grade group is a cohort, as a class is: `entry_year` stays, the grade is derived. `target` says in one
    text whom it is about, so that a unique key can keep it from being supported twice.
    """

    __tablename__ = "xq_leadership_support"
    __table_args__ = tenant_table(
        "xq_leadership_support",
        tenant_key("xq_leadership_support", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_support", "staff_id", "xq_registry_staff"),
        tenant_key("xq_leadership_support", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_support", "class_id", "xq_registry_class"),
        tenant_unique("xq_leadership_support", "district_id", "school_year", "term", "target"),
        tenant_unique("xq_leadership_support", "district_id", "school_year", "term", "post"),
        tenant_index("xq_leadership_support", "staff_id"),
        one_of("xq_leadership_support", "post", Post),
        one_of("xq_leadership_support", "kind", TargetKind),
        one_of("xq_leadership_support", "stage", Stage),
        CheckConstraint("term IN (0, 1, 2)", name="term"),
        CheckConstraint("(class_id IS NULL) = (kind <> 'class')", name="class"),
        CheckConstraint("(school_id IS NULL) = (kind = 'district_grade')", name="school"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    post: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[int] = mapped_column(BigInteger)
    school_year: Mapped[int]
    term: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(80))
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    class_id: Mapped[int | None] = mapped_column(BigInteger)
    stage: Mapped[str] = mapped_column(String(40))
    entry_year: Mapped[int]
    measure: Mapped[str] = mapped_column(String(200))
    baseline: Mapped[Decimal] = mapped_column(ExactDecimal(PLACES))
    baseline_mean: Mapped[Decimal | None] = mapped_column(ExactDecimal(PLACES))
    result: Mapped[Decimal | None] = mapped_column(ExactDecimal(PLACES))
    result_mean: Mapped[Decimal | None] = mapped_column(ExactDecimal(PLACES))
