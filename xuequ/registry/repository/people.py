"""Questions for people: single ones, searches, their roles; and what writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from xuequ.core.bulk import insert_new
from xuequ.core.pinyin import initials_pattern
from xuequ.registry.errors.people import DocumentTaken
from xuequ.registry.models.circumstances import Guardian
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Rows, open_on, owns, same
from xuequ.registry.rules.people import BETWEEN
from xuequ.registry.states.people import RoleKind

FEW = 500
Value = TypeVar("Value")
_TABLE = cast("Table", Person.__table__)
_COUNTY = bindparam("county_id", type_=BigInteger)
_DISTRICT = bindparam("district_id", type_=BigInteger)
_IDS = bindparam("ids", type_=BigInteger, expanding=True)
_ID = bindparam("id", type_=BigInteger)


def _is_staff(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(owns(Staff, Staff.person_id, Person), *more)


def _is_pupil(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(owns(Pupil, Pupil.person_id, Person), *more)


def _is_guardian(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    ward = same(Pupil, Guardian.pupil_id, Guardian)
    return exists().where(owns(Guardian, Guardian.person_id, Person), ward, *more)


def has_role() -> ColumnElement[bool]:
    """Return the condition that a person has or had a role anywhere in the county."""
    return or_(_is_staff(), _is_pupil(), _is_guardian())


def has_role_in(staff: ColumnElement[bool], pupil: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a person has or had a role under a condition on staff and pupils."""
    return or_(_is_staff(staff), _is_pupil(pupil), _is_guardian(pupil))


_OF_THE_DISTRICT = or_(
    has_role_in(Staff.district_id == _DISTRICT, Pupil.district_id == _DISTRICT),
    and_(Person.recorded_in == _DISTRICT, ~has_role()),
)
"""Who belongs to a district: by a role there; as long as there is none anywhere, who was recorded there."""

_PEOPLE: AnySelect = select(_TABLE).where(Person.county_id == _COUNTY)
_PEOPLE_OF_DISTRICT = _PEOPLE.where(_OF_THE_DISTRICT)

_asked = aliased(Person)
_SURVIVOR = func.coalesce(
    select(_asked.merged_into_id).where(_asked.county_id == _COUNTY, _asked.id == _ID).scalar_subquery(),
    _ID,
)
"""Who somebody is: merges lead to the kept person in one step."""


def _roles(*, of_district: bool) -> Any:
    """Build the question for the roles of some people, each span a row."""

    def role(kind: RoleKind, owner: Any, number: Any, school: Any, span: Any) -> AnySelect:
        named = (owner.person_id, literal(kind.value).label("kind"), owner.id.label("record_id"))
        said = (number.label("number"), school.label("school"), span.since, span.until)
        return select(*named, *said).where(owner.county_id == _COUNTY, owner.person_id.in_(_IDS))

    staff = (
        role(RoleKind.STAFF, Staff, Staff.staff_no, School.code, Employment)
        .select_from(Staff)
        .outerjoin(Employment, owns(Employment, Employment.staff_id, Staff))
        .outerjoin(School, same(School, Employment.school_id, Employment))
    )
    pupil = (
        role(RoleKind.PUPIL, Pupil, Pupil.pupil_no, School.code, Enrolment)
        .select_from(Pupil)
        .outerjoin(Enrolment, owns(Enrolment, Enrolment.pupil_id, Pupil))
        .outerjoin(School, same(School, Enrolment.school_id, Enrolment))
    )
    guardian = (
        role(RoleKind.GUARDIAN, Guardian, Pupil.pupil_no, null(), Guardian)
        .select_from(Guardian)
        .join(Pupil, same(Pupil, Guardian.pupil_id, Guardian))
    )
    if of_district:
        staff = staff.where(Staff.district_id == _DISTRICT)
        pupil, guardian = (part.where(Pupil.district_id == _DISTRICT) for part in (pupil, guardian))
    return union_all(staff, pupil, guardian)


_ROLES, _ROLES_OF_DISTRICT = _roles(of_district=False), _roles(of_district=True)


def _schools() -> Any:
    """Build the question at which schools somebody is on a day: works, learns, or has a ward."""
    placed = select(Placement.school_id).join(Staff, same(Staff, Placement.staff_id, Placement))
    enrolled = select(Enrolment.school_id).join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
    ward = enrolled.join(Guardian, owns(Guardian, Guardian.pupil_id, Pupil))
    here = union_all(
        placed.where(Staff.person_id == _ID, open_on(Placement.since, Placement.until, DAY)),
        enrolled.where(Pupil.person_id == _ID, open_on(Enrolment.since, Enrolment.until, DAY)),
        ward.where(
            Guardian.person_id == _ID,
            open_on(Guardian.since, Guardian.until, DAY),
            open_on(Enrolment.since, Enrolment.until, DAY),
        ),
    ).subquery()
    query = select(School.code).where(School.county_id == _COUNTY, School.id.in_(select(here.c.school_id)))
    return query.order_by(School.code)


