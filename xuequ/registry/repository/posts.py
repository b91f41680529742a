"""Questions for posts: who holds what on which day, and where people are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    String,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from xuequ.core.access import Holding, Post
from xuequ.core.context import Scope
from xuequ.core.spans import DaySpan
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import County, District, School
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.repository.basis import (
    DAY,
    AnyRow,
    AnySelect,
    Rows,
    Scoped,
    open_on,
    owns,
    same,
    school_open_on,
)
from xuequ.registry.states.posts import Ground


def overlaps(span: Any, days: DaySpan) -> Any:
    """Return the condition that a row's days share one with a span."""
    begun = span.since < days.until if days.until is not None else true()
    return and_(begun, or_(span.until.is_(None), span.until > days.since))


# what an actor holds


def _path() -> Any:
    """Write the path of codes of a school."""
    return County.code + literal("/") + District.code + literal("/") + School.code


def _holdings() -> Any:
    """Build the statement of everything that somebody holds on a day, on whatever ground.

    The member of staff and the path of a school are looked up by subqueries: with joins, a PostgreSQL that
    has no statistics yet goes through all staff of the county for every school (100 times slower).
    """
    county: BindParameter[int] = bindparam("county_id", type_=BigInteger)
    one = (Staff.county_id == county, Staff.staff_no == bindparam("staff_no"))
    staff = select(Staff.id).where(*one).scalar_subquery()

    def of_actor(model: Any) -> Any:
        whose = (model.county_id == county, model.staff_id == staff)
        return and_(*whose, open_on(model.since, model.until, DAY))

    path = (
        select(_path())
        .select_from(School)
        .join(District, same(District, School.district_id, School))
        .join(County, County.county_id == School.county_id)
        .where(same(School, Placement.school_id, Placement))
        .correlate(Placement)
        .scalar_subquery()
    )
    in_force = and_(
        same(Appointment, Delegation.appointment_id, Delegation),
        open_on(Appointment.since, Appointment.until, DAY),
    )
    appointed = select(Appointment.post, Appointment.place).where(of_actor(Appointment))
    lent = select(Appointment.post, Delegation.place).join(Appointment, in_force).where(of_actor(Delegation))
    teacher = literal(Post.TEACHER.code, String).label("post")
    placed = select(teacher, path.label("place")).select_from(Placement).where(of_actor(Placement))
    return union_all(appointed, lent, placed)


_HOLDINGS = _holdings()


def load_holdings(session: Session, scope: Scope, staff_no: str, day: date) -> tuple[Holding, ...]:
    """Return the posts that somebody holds in a county on a day, by one statement.

    They come of appointments and of delegations whose appointment is in force that day; whoever is placed
    at a school is a teacher there.
    """
    asked = {"county_id": scope.county_id, "staff_no": staff_no, "day": day}
    found = {(row.place, row.post) for row in session.execute(_HOLDINGS, asked)}
    return tuple(Holding(Post(post), place) for place, post in sorted(found))


# views


def select_appointments() -> AnySelect:
    """Select appointments with who holds them and where."""
    columns = ("id", "district_id", "school_id", "staff_id", "post", "place", "since", "until")
    return (
        select(
            *(getattr(Appointment, name) for name in (*columns, "acting", "authority", "ended")),
            *(Staff.staff_no, Person.name, School.code.label("school"), School.kind.label("school_kind")),
        )
        .join(Staff, same(Staff, Appointment.staff_id, Appointment))
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(School, same(School, Appointment.school_id, Appointment))
    )


_OF_HOLDER = aliased(Staff, name="holder")


