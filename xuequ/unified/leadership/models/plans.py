"""Tables of plans and their items."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.unified.leadership.models.ledgers import Voidable
from xuequ.unified.leadership.states.plans import PlanArea, PlanTopic


class Plan(TenantRow, Base):
    """A plan of moral education 德育计划 or of safety 安全计划, of the district or of a school."""

    __tablename__ = "xq_leadership_plan"
    __table_args__ = tenant_table(
        "xq_leadership_plan",
        tenant_key("xq_leadership_plan", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_plan", "school_id", "xq_registry_school"),
        tenant_index("xq_leadership_plan", "district_id", "area"),
        tenant_index("xq_leadership_plan", "school_id"),
        one_of("xq_leadership_plan", "area", PlanArea),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    area: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(100))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)


class PlanItem(TenantRow, Voidable, Base):
    """One thing to do by a plan: who does it, by when, and what proves that it is done."""

    __tablename__ = "xq_leadership_plan_item"
    __table_args__ = tenant_table(
        "xq_leadership_plan_item",
        tenant_key("xq_leadership_plan_item", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_plan_item", "plan_id", "xq_leadership_plan"),
        tenant_key("xq_leadership_plan_item", "owner_id", "xq_registry_staff"),
        tenant_unique("xq_leadership_plan_item", "plan_id", "number"),
        tenant_index("xq_leadership_plan_item", "district_id"),
        tenant_index("xq_leadership_plan_item", "owner_id"),
        one_of("xq_leadership_plan_item", "topic", PlanTopic),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    plan_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(Integer)
    topic: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    proof: Mapped[str] = mapped_column(String(200), default="")
