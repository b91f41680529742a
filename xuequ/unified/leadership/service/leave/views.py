"""Readings of leave: one, one's own, who may decide and why, the ledger of a month, what is owed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import At, reading
from xuequ.core.halfdays import HalfDay
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.attendance import month_of
from xuequ.unified.leadership.actions.leave import VIEW, VIEW_OTHERS
from xuequ.unified.leadership.rules.leave import must_return
from xuequ.unified.leadership.rules.leave_authority import ground_of
from xuequ.unified.leadership.schemas.leave import (
    ApproverView,
    AuthorityView,
    KindDays,
    LeaveDays,
    LeaveLedger,
    LeaveView,
    OverdueLine,
    OverdueList,
    UnreportedList,
)
from xuequ.unified.leadership.service.leave.lines import (
    chained,
    day_of,
    in_words,
    indices,
    ledger_line,
    ledger_totals,
    overdue_line,
    unreported_line,
)
from xuequ.unified.leadership.service.leave.steps import Judged, LeaveSteps, held_by
from xuequ.unified.leadership.service.leave.whereabouts import Whereabouts
from xuequ.unified.leadership.states.leave import Ground, LeaveKind, LeaveState

POSTS = {Ground.HEAD: Post.SCHOOL_HEAD, Ground.PRINCIPAL: Post.PRINCIPAL}
REPORT_WITHIN = "leave.report_within_days"
REVIEWED = 2 * 400
"""Half-days for which somebody who never came back stays on the list: longer than any school year."""


class LeaveViews(LeaveSteps):
    """What the ledger says; a teacher sees his own."""

    @reading(VIEW, at=At.SCHOOL)
    def leave(self, leave_id: int) -> LeaveView:
        """Return one leave.

        Raises:
            LeaveUnknown, LeaveOfOther: when there is none, or it is somebody else's.
        """
        row = self._row(leave_id)
        self._enter_view(row, row.school)
        return self._view(leave_id)

    @reading(VIEW, at=At.SCHOOL)
    def leaves_of(self, staff_id: int) -> list[LeaveView]:
        """List the leaves of one person here, in the order of time.

        Raises:
            StaffUnknown, LeaveOfOther: for the person.
        """
        self._enter_person(staff_id)
        return self._views(self._rows.leaves_of(staff_id))

    @reading(VIEW, at=At.SCHOOL)
    def leave_days(self, staff_id: int, first: date, last: date, kind: LeaveKind | None = None) -> LeaveDays:
        """Return how much approved leave of one person lies in some days, both ends inside.

        Args:
            staff_id: whose.
            first, last: the days.
            kind: of which kind; of every kind when left out.

        Raises:
            StaffUnknown, LeaveOfOther: for the person.
        """
        self._enter_person(staff_id)
        found = self._rows.days_of(staff_id, *indices(first, last))
        kinds = tuple(
            KindDays(kind=LeaveKind(row.kind), half_days=row.half_days, taken=row.taken)
            for row in found
            if kind is None or row.kind == kind
        )
        return LeaveDays(staff_id=staff_id, first=first, last=last, kinds=kinds)

    def _enter_person(self, staff_id: int) -> None:
        """Check who looks at somebody's leaves: themself, or whoever may at the school of today."""
        self._enter_view(self._staff(staff_id), self._school_today(staff_id))

    @reading(VIEW, at=At.SCHOOL)
    def authority(self, leave_id: int, on: date | None = None) -> AuthorityView:
        """Return who may decide on a leave on a day, and why: what counts as one with it among it.

        Args:
            leave_id: which.
            on: the day of the decision; today when left out.

        Raises:
            LeaveUnknown, LeaveOfOther: when there is none, or it is somebody else's.
        """
        row = self._row(leave_id)
        self._enter_view(row, row.school)
        if not LeaveState(row.state).is_active:
            return self._no_authority(row, on or self.context.today)
        judged = self._judge(row, on or self.context.today)
        grounds = judged.authority.grounds
        return AuthorityView(
            leave_id=leave_id,
            on=judged.case.on,
            half_days=len(judged.own.half_days),
            total_half_days=int(judged.case.total * 2),
            chained=tuple(map(chained, judged.linked)),
            grounds=grounds,
            why=judged.authority.why,
            approvers=tuple(self._approvers(judged)),
            text=in_words(judged),
            provisional=judged.where.provisional(row.staff_id, row.first, row.reach),
        )

    def _no_authority(self, row: AnyRow, on: date) -> AuthorityView:
        state = LeaveState(row.state)
        return AuthorityView(
            leave_id=row.id,
            on=on,
            half_days=0,
            total_half_days=0,
            chained=(),
            grounds=(),
            why=(),
            approvers=(),
            text=f"该请假{state.label}，不再需要审批。",
            provisional="",
        )

    def _approvers(self, judged: Judged) -> Iterable[ApproverView]:
        """Return whoever may decide, the nearest first; nobody on his own leave."""
        case, authority = judged.case, judged.authority
        candidates = {duty.staff_id for duty in judged.duties} - {case.applicant_id}
        people = self._rows.people(candidates)
        found: list[ApproverView] = []
        for staff_id in candidates:
            ground = ground_of(case, authority, held_by(judged.duties, staff_id))
            if ground is None:
                continue
            posts = [d for d in judged.duties if d.staff_id == staff_id and d.post is POSTS[ground]]
            person = people[staff_id]
            found.append(
                ApproverView(
                    staff_id=staff_id,
                    staff_no=person.staff_no,
                    name=person.name,
                    ground=ground,
                    lent=all(duty.lent for duty in posts),
                )
            )
        return sorted(found, key=lambda one: (list(Ground).index(one.ground), one.lent, one.staff_no))

    # lists

    @reading(VIEW_OTHERS)
    def ledger_of(self, numbers: Collection[str] | None = None) -> list[LeaveView]:
        """List the leaves of people by their numbers, void ones too; of everybody here when left out."""
        return self._views(self._rows.leaves_numbered(numbers))

    @reading(VIEW_OTHERS, at=At.SCHOOL)
    def pending(self, school: str | None = None) -> list[LeaveView]:
        """List what waits for a decision, leaves and extensions, by person.

        Args:
            school: of which school; of the whole district when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self._enter_list(school)
        rows = [row for row in self._rows.waiting() if school in (None, row.school)]
        return self._views(rows)

    @reading(VIEW_OTHERS, at=At.SCHOOL)
    def month_ledger(self, year: int, month: int, school: str | None = None) -> LeaveLedger:
        """Return the ledger of a month 请假台账, by school and person.

        A leave that reaches over the month, or over schools, stands with the days that lie in it and there.

        Args:
            year, month: which.
            school: of which school; of the whole district when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self._enter_list(school)
        span = month_of(year, month)
        last = span.last_day
        assert last is not None, "a month ends"
        found = self._rows.in_month(*indices(span.since, last), school)
        leaves = {row.id: row for row in self._rows.with_ids({row.leave_id for row in found})}
        asks = self._asks_by_leave(list(leaves))
        ordered = sorted(found, key=lambda part: (part.school, leaves[part.leave_id].staff_no, part.leave_id))
        return LeaveLedger(
            district=self._rows.district_name(),
            first=span.since,
            last=last,
            school=school,
            lines=tuple(ledger_line(row, leaves[row.leave_id], asks[row.leave_id]) for row in ordered),
            totals=tuple(ledger_totals(ordered, leaves)),
        )

    @reading(VIEW_OTHERS, at=At.SCHOOL)
    def unreported(self, school: str | None = None, on: date | None = None) -> UnreportedList:
        """List the leaves that heads approved and of which the principal has not been told 未报告校长.

        One that was voided since stays on the list: what is owed does not go away by itself.

        Args:
            school: of which school; of the whole district when left out.
            on: as of which day the delay is counted; today when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self._enter_list(school)
        on = on or self.context.today
        limit = self.context.standards.find(REPORT_WITHIN, on=on)
        within = None if limit is None else self.context.standards.whole(REPORT_WITHIN, on=on)
        asks = [ask for ask in self._rows.unreported() if day_of(ask) <= on]
        leaves = {row.id: row for row in self._rows.with_ids({ask.leave_id for ask in asks})}
        return UnreportedList(
            district=self._rows.district_name(),
            as_of=on,
            within_days=within,
            lines=tuple(
                unreported_line(leaves[ask.leave_id], ask, on, within)
                for ask in asks
                if school in (None, leaves[ask.leave_id].school)
            ),
        )

    @reading(VIEW_OTHERS, at=At.SCHOOL)
    def overdue(self, school: str | None = None) -> OverdueList:
        """List who is not back though the leave is over, and who came back late 超期未归: for review as 旷工.

        Nobody becomes absent by the list: a person reviews it. An extension takes its half-days off.

        Args:
            school: of which school; of the whole district when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self._enter_list(school)
        now = self._now
        found = self._rows.ended(now.index, now.index - REVIEWED)
        rows = [row for row in found if school in (None, row.school) and self._owes_return(row)]
        lines: list[OverdueLine] = []
        if rows:
            lines = self._overdue_lines(rows, now.index)
        return OverdueList(district=self._rows.district_name(), as_of=self.context.today, lines=tuple(lines))

    def _owes_return(self, row: AnyRow) -> bool:
        late = row.back_at is not None
        return late or must_return(row.half_days, self.context.standards, HalfDay.at(row.first))

    def _overdue_lines(self, rows: Sequence[AnyRow], now: int) -> list[OverdueLine]:
        people = {row.staff_id for row in rows}
        where = Whereabouts(self.context, self._rows, people, min(row.last for row in rows), now)
        lines: list[OverdueLine] = []
        for row in rows:
            until = row.back_at if row.back_at is not None else now
            missed = len(where.working(row.staff_id, row.last + 1, until - 1)) if until > row.last + 1 else 0
            if missed:
                lines.append(overdue_line(row, missed))
        return lines

    def _enter_list(self, school: str | None) -> None:
        """Check who looks, and that there is such a school."""
        self.context.permit(VIEW_OTHERS, school=school or "")
        if school is not None and school not in self._rows.school_names():
            raise SchoolUnknown(school=school)
