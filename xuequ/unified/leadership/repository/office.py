"""Questions that every topic of leadership asks: schools, who works where, who heads what; writing rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, exists, insert, select

from xuequ.core.access import Post
from xuequ.core.ids import new_id
from xuequ.core.source import Source
from xuequ.core.tables import Base
from xuequ.registry.models.attachments import Attachment
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.posts import Appointment
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import DAY, AnyRow, Scoped, open_on, same, school_open_on
from xuequ.registry.repository.places import WritingRows

HEADING = (
    Post.PRINCIPAL,
    Post.PARTY_SECRETARY,
    Post.ACADEMIC_DIRECTOR,
    Post.GENERAL_AFFAIRS_DIRECTOR,
    Post.SCHOOL_HEAD,
)
"""The leadership team, and the heads of schools."""

_SCHOOL = (School.id, School.code, School.name, School.kind)
_SCHOOLS = Scoped(select(*_SCHOOL).where(school_open_on(DAY)).order_by(School.code), School)
_ONE_SCHOOL = Scoped(select(*_SCHOOL).where(School.code == bindparam("code")), School)
_HEADS = Scoped(
    select(Appointment.staff_id, Appointment.post, Appointment.school_id, Staff.staff_no, Person.name)
    .join(Staff, same(Staff, Appointment.staff_id, Appointment))
    .join(Person, same(Person, Staff.person_id, Staff))
    .where(Appointment.post.in_(HEADING), open_on(Appointment.since, Appointment.until, DAY))
    .order_by(Appointment.post, Appointment.id),
    Appointment,
)


class OfficeRows(WritingRows):
    """What the office knows of a district, and the writing of its rows."""

    def district_name(self) -> str:
        """Return the name of the district."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return self.session.execute(query).scalar_one()

    def school(self, code: str) -> AnyRow | None:
        """Return `id, code, name, kind` of a school of the district."""
        _ = self.district_id
        return self.one(_ONE_SCHOOL, code=code)

    def schools(self, on: date) -> Sequence[AnyRow]:
        """Return `id, code, name, kind` of the schools that are open on a day, by code."""
        _ = self.district_id
        return self.all(_SCHOOLS, day=on)

    def school_names(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the names of schools of the county, by id."""
        query = select(School.id, School.name).where(
            School.county_id == self.scope.county_id, School.id.in_(sorted(set(ids)))
        )
        return {row.id: row.name for row in self.session.execute(query)}

    def heads(self, on: date) -> Sequence[AnyRow]:
        """Return who holds a post of the leadership team, or heads a school, on a day."""
        _ = self.district_id
        return self.all(_HEADS, day=on)

    # people

    def staff(self, ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return `id, staff_no, name` of staff of the county, by id."""
        query = self._staff().where(Staff.id.in_(sorted(set(ids))))
        return {row.id: row for row in self.session.execute(query)}

    def staff_of_no(self, staff_no: str) -> AnyRow | None:
        """Return `id, staff_no, name` of somebody of the county by number."""
        return self.session.execute(self._staff().where(Staff.staff_no == staff_no)).one_or_none()

    def _staff(self) -> Any:
        return (
            select(Staff.id, Staff.staff_no, Person.name)
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(Staff.county_id == self.scope.county_id)
        )

    def lock_staff(self, ids: Iterable[int]) -> None:
        """Make other acts that put these people somewhere wait."""
        query = select(Staff.id).where(
            Staff.county_id == self.scope.county_id, Staff.id.in_(sorted(set(ids)))
        )
        self.session.execute(query.order_by(Staff.id).with_for_update(key_share=True)).all()

    def placements(self, ids: Iterable[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return `staff_id, school_id, since, until` of where people work in the district on some days."""
        columns = (Placement.staff_id, Placement.school_id, Placement.since, Placement.until)
        query = select(*columns).where(
            Placement.county_id == self.scope.county_id,
            Placement.district_id == self.district_id,
            Placement.staff_id.in_(sorted(set(ids))),
            Placement.since <= last,
            Placement.until.is_(None) | (Placement.until > first),
        )
        return self.session.execute(query.order_by(Placement.staff_id, Placement.since)).all()

    # files

    def attached(self, source: Source) -> set[str]:
        """Return the SHA-256 of the files that a record has."""
        query = select(Attachment.sha256).where(
            Attachment.source_kind == source.kind,
            Attachment.source_id == source.id,
            Attachment.removed_at.is_(None),
        )
        return set(self.session.scalars(self.here(query, Attachment)))

    # writing

    def add(self, model: type[Base], **values: Any) -> int:
        """Insert a row of the district; return its id."""
        return self.add_all(model, [values])[0]

    def add_all(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert rows of the district by one statement; return their ids in the same order."""
        if not rows:
            return []
        here = {"county_id": self.scope.county_id, "district_id": self.district_id}
        made = [{**row, **here, "id": new_id()} for row in rows]
        self.session.execute(insert(cast("Table", model.__table__)), made)
        return [row["id"] for row in made]

    def locked(self, model: Any, row_id: int) -> Any:
        """Return a row of the district once nobody else is changing it, None when there is none."""
        query = select(cast("Table", model.__table__)).where(model.id == row_id)
        return self.session.execute(self.here(query, model).with_for_update()).one_or_none()

    def void(self, model: type[Base], row_id: int, at: datetime, by: str, reason: str) -> None:
        """Mark a row as a mistake."""
        self.change(model, row_id, {"voided_at": at, "voided_by": by, "void_reason": reason})

    def exists_here(self, model: Any, *conditions: Any) -> bool:
        """Tell whether the district has a row of that kind."""
        of_district = (model.county_id == self.scope.county_id, model.district_id == self.district_id)
        return bool(self.session.scalar(select(exists().where(*of_district, *conditions))))
