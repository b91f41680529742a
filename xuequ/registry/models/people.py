"""Tables of people."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    one_of,
    tenant_table,
)
from xuequ.registry.states.people import Sex


class Person(TenantRow, Base):
    """One person 人员, whatever roles they hold over time."""

    __tablename__ = "xq_registry_person"
    __table_args__ = tenant_table("xq_registry_person", one_of("xq_registry_person", "sex", Sex))

    name: Mapped[str] = mapped_column(String(100))
    sex: Mapped[str] = mapped_column(String(1))
    birth_date: Mapped[date | None] = mapped_column(Date)
