"""The workbook of land, buildings and rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from xuequ.core.context import Context
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.registry.schemas.books.premises import LandRow
from xuequ.registry.schemas.premises import LandRegistration
from xuequ.registry.service.books.desk import BookDesk, Lookups, rows_of
from xuequ.registry.service.premises import PremisesService
from xuequ.registry.templates.premises import PREMISES


class LandDesk(BookDesk):
    """The sheet of land."""

    changeable = frozenset()

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the parcels that schools have."""
        return self.lookups.rows.land_state()

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Register parcels."""
        added = cast("list[LandRow]", rows_of(planned, Outcome.ADDED))
        PremisesService(self.context).register_land(
            [
                LandRegistration(
                    school_id=self.lookups.school(row.school), **row.model_dump(exclude={"school"})
                )
                for row in added
            ]
        )

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the parcels."""
        for (code, name), there in self.lookups.rows.land_state().items():
            if school in (None, code):
                yield LandRow(school=code, name=name, **there)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {"land": LandDesk(lookups)}


PREMISES_BOOK = Book(PREMISES, _desks, stale="校舍用地")
