"""Use cases of the roll-over of school years 学年滚动: previewed, applied once, undone exactly."""

from __future__ import annotations

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import Stale, refuse_if
from xuequ.core.settings import in_china
from xuequ.registry.actions.classes import ROLL_OVER, VIEW_ROLLOVERS
from xuequ.registry.errors.rollover import RolloverUndone, RolloverUnknown
from xuequ.registry.facts.rollover import YearRolledBack
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.rollover_lines import RolloverLineRows
from xuequ.registry.schemas.rollover import RolloverAsked, RolloverPlan, RolloverView
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.service.rollover.planning import first_day, make_plan, view_of
from xuequ.registry.service.rollover.undoing import stands_upon, take_back
from xuequ.registry.service.rollover.writing import Writing

__all__ = ["RolloverService"]


class RolloverService(Service):
    """The roll-over 学年滚动 of all schools of a district; at the county's door of those outside any.

    A grade follows from the day, so a class that goes on needs no roll-over. It is there for the classes
    that leave their stage, and for those who enter.
    """

    @property
    def _rows(self) -> RolloverLineRows:
        return RolloverLineRows(self.context.session, self.context.scope, self.context.place)

    @reading(ROLL_OVER)
    def plan_rollover(self, year: int, asked: RolloverAsked | None = None) -> RolloverPlan:
        """Return what a roll-over into a school year would do; nothing is written.

        Pupils of the top grade graduate; those of preschool enter grade 1 of their school or leave; who
        is suspended or has dropped out stays with the next cohort 随下一年级; who was admitted for the year
        enters a class, and classes are formed where they are lacking. Everything that stands against it
        is among the problems.

        Args:
            year: the year in which the school year begins.
            asked: how many more are expected, and what is to become of preschool pupils.
        """
        return make_plan(self.context, self._rows, year, asked or RolloverAsked()).plan

    @use_case(ROLL_OVER)
    def apply_rollover(self, plan: RolloverPlan) -> RolloverView:
        """Apply a plan, whole or not at all; for a year that was rolled over into it does nothing.

        The plan is made anew under the locks: what a caller hands in is not trusted. The answer's
        `already` says that nothing was done, since it had been.

        Raises:
            Stale: when what is registered, or what the standards say, has changed since.
            Problems, or the single error: when something stands against it.
        """
        rows, day = self._rows, first_day(self.context, plan.year)
        rows.lock_scope()
        done = rows.standing(plan.year)
        if done is not None:
            return view_of(done, already=True)
        keep_open(rows, (), day.on, beside=[row.id for row in rows.schools()])
        rows.lock_classes(day.on, day.cohorts, plan.year)
        rows.lock_pupils(day.on, day.cohorts, plan.year)
        made = make_plan(self.context, rows, plan.year, plan.asked)
        if made.plan.fingerprint != plan.fingerprint:
            raise Stale(what=f"{plan.year} 学年的滚动预览")
        refuse_if(list(made.problems))
        writing = Writing(self.context, rows, made)
        writing.run()
        return view_of(self._rollover(rows, writing.id))

    @use_case(ROLL_OVER)
    def undo_rollover(self, rollover_id: int) -> RolloverView:
        """Undo a roll-over: every row is again as it was before.

        Raises:
            RolloverUnknown, RolloverUndone: when there is none of that id, or it was undone.
            RolloverStoodUpon, or several of them as Problems: names what was recorded since.
        """
        rows = self._rows
        rows.lock_scope()
        rollover = self._rollover(rows, rollover_id)
        if rollover.undone_at is not None:
            raise RolloverUndone(at=in_china(rollover.undone_at))
        rows.lock_rows(rollover_id)
        refuse_if(stands_upon(rows, rollover, first_day(self.context, rollover.year).on))
        take_back(rows, rollover_id)
        rows.mark_undone(rollover_id, self.context.now, str(self.context.actor))
        self.context.announce(YearRolledBack(rollover_id=rollover_id, year=rollover.year))
        return view_of(self._rollover(rows, rollover_id))

    @reading(VIEW_ROLLOVERS)
    def rollovers(self) -> list[RolloverView]:
        """List the roll-overs, the newest first, with those that were undone."""
        return [view_of(row) for row in self._rows.rollovers()]

    def _rollover(self, rows: RolloverLineRows, rollover_id: int) -> AnyRow:
        row = rows.rollover(rollover_id)
        if row is None:
            raise RolloverUnknown(rollover=str(rollover_id))
        return row
