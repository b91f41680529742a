"""Steps that the use cases of leave share: who may, locks, what a leave is judged by, and views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from xuequ.core.access import Action, Holding, Post
from xuequ.core.context import Service
from xuequ.core.errors import ActionNotPermitted, refuse_if
from xuequ.core.halfdays import HalfDay, HalfDaySpan
from xuequ.core.settings import CHINA
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.rolls import now_of
from xuequ.unified.leadership.actions.leave import REQUEST_FOR_OTHERS, VIEW, VIEW_OTHERS
from xuequ.unified.leadership.errors.leave import LeaveOfOther, LeaveUnknown, OwnLeave
from xuequ.unified.leadership.errors.ledgers import DayAhead
from xuequ.unified.leadership.repository.leave import LeaveRows
from xuequ.unified.leadership.rules.leave import Stretch, chain_of, in_days, step_problems, total_of
from xuequ.unified.leadership.rules.leave_authority import Authority, Case, Duty, authority_over
from xuequ.unified.leadership.schemas.leave import LeaveView
from xuequ.unified.leadership.service.leave.shown import leave_view
from xuequ.unified.leadership.service.leave.whereabouts import Whereabouts
from xuequ.unified.leadership.states.leave import LeaveKind, LeaveState

NEAR = 2 * 100
"""Half-days on either side in which leaves can touch: no vacation is longer, and none breaks a chain."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A leave with what counts as one with it, and as what it may be decided on."""

    own: Stretch
    linked: tuple[Stretch, ...]
    case: Case
    authority: Authority
    duties: tuple[Duty, ...]
    where: Whereabouts


def span_of(first: int, last: int) -> HalfDaySpan:
    """Return the span from one half-day to another, both inside."""
    return HalfDaySpan.through(HalfDay.at(first), HalfDay.at(last))


class LeaveSteps(Service):
    """What asking, deciding and ending are made of."""

    @property
    def _rows(self) -> LeaveRows:
        return LeaveRows(self.context.session, self.context.scope, self.context.place)

    # who may

    def _enter(self, action: Action, others: Action, staff: AnyRow, school: str | None) -> None:
        """Check an action on a leave of somebody at a school.

        Whoever acts for himself holds his posts where he works today, wherever he does on that leave; whoever
        does not must be allowed to act for others there.
        """
        if self.context.actor.staff_no == staff.staff_no:
            self.context.permit(action, school=self._school_today(staff.staff_id) or "")
        else:
            self.context.permit(action, school=school or "")
            self._for_others(others, school)

    def _school_today(self, staff_id: int) -> str | None:
        today, rows = self.context.today, self._rows
        placed = rows.placements([staff_id], today, today)
        return next((row.code for row in placed if row.district_id == rows.district_id), None)

    def _for_others(self, others: Action, school: str | None) -> None:
        """Check that the actor may act for others than himself."""
        try:
            self.context.permit(others, school=school or "")
        except ActionNotPermitted:
            raise LeaveOfOther(actor=str(self.context.actor)) from None

    def _enter_request(self, action: Action, row: AnyRow) -> None:
        self._enter(action, REQUEST_FOR_OTHERS, row, row.school)

    def _not_own(self, row: AnyRow) -> None:
        """Refuse whoever would settle his own leave."""
        if self.context.actor.staff_no == row.staff_no:
            raise OwnLeave(staff=row.staff_no)

    # rows under the lock

    def _row(self, leave_id: int) -> AnyRow:
        row = self._rows.leave(leave_id)
        if row is None:
            raise LeaveUnknown(leave=str(leave_id))
        return row

    def _locked(self, row: AnyRow) -> AnyRow:
        """Return a leave as it stands once nobody else is changing one of the same person."""
        self._rows.lock_staff([row.staff_id])
        return self._row(row.id)

    def _staff(self, staff_id: int) -> AnyRow:
        row = self._rows.staff(staff_id)
        if row is None:
            raise StaffUnknown(staff=str(staff_id))
        return row

    def _step(self, row: AnyRow, to: LeaveState) -> None:
        refuse_if(step_problems(LeaveState(row.state), to))

    # when

    @property
    def _now(self) -> HalfDay:
        return now_of(self.context)

    def _moment(self, on: date | None) -> datetime:
        """Return the instant of something done on a day: now, or the beginning of an earlier day.

        Raises:
            DayAhead: when the day has not come.
        """
        today = self.context.today
        if on is None or on == today:
            return self.context.now
        if on > today:
            raise DayAhead(what="登记的事", on=str(on), today=str(today))
        return datetime.combine(on, time(0), CHINA)

    # what it is judged by

    def _near(self, staff_id: int, first: int, last: int, but: int | None = None) -> list[Stretch]:
        """Return the leaves of somebody that hold or are asked for around some half-days."""
        rows = [row for row in self._rows.active_of(staff_id, first, last) if row.id != but]
        slots = self._rows.open_slots([row.id for row in rows]) if rows else {}
        return [
            Stretch(row.id, LeaveKind(row.kind), span_of(row.first, row.reach), frozenset(slots[row.id]))
            for row in rows
        ]

    def _judge(self, row: AnyRow, on: date) -> Judged:
        """Return as what a leave may be decided on, on a day, with all that counts as one with it."""
        near = self._near(row.staff_id, row.first - NEAR, row.reach + NEAR)
        own = next(one for one in near if one.leave_id == row.id)
        others = [one for one in near if one is not own]
        first = min(one.span.since.index for one in near)
        last = max(one.span.last.index for one in near)
        where = Whereabouts(self.context, self._rows, [row.staff_id], first, last)
        working = where.working(row.staff_id, first, last)
        linked = chain_of(own, others, working, self.context.standards)
        schools = where.paths(row.staff_id, own.half_days)
        case = Case(row.staff_id, in_days(len(own.half_days)), total_of(linked), schools, on)
        duties = tuple(_duty(one) for one in self._rows.duties(on))
        authority = authority_over(case, duties, self.context.standards)
        return Judged(own, linked, case, authority, duties, where)

    def _working_of(self, staff_id: int, first: int, last: int) -> tuple[Whereabouts, frozenset[int]]:
        where = Whereabouts(self.context, self._rows, [staff_id], first, last)
        return where, where.working(staff_id, first, last)

    # views

    def _view(self, leave_id: int) -> LeaveView:
        return leave_view(self._row(leave_id), self._rows.asks(leave_id), self._now)

    def _views(self, rows: Sequence[AnyRow]) -> list[LeaveView]:
        asks = self._asks_by_leave([row.id for row in rows])
        return [leave_view(row, asks[row.id], self._now) for row in rows]

    def _asks_by_leave(self, leave_ids: Sequence[int]) -> dict[int, list[AnyRow]]:
        """Return what was asked for of leaves, in order."""
        asks: dict[int, list[AnyRow]] = defaultdict(list)
        for ask in self._rows.asks_of(leave_ids) if leave_ids else ():
            asks[ask.leave_id].append(ask)
        return asks

    def _enter_view(self, staff: AnyRow, school: str | None) -> None:
        self._enter(VIEW, VIEW_OTHERS, staff, school)


def _duty(row: AnyRow) -> Duty:
    return Duty(row.staff_id, Post(row.post), row.place, bool(row.lent))


def held_by(duties: Iterable[Duty], staff_id: int) -> tuple[Holding, ...]:
    """Return what somebody holds among duties."""
    return tuple(Holding(duty.post, duty.place) for duty in duties if duty.staff_id == staff_id)
