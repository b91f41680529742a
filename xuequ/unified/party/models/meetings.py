"""Tables of meetings: what was planned and held, who should attend and did, what was resolved."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String, Text
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
from xuequ.unified.party.states.meetings import Body, Mark, MeetingKind, MeetingState
from xuequ.unified.party.states.members import MemberState

_M = "xq_party_meeting"


class Meeting(TenantRow, Base):
    """A meeting of the branch, its committee or a group; it is voided with a reason, never erased.

    `number` tells it from others of the branch. `within_id` is the 主题党日 that contains it. The minutes
    are a file of the meeting, or paper whose digest and whereabouts are kept.
    """

    __tablename__ = _M
    __table_args__ = tenant_table(
        _M,
        tenant_key(_M, "district_id", "xq_registry_district"),
        tenant_key(_M, "branch_id", "xq_party_branch"),
        tenant_key(_M, "group_id", "xq_party_group"),
        tenant_key(_M, "host_id", "xq_party_member"),
        tenant_key(_M, "lecturer_id", "xq_party_member"),
        tenant_key(_M, "within_id", _M),
        tenant_key(_M, "minutes_id", "xq_registry_attachment"),
        tenant_index(_M, "branch_id", "held_on"),
        tenant_index(_M, "district_id"),
        unique_without(f"uq_{_M}_number", "voided_on", "branch_id", "number"),
        one_of(_M, "kind", MeetingKind),
        one_of(_M, "body", Body),
        one_of(_M, "state", MeetingState),
        CheckConstraint("(state <> 'held') OR held_on IS NOT NULL", name="held"),
        CheckConstraint("(state = 'voided') = (voided_on IS NOT NULL)", name="voided"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    group_id: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    planned_on: Mapped[date] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)
    host_id: Mapped[int | None] = mapped_column(BigInteger)
    lecturer_id: Mapped[int | None] = mapped_column(BigInteger)
    within_id: Mapped[int | None] = mapped_column(BigInteger)
    agenda: Mapped[str] = mapped_column(Text, default="")
    minutes_id: Mapped[int | None] = mapped_column(BigInteger)
    minutes_sha256: Mapped[str | None] = mapped_column(String(64))
    minutes_at: Mapped[str] = mapped_column(String(200), default="")
    voided_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")


class TalkMember(TenantRow, Base):
    """Whom a talk 谈心谈话 is between."""

    __tablename__ = "xq_party_talk_member"
    __table_args__ = tenant_table(
        "xq_party_talk_member",
        tenant_key("xq_party_talk_member", "meeting_id", _M),
        tenant_key("xq_party_talk_member", "member_id", "xq_party_member"),
        tenant_unique("xq_party_talk_member", "meeting_id", "member_id"),
        tenant_index("xq_party_talk_member", "member_id"),
    )

    meeting_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)


class Excuse(TenantRow, Base):
    """Leave of absence from a meeting, granted before it 请假."""

    __tablename__ = "xq_party_excuse"
    __table_args__ = tenant_table(
        "xq_party_excuse",
        tenant_key("xq_party_excuse", "meeting_id", _M),
        tenant_key("xq_party_excuse", "member_id", "xq_party_member"),
        tenant_unique("xq_party_excuse", "meeting_id", "member_id"),
        tenant_index("xq_party_excuse", "member_id"),
    )

    meeting_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    granted_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200))


class Roll(TenantRow, Base):
    """One of those who should attend a meeting, frozen when it was held, and whether they did.

    Where nobody has taken attendance yet, all are absent and no line is `marked`.
    """

    __tablename__ = "xq_party_roll"
    __table_args__ = tenant_table(
        "xq_party_roll",
        tenant_key("xq_party_roll", "meeting_id", _M),
        tenant_key("xq_party_roll", "member_id", "xq_party_member"),
        tenant_unique("xq_party_roll", "meeting_id", "member_id"),
        tenant_index("xq_party_roll", "member_id"),
        one_of("xq_party_roll", "state", MemberState),
        one_of("xq_party_roll", "mark", Mark),
        CheckConstraint("(mark = 'excused') = (excused_on IS NOT NULL)", name="excused"),
    )

    meeting_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(40))
    mark: Mapped[str] = mapped_column(String(40))
    marked: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    excused_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")


class Resolution(TenantRow, Base):
    """What a meeting resolved 决议, in the order of its number."""

    __tablename__ = "xq_party_resolution"
    __table_args__ = tenant_table(
        "xq_party_resolution",
        tenant_key("xq_party_resolution", "meeting_id", _M),
        tenant_unique("xq_party_resolution", "meeting_id", "number"),
    )

    meeting_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class MissedReason(TenantRow, Base):
    """Why what is usually held was not, in a month, quarter or year 未开展原因."""

    __tablename__ = "xq_party_missed_reason"
    __table_args__ = tenant_table(
        "xq_party_missed_reason",
        tenant_key("xq_party_missed_reason", "district_id", "xq_registry_district"),
        tenant_key("xq_party_missed_reason", "branch_id", "xq_party_branch"),
        tenant_key("xq_party_missed_reason", "group_id", "xq_party_group"),
        tenant_index("xq_party_missed_reason", "branch_id", "since"),
        tenant_index("xq_party_missed_reason", "district_id"),
        one_of("xq_party_missed_reason", "kind", MeetingKind),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    group_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200))
    recorded_on: Mapped[date] = mapped_column(Date)
