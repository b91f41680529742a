"""Imprints of imported rows that are of one person: what their rows are called, and which are to go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select

from xuequ.core.imports import ImprintRow, unpack_prints
from xuequ.registry.models.circumstances import Guardian, Residence
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.staff import Employment, Staff
from xuequ.registry.repository.basis import AnyRow, Rows, owns, same
from xuequ.registry.repository.people import batches

_AT_ONCE = 10_000


class ImprintRows(Rows):
    """The imprints of a county, and by what numbers and days rows of its people are called."""

    def staff(self, person_ids: Sequence[int]) -> Sequence[AnyRow]:
        """Return district, number and first days of employments of people who are or were staff."""
        query = select(Staff.district_id, Staff.staff_no, Employment.since)
        query = query.outerjoin(Employment, owns(Employment, Employment.staff_id, Staff))
        return self._all(query, Staff.person_id.in_(person_ids), Staff)

    def pupils(self, person_ids: Sequence[int]) -> Sequence[AnyRow]:
        """Return district, number, and kinds and first days of residences of people who were pupils."""
        query = select(Pupil.district_id, Pupil.pupil_no, Residence.kind, Residence.since)
        query = query.outerjoin(Residence, owns(Residence, Residence.pupil_id, Pupil))
        return self._all(query, Pupil.person_id.in_(person_ids), Pupil)

    def guardians(self, person_ids: Sequence[int]) -> Sequence[AnyRow]:
        """Return districts and numbers of wards, and the days from which people were their guardians."""
        query = select(Pupil.district_id, Pupil.pupil_no, Guardian.since)
        query = query.join(Guardian, same(Pupil, Guardian.pupil_id, Guardian))
        return self._all(query, Guardian.person_id.in_(person_ids), Pupil)

    def _all(self, query: Any, whose: Any, model: Any) -> Sequence[AnyRow]:
        return self.session.execute(query.where(model.county_id == self.scope.county_id, whose)).all()

    def holding(self, prints: Collection[int]) -> list[int]:
        """Return the imprints that hold one of some prints; every one of the county is looked at."""
        query = select(ImprintRow.id, ImprintRow.prints).where(ImprintRow.county_id == self.scope.county_id)
        rows = self.session.execute(query.execution_options(yield_per=_AT_ONCE))
        return [row.id for row in rows if not unpack_prints(row.prints).isdisjoint(prints)]

    def drop(self, imprint_ids: Iterable[int]) -> None:
        """Delete imprints, those that there are."""
        for some in batches(sorted(imprint_ids)):
            here = (ImprintRow.county_id == self.scope.county_id, ImprintRow.id.in_(some))
            self.session.execute(delete(ImprintRow).where(*here))
