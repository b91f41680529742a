"""Every query of the registry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVarTuple, cast

from sqlalchemy import Date, Row, Select, Table, and_, bindparam, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from xuequ.core.bulk import bulk_load
from xuequ.core.context import Scope
from xuequ.core.journal import open_chain
from xuequ.core.plan import State
from xuequ.core.tables import Base
from xuequ.registry.errors import CountyUnknown, DistrictNeeded, DistrictUnknown
from xuequ.registry.models import (
    County,
    District,
    Enrolment,
    Figure,
    Person,
    Placement,
    Pupil,
    School,
    SchoolClass,
    Staff,
    Statement,
)
from xuequ.registry.states import Measure, Quantity, SchoolKind, Sex, Stage, Title, Wording

Columns = TypeVarTuple("Columns")
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


def find_scope(session: Session, place: str) -> Scope:
    """Find the ids of a county, or of a county and its district.

    Raises:
        CountyUnknown, DistrictUnknown: when there is none of that code.
    """
    county_code, _, district_code = place.partition("/")
    county_id = session.scalar(select(County.county_id).where(County.code == county_code))
    if county_id is None:
        raise CountyUnknown(county=county_code)
    if not district_code:
        return Scope(county_id)
    query = select(District.id).where(District.county_id == county_id, District.code == district_code)
    district_id = session.scalar(query)
    if district_id is None:
        raise DistrictUnknown(district=place)
    return Scope(county_id, district_id)


def add_county(session: Session, code: str, name: str) -> int:
    """Insert a county and open its chain; return its id, or raise the driver's IntegrityError."""
    county = County(code=code, name=name)
    session.add(county)
    session.flush()
    open_chain(session, county.county_id)
    return county.county_id


def county_exists(session: Session, code: str) -> bool:
    """Tell whether there is a county of that code."""
    return session.scalar(select(County.county_id).where(County.code == code)) is not None


DAY = bindparam("day", type_=Date)
"""The day that a statement asks for."""


def open_on(since: Any, until: Any, day: Any) -> Any:
    """Return the condition that a half-open span holds a day."""
    return and_(since <= day, or_(until.is_(None), until > day))


def _same(model: Any, foreign: Any, other: Any) -> Any:
    """Join a row by id within the county."""
    return and_(model.county_id == other.county_id, model.id == foreign)


def _owns(span: Any, foreign: Any, owner: Any) -> Any:
    """Join the spans of an owner within the county."""
    return and_(span.county_id == owner.county_id, foreign == owner.id)


def _person(row: AnyRow) -> dict[str, Any]:
    return {"name": row.name, "sex": Sex(row.sex), "birth_date": row.birth_date}


class Scoped:
    """A statement that is built once, in a form for a whole county and one for a district of it.

    Building a statement anew costs more than sending it; what is asked often is kept ready.
    """

    def __init__(self, query: AnySelect, model: Any) -> None:
        self._county = query.where(model.county_id == bindparam("county_id"))
        self._district = self._county.where(model.district_id == bindparam("district_id"))

    def within(self, scope: Scope) -> AnySelect:
        """Return the form for a scope; it takes county_id and district_id with its own parameters."""
        return self._county if scope.district_id is None else self._district


def _staff_on_a_day() -> AnySelect:
    at = and_(_owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, DAY))
    columns = (Staff.id, Staff.staff_no, Person.name, Person.sex, Person.birth_date, Staff.title)
    return (
        select(*columns, School.code.label("school"), Placement.since)
        .join(Person, _same(Person, Staff.person_id, Staff))
        .outerjoin(Placement, at)
        .outerjoin(School, _same(School, Placement.school_id, Placement))
    )


def _pupils_on_a_day(*, outer: bool) -> AnySelect:
    at = and_(_owns(Enrolment, Enrolment.pupil_id, Pupil), open_on(Enrolment.since, Enrolment.until, DAY))
    return (
        select(
            *(Pupil.id, Pupil.pupil_no, Person.name, Person.sex, Person.birth_date),
            *(School.code.label("school"), Enrolment.since),
            *(SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number),
        )
        .join(Person, _same(Person, Pupil.person_id, Pupil))
        .join(Enrolment, at, isouter=outer)
        .join(School, _same(School, Enrolment.school_id, Enrolment), isouter=outer)
        .join(SchoolClass, _same(SchoolClass, Enrolment.class_id, Enrolment), isouter=outer)
    )


