"""The workbook of what is measured at schools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from xuequ.core.context import Context
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import PlannedRow
from xuequ.registry.repository.figures import FigureRows
from xuequ.registry.schemas.books.figures import FigureRow
from xuequ.registry.schemas.figures import FigureRecord
from xuequ.registry.service.books.desk import Lookups
from xuequ.registry.service.books.recorded import Record, RecordDesk
from xuequ.registry.service.figures import FigureService
from xuequ.registry.states.figures import Measure
from xuequ.registry.templates.figures import FIGURES, FIGURES_SHEET


class FigureDesk(RecordDesk):
    """The sheet of figures: a row is a school on a day."""

    sheet = FIGURES_SHEET

    def records(self) -> Iterator[Record]:
        """Return the figures of every day."""
        _ = self.lookups.schools  # of which a code tells one from another in a district only
        for view in FigureService(self.context).figures():
            said = {measure.value: value for measure, value in view.values.items()}
            yield (view.code,), FigureRow.model_validate({"school": view.code, "as_of": view.as_of, **said})

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record figures and correct them."""
        FigureService(self.context).record_figures(
            [self._record(cast(FigureRow, row.source.command)) for row in planned]
        )

    def _record(self, row: FigureRow) -> FigureRecord:
        said = {measure: getattr(row, measure.value) for measure in Measure}
        values = {measure: value for measure, value in said.items() if value is not None}
        return FigureRecord(school_id=self.lookups.school(row.school), as_of=row.as_of, values=values)


def _desks(context: Context) -> Mapping[str, Desk]:
    return {"figures": FigureDesk(Lookups(context))}


def _hold(context: Context) -> None:
    """Make whoever writes of the district's schools wait."""
    FigureRows(context.session, context.scope, context.place).lock_schools(Lookups(context).schools.values())


FIGURES_BOOK = Book(FIGURES, _desks, _hold, stale="设备图书统计")
