"""What the registry's queries share: scopes, joins within a county, statements that are kept ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVarTuple, cast

from sqlalchemy import Date, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from xuequ.core.context import Scope
from xuequ.core.journal import open_chain
from xuequ.registry.errors.places import CountyUnknown, DistrictNeeded, DistrictUnknown
from xuequ.registry.models.places import County, District, School
from xuequ.standards.repository import own_exists

Columns = TypeVarTuple("Columns")
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


_COUNTY = select(County.county_id, own_exists(County.county_id)).where(County.code == bindparam("county"))
_IN_COUNTY = and_(District.county_id == County.county_id, District.code == bindparam("district"))
_DISTRICT = (
    select(County.county_id, District.id, own_exists(County.county_id, District.id))
    .outerjoin(District, _IN_COUNTY)
    .where(County.code == bindparam("county"))
)


def find_scope(session: Session, place: str) -> Scope:
    """Find the ids of a county, or of a county and its district, and whether it has rules of its own.

    Raises:
        CountyUnknown, DistrictUnknown: when there is none of that code.
    """
    county_code, _, district_code = place.partition("/")
    if not district_code:
        county = session.connection().execute(_COUNTY, {"county": county_code}).one_or_none()
        if county is None:
            raise CountyUnknown(county=county_code)
        return Scope(county[0], has_standards=county[1])
    named = {"county": county_code, "district": district_code}
    found = session.connection().execute(_DISTRICT, named).one_or_none()
    if found is None:
        raise CountyUnknown(county=county_code)
    county_id, district_id, has_standards = cast("tuple[int, int | None, bool]", tuple(found))
    if district_id is None:
        raise DistrictUnknown(district=place)
    return Scope(county_id, district_id, has_standards=has_standards)


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


def school_open_on(day: Any) -> Any:
    """Return the condition that a school is open on a day; an unknown day of opening is before it."""
    begun = or_(School.opened_on.is_(None), School.opened_on <= day)
    return and_(begun, or_(School.closed_on.is_(None), School.closed_on > day))


def same(model: Any, foreign: Any, other: Any) -> Any:
    """Join a row by id within the county."""
    return and_(model.county_id == other.county_id, model.id == foreign)


def owns(span: Any, foreign: Any, owner: Any) -> Any:
    """Join the spans of an owner within the county."""
    return and_(span.county_id == owner.county_id, foreign == owner.id)


def standing_on(standing: Any, owner: Any, kind: str, day: Any) -> Any:
    """Join what an owner among staff holds of a kind on a day."""
    return and_(
        owns(standing, standing.staff_id, owner),
        standing.kind == kind,
        open_on(standing.since, standing.until, day),
    )


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


class Rows:
    """What every group of questions stands on: a Session, a scope, and the name of its place."""

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

    def here(self, query: Select[*Columns], model: Any) -> Select[*Columns]:
        """Keep a query to the scope's county, and to its district if it has one."""
        query = query.where(model.county_id == self.scope.county_id)
        if self.scope.district_id is not None:
            query = query.where(model.district_id == self.scope.district_id)
        return query

    def one(self, query: Scoped, **values: Any) -> AnyRow | None:
        """Run a statement that is kept ready; return its only row, or None."""
        return self.session.execute(query.within(self.scope), self._bound(values)).one_or_none()

    def all(self, query: Scoped, **values: Any) -> Sequence[AnyRow]:
        """Run a statement that is kept ready; return its rows."""
        return self.session.execute(query.within(self.scope), self._bound(values)).all()

    def _bound(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "county_id": self.scope.county_id, "district_id": self.scope.district_id}
