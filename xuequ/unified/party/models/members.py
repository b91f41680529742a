"""Tables of the branch: groups, members, and where they belong on any day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

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
from xuequ.unified.party.states.members import Joining, MemberExit, MemberState, Office


class Branch(TenantRow, Base):
    """A party branch 党支部: one for the whole district."""

    __tablename__ = "xq_party_branch"
    __table_args__ = tenant_table(
        "xq_party_branch",
        tenant_key("xq_party_branch", "district_id", "xq_registry_district"),
        tenant_index("xq_party_branch", "district_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    superior: Mapped[str] = mapped_column(String(100))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    term_ends_on: Mapped[date | None] = mapped_column(Date)


class PartyGroup(TenantRow, Base):
    """A group of the branch 党小组, as a cluster of schools has one."""

    __tablename__ = "xq_party_group"
    __table_args__ = tenant_table(
        "xq_party_group",
        tenant_key("xq_party_group", "district_id", "xq_registry_district"),
        tenant_key("xq_party_group", "branch_id", "xq_party_branch"),
        tenant_index("xq_party_group", "branch_id"),
        tenant_index("xq_party_group", "district_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class Member(TenantRow, Base):
    """One person as a member of the party 党员; `joined_on` is the day of the branch meeting that passed it.

    It belongs to the person in the county and goes with them from branch to branch.
    """

    __tablename__ = "xq_party_member"
    __table_args__ = tenant_table(
        "xq_party_member",
        tenant_key("xq_party_member", "person_id", "xq_registry_person"),
        tenant_unique("xq_party_member", "person_id"),
        one_of("xq_party_member", "exit", MemberExit),
    )

    person_id: Mapped[int] = mapped_column(BigInteger)
    joined_on: Mapped[date] = mapped_column(Date)
    full_on: Mapped[date | None] = mapped_column(Date)
    joined_in: Mapped[str] = mapped_column(String(100), default="")
    ended_on: Mapped[date | None] = mapped_column(Date)
    exit: Mapped[str | None] = mapped_column(String(40))


class MemberStatus(TenantRow, Base):
    """What a member is, by date 党员状态."""

    __tablename__ = "xq_party_member_status"
    __table_args__ = tenant_table(
        "xq_party_member_status",
        tenant_key("xq_party_member_status", "member_id", "xq_party_member"),
        tenant_index("xq_party_member_status", "member_id", "since"),
        one_of("xq_party_member_status", "state", MemberState),
        CheckConstraint("until > since", name="span"),
    )

    member_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    authority: Mapped[str] = mapped_column(String(200), default="")


class Affiliation(TenantRow, Base):
    """Which branch is responsible for a member, by date 组织关系; never two, and never none in between."""

    __tablename__ = "xq_party_affiliation"
    __table_args__ = tenant_table(
        "xq_party_affiliation",
        tenant_key("xq_party_affiliation", "district_id", "xq_registry_district"),
        tenant_key("xq_party_affiliation", "branch_id", "xq_party_branch"),
        tenant_key("xq_party_affiliation", "member_id", "xq_party_member"),
        tenant_index("xq_party_affiliation", "member_id", "since"),
        tenant_index("xq_party_affiliation", "branch_id", "since"),
        tenant_index("xq_party_affiliation", "district_id"),
        one_of("xq_party_affiliation", "joined_as", Joining),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    joined_as: Mapped[str] = mapped_column(String(40))


class GroupPlace(TenantRow, Base):
    """In which group of the branch a member is, by date."""

    __tablename__ = "xq_party_group_place"
    __table_args__ = tenant_table(
        "xq_party_group_place",
        tenant_key("xq_party_group_place", "district_id", "xq_registry_district"),
        tenant_key("xq_party_group_place", "group_id", "xq_party_group"),
        tenant_key("xq_party_group_place", "member_id", "xq_party_member"),
        tenant_index("xq_party_group_place", "member_id", "since"),
        tenant_index("xq_party_group_place", "group_id"),
        tenant_index("xq_party_group_place", "district_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    group_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class CommitteeSeat(TenantRow, Base):
    """Who sits in the branch committee, by date 支部委员会委员."""

    __tablename__ = "xq_party_committee_seat"
    __table_args__ = tenant_table(
        "xq_party_committee_seat",
        tenant_key("xq_party_committee_seat", "district_id", "xq_registry_district"),
        tenant_key("xq_party_committee_seat", "branch_id", "xq_party_branch"),
        tenant_key("xq_party_committee_seat", "member_id", "xq_party_member"),
        tenant_index("xq_party_committee_seat", "branch_id", "since"),
        tenant_index("xq_party_committee_seat", "member_id"),
        tenant_index("xq_party_committee_seat", "district_id"),
        one_of("xq_party_committee_seat", "office", Office),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    office: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(Branch.__table__, "district_id")
forbid_overlap(MemberStatus.__table__, "member_id")
forbid_overlap(Affiliation.__table__, "member_id")
forbid_overlap(GroupPlace.__table__, "member_id")
forbid_overlap(CommitteeSeat.__table__, "branch_id", "member_id")
