"""What an allotment suggests for the year's draft."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from xuequ.core.context import reading
from xuequ.core.money import Money
from xuequ.unified.budget.actions.allotments import VIEW_ALLOTMENTS
from xuequ.unified.budget.errors.allotments import PurseDiffers
from xuequ.unified.budget.errors.ledger import ProjectUnknown
from xuequ.unified.budget.rules.training import at_least, training_share
from xuequ.unified.budget.schemas.years import LineAmount
from xuequ.unified.budget.service.allotments.adopting import Adopting
from xuequ.unified.budget.states.ledger import Purse


class Drafting(Adopting):
    """Lines that the year's draft can take in; nothing is written."""

    @reading(VIEW_ALLOTMENTS)
    def suggest_lines(self, year: int, project: str, training: str | None = None) -> list[LineAmount]:
        """Suggest lines for the year's draft by the allotment as it stands: one a school and stage.

        Args:
            year: the fiscal year.
            project: the code of the project of 公用经费.
            training: the code of the district's training project, which then gets its share out of every
                school's line, pro rata; what is suggested comes to the allotment to the fen either way.

        Raises:
            AllotmentUnknown: nothing was adopted.
            ProjectUnknown, PurseDiffers: for the projects.
        """
        self._need_purse(project, Purse.OPERATING)
        if training is not None:
            self._need_purse(training, Purse.TRAINING)
        amounts: defaultdict[tuple[str, str], Money] = defaultdict(lambda: Money(0))
        for line in self.allotment(year).lines:
            amounts[line.school, line.stage.code] += line.amount
        total = Money.total(amounts.values())
        if not total:
            return []
        share = at_least(total, training_share(year, self.context.standards)) if training else Money(0)
        cuts = share.allocate([amount.fen for amount in amounts.values()])
        codes = self._codes(year)
        suggested = [
            LineAmount(project=project, school=school, amount=amount - cut, **codes[stage])
            for ((school, stage), amount), cut in zip(amounts.items(), cuts, strict=True)
        ]
        if training:
            suggested.append(LineAmount(project=training, amount=share, **codes["training"]))
        return suggested

    def _codes(self, year: int) -> dict[str, dict[str, Any]]:
        rows = self.context.standards.rows("budget.operating.draft_codes", on=date(year, 1, 1))
        return {
            str(row["use"]): {"function": str(row["function"]), "economic": str(row["economic"])}
            for row in rows
        }

    def _need_purse(self, code: str, wanted: Purse) -> None:
        project = next((row for row in self._rows.projects() if row.code == code), None)
        if project is None:
            raise ProjectUnknown(project=code)
        if project.purse != wanted.code:
            purse = Purse(project.purse).label
            raise PurseDiffers(project=project.name, purse=purse, wanted=wanted.label)
