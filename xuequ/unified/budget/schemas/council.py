"""Commands and views of the council."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Code, Command, Id, View, clean_text
from xuequ.core.money import Money
from xuequ.unified.budget.states.council import CouncilRole, ItemState, Mark, Matter, MeetingState

Subject = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
Votes = Annotated[int, Field(ge=0)]
Sum = Annotated[Money, Field(ge=Money(0))]


class Seating(Command):
    """Say that somebody sits on the council from a day on, up to, but not with, another."""

    staff_id: Id
    role: CouncilRole = CouncilRole.MEMBER
    since: date
    until: date | None = None


class Convening(Command):
    """Convene a meeting 召集: its day, and the number of its minutes within the year."""

    number: Annotated[int, Field(gt=0)]
    day: date
    chair_id: Id
    recorder_id: Id


class ItemProposal(Command):
    """Put an item on the agenda 提交议题.

    `ceiling` is what may be spent by it up to, but not with, `until`. `school` and `line_id` narrow it;
    `ratifies_id` is the emergency repair that it is to ratify.
    """

    matter: Matter
    subject: Subject
    ceiling: Sum = Money(0)
    until: date | None = None
    school: Code | None = None
    line_id: Id | None = None
    ratifies_id: Id | None = None


class Attending(Command):
    """Say who came; who is due and neither present nor excused was absent. `chair_id` if another chaired."""

    present: tuple[Id, ...]
    excused: tuple[Id, ...] = ()
    chair_id: Id | None = None


class Interest(Command):
    """Say that a member has an interest in an item, and which."""

    staff_id: Id
    reason: Subject


def _each_once(interested: tuple[Interest, ...]) -> tuple[Interest, ...]:
    if len({one.staff_id for one in interested}) < len(interested):
        raise ValueError("同一成员的利害关系请合并为一条")
    return interested


class ItemVote(Command):
    """Record how an item was voted on; `presiding_id` is who presided if it was not the meeting's chair."""

    yes: Votes
    no: Votes = 0
    abstain: Votes = 0
    interested: Annotated[tuple[Interest, ...], AfterValidator(_each_once)] = ()
    presiding_id: Id | None = None


class MeetingVoiding(Command):
    """Why a meeting is voided; nothing is erased."""

    reason: Subject


class EmergencyRepair(Command):
    """Record an emergency repair 应急抢修 that was begun before it was decided.

    `limit` is up to what may be spent on it; `began_on` is today when left out.
    """

    school: Code
    line_id: Id
    subject: Subject
    limit: Annotated[Money, Field(gt=Money(0))]
    reason: Subject
    began_on: date | None = None


class SeatView(View):
    """A seat on the council."""

    id: Id
    staff_id: Id
    staff_no: str
    name: str
    role: CouncilRole
    since: date
    until: date | None


class AttendeeView(View):
    """A member who should attend a meeting, and whether they did."""

    staff_id: Id
    staff_no: str
    name: str
    mark: Mark


class InterestView(View):
    """A member who has an interest in an item."""

    item: str
    staff_id: Id
    name: str
    reason: str


class ItemView(View):
    """An item: what it allows, what is drawn of it, and how it was voted on.

    It is good from `since` to `last_day`; `standard_key` and `standard_since` say by which entry of the
    rule parameters it was decided.
    """

    id: Id
    meeting_id: Id | None
    minutes: str
    number: int | None
    name: str
    matter: Matter
    subject: str
    school: str | None
    school_name: str | None
    line_id: Id | None
    line: str | None
    ceiling: Money
    drawn: Money
    left: Money
    since: date
    until: date | None
    last_day: date | None
    state: ItemState
    due: int | None
    present: int | None
    yes: int | None
    no: int | None
    abstain: int | None
    presiding_id: Id | None
    standard_key: str | None
    standard_since: date | None
    ratifies_id: Id | None
    ratify_by: date | None
    ratified_on: date | None
    reason: str


class MeetingView(View):
    """A meeting with who should attend, its items, and who has an interest in them."""

    id: Id
    district: str
    name: str
    year: int
    number: int
    day: date
    state: MeetingState
    chair: str
    recorder: str
    due: int
    present: int
    signed_on: date | None
    reason: str
    attendance: tuple[AttendeeView, ...]
    items: tuple[ItemView, ...]
    interests: tuple[InterestView, ...]


class DecisionLine(ItemView):
    """An item in the ledger, and how it stands on the day: 有效, 用完, 失效 …"""

    standing: str


class EmergencyLine(ItemView):
    """An emergency repair in the ledger; `overdue` where it was not ratified in time."""

    standing: str
    overdue: bool


class DecisionLedger(View):
    """What the council allowed in a year, what was drawn of it, and the emergencies to be ratified."""

    district: str
    year: int
    as_of: date
    ceiling: Money
    drawn: Money
    overdue: int
    lines: tuple[DecisionLine, ...]
    emergencies: tuple[EmergencyLine, ...]