def select_delegations() -> AnySelect:
    """Select delegations with whose powers they lend, to whom and where."""
    columns = ("id", "appointment_id", "school_id", "staff_id", "place", "since", "until", "reason")
    return (
        select(
            *(getattr(Delegation, name) for name in columns),
            *(Appointment.post, Appointment.staff_id.label("holder_id")),
            _OF_HOLDER.staff_no.label("holder_no"),
            *(Staff.staff_no, Person.name, School.code.label("school")),
        )
        .join(Appointment, same(Appointment, Delegation.appointment_id, Delegation))
        .join(_OF_HOLDER, same(_OF_HOLDER, Appointment.staff_id, Appointment))
        .join(Staff, same(Staff, Delegation.staff_id, Delegation))
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(School, same(School, Delegation.school_id, Delegation))
    )


_IN_FORCE = open_on(Appointment.since, Appointment.until, DAY)
_ORDERED = (Appointment.place, Appointment.since, Appointment.id)
_APPOINTMENT = Scoped(select_appointments().where(Appointment.id == bindparam("id")), Appointment)
_HOLDERS = Scoped(select_appointments().where(_IN_FORCE).order_by(*_ORDERED), Appointment)
_HOLDER = Scoped(
    select_appointments().where(_IN_FORCE, Appointment.seat == bindparam("seat")),
    Appointment,
)
_DELEGATION = Scoped(select_delegations().where(Delegation.id == bindparam("id")), Delegation)
_LENT = Scoped(
    select_delegations()
    .where(open_on(Delegation.since, Delegation.until, DAY), _IN_FORCE)
    .order_by(Delegation.place, Delegation.since, Delegation.id),
    Delegation,
)


