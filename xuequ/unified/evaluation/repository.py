"""Every query of the evidence ledger: one question a method."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import RowMapping, Table, and_, or_, select
from sqlalchemy.orm import aliased

from xuequ.core.bulk import insert_new
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, open_on, owns, same
from xuequ.unified.evaluation.models import Evidence
from xuequ.unified.evaluation.rules import Key

_TABLE = cast("Table", Evidence.__table__)
BATCH = 5_000
"""How many values one statement asks for; SQLite takes 32,766."""


class EvaluationRepository(Rows):
    """Questions to the evidence ledger within one scope, and what writes it."""

    # teachers

    def workplaces(self, staff_ids: Collection[int], first: date, last: date) -> Iterator[AnyRow]:
        """Return staff of the county with their home district and their placements that touch some days."""
        touches = and_(Placement.since <= last, or_(Placement.until.is_(None), Placement.until > first))
        home = Staff.district_id.label("home_id")
        query = (
            select(
                Staff.id, home, Placement.district_id, Placement.school_id, Placement.since, Placement.until
            )
            .outerjoin(Placement, and_(owns(Placement, Placement.staff_id, Staff), touches))
            .where(Staff.county_id == self.scope.county_id)
        )
        for some in _in_batches(sorted(staff_ids)):
            yield from self.session.execute(query.where(Staff.id.in_(some)))

    def teacher(self, staff_id: int, day: date) -> AnyRow | None:
        """Return one teacher who belongs to the scope, or works in it on a day, with the school's code."""
        at = and_(owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, day))
        query = (
            select(Staff.id, School.code.label("school"), Placement.district_id.label("placed_in"))
            .outerjoin(Placement, at)
            .outerjoin(School, same(School, Placement.school_id, Placement))
            .where(Staff.county_id == self.scope.county_id, Staff.id == staff_id)
        )
        if (district_id := self.scope.district_id) is not None:
            query = query.where(or_(Staff.district_id == district_id, Placement.district_id == district_id))
        return self.session.execute(query).one_or_none()

    # evidence

    def add(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert those rows whose key is not there yet; return their ids."""
        return insert_new(self.session, _TABLE, rows)

    def recorded(self, keys: Iterable[Key]) -> dict[Key, AnyRow]:
        """Return what is recorded under keys, of every district of the county."""
        wanted = set(keys)
        query = select(_TABLE).where(Evidence.county_id == self.scope.county_id)
        found: dict[Key, AnyRow] = {}
        for some in _in_batches(sorted({fact_id for fact_id, _ in wanted})):
            for row in self.session.execute(query.where(Evidence.fact_id.in_(some))):
                if (row.fact_id, row.line_no) in wanted:
                    found[row.fact_id, row.line_no] = row
        return found

    def standing(self, source: Source) -> Sequence[RowMapping]:
        """Return what a source has brought about and nobody has reversed."""
        reversal = aliased(Evidence)
        undone = select(reversal.id).where(
            reversal.county_id == Evidence.county_id, reversal.reverses_id == Evidence.id
        )
        query = self.here(select(_TABLE), Evidence).where(
            Evidence.source_kind == source.kind,
            Evidence.source_id == source.id,
            Evidence.reverses_id.is_(None),
            ~undone.exists(),
        )
        return self.session.execute(query.order_by(Evidence.id)).mappings().all()

    def of_teacher(self, staff_id: int, since: date, until: date) -> Sequence[AnyRow]:
        """Return a teacher's evidence of the days ``[since, until)``, reversing rows among it."""
        query = select(_TABLE).where(
            Evidence.county_id == self.scope.county_id,
            Evidence.staff_id == staff_id,
            Evidence.day >= since,
            Evidence.day < until,
        )
        return self.session.execute(query.order_by(Evidence.day, Evidence.id)).all()

    # checks

    def without_fact(self) -> Sequence[AnyRow]:
        """Return evidence whose fact the journal does not hold."""
        fact = select(FactRow.id).where(
            FactRow.county_id == Evidence.county_id, FactRow.id == Evidence.fact_id
        )
        return self._found(select(Evidence.id, Evidence.fact_id).where(~fact.exists()))

    def unlike_what_they_reverse(self) -> Sequence[AnyRow]:
        """Return reversing rows that do not cancel the row that they reverse."""
        first = aliased(Evidence)
        query = select(Evidence.id, Evidence.reverses_id).join(
            first, and_(first.county_id == Evidence.county_id, first.id == Evidence.reverses_id)
        )
        alike = (
            first.staff_id == Evidence.staff_id,
            first.indicator == Evidence.indicator,
            first.amount == -Evidence.amount,
            first.day == Evidence.day,
            first.reverses_id.is_(None),
        )
        return self._found(query.where(~and_(*alike)))

    def _found(self, query: AnySelect) -> Sequence[AnyRow]:
        return self.session.execute(self.here(query, Evidence).order_by(Evidence.id)).all()


def _in_batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
