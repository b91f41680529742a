"""Use cases of cover: opened by a leave, assigned by 教导处, given when the half-day has passed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from xuequ.core.context import use_case
from xuequ.core.errors import refuse_if
from xuequ.core.halfdays import HalfDay
from xuequ.core.requests import once
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.standards.codes.schooling import Subject
from xuequ.unified.teaching.actions.cover import ASSIGN_COVER, OPEN_COVER
from xuequ.unified.teaching.errors.cover import CoverOver, CoverUnknown, NeedUnknown
from xuequ.unified.teaching.facts.cover import (
    CoverAssigned,
    CoverEnded,
    CoverGiven,
    CoverOpened,
    CoverReleased,
)
from xuequ.unified.teaching.models.cover import WHOLE_HALF_DAY, Absence, CoverAssignment, CoverNeed
from xuequ.unified.teaching.rules.cover import (
    Change,
    Lesson,
    Taught,
    bring,
    cover_problems,
    lessons,
    must_combine,
    passed,
)
from xuequ.unified.teaching.schemas.cover import CoverAssigning, NeedView
from xuequ.unified.teaching.service.cover_views import CoverViews, half_day_of
from xuequ.unified.teaching.states.cover import CoverEnd, NeedState

Standing = dict[HalfDay, int | None]
"""The half-days of a leave as it stands, and from which school somebody is away."""


class CoverService(CoverViews):
    """Cover 顶班 of lessons whose teacher is on leave; nothing here ever refuses a leave.

    Approval and cover are two axes: a leave opens lessons, and they stay open until 教导处 fills them.
    """

    # with the leave; flows call these

    @use_case(OPEN_COVER)
    def open_cover(
        self,
        leave_id: int,
        staff_id: int,
        half_days: Sequence[int],
        school_ids: Sequence[int | None],
        fact_id: int,
    ) -> None:
        """Open what a leave leaves to be covered, and release what it no longer does.

        All half-days of the leave as it stands are given, so an extension adds and the same again changes
        nothing. What the teacher was to cover then opens again. A half-day on which they teach nothing opens
        no lesson, and still marks them as away.

        Args:
            half_days: by `HalfDay.index`, schools in the same order.
            fact_id: the fact that says so; sent again, it changes nothing whatever came after.
        """
        pairs = zip(half_days, school_ids, strict=True)
        standing: Standing = {HalfDay.at(index): school_id for index, school_id in pairs}
        self._once(fact_id, leave_id, staff_id, standing)

    @use_case(OPEN_COVER)
    def shorten_cover(self, leave_id: int, staff_id: int, back_at: int, fact_id: int) -> None:
        """Release what lies after an early return 销假, from its half-day on; the rest stands."""
        before = {one: at for one, at in self._standing(leave_id).items() if one.index < back_at}
        self._once(fact_id, leave_id, staff_id, before)

    @use_case(OPEN_COVER)
    def cancel_cover(self, leave_id: int, staff_id: int, fact_id: int) -> None:
        """Release all that a leave had opened, since it is void."""
        self._once(fact_id, leave_id, staff_id, {})

    @use_case(OPEN_COVER)
    def follow_teaching(self, teaching_ids: Collection[int]) -> None:
        """Bring what is to be covered into line with who teaches, after teachings were given or taken."""
        for leave_id, staff_id in self._rows.leaves_of_teachings(teaching_ids):
            self._bring(leave_id, staff_id, self._standing(leave_id), CoverEnd.TEACHING_CHANGED)

    @use_case(OPEN_COVER)
    def give_cover(self, leave_id: int, half_days: Collection[int]) -> None:
        """Count the cover of half-days of a leave as given, since they have passed; once only."""
        asked = set(half_days)
        rows = [row for row in self._rows.ungiven_of_leave(leave_id) if half_day_of(row).index in asked]
        self._give(rows)

    # 教导处

    @use_case(ASSIGN_COVER)
    def assign_cover(self, command: CoverAssigning) -> NeedView:
        """Let somebody of the district cover a lesson 安排顶班; 教导处 alone does.

        What is assigned for a day that has passed counts as given at once.

        Raises:
            NeedUnknown, StaffUnknown: when the district has no such lesson, the county no such person.
            NeedCovered, NeedReleased, SubstituteIsAbsent, SubstituteOutside, SubstituteAway,
                SubstituteElsewhere, SubstituteBusy: alone, or together as `Problems`.
        """
        rows = self._rows
        rows.lock_staff([command.staff_id])
        rows.lock_needs([command.need_id])
        row = self._need(command.need_id)
        asked = self._asked(row)
        number = rows.staff_no(command.staff_id)
        if number is None:
            raise StaffUnknown(staff=str(command.staff_id))
        person = self._person(command.staff_id, number, asked.half_day)
        refuse_if(cover_problems(asked, person, rows.school_names(), combined=command.combined))
        combined = command.combined and must_combine(asked, person)
        values = {
            "district_id": row.district_id,
            "need_id": row.id,
            "staff_id": command.staff_id,
            "day": row.day,
            "half": row.half,
            "combined": combined,
            "reason": command.reason,
            "given": False,
            "ended": None,
            "end_reason": "",
        }
        (assignment_id,) = rows.write(CoverAssignment, [], [], [values])
        rows.set_state([row.id], NeedState.COVERED)
        fact = CoverAssigned(
            assignment_id=assignment_id,
            need_id=row.id,
            staff_id=command.staff_id,
            half_day=asked.half_day.index,
            combined=combined,
        )
        self.context.announce(fact)
        if passed(asked.half_day, self.context.today):
            self._give(rows.assignments_of([row.id]))
        return self._view(self._need(row.id))

    @use_case(ASSIGN_COVER)
    def release(self, assignment_id: int, reason: str = "") -> NeedView:
        """Take a substitute back, so that the lesson is open again; what counted as given is taken back too.

        Raises:
            CoverUnknown: when the district has none of that id.
            CoverOver: when it has ended.
        """
        rows, found = self._rows, self._rows.assignment(assignment_id)
        if found is None:
            raise CoverUnknown(cover=str(assignment_id))
        rows.lock_needs([found.need_id])
        now = rows.assignment(assignment_id)
        assert now is not None, "it was there a moment ago"
        if now.ended is not None:
            lesson = self._asked(self._need(now.need_id)).called
            raise CoverOver(lesson=lesson, ended=CoverEnd(now.ended).label)
        self._end([now], CoverEnd.RELEASED, reason)
        rows.set_state([now.need_id], NeedState.OPEN)
        return self._view(self._need(now.need_id))

    @use_case(ASSIGN_COVER)
    def record_given(self, until: date | None = None) -> int:
        """Count all cover before a day as given, as a scheduler does each morning; return how many.

        Args:
            until: the first day that is not counted; today when left out, and never later.
        """
        today = self.context.today
        return self._give(self._rows.ungiven(min(until or today, today)))

    # inner

    def _need(self, need_id: int) -> AnyRow:
        row = self._rows.need(need_id)
        if row is None:
            raise NeedUnknown(need=str(need_id))
        return row

    def _standing(self, leave_id: int) -> Standing:
        rows = self._rows.absences(leave_id)
        return {half_day_of(row): row.school_id for row in rows if not row.released}

    def _once(self, fact_id: int, leave_id: int, staff_id: int, standing: Standing) -> None:
        """Bring a leave to how it stands, unless this very fact has done so before."""

        def act() -> bool:
            self._bring(leave_id, staff_id, standing, CoverEnd.LEAVE_ENDED)
            return True

        once(self.context, f"cover by {fact_id}", act, answer=bool, owner="teaching")

    def _bring(self, leave_id: int, staff_id: int, standing: Standing, why: CoverEnd) -> None:
        rows = self._rows
        rows.lock_staff([staff_id])
        self._mark_absent(leave_id, staff_id, standing)
        known = rows.needs_of_leave(leave_id)
        wanted = lessons(standing, self._taught(staff_id, standing))
        change = bring(wanted, {_key(row): (row.id, NeedState(row.state)) for row in known})
        self._end(rows.assignments_of(change.released), why)
        rows.set_state(change.released, NeedState.RELEASED)
        rows.set_state(change.reopened, NeedState.OPEN)
        opened = self._add(leave_id, staff_id, change, wanted)
        if change.released:
            self.context.announce(
                CoverReleased(leave_id=leave_id, staff_id=staff_id, need_ids=change.released)
            )
        if opened:
            self.context.announce(CoverOpened(leave_id=leave_id, staff_id=staff_id, need_ids=opened))
        self._reopen_covered_by(staff_id, standing)

    def _mark_absent(self, leave_id: int, staff_id: int, standing: Standing) -> None:
        rows = self._rows
        known = {half_day_of(row): row for row in rows.absences(leave_id)}
        rows.release_absences(
            [row.id for key, row in known.items() if key not in standing and not row.released], released=True
        )
        rows.release_absences(
            [row.id for key, row in known.items() if key in standing and row.released], released=False
        )
        new = [key for key in standing if key not in known]
        if not new:
            return
        here = self.context.scope.district_id
        district_id = rows.home_of(staff_id) if here is None else here
        whose = {"district_id": district_id, "staff_id": staff_id, "leave_id": leave_id, "released": False}
        values = [
            {**whose, "school_id": standing[key], "day": key.day, "half": int(key.half)}
            for key in sorted(new)
        ]
        rows.write(Absence, [], [], values)

    def _taught(self, staff_id: int, standing: Standing) -> list[Taught]:
        if not standing:
            return []
        found = self._rows.taught_by(staff_id, min(standing).day, max(standing).day)
        return [
            Taught(
                row.class_id,
                Subject(row.subject),
                row.school_id,
                row.district_id,
                DaySpan(row.since, row.until),
            )
            for row in found
        ]

    def _add(
        self, leave_id: int, staff_id: int, change: Change, wanted: dict[Lesson, Taught]
    ) -> tuple[int, ...]:
        """Write the lessons that are new; return them and those that are open again."""
        values = [
            {
                "district_id": wanted[one].district_id,
                "school_id": wanted[one].school_id,
                "class_id": one.class_id,
                "subject": one.subject.code,
                "staff_id": staff_id,
                "leave_id": leave_id,
                "day": one.half_day.day,
                "half": int(one.half_day.half),
                "period": WHOLE_HALF_DAY,
                "state": NeedState.OPEN.code,
            }
            for one in change.opened
        ]
        new = self._rows.write(CoverNeed, [], [], values)
        return (*change.reopened, *new)

    def _reopen_covered_by(self, staff_id: int, standing: Standing) -> None:
        """Open again what somebody was to cover while they are away themselves."""
        if not standing:
            return
        rows = self._rows
        found = rows.covers_of(staff_id, min(standing).day, max(standing).day)
        lost = {row.need_id for row in found if half_day_of(row) in standing}
        if not lost:
            return
        needs = rows.lock_needs(lost)
        ending = [row for row in rows.assignments_of(lost) if row.staff_id == staff_id]
        self._end(ending, CoverEnd.SUBSTITUTE_AWAY)
        opened = [row.need_id for row in ending]
        rows.set_state(opened, NeedState.OPEN)
        by_leave: dict[tuple[int, int], list[int]] = {}
        for need_id in sorted(opened):
            need = needs[need_id]
            by_leave.setdefault((need.leave_id, need.staff_id), []).append(need_id)
        for (leave_id, absent_id), ids in by_leave.items():
            fact = CoverOpened(leave_id=leave_id, staff_id=absent_id, need_ids=tuple(ids))
            self.context.announce(fact)

    def _end(self, ending: Sequence[AnyRow], why: CoverEnd, reason: str = "") -> None:
        if not ending:
            return
        self._rows.end([row.id for row in ending], why.code, reason)
        fact = CoverEnded(
            assignment_ids=tuple(row.id for row in ending),
            given_ids=tuple(row.id for row in ending if row.given),
            reason=why.code,
        )
        self.context.announce(fact)

    def _give(self, rows: Sequence[AnyRow]) -> int:
        if not rows:
            return 0
        self._rows.set_given([row.id for row in rows])
        fact = CoverGiven(
            assignment_ids=tuple(row.id for row in rows),
            staff_ids=tuple(row.staff_id for row in rows),
            half_days=tuple(half_day_of(row).index for row in rows),
        )
        self.context.announce(fact)
        return len(rows)


def _key(row: AnyRow) -> Lesson:
    return Lesson(half_day_of(row), row.class_id, Subject(row.subject))
