"""Tables of the council 校务委员会: who sits on it, its meetings, and what its items allow to be spent."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.money import Money
from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    MoneyColumn,
    TenantRow,
    append_only,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.unified.budget.states.council import (
    CouncilRole,
    DrawWay,
    ItemState,
    Mark,
    Matter,
    MeetingState,
)


class CouncilMember(TenantRow, Base):
    """That somebody sits on a district's council, by date; `chair_of` is the district of a chair."""

    __tablename__ = "xq_budget_council_member"
    __table_args__ = tenant_table(
        "xq_budget_council_member",
        tenant_key("xq_budget_council_member", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_council_member", "staff_id", "xq_registry_staff"),
        tenant_key("xq_budget_council_member", "chair_of", "xq_registry_district"),
        tenant_index("xq_budget_council_member", "district_id"),
        one_of("xq_budget_council_member", "role", CouncilRole),
        CheckConstraint("until > since", name="span"),
        CheckConstraint("(chair_of IS NOT NULL) = (role = 'chair')", name="chair"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(String(40))
    chair_of: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(CouncilMember.__table__, "staff_id")
forbid_overlap(CouncilMember.__table__, "chair_of")


class CouncilMeeting(TenantRow, Base):
    """A meeting of the council 校务委员会会议; its minutes are numbered within the year of its day."""

    __tablename__ = "xq_budget_council_meeting"
    __table_args__ = tenant_table(
        "xq_budget_council_meeting",
        tenant_key("xq_budget_council_meeting", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_council_meeting", "chair_id", "xq_registry_staff"),
        tenant_key("xq_budget_council_meeting", "recorder_id", "xq_registry_staff"),
        tenant_unique("xq_budget_council_meeting", "district_id", "year", "number"),
        one_of("xq_budget_council_meeting", "state", MeetingState),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(reason <> '') = (state = 'voided')", name="voided"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    number: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
    chair_id: Mapped[int] = mapped_column(BigInteger)
    recorder_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(40))
    signed_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")


class CouncilAttendance(TenantRow, Base):
    """Whether a member who should attend a meeting did 应到、实到."""

    __tablename__ = "xq_budget_council_attendance"
    __table_args__ = tenant_table(
        "xq_budget_council_attendance",
        tenant_key("xq_budget_council_attendance", "meeting_id", "xq_budget_council_meeting"),
        tenant_key("xq_budget_council_attendance", "staff_id", "xq_registry_staff"),
        tenant_unique("xq_budget_council_attendance", "meeting_id", "staff_id"),
        one_of("xq_budget_council_attendance", "mark", Mark),
    )

    meeting_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    mark: Mapped[str] = mapped_column(String(40))


class DecisionItem(TenantRow, Base):
    """An item of a meeting 决议, or an emergency repair 应急抢修 that a meeting is to ratify.

    Its ceiling may be drawn on from `since` up to, but not with, `until`. An emergency has no meeting and
    is to be ratified by `ratify_by`; `ratifies_id` is the emergency that an item is to ratify. `standard_key`
    and `standard_since` say by which entry of the rule parameters it was decided.
    """

    __tablename__ = "xq_budget_decision_item"
    __table_args__ = tenant_table(
        "xq_budget_decision_item",
        tenant_key("xq_budget_decision_item", "district_id", "xq_registry_district"),
        tenant_key("xq_budget_decision_item", "meeting_id", "xq_budget_council_meeting"),
        tenant_key("xq_budget_decision_item", "school_id", "xq_registry_school"),
        tenant_key("xq_budget_decision_item", "line_id", "xq_budget_line"),
        tenant_key("xq_budget_decision_item", "ratifies_id", "xq_budget_decision_item"),
        tenant_key("xq_budget_decision_item", "presiding_id", "xq_registry_staff"),
        tenant_unique("xq_budget_decision_item", "meeting_id", "number"),
        tenant_index("xq_budget_decision_item", "district_id", "since"),
        tenant_index("xq_budget_decision_item", "ratifies_id"),
        one_of("xq_budget_decision_item", "matter", Matter),
        one_of("xq_budget_decision_item", "state", ItemState),
        CheckConstraint("0 <= drawn AND drawn <= ceiling", name="drawn"),
        CheckConstraint("until > since", name="span"),
        CheckConstraint("(meeting_id IS NULL) = (ratify_by IS NOT NULL)", name="emergency"),
        CheckConstraint("(meeting_id IS NULL) = (number IS NULL)", name="number"),
        CheckConstraint("state <> 'provisional' OR meeting_id IS NULL", name="provisional"),
        CheckConstraint("yes + no + abstain <= present AND present <= due", name="cast"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    meeting_id: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[int | None]
    matter: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    line_id: Mapped[int | None] = mapped_column(BigInteger)
    ceiling: Mapped[Money] = mapped_column(MoneyColumn)
    drawn: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(40))
    due: Mapped[int | None]
    present: Mapped[int | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstain: Mapped[int | None]
    presiding_id: Mapped[int | None] = mapped_column(BigInteger)
    standard_key: Mapped[str | None] = mapped_column(String(100))
    standard_since: Mapped[date | None] = mapped_column(Date)
    ratifies_id: Mapped[int | None] = mapped_column(BigInteger)
    ratify_by: Mapped[date | None] = mapped_column(Date)
    ratified_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")


class DecisionInterest(TenantRow, Base):
    """That a member has an interest in an item 利害关系, and why."""

    __tablename__ = "xq_budget_decision_interest"
    __table_args__ = tenant_table(
        "xq_budget_decision_interest",
        tenant_key("xq_budget_decision_interest", "item_id", "xq_budget_decision_item"),
        tenant_key("xq_budget_decision_interest", "staff_id", "xq_registry_staff"),
        tenant_unique("xq_budget_decision_interest", "item_id", "staff_id"),
    )

    item_id: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(200))


class DecisionDraw(TenantRow, Base):
    """What a record took out of an item's ceiling, or gave back; append-only.

    Each taking of one source is a round of its own, which it may give back once.
    """

    __tablename__ = "xq_budget_decision_draw"
    __table_args__ = tenant_table(
        "xq_budget_decision_draw",
        tenant_key("xq_budget_decision_draw", "item_id", "xq_budget_decision_item"),
        UniqueConstraint(
            *("county_id", "item_id", "source_kind", "source_id", "round", "way"),
            name="uq_xq_budget_decision_draw_use",
        ),
        one_of("xq_budget_decision_draw", "way", DrawWay),
        CheckConstraint("amount > 0", name="amount"),
    )

    item_id: Mapped[int] = mapped_column(BigInteger)
    source_kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    source_id: Mapped[int] = mapped_column(BigInteger)
    round: Mapped[int]
    way: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    day: Mapped[date] = mapped_column(Date)


append_only(DecisionDraw.__table__)