_SCHOOLS = _schools()
_SCHOOLS_OF_DISTRICT = _SCHOOLS.where(School.district_id == _DISTRICT)


def named(name: Any) -> Any:
    """Return a name as it is compared, which `rules.people.name_key` says of one in Python."""
    for sign in BETWEEN:
        name = func.replace(name, sign, "")
    return name


def batches(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Cut what one statement asks for: both databases bound the number of its parameters."""
    return (values[start : start + FEW] for start in range(0, len(values), FEW))


class PeopleRows(Rows):
    """People of one scope."""

    def _bind(self, **values: Any) -> dict[str, Any]:
        return self._bound(values)

    def _people(self) -> AnySelect:
        return _PEOPLE if self.scope.district_id is None else _PEOPLE_OF_DISTRICT

    def _found(self, query: AnySelect, **values: Any) -> Sequence[AnyRow]:
        return self.session.execute(query, self._bind(**values)).all()

    # single people

    def person(self, person_id: int, *, for_update: bool = False) -> AnyRow | None:
        """Return a person, whatever row of theirs is asked for."""
        query = self._people().where(Person.id == _SURVIVOR)
        if for_update:
            query = query.with_for_update(of=Person, key_share=True)
        row = self.session.execute(query, self._bind(id=person_id)).one_or_none()
        if row is not None and row.merged_into_id is not None:  # merged while we waited for the lock
            return self.person(row.merged_into_id, for_update=for_update)
        return row

    def take(self, person_ids: Collection[int]) -> dict[int, AnyRow]:
        """Lock people in the order of their ids: whatever row of theirs is asked for → who they are.

        Who is not of this scope is left out.
        """
        survivors = self._survivors(person_ids)
        locked: dict[int, AnyRow] = {}
        for some in batches(sorted(set(survivors.values()))):
            query = self._people().where(Person.id.in_(some)).order_by(Person.id)
            rows = self._found(query.with_for_update(of=Person, key_share=True))
            locked |= {row.id: row for row in rows}
        if any(row.merged_into_id is not None for row in locked.values()):  # merged while we waited
            return self.take(person_ids)
        return {asked: locked[kept] for asked, kept in survivors.items() if kept in locked}

    def kept(self, person_ids: Collection[int]) -> dict[int, int]:
        """Return who people of this scope are: whatever row of theirs is asked for → the kept one."""
        survivors = self._survivors(person_ids)
        wanted = sorted(set(survivors.values()))
        here = {row.id for some in batches(wanted) for row in self.people(some)}
        return {asked: kept for asked, kept in survivors.items() if kept in here}

    def _survivors(self, person_ids: Collection[int]) -> dict[int, int]:
        """Return to whom merges lead, in one step."""
        survivors = {person_id: person_id for person_id in sorted(person_ids)}
        here = (Person.county_id == self.scope.county_id, Person.merged_into_id.is_not(None))
        for some in batches(list(survivors)):
            merged = select(Person.id, Person.merged_into_id).where(*here, Person.id.in_(some))
            survivors |= {row.id: row.merged_into_id or row.id for row in self.session.execute(merged)}
        return survivors

    def people(self, person_ids: Sequence[int]) -> Sequence[AnyRow]:
        """Return people of this scope by their own ids."""
        query = self._people().where(Person.id.in_(person_ids))
        return self._found(query.order_by(Person.id))

    def recorded(self, person_ids: Sequence[int]) -> list[AnyRow]:
        """Return people who were just recorded here, and so have no role yet."""
        found: list[AnyRow] = []
        for some in batches(person_ids):
            query = select(_TABLE).where(Person.county_id == self.scope.county_id, Person.id.in_(some))
            found += self.session.execute(query.order_by(Person.id))
        return found

    def roles(self, person_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return the roles of people in this scope by their first day."""
        query = _ROLES if self.scope.district_id is None else _ROLES_OF_DISTRICT
        rows = self.session.execute(query, self._bind(ids=list(person_ids))).all()
        return sorted(rows, key=lambda row: (row.since or date.min, row.record_id))

    def schools_of(self, person_id: int, day: date) -> Sequence[str]:
        """Return the codes of the schools at which somebody is on a day, in this scope."""
        query = _SCHOOLS if self.scope.district_id is None else _SCHOOLS_OF_DISTRICT
        return self.session.scalars(query, self._bind(id=person_id, day=day)).all()

    # searches

    def _standing(self) -> AnySelect:
        return self._people().where(Person.merged_into_id.is_(None), Person.forgotten_on.is_(None))

    def by_name(self, key: str, limit: int) -> Sequence[AnyRow]:
        """Return people whose name holds the wanted one, whole names first."""
        name = named(Person.name)
        whole = name != key  # false sorts before true
        query = self._standing().where(name.icontains(key, autoescape=True))
        return self._found(query.order_by(whole, Person.name, Person.id).limit(limit))

    def by_initials(self, letters: str, limit: int) -> Sequence[AnyRow]:
        """Return people whose name begins with these initials, in any reading."""
        query = self._standing().where(Person.initials.like(initials_pattern(letters)))
        return self._found(query.order_by(Person.name, Person.id).limit(limit))

    def by_role_number(self, number: str, limit: int) -> Sequence[AnyRow]:
        """Return people with a staff or pupil number."""
        bears = or_(_is_staff(Staff.staff_no == number), _is_pupil(Pupil.pupil_no == number))
        return self._found(self._standing().where(bears).order_by(Person.id).limit(limit))

    def by_index(self, column: str, indexes: Sequence[bytes], limit: int) -> Sequence[AnyRow]:
        """Return people by the blind indexes of a value; a merged row leads to the kept person."""
        other = aliased(Person)
        held = select(func.coalesce(other.merged_into_id, other.id)).where(
            other.county_id == _COUNTY, getattr(other, column).in_(indexes)
        )
        query = self._people().where(Person.id.in_(held))
        return self._found(query.order_by(Person.name, Person.id).limit(limit))

    def holders(self, indexes: Sequence[bytes]) -> dict[bytes, int]:
        """Return who in the whole county has documents: blind index → the kept person."""
        held: dict[bytes, int] = {}
        for some in batches(indexes):
            query = select(Person.document_index, Person.id).where(
                Person.county_id == self.scope.county_id,
                Person.merged_into_id.is_(None),
                Person.document_index.in_(some),
            )
            held |= {bytes(row.document_index or b""): row.id for row in self.session.execute(query)}
        return held

    def documents_of(self, person_ids: Sequence[int]) -> dict[int, bytes]:
        """Return the sealed documents of people, of those who have one."""
        held: dict[int, bytes] = {}
        for some in batches(person_ids):
            query = select(Person.id, Person.document_number).where(
                Person.county_id == self.scope.county_id,
                Person.id.in_(some),
                Person.document_number.is_not(None),
            )
            held |= {row.id: bytes(row.document_number or b"") for row in self.session.execute(query)}
        return held

    def first_role_days(self, person_ids: Sequence[int]) -> dict[int, date]:
        """Return the days on which people's first roles in the county began, of those who have any."""
        first: dict[int, date] = {}
        for some in batches(person_ids):
            for row in self.session.execute(_ROLES, self._bind(ids=some)):
                if row.since is not None:
                    first[row.person_id] = min(row.since, first.get(row.person_id, row.since))
        return first

    # writing

    def add(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert people; return the ids of those whose document nobody else has."""
        return insert_new(self.session, _TABLE, rows)

    def change(self, person_id: int, values: dict[str, Any]) -> None:
        """Change what is registered of a person.

        Raises:
            DocumentTaken: when a rival has just recorded the document.
        """
        here = (Person.county_id == self.scope.county_id, Person.id == person_id)
        with self._documents_unique():
            self.session.execute(update(Person).where(*here).values(values))

    def change_all(self, changes: Mapping[int, Mapping[str, Any]]) -> None:
        """Change what is registered of people, those together of whom the same columns change.

        Raises:
            DocumentTaken: when a rival has just recorded a document.
        """
        alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for person_id, values in changes.items():
            named = {f"new_{name}": values[name] for name in sorted(values)}
            alike[tuple(sorted(values))].append({"person": person_id, **named})
        here = (_TABLE.c.county_id == self.scope.county_id, _TABLE.c.id == bindparam("person"))
        for names, rows in alike.items():
            new = {name: bindparam(f"new_{name}", type_=_TABLE.c[name].type) for name in names}
            with self._documents_unique():
                self.session.connection().execute(update(_TABLE).where(*here).values(new), rows)

    @contextmanager
    def _documents_unique(self) -> Generator[None]:
        try:
            yield
        except IntegrityError as error:
            if "document" in str(error.orig):
                raise DocumentTaken(holder="刚由他人登记") from error
            raise

    def unspelled(self, limit: int) -> Sequence[AnyRow]:
        """Return people of the county whose names have no initials yet."""
        query = select(Person.id, Person.name).where(
            Person.county_id == self.scope.county_id,
            Person.initials.is_(None),
            Person.forgotten_on.is_(None),
        )
        return self.session.execute(query.order_by(Person.id).limit(limit)).all()

    def spell_all(self, spelled: Sequence[tuple[int, str | None]]) -> None:
        """Write the initials of people."""
        same_row = (_TABLE.c.county_id == self.scope.county_id, _TABLE.c.id == bindparam("person"))
        query = update(_TABLE).where(*same_row).values(initials=bindparam("spelled"))
        rows = [{"person": person_id, "spelled": letters} for person_id, letters in spelled]
        self.session.connection().execute(query, rows)
