"""Use cases of the allotment of a year's 公用经费."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from xuequ.core.context import Service, reading, use_case
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.allotments import ADOPT_ALLOTMENT, VIEW_ALLOTMENTS
from xuequ.unified.budget.errors.allotments import AllotmentThere, AllotmentUnknown, CorrectionNeedsReason
from xuequ.unified.budget.facts.allotments import AllotmentAdopted
from xuequ.unified.budget.models.allotments import (
    Allotment,
    AllotmentLine,
    AllotmentSchool,
    AllotmentStandard,
)
from xuequ.unified.budget.repository.allotments import AllotmentRows
from xuequ.unified.budget.rules.allotments import AllottedLine
from xuequ.unified.budget.schemas.allotments import AllotmentAdoption, AllotmentView, Eligibility
from xuequ.unified.budget.service.allotments.computing import Computed, compute, recompute, stored
from xuequ.unified.budget.service.allotments.views import allotment_view
from xuequ.unified.budget.states.ledger import Book


class Adopting(Service):
    """What a year's 公用经费 comes to, school by school, and what was adopted of it."""

    @property
    def _rows(self) -> AllotmentRows:
        return AllotmentRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_ALLOTMENTS)
    def compute(self, year: int, eligibility: Sequence[Eligibility] = ()) -> AllotmentView:
        """Compute a year's allotment as it would be adopted now; nothing is written.

        Args:
            year: the fiscal year; its first day's standards and the autumn before it count.
            eligibility: schools that may count as small, or may not, other than by their kind.

        Raises:
            NoAutumnReturn: no statistical return of last autumn is frozen.
            StandardUnknown: a standard holds nowhere on that day.
            Problems: schools that are unknown or named twice.
        """
        return allotment_view(
            year, compute(self.context, self._rows, year, eligibility), self.context.standards
        )

    @use_case(ADOPT_ALLOTMENT)
    def adopt_allotment(self, command: AllotmentAdoption) -> AllotmentView:
        """Adopt the allotment 公用经费核定 of a year, once; it keeps what it was computed by.

        A correction is the next number with a reason. What happens to schools and pupils in the year
        changes nothing: the headcount is last autumn's.

        Raises:
            AllotmentThere: it is not the number that is next.
            CorrectionNeedsReason: a correction without a reason, or a first one with one.
            NoAutumnReturn and others: as `compute` does.
        """
        rows, year = self._rows, command.year
        rows.lock_year(Book.SCHOOL.code, year)
        latest = rows.allotment(year)
        following = latest.number + 1 if latest is not None else 1
        if command.number != following:
            raise AllotmentThere(year=year, number=command.number, next=following)
        if (command.number == 1) != (command.reason == ""):
            raise CorrectionNeedsReason(year=year, number=command.number)
        computed = compute(self.context, rows, year, command.eligibility)
        allotment_id = self._write(command, computed)
        self.context.announce(
            AllotmentAdopted(
                allotment_id=allotment_id,
                year=year,
                number=command.number,
                headcount_id=computed.headcount_id,
                total=computed.total,
            )
        )
        return self.allotment(year)

    @reading(VIEW_ALLOTMENTS)
    def allotment(self, year: int, number: int | None = None) -> AllotmentView:
        """Return an allotment as it was adopted; the latest of the year without a number.

        Raises:
            AllotmentUnknown: when there is none.
        """
        adopted = self._adopted(year, number)
        return allotment_view(year, stored(self._rows, adopted), self.context.standards, adopted)

    @reading(VIEW_ALLOTMENTS)
    def recompute(self, year: int, number: int | None = None) -> AllotmentView:
        """Compute an allotment again by what it keeps: its headcount and its standards, not today's.

        Raises:
            AllotmentUnknown: when there is none.
        """
        adopted = self._adopted(year, number)
        return allotment_view(year, recompute(self._rows, adopted), self.context.standards, adopted)

    def _adopted(self, year: int, number: int | None) -> AnyRow:
        found = self._rows.allotment(year, number)
        if found is None:
            raise AllotmentUnknown(year=year)
        return found

    def _write(self, command: AllotmentAdoption, computed: Computed) -> int:
        rows = self._rows
        header = {
            "district_id": rows.district_id,
            **command.model_dump(include={"year", "number", "reason", "document_no"}),
            "headcount_id": computed.headcount_id,
            "adopted_on": self.context.today,
            "total": computed.total,
        }
        allotment_id = rows.keep(Allotment, [header])[0]
        of = {"allotment_id": allotment_id}
        rows.keep(AllotmentStandard, [of | asdict(used) for used in computed.used])
        judged = computed.judged.items()
        rows.keep(AllotmentSchool, [of | {"school_id": school, **asdict(one)} for school, one in judged])
        rows.keep(AllotmentLine, [of | _values(line) for line in computed.lines])
        return allotment_id


def _values(line: AllottedLine) -> dict[str, Any]:
    return {
        "school_id": line.school_id,
        "stage": line.stage.code,
        "item": line.item.code,
        "standard_key": line.key,
        "rate": line.rate,
        "actual": line.actual,
        "counted": line.counted,
        "amount": line.amount,
    }
