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
    unique_without,
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
    authority: Mapped[str] = mapped_column(String(200), default="")


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


class PartyGroupSchool(TenantRow, Base):
    """Which group the members who work at a school belong to, by date: one of a school at a time."""

    __tablename__ = "xq_party_group_school"
    __table_args__ = tenant_table(
        "xq_party_group_school",
        tenant_key("xq_party_group_school", "district_id", "xq_registry_district"),
        tenant_key("xq_party_group_school", "group_id", "xq_party_group"),
        tenant_key("xq_party_group_school", "school_id", "xq_registry_school"),
        tenant_index("xq_party_group_school", "school_id", "since"),
        tenant_index("xq_party_group_school", "group_id"),
        tenant_index("xq_party_group_school", "district_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    group_id: Mapped[int] = mapped_column(BigInteger)
    school_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class Member(TenantRow, Base):
    """One person as a member of the party 党员; `joined_on` is the day of the branch meeting that passed it.

    It belongs to the person in the county and goes with them from branch to branch. Who has left the party
    and is admitted again is a member anew. `probation_ends_on` is the first day on which the meeting may
    make a full member of a probationary one; `extended_on` the day it was put off.
    """

    __tablename__ = "xq_party_member"
    __table_args__ = tenant_table(
        "xq_party_member",
        tenant_key("xq_party_member", "person_id", "xq_registry_person"),
        tenant_index("xq_party_member", "person_id"),
        unique_without("uq_xq_party_member_open", "ended_on", "person_id"),
        one_of("xq_party_member", "exit", MemberExit),
        CheckConstraint("(ended_on IS NULL) = (exit IS NULL)", name="ended"),
        CheckConstraint("ended_on > joined_on", name="span"),
    )

    person_id: Mapped[int] = mapped_column(BigInteger)
    joined_on: Mapped[date] = mapped_column(Date)
    full_on: Mapped[date | None] = mapped_column(Date)
    joined_in: Mapped[str] = mapped_column(String(100), default="")
    probation_ends_on: Mapped[date | None] = mapped_column(Date)
    extended_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    exit: Mapped[str | None] = mapped_column(String(40))
    exit_authority: Mapped[str] = mapped_column(String(200), default="")


class MemberStatus(TenantRow, Base):
    """What a member is, by date 党员状态: without a gap from the day of joining to that of leaving.

    `lost_since` says of a suspended one since when contact was lost 失去联系.
    """

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
    lost_since: Mapped[date | None] = mapped_column(Date)
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
    authority: Mapped[str] = mapped_column(String(200), default="")


class GroupLeader(TenantRow, Base):
    """Who leads a group, by date 党小组组长: one at a time, and a member of the group."""

    __tablename__ = "xq_party_group_leader"
    __table_args__ = tenant_table(
        "xq_party_group_leader",
        tenant_key("xq_party_group_leader", "district_id", "xq_registry_district"),
        tenant_key("xq_party_group_leader", "group_id", "xq_party_group"),
        tenant_key("xq_party_group_leader", "member_id", "xq_party_member"),
        tenant_index("xq_party_group_leader", "group_id", "since"),
        tenant_index("xq_party_group_leader", "member_id"),
        tenant_index("xq_party_group_leader", "district_id"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    group_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(Branch.__table__, "district_id")
forbid_overlap(PartyGroupSchool.__table__, "school_id")
forbid_overlap(GroupLeader.__table__, "group_id")
forbid_overlap(GroupLeader.__table__, "member_id")
forbid_overlap(MemberStatus.__table__, "member_id")
forbid_overlap(Affiliation.__table__, "member_id")
forbid_overlap(GroupPlace.__table__, "member_id")
forbid_overlap(CommitteeSeat.__table__, "branch_id", "member_id")
