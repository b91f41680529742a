"""Use cases of claims that only read."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from xuequ.core.context import At, reading
from xuequ.registry.service.books.desk import check_school
from xuequ.unified.budget.actions.claims import VIEW_CLAIM, VIEW_CLAIMS
from xuequ.unified.budget.errors.claims import ClaimUnknown
from xuequ.unified.budget.schemas.claims import ClaimList, ClaimSheet, ClaimView, Turnaround
from xuequ.unified.budget.service.claims.steps import ClaimSteps
from xuequ.unified.budget.service.claims.views import claim_item, turnaround_line


class ClaimViewing(ClaimSteps):
    """Claims as they stand."""

    @reading(VIEW_CLAIM, at=At.SCHOOL)
    def claim(self, claim_id: int) -> ClaimView:
        """Return a claim with its lines, its invoices, and what was done with it.

        Raises:
            ClaimUnknown: when there is none of that id here.
        """
        self._claim(claim_id, VIEW_CLAIM)
        return self._view(claim_id)

    @reading(VIEW_CLAIM, at=At.SCHOOL)
    def sheet(self, number: str) -> ClaimSheet:
        """Return a claim as it is printed 报销单, with its amount in capitals 大写金额.

        Raises:
            ClaimUnknown: when there is none of that number here.
        """
        row = self._rows.numbered(number)
        self.context.permit(VIEW_CLAIM, school="" if row is None else row.school or "")
        if row is None:
            raise ClaimUnknown(claim=number)
        view = self._view(row.id)
        capitals = f"人民币{view.total.capitals()}"
        return ClaimSheet(district=self._rows.district_name(), capitals=capitals, **dict(view))

    @reading(VIEW_CLAIMS, at=At.SCHOOL)
    def list(self, year: int, school: str | None = None) -> ClaimList:
        """List the claims for what was spent in a year, by day and number; of one school or of all.

        Raises:
            SchoolUnknown: for the school.
        """
        self.context.permit(VIEW_CLAIMS, school=school or "")
        check_school(self.context, school)
        claims = tuple(claim_item(row) for row in self._rows.claims_of(year, school))
        return ClaimList(district=self._rows.district_name(), year=year, claims=claims)

    @reading(VIEW_CLAIMS, at=At.SCHOOL)
    def turnaround(self, year: int, school: str | None = None) -> Turnaround:
        """Return how long the claims of a year took 报销办理时限表, in days from their last submission.

        Raises:
            SchoolUnknown: for the school.
        """
        self.context.permit(VIEW_CLAIMS, school=school or "")
        check_school(self.context, school)
        rows, today = self._rows, self.context.today
        claims = rows.claims_of(year, school)
        steps = {
            claim_id: list(some)
            for claim_id, some in groupby(rows.steps_of([row.id for row in claims]), attrgetter("claim_id"))
        }
        lines = [turnaround_line(row, steps.get(row.id, []), today) for row in claims]
        return Turnaround(
            district=rows.district_name(),
            year=year,
            as_of=today,
            lines=tuple(line for line in lines if line is not None),
        )
