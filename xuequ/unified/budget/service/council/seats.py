"""Use cases of who sits on the council."""

from __future__ import annotations

from datetime import date
from typing import Any

from xuequ.core.context import reading, use_case
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.council import SEAT_COUNCIL, VIEW_DECISIONS
from xuequ.unified.budget.errors.council import SeatEnds, SeatTaken, SeatUnknown
from xuequ.unified.budget.facts.council import CouncilSeatLeft, CouncilSeatTaken
from xuequ.unified.budget.models.council import CouncilMember
from xuequ.unified.budget.schemas.council import Seating, SeatView
from xuequ.unified.budget.service.council.steps import CouncilSteps
from xuequ.unified.budget.states.council import CouncilRole


class SeatCases(CouncilSteps):
    """The roster of the council 校务委员会名单, by date."""

    @use_case(SEAT_COUNCIL)
    def seat(self, command: Seating) -> SeatView:
        """Record that somebody sits on the council.

        Raises:
            StaffUnknown: the district has no such member of staff.
            SpanBackwards: it would end before it begins.
            SeatTaken: the person has a seat, or the council a chair, on one of the days.
        """
        self._refuse_unknown_staff([command.staff_id])
        span, chair = DaySpan(command.since, command.until), command.role is CouncilRole.CHAIR
        if self._rows.seat_meeting(command.staff_id, span.since, span.until, chair=chair) is not None:
            raise SeatTaken(role=command.role.label, since=str(span.since))
        here = self._rows.district_id
        values: dict[str, Any] = {**command.model_dump(exclude={"role"}), "role": command.role.code}
        seat_id = self._rows.add(CouncilMember, district_id=here, chair_of=here if chair else None, **values)
        self.context.announce(CouncilSeatTaken(seat_id=seat_id, **values))
        return self._seat(seat_id)

    @use_case(SEAT_COUNCIL)
    def unseat(self, seat_id: int, until: date) -> SeatView:
        """Record that a seat ends: `until` is the first day without it.

        Raises:
            SeatUnknown: there is none of that id here.
            SeatEnds: it has ended already, or not begun.
        """
        row = self._rows.lock_seat(seat_id)
        if row is None:
            raise SeatUnknown(seat=str(seat_id))
        if row.until is not None or until <= row.since:
            raise SeatEnds(since=str(row.since), until=str(until))
        self._rows.change(CouncilMember, seat_id, until=until)
        self.context.announce(CouncilSeatLeft(seat_id=seat_id, until=until))
        return self._seat(seat_id)

    @reading(VIEW_DECISIONS)
    def members(self, on: date | None = None) -> list[SeatView]:
        """List who sits on the council on a day, the chair first; today when left out."""
        return [_view(row) for row in self._rows.seats(on or self.context.today)]

    def _seat(self, seat_id: int) -> SeatView:
        row = self._rows.lock_seat(seat_id)
        assert row is not None, "the seat was written just now"
        return _view(row)


def _view(row: AnyRow) -> SeatView:
    return SeatView(
        **{name: getattr(row, name) for name in ("id", "staff_id", "staff_no", "name", "since", "until")},
        role=CouncilRole(row.role),
    )
