"""Use cases of mergers and closures of schools 学校撤并: one chain, whole or not at all."""

from __future__ import annotations

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.registry.actions.places import CLOSE_SCHOOL, PLAN_MERGER
from xuequ.registry.repository.mergers import MergerRows
from xuequ.registry.schemas.places import MergerPlan, SchoolClosing, SchoolMerger
from xuequ.registry.service.merger_plans import Asked, find, plan_of
from xuequ.registry.service.rehoming import rehome


class MergerService(Service):
    """Mergers and closures: nobody and nothing is lost, doubled or left behind.

    At a district's door the schools are those of the district; at a county's door any of the county, so a
    school may be merged into one of another district or outside any.
    """

    @property
    def _rows(self) -> MergerRows:
        return MergerRows(self.context.session, self.context.scope, self.context.place)

    @reading(PLAN_MERGER)
    def plan_merger(self, command: SchoolMerger) -> MergerPlan:
        """Return what a merger would re-home and end, and what stands in the way; nothing is written.

        The day may lie ahead.

        Raises:
            SchoolUnknown: when this scope has no such school.
        """
        return self._plan(Asked.merger(command))

    @reading(PLAN_MERGER)
    def plan_closing(self, command: SchoolClosing) -> MergerPlan:
        """Return what a closure would re-home and end, and what stands in the way; nothing is written.

        Raises:
            SchoolUnknown: when this scope has no such school.
        """
        return self._plan(Asked.closing(command))

    @use_case(CLOSE_SCHOOL, at=At.COUNTY)
    def merge_school(self, command: SchoolMerger) -> MergerPlan:
        """Merge a school into another 并入 on a day that has come; return what was done.

        Pupils go on in a class of their cohort, which is formed where there is none with room; staff,
        employments, villages, land and buildings go along; posts and teaching at the school end. The school
        stays as it was for every day before.

        Raises:
            SchoolUnknown: when this scope has no such school.
            Problems: everything that stands in the way at once; nothing is written.
        """
        return self._carry_out(Asked.merger(command))

    @use_case(CLOSE_SCHOOL, at=At.COUNTY)
    def close_school(self, command: SchoolClosing) -> MergerPlan:
        """Close a school 停办 on a day that has come; whatever has no target stands in the way.

        Raises:
            SchoolUnknown: when this scope has no such school.
            Problems: everything that is left or stands in the way at once; nothing is written.
        """
        return self._carry_out(Asked.closing(command))

    def _plan(self, asked: Asked) -> MergerPlan:
        today = max(self.context.today, asked.on)
        return plan_of(find(self.context, self._rows, asked, today))

    def _carry_out(self, asked: Asked) -> MergerPlan:
        rows = self._rows
        rows.locking = True
        found = find(self.context, rows, asked, self.context.today)
        refuse_if(found.problems)
        rehome(self.context, rows, found)
        return plan_of(found)
