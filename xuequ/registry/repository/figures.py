"""Questions for the measured figures of schools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, bindparam, select, update

from xuequ.registry.models.figures import Figure
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, same
from xuequ.registry.repository.places import WritingRows

FigureKey = tuple[int, str, date]
"""School, measure, day."""


class FigureRows(WritingRows):
    """Figures of the scope's schools."""

    def recorded(self, school_ids: Iterable[int], days: Iterable[date]) -> dict[FigureKey, AnyRow]:
        """Return what is recorded of schools as of days."""
        query = select(Figure.id, Figure.school_id, Figure.measure, Figure.as_of, Figure.value).where(
            Figure.county_id == self.scope.county_id,
            Figure.school_id.in_(sorted(set(school_ids))),
            Figure.as_of.in_(sorted(set(days))),
        )
        return {(row.school_id, row.measure, row.as_of): row for row in self.session.execute(query)}

    def correct(self, values: Mapping[int, Decimal]) -> None:
        """Write other values for figures, by id."""
        if not values:
            return
        table = cast("Table", Figure.__table__)
        here = (table.c.county_id == self.scope.county_id, table.c.id == bindparam("at"))
        said = [{"at": row_id, "said": value} for row_id, value in sorted(values.items())]
        statement = update(table).where(*here).values(value=bindparam("said"))
        self.session.connection().execute(statement, said)

    def listed(self, as_of: date | None) -> Sequence[AnyRow]:
        """Return the figures of the scope's schools by school and day, of one day or of all."""
        query = select(
            *(Figure.school_id, School.code, Figure.as_of, Figure.measure, Figure.value),
        ).join(School, same(School, Figure.school_id, Figure))
        if as_of is not None:
            query = query.where(Figure.as_of == as_of)
        ordered = self.here(query, Figure).order_by(School.code, Figure.school_id, Figure.as_of)
        return self.session.execute(ordered).all()
