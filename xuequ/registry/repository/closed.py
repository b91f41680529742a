"""Questions of the data checks of places: what is still at a closed school, buildings too small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, and_, func, or_, select
from sqlalchemy.orm import aliased

from xuequ.core.tables import Base
from xuequ.registry.models.places import School
from xuequ.registry.models.premises import Premises, PremisesSpan, Room, RoomSpan
from xuequ.registry.repository.basis import AnyRow, Rows, open_on, owns
from xuequ.registry.repository.mergers import GOING


class ClosedRows(Rows):
    """Rows that should not be after a school closed."""

    def spans_after_closing(self) -> Iterator[tuple[str, AnyRow]]:
        """Return the spans of every table of the registry that go on at a closed school.

        The final status of a pupil stays with the school that kept the record.
        """
        for table in _spans_of_schools():
            query = (
                select(table.c.id, School.name.label("school"), School.closed_on)
                .join(School, and_(School.county_id == table.c.county_id, School.id == table.c.school_id))
                .where(table.c.county_id == self.scope.county_id, School.closed_on.is_not(None))
                .where(or_(table.c.until.is_(None), table.c.until > School.closed_on))
            )
            if table.name == "xq_registry_pupil_status":
                query = query.where(table.c.status.not_in(GOING))
            for row in self.session.execute(self.here(query, School).order_by(table.c.id)):
                yield table.name, row

    def overfull_buildings(self) -> Sequence[AnyRow]:
        """Return the buildings whose rooms are larger in sum than they are, on a day on which one begins."""
        begins, begun = aliased(RoomSpan), aliased(Room)
        total: Any = func.sum(RoomSpan.area)
        mine = select(PremisesSpan.premises_id).where(PremisesSpan.county_id == Premises.county_id)
        query = (
            select(Premises.id, Premises.name)
            .join(begun, owns(begun, begun.premises_id, Premises))
            .join(begins, owns(begins, begins.room_id, begun))
            .join(Room, owns(Room, Room.premises_id, Premises))
            .join(
                RoomSpan,
                and_(
                    owns(RoomSpan, RoomSpan.room_id, Room),
                    open_on(RoomSpan.since, RoomSpan.until, begins.since),
                ),
            )
            .where(Premises.county_id == self.scope.county_id)
            .where(Premises.id.in_(self.here(mine, PremisesSpan)))
            .group_by(Premises.id, Premises.name, Premises.area, begins.id)
            .having(total > Premises.area)
        )
        return self.session.execute(query.distinct().order_by(Premises.id)).all()


def _spans_of_schools() -> Iterator[Table]:
    """Walk the registry's tables of spans that name a school."""
    for table in Base.metadata.sorted_tables:
        pointed = {key.referred_table.name: key.column_keys[-1] for key in table.foreign_key_constraints}
        spans = "until" in table.c and table.name.startswith("xq_registry_")
        if spans and pointed.get("xq_registry_school") == "school_id":
            yield table