class RegistryRepository:
    """Questions to the registry's tables within one scope."""

    def __init__(self, session: Session, scope: Scope, place: str) -> None:
        self.session = session
        self.scope = scope
        self.place = place

    @property
    def district_id(self) -> int:
        """The district of the scope.

        Raises:
            DistrictNeeded: at a county's door.
        """
        if self.scope.district_id is None:
            raise DistrictNeeded(place=self.place)
        return self.scope.district_id

    def _here(self, query: Select[*Columns], model: Any) -> Select[*Columns]:
        """Keep a query to the scope's county, and to its district if it has one."""
        query = query.where(model.county_id == self.scope.county_id)
        if self.scope.district_id is not None:
            query = query.where(model.district_id == self.scope.district_id)
        return query

    # districts and schools

    def district_exists(self, code: str) -> bool:
        """Tell whether the county has a district of that code."""
        query = select(District.id).where(District.county_id == self.scope.county_id, District.code == code)
        return self.session.scalar(query) is not None

    def add_district(self, code: str, name: str) -> int:
        """Insert a district; return its id."""
        district = District(county_id=self.scope.county_id, code=code, name=name)
        self.session.add(district)
        self.session.flush()
        return district.id

    def districts(self) -> Sequence[AnyRow]:
        """Return the districts of the county by code."""
        columns = (District.id, District.code, District.name)
        query = select(*columns).where(District.county_id == self.scope.county_id).order_by(District.code)
        return self.session.execute(query).all()

    def names(self) -> AnyRow:
        """Return the names of the county and the district."""
        query = (
            select(County.name.label("county"), District.name.label("district"))
            .join(District, District.county_id == County.county_id)
            .where(District.county_id == self.scope.county_id, District.id == self.district_id)
        )
        return self.session.execute(query).one()

    def lock_district(self) -> None:
        """Make other set-ups of this district wait until the transaction ends."""
        query = select(District.id).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        self.session.execute(query.with_for_update()).one()

    def school(self, school_id: int) -> AnyRow | None:
        """Return one school."""
        return self._one(_SCHOOL, id=school_id)

    def schools(self) -> Sequence[AnyRow]:
        """Return the schools of the scope in the order of their founding here."""
        query = select(School.id, School.code, School.name, School.kind)
        return self.session.execute(self._here(query, School).order_by(School.id)).all()

    # people

    def staff_member(self, staff_id: int, day: date) -> AnyRow | None:
        """Return one member of staff with the placement of a day."""
        return self._one(_STAFF_MEMBER, id=staff_id, day=day)

    def pupil(self, pupil_id: int, day: date) -> AnyRow | None:
        """Return one pupil with the class of a day."""
        return self._one(_PUPIL, id=pupil_id, day=day)

    def pupils_of(self, school: str, day: date) -> Sequence[AnyRow]:
        """Return the pupils who are at a school on a day, by number."""
        return self._all(_PUPILS_OF, school=school, day=day)

    def _one(self, query: Scoped, **values: Any) -> AnyRow | None:
        return self.session.execute(query.within(self.scope), self._bound(values)).one_or_none()

    def _all(self, query: Scoped, **values: Any) -> Sequence[AnyRow]:
        return self.session.execute(query.within(self.scope), self._bound(values)).all()

    def _bound(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "county_id": self.scope.county_id, "district_id": self.scope.district_id}

    # counts, each in one statement whatever the number of schools

    def pupil_counts(self, day: date) -> Sequence[AnyRow]:
        """Return pupils by school and stage on a day."""
        query = (
            select(Enrolment.school_id, SchoolClass.stage, func.count().label("pupils"))
            .join(SchoolClass, _same(SchoolClass, Enrolment.class_id, Enrolment))
            .where(open_on(Enrolment.since, Enrolment.until, day))
            .group_by(Enrolment.school_id, SchoolClass.stage)
        )
        return self.session.execute(self._here(query, Enrolment)).all()

    def classes(self) -> Sequence[AnyRow]:
        """Return the classes of the scope: id, school, stage, entry year, number."""
        columns = (SchoolClass.id, SchoolClass.school_id, SchoolClass.stage)
        query = select(*columns, SchoolClass.entry_year, SchoolClass.number)
        return self.session.execute(self._here(query, SchoolClass)).all()

    def staff_counts(self, day: date) -> Sequence[AnyRow]:
        """Return staff by school and title on a day."""
        query = (
            select(Placement.school_id, Staff.title, func.count().label("staff"))
            .join(Staff, _same(Staff, Placement.staff_id, Placement))
            .where(open_on(Placement.since, Placement.until, day))
            .group_by(Placement.school_id, Staff.title)
        )
        return self.session.execute(self._here(query, Placement)).all()

    def latest_figures(self, day: date) -> Sequence[AnyRow]:
        """Return the newest figures of every school up to a day: school, measure, value, day."""
        newest = (
            select(Figure.school_id, Figure.measure, func.max(Figure.as_of).label("as_of"))
            .where(Figure.as_of <= day)
            .group_by(Figure.school_id, Figure.measure)
        )
        last = self._here(newest, Figure).subquery()
        query = select(Figure.school_id, Figure.measure, Figure.value, Figure.as_of).join(
            last,
            and_(
                Figure.school_id == last.c.school_id,
                Figure.measure == last.c.measure,
                Figure.as_of == last.c.as_of,
            ),
        )
        return self.session.execute(self._here(query, Figure)).all()

    def statements(self) -> Sequence[AnyRow]:
        """Return the published figures in their order."""
        query = select(Statement.__table__)
        return self.session.execute(self._here(query, Statement).order_by(Statement.position)).all()

    # what is there already, as a plan compares it

    def place_state(self) -> State:
        """Return the district with its name, by the codes of county and district."""
        county, _, district = self.place.partition("/")
        return {(county, district): {"district_name": self.names().district}}

    def school_state(self, as_of: date) -> State:
        """Return schools with their figures of exactly that day."""
        figures: dict[int, dict[str, Decimal]] = {}
        query = select(Figure.school_id, Figure.measure, Figure.value).where(Figure.as_of == as_of)
        for row in self.session.execute(self._here(query, Figure)):
            figures.setdefault(row.school_id, {})[row.measure] = row.value
        return {
            (row.code,): {
                "id": row.id,
                "name": row.name,
                "kind": SchoolKind(row.kind),
                **{measure.value: figures.get(row.id, {}).get(measure.value) for measure in Measure},
            }
            for row in self.schools()
        }

    def class_state(self) -> State:
        """Return classes by school code, stage, entry year and number."""
        query = select(
            *(SchoolClass.id, School.code.label("school"), SchoolClass.stage),
            *(SchoolClass.entry_year, SchoolClass.number),
        ).join(School, _same(School, SchoolClass.school_id, SchoolClass))
        return {
            (row.school, Stage(row.stage), row.entry_year, row.number): {"id": row.id}
            for row in self.session.execute(self._here(query, SchoolClass))
        }

    def staff_state(self) -> State:
        """Return staff of the district by number, with their open placement."""
        ended = self._ended(Placement, Placement.staff_id)
        columns = (Staff.id, Staff.staff_no, Staff.person_id, Person.name, Person.sex, Person.birth_date)
        query = (
            select(
                *columns,
                Staff.title,
                School.code.label("school"),
                Placement.id.label("span_id"),
                Placement.since,
            )
            .join(Person, _same(Person, Staff.person_id, Staff))
            .outerjoin(
                Placement, and_(_owns(Placement, Placement.staff_id, Staff), Placement.until.is_(None))
            )
            .outerjoin(School, _same(School, Placement.school_id, Placement))
        )
        return {
            (row.staff_no,): {
                **_person(row),
                "title": Title(row.title),
                "school": row.school,
                "since": row.since,
                "id": row.id,
                "person_id": row.person_id,
                "span_id": row.span_id,
                "free_from": ended.get(row.id),
            }
            for row in self.session.execute(self._here(query, Staff))
        }

    def pupil_state(self) -> State:
        """Return pupils of the district by number, with their open enrolment."""
        ended = self._ended(Enrolment, Enrolment.pupil_id)
        columns = (Pupil.id, Pupil.pupil_no, Pupil.person_id, Person.name, Person.sex, Person.birth_date)
        at = (School.code.label("school"), SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query = (
            select(*columns, *at, Enrolment.id.label("span_id"), Enrolment.since)
            .join(Person, _same(Person, Pupil.person_id, Pupil))
            .outerjoin(
                Enrolment, and_(_owns(Enrolment, Enrolment.pupil_id, Pupil), Enrolment.until.is_(None))
            )
            .outerjoin(School, _same(School, Enrolment.school_id, Enrolment))
            .outerjoin(SchoolClass, _same(SchoolClass, Enrolment.class_id, Enrolment))
        )
        return {
            (row.pupil_no,): {
                **_person(row),
                "school": row.school,
                "stage": Stage(row.stage) if row.stage else None,
                "entry_year": row.entry_year,
                "number": row.number,
                "since": row.since,
                "id": row.id,
                "person_id": row.person_id,
                "span_id": row.span_id,
                "free_from": ended.get(row.id),
            }
            for row in self.session.execute(self._here(query, Pupil))
        }

    def _ended(self, span: type[Placement] | type[Enrolment], owner: Any) -> dict[int, date]:
        """Return the last end of ended spans by owner."""
        last: Any = func.max(span.until)
        query: AnySelect = select(owner, last).where(span.until.is_not(None)).group_by(owner)
        return {row[0]: row[1] for row in self.session.execute(self._here(query, span))}

    def statement_state(self) -> State:
        """Return the published figures by label."""
        return {
            (row.label,): {
                "id": row.id,
                "printed": row.printed,
                "numerator": Quantity(row.numerator),
                "denominator": Quantity(row.denominator) if row.denominator else None,
                "wording": Wording(row.wording),
                "part_of": row.part_of,
                "source": row.source,
            }
            for row in self.statements()
        }

    def numbers_elsewhere(self, model: type[Staff] | type[Pupil], numbers: Iterable[str]) -> set[str]:
        """Return those numbers that belong to another district of the county."""
        column = Staff.staff_no if issubclass(model, Staff) else Pupil.pupil_no
        query = select(column).where(
            model.county_id == self.scope.county_id, model.district_id != self.district_id
        )
        return set(numbers).intersection(self.session.scalars(query))

    # writing

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows of one table."""
        table = cast("Table", model.__table__)
        return bulk_load(self.session.connection(), table, columns, rows)

    def change(self, model: type[Base], row_id: int, values: dict[str, Any]) -> None:
        """Change fields of one row."""
        keyed: Any = model
        condition = tuple_(keyed.county_id, keyed.id) == (self.scope.county_id, row_id)
        self.session.execute(update(model).where(condition).values(values))

    def change_figure(self, school_id: int, measure: str, as_of: date, value: Decimal) -> None:
        """Change the figure of a school that was recorded for a day."""
        same = (
            Figure.county_id == self.scope.county_id,
            Figure.school_id == school_id,
            Figure.measure == measure,
            Figure.as_of == as_of,
        )
        self.session.execute(update(Figure).where(*same).values(value=value))


_SCHOOL = Scoped(
    select(School.id, School.code, School.name, School.kind).where(School.id == bindparam("id")), School
)
_STAFF_MEMBER = Scoped(_staff_on_a_day().where(Staff.id == bindparam("id")), Staff)
_PUPIL = Scoped(_pupils_on_a_day(outer=True).where(Pupil.id == bindparam("id")), Pupil)
_PUPILS_OF = Scoped(
    _pupils_on_a_day(outer=False).where(School.code == bindparam("school")).order_by(Pupil.pupil_no), Pupil
)
