"""Questions of the workbook of the calendar: what a place has set itself, withdrawn days too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from xuequ.registry.models.calendar import ApartDays, ClosureRow
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, same
from xuequ.registry.repository.calendar import CalendarRows

EVER_YEARS = (1949, 2101)
"""Every year that the calendar can speak of."""

EVER = (date(EVER_YEARS[0], 1, 1), date(EVER_YEARS[1], 12, 31))
"""From its first day to its last."""


class CalendarBookRows(CalendarRows):
    """The calendar as a file compares itself with it."""

    def own_aparts(self) -> Sequence[AnyRow]:
        """Return the days that were ever set apart here, those that still are last."""
        return self._of_here(ApartDays, ApartDays.withdrawn_at.is_(None), ApartDays.first_day, ApartDays.id)

    def own_closures(self) -> Sequence[AnyRow]:
        """Return the closures that were ever announced here."""
        return self._of_here(ClosureRow, ClosureRow.first_day, ClosureRow.id)

    def _of_here(self, model: Any, *order: Any) -> Sequence[AnyRow]:
        query = (
            select(model.__table__, School.code.label("school"))
            .outerjoin(School, same(School, model.school_id, model))
            .where(
                model.county_id == self.scope.county_id,
                func.coalesce(model.district_id, model.county_id) == self.owner_id,
            )
            .order_by(*order)
        )
        return self.session.execute(query).all()
