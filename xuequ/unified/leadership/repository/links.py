"""Questions for the team and its links, and what writes links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update

from xuequ.core.access import Post
from xuequ.core.spans import DaySpan
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, Governance, School
from xuequ.registry.models.posts import Appointment
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Scoped, open_on, same
from xuequ.registry.repository.timelines import TimelineRows
from xuequ.registry.rules.posts import LEADERSHIP
from xuequ.unified.leadership.models.links import PreparedLink, SchoolLink
from xuequ.unified.leadership.rules.links import Leaders, Link, LinkedSchool


def _named() -> AnySelect:
    return (
        select(
            *(SchoolLink.id, SchoolLink.district_id, SchoolLink.school_id, SchoolLink.post),
            *(SchoolLink.staff_id, SchoolLink.since, SchoolLink.until),
            *(School.code.label("school"), School.name.label("school_name"), Staff.staff_no, Person.name),
        )
        .join(School, same(School, SchoolLink.school_id, SchoolLink))
        .join(Staff, same(Staff, SchoolLink.staff_id, SchoolLink))
        .join(Person, same(Person, Staff.person_id, Staff))
    )


_ON_DAY = Scoped(
    _named().where(open_on(SchoolLink.since, SchoolLink.until, DAY)).order_by(School.code), SchoolLink
)
_OF_SCHOOL = Scoped(
    _named().where(School.code == bindparam("school")).order_by(SchoolLink.since.desc()), SchoolLink
)
_BEGUN = select(func.min(SchoolLink.since)).where(
    SchoolLink.county_id == bindparam("county_id"), SchoolLink.district_id == bindparam("of_district")
)


def link_of(row: AnyRow) -> Link:
    """Turn a row into what rules take."""
    return Link(row.id, row.school_id, Post(row.post), row.staff_id, DaySpan(row.since, row.until))


class LinkRows(TimelineRows):
    """Links of leaders with schools."""

    # what they stand on

    def lock_district(self, district_id: int) -> None:
        """Make others who change the links of a district wait, and whoever opens or closes a school of it."""
        query = select(District.id).where(District.county_id == self.scope.county_id)
        self.session.execute(query.where(District.id == district_id).with_for_update(key_share=True)).one()

    def schools(self, district_id: int) -> dict[str, LinkedSchool]:
        """Return the schools of a district, open and closed, by code."""
        query = select(School.id, School.code, School.opened_on, School.closed_on).where(
            School.county_id == self.scope.county_id, School.district_id == district_id
        )
        rows = self.session.execute(query.order_by(School.code))
        return {row.code: LinkedSchool(row.id, row.code, row.opened_on, row.closed_on) for row in rows}

    def leaders(self, district_id: int, day: date) -> Leaders:
        """Return who holds the posts of a district's team on a day, as acting ones too."""
        query = select(Appointment.post, Appointment.staff_id).where(
            Appointment.county_id == self.scope.county_id,
            Appointment.district_id == district_id,
            Appointment.school_id.is_(None),
            Appointment.post.in_([post.code for post in LEADERSHIP]),
            open_on(Appointment.since, Appointment.until, day),
        )
        return {Post(row.post): row.staff_id for row in self.session.execute(query)}

    def governance(self, day: date) -> AnyRow | None:
        """Return who leads the district on a day, where it has adopted a mode."""
        query = select(Governance.mode, Governance.authority).where(
            Governance.county_id == self.scope.county_id,
            Governance.district_id == self.district_id,
            open_on(Governance.since, Governance.until, day),
        )
        return self.session.execute(query).one_or_none()

    # links

    def first_day(self, district_id: int) -> date | None:
        """Return the day from which a district's links were first drawn."""
        return self.session.scalar(_BEGUN, {"county_id": self.scope.county_id, "of_district": district_id})

    def on_day(self, day: date) -> Sequence[AnyRow]:
        """Return the links of the scope on a day by school, with names."""
        return self.all(_ON_DAY, day=day)

    def of_school(self, school: str) -> Sequence[AnyRow]:
        """Return every link of a school of the scope, the latest first, with names."""
        return self.all(_OF_SCHOOL, school=school)

    def by_ids(self, ids: Collection[int]) -> Sequence[AnyRow]:
        """Return links of the scope by id, with names."""
        query = self.here(_named().where(SchoolLink.id.in_(sorted(ids))), SchoolLink)
        return self.session.execute(query.order_by(School.code)).all()

    def links(self, district_id: int, since: date | None = None) -> list[Link]:
        """Return the links of a district that go beyond a day, or all."""
        query = select(SchoolLink.__table__).where(
            SchoolLink.county_id == self.scope.county_id, SchoolLink.district_id == district_id
        )
        if since is not None:
            query = query.where(or_(SchoolLink.until.is_(None), SchoolLink.until > since))
        return [link_of(row) for row in self.session.execute(query.order_by(SchoolLink.id))]

    def of_school_id(self, school_id: int, on: date) -> list[Link]:
        """Return the links of a school of the county that go beyond a day."""
        query = select(SchoolLink.__table__).where(
            SchoolLink.county_id == self.scope.county_id,
            SchoolLink.school_id == school_id,
            or_(SchoolLink.until.is_(None), SchoolLink.until > on),
        )
        return [link_of(row) for row in self.session.execute(query.order_by(SchoolLink.since))]

    # prepared ones

    def prepared(self, district_id: int, since: date) -> Sequence[AnyRow]:
        """Return what is prepared for a day, in force or not, by school."""
        query = select(PreparedLink.__table__).where(
            PreparedLink.county_id == self.scope.county_id,
            PreparedLink.district_id == district_id,
            PreparedLink.since == since,
        )
        return self.session.execute(query.order_by(PreparedLink.school)).all()

    def all_prepared(self) -> Sequence[AnyRow]:
        """Return what is prepared in the scope for any day, by day and school."""
        query = self.here(select(PreparedLink.__table__), PreparedLink)
        return self.session.execute(query.order_by(PreparedLink.since, PreparedLink.school)).all()

    def put_in_force(self, ids: Iterable[int]) -> None:
        """Mark prepared lines as being in force."""
        here = and_(PreparedLink.county_id == self.scope.county_id, PreparedLink.id.in_(sorted(ids)))
        self.session.execute(update(PreparedLink).where(here).values(in_force=True))

    # checks

    def districts(self) -> Sequence[int]:
        """Return the districts of the scope whose links are drawn."""
        query = self.here(select(SchoolLink.district_id).distinct(), SchoolLink)
        return self.session.scalars(query.order_by(SchoolLink.district_id)).all()

    def never_led(self) -> Sequence[AnyRow]:
        """Return links that began with somebody who did not hold their post on their first day."""
        held = select(Appointment.id).where(
            Appointment.county_id == SchoolLink.county_id,
            Appointment.district_id == SchoolLink.district_id,
            Appointment.staff_id == SchoolLink.staff_id,
            Appointment.post == SchoolLink.post,
            open_on(Appointment.since, Appointment.until, SchoolLink.since),
        )
        query: Any = select(SchoolLink.id, SchoolLink.post, SchoolLink.staff_id, SchoolLink.since)
        query = self.here(query.where(~held.exists()), SchoolLink)
        return self.session.execute(query.order_by(SchoolLink.id)).all()
