"""Tables of 民主评议党员 and of what the 组织生活会 finds: criticism, and what is put right."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String, Text
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
from xuequ.unified.party.states.appraisal import AppraisalStep, CriticismKind, Grade


class Appraisal(TenantRow, Base):
    """The branch's appraisal of its members for one year 民主评议党员."""

    __tablename__ = "xq_party_appraisal"
    __table_args__ = tenant_table(
        "xq_party_appraisal",
        tenant_key("xq_party_appraisal", "district_id", "xq_registry_district"),
        tenant_key("xq_party_appraisal", "branch_id", "xq_party_branch"),
        tenant_unique("xq_party_appraisal", "branch_id", "year"),
        tenant_index("xq_party_appraisal", "district_id"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    opened_on: Mapped[date] = mapped_column(Date)


class Appraised(TenantRow, Base):
    """One member's appraisal: steps in their order, the ballot's tallies, and the committee's grade.

    The ballot keeps how many gave which grade, never who.
    """

    __tablename__ = "xq_party_appraised"
    __table_args__ = tenant_table(
        "xq_party_appraised",
        tenant_key("xq_party_appraised", "appraisal_id", "xq_party_appraisal"),
        tenant_key("xq_party_appraised", "member_id", "xq_party_member"),
        tenant_key("xq_party_appraised", "meeting_id", "xq_party_meeting"),
        tenant_unique("xq_party_appraised", "appraisal_id", "member_id"),
        tenant_index("xq_party_appraised", "member_id"),
        one_of("xq_party_appraised", "step", AppraisalStep),
        one_of("xq_party_appraised", "grade", Grade),
        CheckConstraint("(step = 'graded') = (grade IS NOT NULL)", name="graded"),
    )

    appraisal_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    step: Mapped[str] = mapped_column(String(40))
    self_on: Mapped[date | None] = mapped_column(Date)
    mutual_on: Mapped[date | None] = mapped_column(Date)
    meeting_id: Mapped[int | None] = mapped_column(BigInteger)
    excellent: Mapped[int | None]
    qualified: Mapped[int | None]
    basic: Mapped[int | None]
    unqualified: Mapped[int | None]
    grade: Mapped[str | None] = mapped_column(String(40))
    graded_on: Mapped[date | None] = mapped_column(Date)
    opinion: Mapped[str] = mapped_column(Text, default="")


class Criticism(TenantRow, Base):
    """One item that a 组织生活会 raised; without `member_id` it is of the branch as a whole."""

    __tablename__ = "xq_party_criticism"
    __table_args__ = tenant_table(
        "xq_party_criticism",
        tenant_key("xq_party_criticism", "meeting_id", "xq_party_meeting"),
        tenant_key("xq_party_criticism", "member_id", "xq_party_member"),
        tenant_index("xq_party_criticism", "meeting_id"),
        one_of("xq_party_criticism", "kind", CriticismKind),
    )

    meeting_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)


class Rectification(TenantRow, Base):
    """What is to be put right 整改事项: by whom, until when, and when it was, with what proof."""

    __tablename__ = "xq_party_rectification"
    __table_args__ = tenant_table(
        "xq_party_rectification",
        tenant_key("xq_party_rectification", "district_id", "xq_registry_district"),
        tenant_key("xq_party_rectification", "criticism_id", "xq_party_criticism"),
        tenant_key("xq_party_rectification", "owner_id", "xq_party_member"),
        tenant_index("xq_party_rectification", "criticism_id"),
        tenant_index("xq_party_rectification", "district_id", "due_on"),
        CheckConstraint("(done_on IS NULL) = (proof = '')", name="proof"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    criticism_id: Mapped[int] = mapped_column(BigInteger)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    measure: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    proof: Mapped[str] = mapped_column(String(200), default="")
