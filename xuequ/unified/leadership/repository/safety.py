"""Questions for drills and hazards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.unified.leadership.models.safety import Drill, Hazard
from xuequ.unified.leadership.repository.office import OfficeRows

HAZARD = "leadership.hazard"
"""The kind of source under which the registry keeps the files of a hazard."""

_DRILL, _HAZARD = cast("Table", Drill.__table__), cast("Table", Hazard.__table__)
_OF_SCHOOL = (School.code.label("school"), School.name.label("school_name"))
_RECTIFIER, _RECTIFIED_BY = aliased(Staff), aliased(Person)
_VERIFIER, _VERIFIED_BY = aliased(Staff), aliased(Person)


def _drills() -> AnySelect:
    return select(_DRILL, *_OF_SCHOOL).join(School, same(School, Drill.school_id, Drill))


def _hazards() -> AnySelect:
    return (
        select(
            _HAZARD,
            *_OF_SCHOOL,
            *(Staff.staff_no.label("owner_no"), Person.name.label("owner")),
            *(_RECTIFIED_BY.name.label("rectified_by"), _VERIFIED_BY.name.label("verified_by")),
        )
        .join(School, same(School, Hazard.school_id, Hazard))
        .join(Staff, same(Staff, Hazard.owner_id, Hazard))
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(_RECTIFIER, same(_RECTIFIER, Hazard.rectified_by_id, Hazard))
        .outerjoin(_RECTIFIED_BY, same(_RECTIFIED_BY, _RECTIFIER.person_id, _RECTIFIER))
        .outerjoin(_VERIFIER, same(_VERIFIER, Hazard.verified_by_id, Hazard))
        .outerjoin(_VERIFIED_BY, same(_VERIFIED_BY, _VERIFIER.person_id, _VERIFIER))
    )


class SafetyRows(OfficeRows):
    """Drills and hazards of one district."""

    def drill(self, drill_id: int) -> AnyRow | None:
        """Return one drill."""
        return self.session.execute(self.here(_drills().where(Drill.id == drill_id), Drill)).one_or_none()

    def drills_of(self, ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return drills by id."""
        query = self.here(_drills().where(Drill.id.in_(sorted(set(ids)))), Drill)
        return {row.id: row for row in self.session.execute(query)}

    def drills(
        self,
        first: date | None = None,
        last: date | None = None,
        schools: Iterable[str] | None = None,
        *,
        voided: bool = False,
    ) -> Sequence[AnyRow]:
        """Return the drills of some days and schools, or of all, by day and school."""
        _ = self.district_id
        query = _drills()
        if first is not None:
            query = query.where(Drill.held_on >= first)
        if last is not None:
            query = query.where(Drill.held_on <= last)
        if schools is not None:
            query = query.where(School.code.in_(sorted(set(schools))))
        if not voided:
            query = query.where(Drill.voided_at.is_(None))
        order = (Drill.held_on, School.code, Drill.kind, Drill.id)
        return self.session.execute(self.here(query, Drill).order_by(*order)).all()

    def lock_ledgers(self, ids: Iterable[int]) -> None:
        """Make others who write into the ledgers of these schools wait.

        It comes before anything weaker is asked of a school: two that both hold it weakly and both want more
        would wait for each other.
        """
        query = select(School.id).where(
            School.county_id == self.scope.county_id, School.id.in_(sorted(set(ids)))
        )
        self.session.execute(query.order_by(School.id).with_for_update(key_share=True)).all()

    def hazard(self, hazard_id: int) -> AnyRow | None:
        """Return one hazard."""
        query = self.here(_hazards().where(Hazard.id == hazard_id), Hazard)
        return self.session.execute(query).one_or_none()

    def hazards(
        self, first: date | None = None, last: date | None = None, school_id: int | None = None
    ) -> Sequence[AnyRow]:
        """Return the hazards found on some days, voided ones among them, the oldest first."""
        _ = self.district_id
        query = _hazards()
        if first is not None:
            query = query.where(Hazard.found_on >= first)
        if last is not None:
            query = query.where(Hazard.found_on <= last)
        if school_id is not None:
            query = query.where(Hazard.school_id == school_id)
        return self.session.execute(self.here(query, Hazard).order_by(Hazard.found_on, Hazard.id)).all()
