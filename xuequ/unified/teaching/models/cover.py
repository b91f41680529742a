"""Tables of cover: who is away, which lessons that leaves, and who stands in.

There is no timetable yet, so a lesson is a subject of a class on a half-day, with `period` 0. A timetable
splits it: the same table then holds one row for each period, numbered from 1.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    TenantRow,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.standards.codes.schooling import Subject
from xuequ.unified.teaching.states.cover import CoverEnd, NeedState

WHOLE_HALF_DAY = 0
"""The period of a lesson that no timetable has split."""

_LESSON = ("leave_id", "day", "half", "period", "class_id", "subject")


class Absence(TenantRow, Base):
    """That somebody is on leave on a half-day 不在岗, whether or not they teach then.

    `leave_id` is a value, since no key leaves the part; a half-day that is leave no longer is `released`.
    """

    __tablename__ = "xq_teaching_absence"
    __table_args__ = tenant_table(
        "xq_teaching_absence",
        tenant_key("xq_teaching_absence", "district_id", "xq_registry_district"),
        tenant_key("xq_teaching_absence", "school_id", "xq_registry_school"),
        tenant_key("xq_teaching_absence", "staff_id", "xq_registry_staff"),
        tenant_unique("xq_teaching_absence", "leave_id", "day", "half"),
        tenant_index("xq_teaching_absence", "staff_id", "day"),
        tenant_index("xq_teaching_absence", "district_id", "day"),
        CheckConstraint("half IN (0, 1)", name="half"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    leave_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    half: Mapped[int]
    released: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)


class CoverNeed(TenantRow, Base):
    """A lesson whose teacher is on leave 顶班需求: a subject of a class on a half-day."""

    __tablename__ = "xq_teaching_cover_need"
    __table_args__ = tenant_table(
        "xq_teaching_cover_need",
        tenant_key("xq_teaching_cover_need", "district_id", "xq_registry_district"),
        tenant_key("xq_teaching_cover_need", "school_id", "xq_registry_school"),
        tenant_key("xq_teaching_cover_need", "class_id", "xq_registry_class"),
        tenant_key("xq_teaching_cover_need", "staff_id", "xq_registry_staff"),
        UniqueConstraint("county_id", *_LESSON, name="uq_xq_teaching_cover_need_lesson"),
        tenant_index("xq_teaching_cover_need", "district_id", "day"),
        tenant_index("xq_teaching_cover_need", "staff_id", "day"),
        one_of("xq_teaching_cover_need", "subject", Subject),
        one_of("xq_teaching_cover_need", "state", NeedState),
        CheckConstraint("half IN (0, 1)", name="half"),
        CheckConstraint("period >= 0", name="period"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    class_id: Mapped[int] = mapped_column(BigInteger)
    subject: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[int] = mapped_column(BigInteger)
    leave_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    half: Mapped[int]
    period: Mapped[int] = mapped_column(default=WHOLE_HALF_DAY)
    state: Mapped[str] = mapped_column(String(40))


class CoverAssignment(TenantRow, Base):
    """Who stands in for a lesson 顶班; one at a time. What has ended stays, with why.

    `combined` says that the substitute has other classes at that school on the half-day, and `reason` why it
    can be done all the same. `given` says that the half-day has passed.
    """

    __tablename__ = "xq_teaching_cover_assignment"
    __table_args__ = tenant_table(
        "xq_teaching_cover_assignment",
        tenant_key("xq_teaching_cover_assignment", "district_id", "xq_registry_district"),
        tenant_key("xq_teaching_cover_assignment", "need_id", "xq_teaching_cover_need"),
        tenant_key("xq_teaching_cover_assignment", "staff_id", "xq_registry_staff"),
        unique_without("uq_xq_teaching_cover_assignment_one", "ended", "need_id"),
        tenant_index("xq_teaching_cover_assignment", "staff_id", "day"),
        tenant_index("xq_teaching_cover_assignment", "district_id", "day"),
        tenant_index("xq_teaching_cover_assignment", "need_id"),
        one_of("xq_teaching_cover_assignment", "ended", CoverEnd),
        CheckConstraint("NOT combined OR reason <> ''", name="reason"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    need_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    half: Mapped[int]
    combined: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    reason: Mapped[str] = mapped_column(String(200), default="")
    given: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    ended: Mapped[str | None] = mapped_column(String(40))
    end_reason: Mapped[str] = mapped_column(String(200), default="")
