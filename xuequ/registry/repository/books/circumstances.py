"""Questions of the workbook of pupils' circumstances: the whole history, by the numbers of pupils."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.circumstances import Guardian, PupilTrait, Residence
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Pupil, PupilStatus
from xuequ.registry.repository.basis import AnyRow, Rows, owns, same
from xuequ.registry.repository.people import batches

_OWN = aliased(Person)


class CircumstanceBookRows(Rows):
    """Spans of pupils who are still known, each with the number and name of its pupil, by the first day."""

    def traits(self, numbers: Collection[str] | None = None) -> Iterator[AnyRow]:
        """Yield the traits of pupils; of all of the district when no numbers are given."""
        columns = (PupilTrait.kind, PupilTrait.detail, PupilTrait.since, PupilTrait.until)
        return self._spans(PupilTrait, columns, numbers)

    def residences(self, numbers: Collection[str] | None = None) -> Iterator[AnyRow]:
        """Yield the residences of pupils, with the sealed address."""
        columns = (
            *(Residence.id, Residence.kind, Residence.area, Residence.address),
            *(Residence.since, Residence.until),
        )
        return self._spans(Residence, columns, numbers)

    def guardians(self, numbers: Collection[str] | None = None) -> Iterator[AnyRow]:
        """Yield the guardians of pupils who are still known themselves, with what is sealed of them."""
        columns = (
            *(Guardian.id, Guardian.person_id, Guardian.relation, Guardian.is_primary),
            *(Guardian.since, Guardian.until, Person.name.label("guardian"), Person.sex),
            *(Person.birth_date, Person.document_number, Person.phone),
        )
        known = and_(same(Person, Guardian.person_id, Guardian), Person.forgotten_on.is_(None))
        return self._spans(Guardian, columns, numbers, known)

    def _spans(
        self, model: Any, columns: Any, numbers: Collection[str] | None, known: Any = None
    ) -> Iterator[AnyRow]:
        status = and_(owns(PupilStatus, PupilStatus.pupil_id, Pupil), PupilStatus.until.is_(None))
        whose = (Pupil.pupil_no, Pupil.person_id.label("owner_id"), _OWN.name, School.code.label("school"))
        query = select(*whose, *columns).join(Pupil, owns(model, model.pupil_id, Pupil))
        if known is not None:
            query = query.join(Person, known)
        query = self.here(
            query.join(_OWN, same(_OWN, Pupil.person_id, Pupil))
            .outerjoin(PupilStatus, status)
            .outerjoin(School, same(School, PupilStatus.school_id, PupilStatus))
            .where(_OWN.forgotten_on.is_(None))
            .order_by(Pupil.pupil_no, model.since, model.id),
            Pupil,
        )
        for some in [None] if numbers is None else batches(sorted(numbers)):
            asked = query if some is None else query.where(Pupil.pupil_no.in_(some))
            yield from self.session.execute(asked)
