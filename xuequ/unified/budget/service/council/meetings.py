"""Use cases of the council's meetings: convened, held, signed, or voided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.unified.budget.actions.council import (
    CONVENE_COUNCIL,
    RECORD_DECISIONS,
    SIGN_MINUTES,
    VIEW_DECISIONS,
    VOID_COUNCIL_MEETING,
)
from xuequ.unified.budget.errors.council import (
    DecisionDrawn,
    ItemsOpen,
    MeetingAhead,
    MinutesNumberTaken,
    NotOnCouncil,
)
from xuequ.unified.budget.facts.council import (
    CouncilConvened,
    CouncilHeld,
    CouncilMeetingVoided,
    ItemProposed,
    MinutesSigned,
)
from xuequ.unified.budget.models.council import CouncilAttendance, CouncilMeeting
from xuequ.unified.budget.rules.council import attendance_problems, marks
from xuequ.unified.budget.schemas.council import (
    Attending,
    Convening,
    ItemProposal,
    ItemView,
    MeetingView,
    MeetingVoiding,
)
from xuequ.unified.budget.service.council.cover import item_name, minutes_name
from xuequ.unified.budget.service.council.proposing import Named, proposal_values
from xuequ.unified.budget.service.council.steps import CouncilSteps, item_view
from xuequ.unified.budget.states.council import ItemState, Mark, MeetingState

CONVENED, HELD = MeetingState.CONVENED, MeetingState.HELD


class MeetingCases(CouncilSteps):
    """Meetings of the council 校务委员会会议."""

    @use_case(CONVENE_COUNCIL)
    def convene(self, command: Convening) -> MeetingView:
        """Convene a meeting; its minutes are numbered within the year of its day.

        Raises:
            StaffUnknown: who chairs or records is not of the district.
            NotOnCouncil: who chairs does not sit on the council on that day.
            MinutesNumberTaken: the year has minutes of that number.
        """
        self._refuse_unknown_staff([command.chair_id, command.recorder_id])
        if command.chair_id not in {row.staff_id for row in self._rows.seats(command.day)}:
            raise NotOnCouncil(staff=str(command.chair_id), day=str(command.day))
        year = command.day.year
        values = {**command.model_dump(), "year": year, "state": CONVENED.code}
        row_id = self._rows.add_meeting({**values, "signed_on": None, "reason": ""})
        if row_id is None:
            raise MinutesNumberTaken(number=minutes_name(year, command.number))
        numbers = {"year": year, "number": command.number}
        self.context.announce(CouncilConvened(meeting_id=row_id, day=command.day, **numbers))
        return self._meeting_view(row_id)

    @use_case(RECORD_DECISIONS)
    def propose(self, meeting_id: int, items: Sequence[ItemProposal]) -> list[ItemView]:
        """Put items on the agenda of a meeting, numbered in their order.

        Raises:
            MeetingUnknown, MeetingNot: there is no such meeting, or it is over.
            SchoolUnknown, LineUnknown, LineOfOtherSchool, DecisionUnknown: for what an item names.
            CeilingMissing: an item that allows spending names no ceiling.
            SpanBackwards: an item would expire before it is decided.
            Problems: when there is more than one of these.
        """
        meeting = self._locked(meeting_id, CONVENED, HELD)
        named = self._named(items)
        refuse_if([problem for item in items for problem in named.problems(item)])
        first = len(self._rows.items_of(meeting_id)) + 1
        rows = [proposal_values(meeting, number, item, named) for number, item in enumerate(items, first)]
        ids = self._rows.add_items(rows)
        for item_id, item in zip(ids, items, strict=True):
            matter, ceiling = item.matter.code, item.ceiling
            fact = ItemProposed(item_id=item_id, meeting_id=meeting_id, matter=matter, ceiling=ceiling)
            self.context.announce(fact)
        return [item_view(row) for row in self._rows.items_of(meeting_id) if row.id in ids]

    def _named(self, items: Sequence[ItemProposal]) -> Named:
        rows = self._rows
        return Named(
            schools=rows.schools(),
            lines=rows.lines(item.line_id for item in items if item.line_id is not None),
            emergencies=rows.items(item.ratifies_id for item in items if item.ratifies_id is not None),
        )

    @use_case(RECORD_DECISIONS)
    def hold(self, meeting_id: int, command: Attending) -> MeetingView:
        """Record that a meeting was held, and who of those who sat on the council on its day came.

        Raises:
            MeetingUnknown, MeetingNot: there is no such meeting, or it was held.
            MeetingAhead: its day has not come.
            NotOnCouncil, NotPresent: for who came, and who chaired.
            Problems: when there is more than one of these.
        """
        meeting = self._locked(meeting_id, CONVENED)
        number, chair = minutes_name(meeting.year, meeting.number), command.chair_id or meeting.chair_id
        if meeting.day > self.context.today:
            raise MeetingAhead(number=number, day=str(meeting.day))
        due = [row.staff_id for row in self._rows.seats(meeting.day)]
        came = (command.present, command.excused)
        refuse_if(attendance_problems(number, due, *came, chair, meeting.day))
        roll = marks(due, *came)
        rows = [(meeting_id, staff_id, mark.code) for staff_id, mark in roll.items()]
        self._rows.load(CouncilAttendance, ("meeting_id", "staff_id", "mark"), rows)
        self._rows.change(CouncilMeeting, meeting_id, state=HELD.code, chair_id=chair)
        present = sum(mark is Mark.PRESENT for mark in roll.values())
        self.context.announce(CouncilHeld(meeting_id=meeting_id, due=len(due), present=present))
        return self._meeting_view(meeting_id)

    @use_case(SIGN_MINUTES)
    def sign_minutes(self, meeting_id: int, on: date | None = None) -> MeetingView:
        """Record that the minutes of a meeting were signed; nothing is added to them from then on.

        Raises:
            MeetingUnknown, MeetingNot: there is no such meeting, or it was not held, or is signed.
            MeetingAhead: the day is before the meeting.
            ItemsOpen: an item was not voted on.
        """
        meeting, day = self._locked(meeting_id, HELD), on or self.context.today
        number = minutes_name(meeting.year, meeting.number)
        if day < meeting.day:
            raise MeetingAhead(number=number, day=str(meeting.day))
        items = self._rows.items_of(meeting_id)
        open_items = [str(item.number) for item in items if item.state == ItemState.PROPOSED]
        if open_items:
            raise ItemsOpen(number=number, items="、".join(open_items))
        self._rows.change(CouncilMeeting, meeting_id, state=MeetingState.SIGNED.code, signed_on=day)
        self.context.announce(MinutesSigned(meeting_id=meeting_id, signed_on=day))
        return self._meeting_view(meeting_id)

    @use_case(VOID_COUNCIL_MEETING)
    def void_meeting(self, meeting_id: int, command: MeetingVoiding) -> MeetingView:
        """Void a meeting that was recorded in error, and its items with it; nothing is erased.

        Raises:
            MeetingUnknown, MeetingNot: there is no such meeting, or it is void.
            DecisionDrawn: something was drawn on one of its items.
        """
        meeting = self._locked(meeting_id, CONVENED, HELD, MeetingState.SIGNED)
        there = self._rows.items_of(meeting_id)
        ids = [row.id for row in there]
        ratifying = {row.ratifies_id for row in there if row.ratifies_id is not None}
        items = self._rows.lock_items([*ids, *ratifying])
        number = minutes_name(meeting.year, meeting.number)
        drawn = [items[one] for one in ids if items[one].drawn > Money(0)]
        refuse_if(
            [Problem(DecisionDrawn(number=number, item=item_name(one), drawn=one.drawn)) for one in drawn]
        )
        self._rows.reach(ids, ItemState.VOIDED)
        refused = {one for one in ratifying if items[one].state == ItemState.REJECTED}
        self._rows.reach(refused - self._rows.rejections(refused), ItemState.PROVISIONAL)
        void = {"state": MeetingState.VOIDED.code, "reason": command.reason}
        self._rows.change(CouncilMeeting, meeting_id, **void)
        self.context.announce(CouncilMeetingVoided(meeting_id=meeting_id, item_ids=tuple(ids)))
        return self._meeting_view(meeting_id)

    @reading(VIEW_DECISIONS)
    def minutes(self, meeting_id: int) -> MeetingView:
        """Return a meeting with who should attend, its items, and who has an interest in them.

        Raises:
            MeetingUnknown: there is none of that id here.
        """
        return self._meeting_view(meeting_id)