class PostRows(Rows):
    """Appointments and delegations of one scope."""

    # places and people

    def school(self, code: str) -> AnyRow | None:
        """Return id and kind of a school of the district."""
        query = select(School.id, School.kind).where(
            School.county_id == self.scope.county_id,
            School.district_id == self.district_id,
            School.code == code,
        )
        return self.session.execute(query).one_or_none()

    def schools(self, on: date) -> Sequence[AnyRow]:
        """Return the schools of the scope that are open on a day with their paths, by path."""
        query = (
            select(School.id, School.district_id, School.kind, _path().label("place"))
            .join(District, same(District, School.district_id, School))
            .join(County, County.county_id == School.county_id)
            .where(school_open_on(on))
        )
        return self.session.execute(self.here(query, School).order_by(_path())).all()

    def districts(self) -> Sequence[AnyRow]:
        """Return the districts of the scope with their paths, by path."""
        path = County.code + literal("/") + District.code
        query = (
            select(District.id, path.label("place"))
            .join(County, County.county_id == District.county_id)
            .where(District.county_id == self.scope.county_id)
        )
        if self.scope.district_id is not None:
            query = query.where(District.id == self.scope.district_id)
        return self.session.execute(query.order_by(path)).all()

    def placement_of(self, staff_id: int, day: date) -> AnyRow | None:
        """Return the path of the school where somebody of the county works on a day, and since when."""
        query = (
            select(_path().label("place"), Placement.since, Placement.until)
            .select_from(Placement)
            .join(School, same(School, Placement.school_id, Placement))
            .join(District, same(District, School.district_id, School))
            .join(County, County.county_id == School.county_id)
            .where(
                Placement.county_id == self.scope.county_id,
                Placement.staff_id == staff_id,
                open_on(Placement.since, Placement.until, day),
            )
        )
        return self.session.execute(query).one_or_none()

    def station(self, staff_id: int, day: date) -> Sequence[AnyRow]:
        """Return where somebody of the county is placed on a day, in whichever district.

        A row for each employment that holds that day or comes later, or one without.
        """
        employed = and_(
            owns(Employment, Employment.staff_id, Staff),
            or_(Employment.until.is_(None), Employment.until > day),
        )
        placed = and_(
            owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, day)
        )
        query = (
            select(
                *(Staff.id, Staff.staff_no, Employment.since, Employment.until),
                *(Employment.district_id, Employment.school_id),
                *(Placement.district_id.label("placed_district"), Placement.school_id.label("placed_school")),
            )
            .outerjoin(Employment, employed)
            .outerjoin(Placement, placed)
            .where(Staff.county_id == self.scope.county_id, Staff.id == staff_id)
        )
        return self.session.execute(query.order_by(Employment.since)).all()

    def held_by(self, staff_id: int, days: DaySpan) -> Sequence[AnyRow]:
        """Return what somebody of the county holds on any of the days, in whichever district.

        Each with post, place, since, until, whether acting, and on what ground.
        """
        appointed = select(
            *(Appointment.post, Appointment.place, Appointment.since, Appointment.until, Appointment.acting),
            literal(Ground.APPOINTMENT.code, String).label("ground"),
        ).where(
            Appointment.county_id == self.scope.county_id,
            Appointment.staff_id == staff_id,
            overlaps(Appointment, days),
        )
        lent = (
            select(
                *(Appointment.post, Delegation.place, Delegation.since, Delegation.until),
                *(Appointment.acting, literal(Ground.DELEGATION.code, String).label("ground")),
            )
            .select_from(Delegation)
            .join(Appointment, same(Appointment, Delegation.appointment_id, Delegation))
            .where(
                Delegation.county_id == self.scope.county_id,
                Delegation.staff_id == staff_id,
                overlaps(Delegation, days),
            )
        )
        found = self.session.execute(union_all(appointed, lent)).all()
        return sorted(found, key=lambda row: (row.place, row.post, row.since, row.ground))

    # single rows and lists

    def appointment(self, appointment_id: int) -> AnyRow | None:
        """Return one appointment."""
        return self.one(_APPOINTMENT, id=appointment_id)

    def delegation(self, delegation_id: int) -> AnyRow | None:
        """Return one delegation."""
        return self.one(_DELEGATION, id=delegation_id)

    def holders(self, day: date) -> Sequence[AnyRow]:
        """Return the appointments in force on a day, by place."""
        return self.all(_HOLDERS, day=day)

    def holder(self, seat: str, day: date) -> AnyRow | None:
        """Return who sits in a seat on a day."""
        return self.one(_HOLDER, seat=seat, day=day)

    def lent(self, day: date) -> Sequence[AnyRow]:
        """Return the delegations in force on a day, by place."""
        return self.all(_LENT, day=day)

    def history(self, post: str, place: str) -> Sequence[AnyRow]:
        """Return every appointment to a post at a place, the latest first."""
        query = select_appointments().where(Appointment.post == post, Appointment.place == place)
        query = self.here(query, Appointment).order_by(Appointment.since.desc(), Appointment.id.desc())
        return self.session.execute(query).all()

    def open_of(self, staff_id: int, day: date, *, for_update: bool = False) -> Sequence[AnyRow]:
        """Return what somebody of the county is appointed to on a day or later, in whichever district."""
        query = (
            select_appointments()
            .where(
                Appointment.county_id == self.scope.county_id,
                Appointment.staff_id == staff_id,
                or_(Appointment.until.is_(None), Appointment.until > day),
            )
            .order_by(Appointment.id)
        )
        if for_update:
            query = query.with_for_update(of=Appointment)
        return self.session.execute(query).all()

    def appointments(self, ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return appointments by id, in whichever district."""
        query = select_appointments().where(
            Appointment.county_id == self.scope.county_id, Appointment.id.in_(sorted(ids))
        )
        return self.session.execute(query.order_by(Appointment.id)).all()

    def last_ends(self, day: date) -> dict[tuple[str, str], date]:
        """Return the day from which each post at each place was last left, up to a day."""
        last: Any = func.max(Appointment.until)
        query: AnySelect = (
            select(Appointment.post, Appointment.place, last)
            .where(Appointment.until <= day)
            .group_by(Appointment.post, Appointment.place)
        )
        return {(row[0], row[1]): row[2] for row in self.session.execute(self.here(query, Appointment))}
