"""What pupils' records stand on now: open spans read under a lock, and written many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import BindParameter, Date, Table, and_, bindparam, delete, select, update

from xuequ.core.bulk import bulk_load, insert_new
from xuequ.core.context import Scope
from xuequ.core.ids import new_id
from xuequ.core.tables import Base
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, Scoped, owns, same
from xuequ.registry.states.transfers import TransferState

MANY = 5_000
"""How many ids one statement asks for; SQLite and PostgreSQL both bound their number."""

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _open_records() -> AnySelect:
    seat = and_(owns(Enrolment, Enrolment.pupil_id, Pupil), Enrolment.until.is_(None))
    status = and_(owns(PupilStatus, PupilStatus.pupil_id, Pupil), PupilStatus.until.is_(None))
    return (
        select(
            *(Pupil.id, Pupil.pupil_no, Pupil.person_id, Pupil.district_id),
            *(Person.name, Person.sex, Person.birth_date),
            *(PupilStatus.id.label("status_id"), PupilStatus.status, PupilStatus.since),
            *(PupilStatus.district_id.label("status_district_id"), PupilStatus.school_id),
            *(PupilStatus.planned_until, PupilStatus.extended_on, PupilStatus.absent_since),
            *(PupilStatus.stage.label("applied_stage"), PupilStatus.entry_year.label("applied_year")),
            School.code.label("school"),
            *(Enrolment.id.label("seat_id"), Enrolment.since.label("seat_since"), Enrolment.entered_as),
            *(SchoolClass.id.label("class_id"), SchoolClass.school_id.label("class_school_id")),
            *(SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number),
            *(SchoolClass.dissolved_on, SchoolClass.formed_on),
        )
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .outerjoin(PupilStatus, status)
        .outerjoin(School, same(School, PupilStatus.school_id, PupilStatus))
        .outerjoin(Enrolment, seat)
        .outerjoin(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .where(Pupil.id.in_(_IDS))
        .order_by(Pupil.id)
    )


_LOCKED = Scoped(
    select(Pupil.id).where(Pupil.id.in_(_IDS)).order_by(Pupil.id).with_for_update(of=Pupil), Pupil
)
_KEPT_AT = Scoped(
    select(PupilStatus.school_id)
    .join(Pupil, owns(PupilStatus, PupilStatus.pupil_id, Pupil))
    .where(Pupil.id.in_(_IDS), PupilStatus.until.is_(None), PupilStatus.school_id.is_not(None))
    .distinct(),
    Pupil,
)
_RECORDS = Scoped(_open_records(), Pupil)
_NUMBERED = Scoped(
    select(Pupil.id, Pupil.pupil_no).where(Pupil.pupil_no.in_(bindparam("numbers", expanding=True))), Pupil
)
_CLASS_COLUMNS = (
    *(SchoolClass.id, SchoolClass.school_id, SchoolClass.district_id, SchoolClass.stage),
    *(SchoolClass.entry_year, SchoolClass.number, SchoolClass.dissolved_on, SchoolClass.formed_on),
    School.code.label("school"),
)
_CLASSES = Scoped(
    select(*_CLASS_COLUMNS)
    .join(School, same(School, SchoolClass.school_id, SchoolClass))
    .where(SchoolClass.id.in_(_IDS)),
    SchoolClass,
)
_HELD_CLASSES = Scoped(
    select(*_CLASS_COLUMNS)
    .join(School, same(School, SchoolClass.school_id, SchoolClass))
    .where(SchoolClass.id.in_(_IDS))
    .order_by(SchoolClass.id)
    .with_for_update(read=True, key_share=True, of=SchoolClass),
    SchoolClass,
)
_CLASSES_OF = Scoped(
    select(SchoolClass.id, SchoolClass.school_id)
    .join(School, same(School, SchoolClass.school_id, SchoolClass))
    .where(School.code == bindparam("school")),
    SchoolClass,
)

STATUS_COLUMNS = (
    *("county_id", "id", "district_id", "school_id", "pupil_id", "status", "since", "until"),
    *("reason", "authority", "planned_until", "extended_on", "absent_since", "stage", "entry_year"),
)
SEAT_COLUMNS = (
    *("county_id", "id", "district_id", "school_id", "class_id", "pupil_id", "since", "until"),
    *("entered_as", "left_as"),
)


def _batches(ids: Iterable[Any]) -> Iterable[Sequence[Any]]:
    every = sorted(set(ids))
    return (every[start : start + MANY] for start in range(0, len(every), MANY))


class RecordRows(Rows):
    """Records of pupils within one scope, to be changed."""

    @property
    def county(self) -> RecordRows:
        """The same questions over the whole county, for what crosses districts."""
        return RecordRows(self.session, Scope(self.scope.county_id), self.place)

    # reading

    def lock_pupils(self, ids: Collection[int]) -> None:
        """Make other steps of these pupils wait until the transaction ends; in the order of their ids."""
        for some in _batches(ids):
            self.all(_LOCKED, ids=some)

    def schools_of(self, ids: Collection[int]) -> set[int]:
        """Return the schools that keep pupils' records today; whoever locks pupils holds them first."""
        return {row.school_id for some in _batches(ids) for row in self.all(_KEPT_AT, ids=some)}

    def records(self, ids: Collection[int]) -> list[AnyRow]:
        """Return pupils with their open status and class; ask after `lock_pupils`."""
        return [row for some in _batches(ids) for row in self.all(_RECORDS, ids=some)]

    def ids_of(self, numbers: Collection[str]) -> dict[str, int]:
        """Return the ids of pupils by their numbers."""
        return {
            row.pupil_no: row.id for some in _batches(numbers) for row in self.all(_NUMBERED, numbers=some)
        }

    def classes(self, ids: Collection[int]) -> dict[int, AnyRow]:
        """Return classes by id, with the code of their school."""
        return {row.id: row for some in _batches(ids) for row in self.all(_CLASSES, ids=some)}

    def hold_classes(self, ids: Collection[int]) -> list[AnyRow]:
        """Return classes that nobody dissolves until the transaction ends, in the order of their ids.

        It is the lock that a reference to them takes anyway, taken before they are judged.
        """
        return [row for some in _batches(ids) for row in self.all(_HELD_CLASSES, ids=some)]

    def classes_of(self, school: str) -> Sequence[AnyRow]:
        """Return the id and the school of every class of a school, by its code."""
        return self.all(_CLASSES_OF, school=school)

    def school(self, code: str, district: str | None = None) -> AnyRow | None:
        """Return a school with its district by their codes; by the door's own district when none is named."""
        query = (
            select(School.id, School.code, School.district_id, District.code.label("district"))
            .join(District, same(District, School.district_id, School))
            .where(School.county_id == self.scope.county_id, School.code == code)
        )
        if district is not None:
            query = query.where(District.code == district)
        else:
            query = query.where(School.district_id == self.district_id)
        return self.session.execute(query).one_or_none()

    # writing

    def add_pupil(self, person: Person, number: str) -> int | None:
        """Insert a person and the pupil that they are; return its id, or None when the number is taken."""
        self.session.add(person)
        self.session.flush()
        values = {
            "county_id": person.county_id,
            "id": new_id(),
            "district_id": self.district_id,
            "person_id": person.id,
            "pupil_no": number,
        }
        return next(iter(insert_new(self.session, cast("Table", Pupil.__table__), [values])), None)

    def rehome(self, pupil_id: int, district_id: int) -> None:
        """Let another district keep a pupil's record."""
        here = (Pupil.county_id == self.scope.county_id, Pupil.id == pupil_id)
        self.session.execute(update(Pupil).where(*here).values(district_id=district_id))

    def erase(self, model: type[Base], ids: Collection[int]) -> None:
        """Delete spans that say nothing any more: others of the same day replace them."""
        table = cast("Table", model.__table__)
        for some in _batches(ids):
            same_rows = (table.c.county_id == self.scope.county_id, table.c.id.in_(some))
            self.session.connection().execute(delete(table).where(*same_rows))

    def change_many(self, model: type[Base], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Change the same fields of many rows; each row is its id and the values."""
        if not rows:
            return
        table = cast("Table", model.__table__)
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in fields}
        changing = (
            update(table)
            .where(table.c.county_id == self.scope.county_id, table.c.id == bindparam("row_id"))
            .values(values)
        )
        named = ("row_id", *(f"new_{name}" for name in fields))
        self.session.connection().execute(changing, [dict(zip(named, row, strict=True)) for row in rows])

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows of one table; nothing is sent for none."""
        listed = list(rows)
        if listed:
            bulk_load(self.session.connection(), cast("Table", model.__table__), columns, listed)

    def withdraw_open_transfers(self, pupil_ids: Collection[int], on: date) -> None:
        """End the open transfers of pupils, as when one dies meanwhile."""
        for some in _batches(pupil_ids):
            is_open = (
                Transfer.county_id == self.scope.county_id,
                Transfer.pupil_id.in_(some),
                Transfer.decided_on.is_(None),
            )
            ended = {"state": TransferState.WITHDRAWN.code, "decided_on": bindparam("on", on, type_=Date)}
            self.session.execute(update(Transfer).where(*is_open).values(ended))
