"""What the council's use cases share: looking up, and views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from xuequ.core.context import Service
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.council import (
    DecisionUnknown,
    MeetingNot,
    MeetingUnknown,
)
from xuequ.unified.budget.repository.council_meetings import CouncilRows
from xuequ.unified.budget.schemas.council import AttendeeView, InterestView, ItemView, MeetingView
from xuequ.unified.budget.service.council.cover import item_name, minutes_name
from xuequ.unified.budget.states.council import ItemState, Mark, Matter, MeetingState

_SHOWN = (
    *("id", "meeting_id", "number", "subject", "school", "school_name", "line_id", "line", "ceiling"),
    *("drawn", "since", "until", "due", "present", "yes", "no", "abstain", "presiding_id", "standard_key"),
    *("standard_since", "ratifies_id", "ratify_by", "ratified_on", "reason"),
)


class CouncilSteps(Service):
    """Looking up what the use cases of the council name."""

    @property
    def _rows(self) -> CouncilRows:
        return CouncilRows(self.context.session, self.context.scope, self.context.place)

    def _locked(self, meeting_id: int, *states: MeetingState) -> AnyRow:
        """Lock a meeting that is in one of the states."""
        row = self._rows.lock_meeting(meeting_id)
        if row is None:
            raise MeetingUnknown(meeting=str(meeting_id))
        if row.state not in states:
            needed = "、".join(state.label for state in states)
            state = MeetingState(row.state).label
            raise MeetingNot(number=minutes_name(row.year, row.number), state=state, needed=needed)
        return row

    def _refuse_unknown_staff(self, ids: Iterable[int]) -> None:
        ids = set(ids)
        unknown = sorted(ids - self._rows.staff_there(ids))
        refuse_if([Problem(StaffUnknown(staff=str(one))) for one in unknown])

    def _item(self, item_id: int) -> AnyRow:
        row = self._rows.item(item_id)
        if row is None:
            raise DecisionUnknown(item=str(item_id))
        return row

    def _meeting_view(self, meeting_id: int) -> MeetingView:
        row = self._rows.meeting(meeting_id)
        if row is None:
            raise MeetingUnknown(meeting=str(meeting_id))
        roll, items = self._rows.attendance(meeting_id), self._rows.items_of(meeting_id)
        return meeting_view(row, self._rows.district_name(), roll, items, self._rows.interests(meeting_id))


def item_values(row: AnyRow) -> dict[str, Any]:
    """Return the fields of an item's view."""
    minutes = "" if row.meeting_id is None else minutes_name(row.year, row.minutes)
    return {field: getattr(row, field) for field in _SHOWN} | {
        "minutes": minutes,
        "name": item_name(row),
        "matter": Matter(row.matter),
        "state": ItemState(row.state),
        "left": row.ceiling - row.drawn,
        "last_day": _last(row.until),
    }


def item_view(row: AnyRow) -> ItemView:
    """Return an item's row as its view."""
    return ItemView(**item_values(row))


def meeting_view(
    row: AnyRow,
    district: str,
    roll: Sequence[AnyRow],
    items: Sequence[AnyRow],
    interests: Sequence[AnyRow],
) -> MeetingView:
    """Return a meeting with its attendance, items and interests as its view."""
    subjects = {item.id: f"第{item.number}项 {item.subject}" for item in items}
    return MeetingView(
        **{name: getattr(row, name) for name in ("id", "year", "number", "day", "signed_on", "reason")},
        district=district,
        name=minutes_name(row.year, row.number),
        state=MeetingState(row.state),
        chair=row.chair,
        recorder=row.recorder,
        due=len(roll),
        present=sum(one.mark == Mark.PRESENT for one in roll),
        attendance=tuple(
            AttendeeView(staff_id=one.staff_id, staff_no=one.staff_no, name=one.name, mark=Mark(one.mark))
            for one in roll
        ),
        items=tuple(map(item_view, items)),
        interests=tuple(
            InterestView(item=subjects[one.item_id], staff_id=one.staff_id, name=one.name, reason=one.reason)
            for one in interests
        ),
    )


def _last(until: date | None) -> date | None:
    return None if until is None else until - timedelta(days=1)
