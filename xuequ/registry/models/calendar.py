"""Tables of the calendar.

What the county has set holds for all its districts (`district_id` is None); what a district has set
itself wins. `owner_id` is the id of the county or district that has set it, so that "once for each
place" is one plain unique key.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.calendar import ApartKind, ClosureReason, HolidayWeeks, NoticeDay, Parity

OWNED = "owner_id = COALESCE(district_id, county_id)"


class TermRow(TenantRow, Base):
    """One edition of a term 学期; the highest edition of its owner holds."""

    __tablename__ = "xq_registry_term"
    __table_args__ = tenant_table(
        "xq_registry_term",
        tenant_key("xq_registry_term", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_term", "owner_id", "school_year", "number", "edition"),
        one_of("xq_registry_term", "holiday_weeks", HolidayWeeks),
        CheckConstraint(OWNED, name="owner"),
        CheckConstraint("last_day >= first_day", name="span"),
        CheckConstraint("number IN (1, 2)", name="number"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    school_year: Mapped[int]
    number: Mapped[int]
    edition: Mapped[int]
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    holiday_weeks: Mapped[str] = mapped_column(String(10))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HolidayNotice(TenantRow, Base):
    """One edition of the holiday notice 放假通知 of a year; the highest edition of its owner holds."""

    __tablename__ = "xq_registry_holiday_notice"
    __table_args__ = tenant_table(
        "xq_registry_holiday_notice",
        tenant_key("xq_registry_holiday_notice", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_holiday_notice", "owner_id", "year", "edition"),
        CheckConstraint(OWNED, name="owner"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    edition: Mapped[int]
    number: Mapped[str] = mapped_column(String(200))
    authority: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HolidayDay(TenantRow, Base):
    """One day that a holiday notice names: off or worked."""

    __tablename__ = "xq_registry_holiday_day"
    __table_args__ = tenant_table(
        "xq_registry_holiday_day",
        tenant_key("xq_registry_holiday_day", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_holiday_day", "notice_id", "xq_registry_holiday_notice"),
        tenant_unique("xq_registry_holiday_day", "notice_id", "day"),
        one_of("xq_registry_holiday_day", "kind", NoticeDay),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    notice_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))


class MakeUpDay(TenantRow, Base):
    """Whose timetable a make-up day 调休上课日 follows."""

    __tablename__ = "xq_registry_make_up_day"
    __table_args__ = tenant_table(
        "xq_registry_make_up_day",
        tenant_key("xq_registry_make_up_day", "district_id", "xq_registry_district"),
        tenant_unique("xq_registry_make_up_day", "owner_id", "day"),
        one_of("xq_registry_make_up_day", "parity", Parity),
        CheckConstraint(OWNED, name="owner"),
        CheckConstraint("follows_weekday BETWEEN 1 AND 5", name="follows_weekday"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    follows_weekday: Mapped[int]
    parity: Mapped[str | None] = mapped_column(String(10))


class ApartDays(TenantRow, Base):
    """Days set apart 单列日 for exams, an event or a local festival; withdrawn ones stay."""

    __tablename__ = "xq_registry_apart_days"
    __table_args__ = tenant_table(
        "xq_registry_apart_days",
        tenant_key("xq_registry_apart_days", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_apart_days", "school_id", "xq_registry_school"),
        tenant_index("xq_registry_apart_days", "first_day"),
        one_of("xq_registry_apart_days", "kind", ApartKind),
        CheckConstraint("last_day >= first_day", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    name: Mapped[str] = mapped_column(String(100))
    authority: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClosureRow(TenantRow, Base):
    """Half-days on which a school, or every school of the place, is closed 停课.

    Lifting it early keeps what was announced: `lifted_*` is the first half-day that is open again.
    """

    __tablename__ = "xq_registry_closure"
    __table_args__ = tenant_table(
        "xq_registry_closure",
        tenant_key("xq_registry_closure", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_closure", "school_id", "xq_registry_school"),
        tenant_index("xq_registry_closure", "first_day"),
        one_of("xq_registry_closure", "reason", ClosureReason),
        CheckConstraint(
            "last_day > first_day OR (last_day = first_day AND last_half >= first_half)", name="span"
        ),
        CheckConstraint("first_half IN (0, 1)", name="first_half"),
        CheckConstraint("last_half IN (0, 1)", name="last_half"),
        CheckConstraint("lifted_half IN (0, 1)", name="lifted_half"),
        CheckConstraint("(lifted_day IS NULL) = (lifted_half IS NULL)", name="lifted"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    first_day: Mapped[date] = mapped_column(Date)
    first_half: Mapped[int]
    last_day: Mapped[date] = mapped_column(Date)
    last_half: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200))
    lifted_day: Mapped[date | None] = mapped_column(Date)
    lifted_half: Mapped[int | None]
