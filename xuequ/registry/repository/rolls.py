"""Who is where on a day: single pupils, class lists, rolls counted in SQL, gains and losses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, and_, bindparam, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from xuequ.registry.models.circumstances import PupilTrait, Residence
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Rows, Scoped, open_on, owns, same
from xuequ.registry.states.pupils import PupilState

_Now = aliased(PupilStatus, name="now")
_NowSchool = aliased(School, name="now_school")
_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)


def _seated() -> Any:
    return and_(owns(Enrolment, Enrolment.pupil_id, Pupil), open_on(Enrolment.since, Enrolment.until, DAY))


def _standing() -> Any:
    return and_(
        owns(PupilStatus, PupilStatus.pupil_id, Pupil), open_on(PupilStatus.since, PupilStatus.until, DAY)
    )


def _pupil_on() -> AnySelect:
    now = and_(owns(_Now, _Now.pupil_id, Pupil), _Now.until.is_(None))
    return (
        select(
            *(Pupil.id, Pupil.pupil_no, Person.name, Person.sex, Person.birth_date),
            *(PupilStatus.status, PupilStatus.since, PupilStatus.district_id, School.code.label("school")),
            *(_Now.district_id.label("now_district_id"), _NowSchool.code.label("now_school")),
            *(SchoolClass.id.label("class_id"), SchoolClass.stage, SchoolClass.entry_year),
            SchoolClass.number,
        )
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .outerjoin(PupilStatus, _standing())
        .outerjoin(School, same(School, PupilStatus.school_id, PupilStatus))
        .outerjoin(_Now, now)
        .outerjoin(_NowSchool, same(_NowSchool, _Now.school_id, _Now))
        .outerjoin(Enrolment, _seated())
        .outerjoin(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .where(Pupil.county_id == bindparam("county_id"), Pupil.id == bindparam("id"))
    )


def _of_pupil(model: Any, *columns: Any) -> AnySelect:
    return (
        select(*columns)
        .where(model.county_id == bindparam("county_id"), model.pupil_id == bindparam("id"))
        .order_by(model.since)
    )


def _counts() -> AnySelect:
    columns = (
        *(Enrolment.school_id, Enrolment.class_id, SchoolClass.stage, SchoolClass.entry_year),
        *(SchoolClass.number, Person.sex, PupilStatus.status),
    )
    return (
        select(*columns, func.count().label("pupils"))
        .select_from(Enrolment)
        .join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .join(PupilStatus, _standing())
        .where(open_on(Enrolment.since, Enrolment.until, DAY))
        .group_by(*columns)
        .order_by(SchoolClass.stage, SchoolClass.entry_year.desc(), SchoolClass.number)
    )


def _trait_counts() -> AnySelect:
    columns = (Enrolment.school_id, PupilTrait.kind, PupilTrait.detail)
    held = and_(
        PupilTrait.county_id == Enrolment.county_id,
        PupilTrait.pupil_id == Enrolment.pupil_id,
        open_on(PupilTrait.since, PupilTrait.until, DAY),
    )
    return (
        select(*columns, func.count().label("pupils"))
        .select_from(Enrolment)
        .join(PupilTrait, held)
        .where(open_on(Enrolment.since, Enrolment.until, DAY))
        .group_by(*columns)
        .order_by(PupilTrait.kind, PupilTrait.detail)
    )


def _members() -> AnySelect:
    return (
        select(Pupil.id, Pupil.pupil_no, Person.name, Person.sex, PupilStatus.status)
        .select_from(Enrolment)
        .join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .join(PupilStatus, _standing())
        .where(Enrolment.class_id == bindparam("class_id"), open_on(Enrolment.since, Enrolment.until, DAY))
        .order_by(Pupil.pupil_no)
    )


def _crossing(edge: str, how: str) -> AnySelect:
    """Count the spans of a school that begin (or end) within some days, by how.

    What meets another span of the same pupil at the same school is a move within it, whatever it was
    called, so what is left explains a difference of counts exactly.
    """
    other = aliased(Enrolment)
    met = other.until == Enrolment.since if edge == "since" else other.since == Enrolment.until
    same_place = (
        other.county_id == Enrolment.county_id,
        other.pupil_id == Enrolment.pupil_id,
        other.school_id == Enrolment.school_id,
    )
    day: Any = getattr(Enrolment, edge)
    label: Any = getattr(Enrolment, how)
    return (
        select(label, func.count().label("pupils"))
        .where(Enrolment.school_id == bindparam("school_id"), day > _FIRST, day <= _LAST)
        .where(~exists().where(*same_place, met))
        .group_by(label)
        .order_by(label)
    )


def _count_on(day: Any) -> Any:
    return func.count().filter(open_on(Enrolment.since, Enrolment.until, day))


def _disagreements() -> AnySelect:
    """Ask for the days on which a pupil is on the roll without a class, in one without, or at two schools.

    The two tables agree on every day if they agree on each day on which a span of either begins or ends.
    """
    days = union(
        *(
            select(model.county_id, model.pupil_id, day.label("on")).where(day.is_not(None))
            for model in (PupilStatus, Enrolment)
            for day in (model.since, model.until)
        )
    ).subquery()
    here: Any = days.c
    standing = and_(
        PupilStatus.county_id == here.county_id,
        PupilStatus.pupil_id == here.pupil_id,
        PupilStatus.status.in_([state.code for state in PupilState if state.on_roll]),
        open_on(PupilStatus.since, PupilStatus.until, here.on),
    )
    seated = and_(
        Enrolment.county_id == here.county_id,
        Enrolment.pupil_id == here.pupil_id,
        open_on(Enrolment.since, Enrolment.until, here.on),
    )
    return (
        select(Pupil.id, Pupil.pupil_no, here.on)
        .join(days, and_(here.county_id == Pupil.county_id, here.pupil_id == Pupil.id))
        .outerjoin(PupilStatus, standing)
        .outerjoin(Enrolment, seated)
        .outerjoin(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .where(
            or_(
                PupilStatus.id.is_(None) != Enrolment.id.is_(None),
                PupilStatus.school_id != SchoolClass.school_id,
            )
        )
        .order_by(Pupil.id, here.on)
    )


_PUPIL_ON = _pupil_on()
_TRAITS_ON = _of_pupil(PupilTrait, PupilTrait.kind, PupilTrait.detail).where(
    open_on(PupilTrait.since, PupilTrait.until, DAY)
)
_RESIDENCES_ON = _of_pupil(Residence, Residence.kind, Residence.area).where(
    open_on(Residence.since, Residence.until, DAY)
)
_STATUSES = _of_pupil(PupilStatus, PupilStatus.__table__, School.code.label("school")).outerjoin(
    School, same(School, PupilStatus.school_id, PupilStatus)
)
_SEATS = (
    _of_pupil(Enrolment, Enrolment.__table__, School.code.label("school"))
    .add_columns(SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
    .join(School, same(School, Enrolment.school_id, Enrolment))
    .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
)
_CLASS = Scoped(
    select(SchoolClass.id, School.code.label("school"))
    .join(School, same(School, SchoolClass.school_id, SchoolClass))
    .where(SchoolClass.id == bindparam("id")),
    SchoolClass,
)
_MEMBERS = Scoped(_members(), Enrolment)
_COUNTS = Scoped(_counts(), Enrolment)
_COUNTS_OF = Scoped(_counts().where(Enrolment.school_id == bindparam("school_id")), Enrolment)
_TRAITS = Scoped(_trait_counts(), Enrolment)
_TRAITS_OF = Scoped(_trait_counts().where(Enrolment.school_id == bindparam("school_id")), Enrolment)
_GAINS = Scoped(_crossing("since", "entered_as"), Enrolment)
_LOSSES = Scoped(_crossing("until", "left_as"), Enrolment)
_BOTH_COUNTS = Scoped(
    select(_count_on(_FIRST).label("before"), _count_on(_LAST).label("after")).where(
        Enrolment.school_id == bindparam("school_id")
    ),
    Enrolment,
)
_DISAGREEMENTS = Scoped(_disagreements(), Pupil)
_SCHOOLS = Scoped(select(School.id, School.code).order_by(School.id), School)


class RollRows(Rows):
    """Questions about pupils as of a day, within one scope."""

    def _of(self, query: AnySelect, **values: Any) -> Sequence[AnyRow]:
        return self.session.execute(query, {"county_id": self.scope.county_id, **values}).all()

    # one pupil: asked in the county, since a former district keeps seeing its own days

    def pupil(self, pupil_id: int, day: date) -> AnyRow | None:
        """Return a pupil with status, school and class of a day, and with the school of the open status."""
        return next(iter(self._of(_PUPIL_ON, id=pupil_id, day=day)), None)

    def traits(self, pupil_id: int, day: date) -> Sequence[AnyRow]:
        """Return what is true of a pupil on a day."""
        return self._of(_TRAITS_ON, id=pupil_id, day=day)

    def residences(self, pupil_id: int, day: date) -> dict[str, str]:
        """Return the areas of a pupil on a day, by kind."""
        return {row.kind: row.area for row in self._of(_RESIDENCES_ON, id=pupil_id, day=day)}

    def statuses(self, pupil_id: int) -> Sequence[AnyRow]:
        """Return every status of a pupil in order."""
        return self._of(_STATUSES, id=pupil_id)

    def seats(self, pupil_id: int) -> Sequence[AnyRow]:
        """Return every class of a pupil in order."""
        return self._of(_SEATS, id=pupil_id)

    # classes and schools

    def class_of(self, class_id: int) -> AnyRow | None:
        """Return a class with the code of its school."""
        return self.one(_CLASS, id=class_id)

    def members(self, class_id: int, day: date) -> Sequence[AnyRow]:
        """Return who is in a class on a day, by number."""
        return self.all(_MEMBERS, class_id=class_id, day=day)

    def schools(self) -> Sequence[AnyRow]:
        """Return ids and codes of the schools of the scope."""
        return self.all(_SCHOOLS)

    def school_id(self, code: str) -> int | None:
        """Return the id of a school of the district."""
        query = select(School.id).where(
            School.county_id == self.scope.county_id,
            School.district_id == self.district_id,
            School.code == code,
        )
        return self.session.scalar(query)

    def counts(self, day: date, school_id: int | None = None) -> Sequence[AnyRow]:
        """Count pupils by school, class, sex and status on a day."""
        if school_id is None:
            return self.all(_COUNTS, day=day)
        return self.all(_COUNTS_OF, day=day, school_id=school_id)

    def trait_counts(self, day: date, school_id: int | None = None) -> Sequence[AnyRow]:
        """Count pupils by school, trait and its detail on a day."""
        if school_id is None:
            return self.all(_TRAITS, day=day)
        return self.all(_TRAITS_OF, day=day, school_id=school_id)

    def both_counts(self, school_id: int, first: date, last: date) -> AnyRow:
        """Count a school's pupils on two days."""
        return self.all(_BOTH_COUNTS, school_id=school_id, first=first, last=last)[0]

    def gains(self, school_id: int, first: date, last: date) -> Sequence[AnyRow]:
        """Count who came to a school after the first day and up to the last, by how."""
        return self.all(_GAINS, school_id=school_id, first=first, last=last)

    def losses(self, school_id: int, first: date, last: date) -> Sequence[AnyRow]:
        """Count who left a school after the first day and up to the last, by how."""
        return self.all(_LOSSES, school_id=school_id, first=first, last=last)

    def disagreements(self) -> Sequence[AnyRow]:
        """Return pupils with a day on which roll and classes do not agree."""
        return self.all(_DISAGREEMENTS)
