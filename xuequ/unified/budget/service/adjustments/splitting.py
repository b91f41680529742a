"""Splitting a line of the district into cells of schools."""

from __future__ import annotations

from typing import Any

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.unified.budget.actions.adjustments import SPLIT_LINE
from xuequ.unified.budget.errors.adjustments import LineOfSchool
from xuequ.unified.budget.errors.ledger import LineUnknown
from xuequ.unified.budget.rules.adjustments import Change, unfit
from xuequ.unified.budget.rules.years import twice
from xuequ.unified.budget.schemas.adjustments import AdjustmentView, LineSplit
from xuequ.unified.budget.service.adjustments.applying import Applying
from xuequ.unified.budget.states.adjustments import AdjustmentKind, AdjustmentWay, Side


class Splitting(Applying):
    """The district's own money given to its schools by name."""

    @use_case(SPLIT_LINE)
    def split_line(self, command: LineSplit) -> AdjustmentView:
        """Split a line of the district into schools' cells of the same codes 分解到校, at once.

        What a school gets the district's line loses, so the whole stays as it was and nobody need be asked.

        Raises:
            LineOfSchool: the line is a school's already.
            LineUnknown, AdjustmentDiffers: by the line's id and the number of the split.
            Problems: unknown schools, shares of nothing, or lines left with less than is used of them.
        """
        line = self._rows.line(command.line_id)
        if line is None:
            raise LineUnknown(line=str(command.line_id))
        if line.school_id is not None:
            raise LineOfSchool(line=line.name)
        schools = self._rows.schools()
        refuse_if(_problems(command, line.year, set(schools)))
        shares: list[tuple[int | None, Money]] = [
            (schools[one.school].id, one.amount) for one in command.shares
        ]
        whole = sum((one.amount for one in command.shares), Money(0))
        if whole:
            shares = [(None, -whole), *shares]
        cell = {name: getattr(line, name) for name in ("project_id", "function", "economic")}
        cell["side"] = Side.EXPENDITURE.code
        changes = [{**cell, "school_id": school, "amount": amount} for school, amount in shares]
        values: dict[str, Any] = {name: getattr(line, name) for name in ("book", "year", "fund")}
        values |= {"number": command.number, "day": command.day, "reason": command.reason}
        values |= {"kind": AdjustmentKind.SPLIT.code, "way": AdjustmentWay.WITHIN.code}
        self._draft({**values, "exceptional": False, "reverses_id": None}, changes)
        self._apply(self._locked(command.number))
        return self._shown(command.number)


def _problems(command: LineSplit, year: int, known: set[str]) -> list[Problem]:
    schools = [one.school for one in command.shares]
    changes = [Change(one.school, one.amount.fen) for one in command.shares]
    return [
        *(Problem(SchoolUnknown(school=school)) for school in schools if school not in known),
        *unfit(command.number, command.day, year, changes),
        *twice(schools),
    ]
