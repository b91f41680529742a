"""Tables of links: which leader is linked with which school, and what is prepared for a change of schools."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.access import Post
from xuequ.core.tables import (
    Base,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)


class SchoolLink(TenantRow, Base):
    """Which leader is linked with a school 挂钩, by date; one leader a school on any day.

    It hangs on the post and on who held it when it was made; it points to no appointment, since that may
    be taken as one that never was.
    """

    __tablename__ = "xq_leadership_link"
    __table_args__ = tenant_table(
        "xq_leadership_link",
        tenant_key("xq_leadership_link", "district_id", "xq_registry_district"),
        tenant_key("xq_leadership_link", "school_id", "xq_registry_school"),
        tenant_key("xq_leadership_link", "staff_id", "xq_registry_staff"),
        tenant_index("xq_leadership_link", "district_id", "since"),
        tenant_index("xq_leadership_link", "school_id", "since"),
        tenant_index("xq_leadership_link", "staff_id"),
        one_of("xq_leadership_link", "post", Post),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    post: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(SchoolLink.__table__, "school_id")


class PreparedLink(TenantRow, Base):
    """One line of links prepared for the day on which a school opens, merges or closes 拟调整挂钩.

    The school is named by its code, since one that is to open is not there yet. Without a post the school
    is to close. The fact that the school has opened or closed puts the line in force.
    """

    __tablename__ = "xq_leadership_prepared_link"
    __table_args__ = tenant_table(
        "xq_leadership_prepared_link",
        tenant_key("xq_leadership_prepared_link", "district_id", "xq_registry_district"),
        tenant_unique("xq_leadership_prepared_link", "district_id", "since", "school"),
        one_of("xq_leadership_prepared_link", "post", Post),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    school: Mapped[str] = mapped_column(String(40))
    post: Mapped[str | None] = mapped_column(String(40))
    in_force: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
