"""Every query of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Date, Integer, Table, bindparam, func, or_, select, update

from xuequ.core.bulk import bulk_load
from xuequ.core.ids import new_id
from xuequ.registry.models.calendar import (
    ApartDays,
    ClosureRow,
    HolidayDay,
    HolidayNotice,
    MakeUpDay,
    TermRow,
)
from xuequ.registry.models.places import County, District, School
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, Scoped, owns, same


class Reaching(Scoped):
    """A statement that keeps to what was set here or above; at a county's door, to what the county has set.

    Rows come with what the county has set first, so whoever reads them by key keeps the district's own.
    """

    def __init__(self, query: AnySelect, model: Any, *order: Any) -> None:
        within = query.where(model.county_id == bindparam("county_id"))
        own = model.district_id.is_not(None)
        here = or_(model.district_id.is_(None), model.district_id == bindparam("district_id"))
        self._county = within.where(~own).order_by(*order)
        self._district = within.where(here).order_by(own, *order)


def _with_school(model: Any) -> AnySelect:
    """Select rows with the code of their school."""
    return select(model.__table__, School.code.label("school")).outerjoin(
        School, same(School, model.school_id, model)
    )


_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
_YEARS = bindparam("first_year", type_=Integer), bindparam("last_year", type_=Integer)

_TERMS = Reaching(
    select(TermRow.__table__).where(TermRow.school_year.between(*_YEARS)),
    TermRow,
    TermRow.edition,
    TermRow.school_year,
    TermRow.number,
)
_NOTICES = Reaching(
    select(HolidayNotice.__table__, HolidayDay.day, HolidayDay.kind, HolidayDay.name)
    .join(HolidayDay, owns(HolidayDay, HolidayDay.notice_id, HolidayNotice))
    .where(HolidayNotice.year.between(*_YEARS)),
    HolidayNotice,
    HolidayNotice.edition,
    HolidayNotice.id,
    HolidayDay.day,
)
_MAKE_UPS = Reaching(
    select(MakeUpDay.__table__).where(MakeUpDay.day.between(_FIRST, _LAST)), MakeUpDay, MakeUpDay.day
)
_APART = Reaching(
    _with_school(ApartDays).where(
        ApartDays.first_day <= _LAST, ApartDays.last_day >= _FIRST, ApartDays.withdrawn_at.is_(None)
    ),
    ApartDays,
    ApartDays.first_day,
    ApartDays.id,
)
_CLOSURES = Reaching(
    _with_school(ClosureRow).where(ClosureRow.first_day <= _LAST, ClosureRow.last_day >= _FIRST),
    ClosureRow,
    ClosureRow.first_day,
    ClosureRow.id,
)
_SCHOOL = Scoped(select(School.id).where(School.code == bindparam("code")), School)


class CalendarRows(Rows):
    """Terms, notices, make-up days, days set apart and closures that hold at a place."""

    @property
    def owner_id(self) -> int:
        """Who sets what is set here: the district, or the county at its own door."""
        return self.scope.district_id or self.scope.county_id

    # reading: what was set here or above, the county's first

    def terms(self, first_year: int, last_year: int) -> Sequence[AnyRow]:
        """Return every edition of the terms of some school years, the newest last."""
        return self.all(_TERMS, first_year=first_year, last_year=last_year)

    def notices(self, first_year: int, last_year: int) -> Sequence[AnyRow]:
        """Return every edition of the notices of some years, the newest last, one row a day."""
        return self.all(_NOTICES, first_year=first_year, last_year=last_year)

    def make_ups(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return what was chosen for make-up days."""
        return self.all(_MAKE_UPS, first=first, last=last)

    def apart(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return the days set apart and not withdrawn, with the code of the school."""
        return self.all(_APART, first=first, last=last)

    def closures(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return the closures that touch some days, with the code of the school."""
        return self.all(_CLOSURES, first=first, last=last)

    def empty_notices(self) -> Sequence[AnyRow]:
        """Return the recorded notices that name no day."""
        days = select(HolidayDay.id).where(owns(HolidayDay, HolidayDay.notice_id, HolidayNotice)).exists()
        query = select(HolidayNotice.id, HolidayNotice.year, HolidayNotice.edition)
        return self.session.execute(self.here(query, HolidayNotice).where(~days)).all()

    def school_id(self, code: str) -> int | None:
        """Return the id of a school of the district.

        Raises:
            DistrictNeeded: at the county's door, where a code does not tell schools apart.
        """
        _ = self.district_id
        row = self.one(_SCHOOL, code=code)
        return row.id if row is not None else None

    def district_name(self) -> str:
        """Return the district's name; empty at the county's door."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.scope.district_id
        )
        return self.session.scalar(query) or ""

    # writing

    def lock_owner(self) -> None:
        """Make others who set the calendar of this place wait until the transaction ends.

        The lock leaves alone those who only refer to the place.
        """
        query: AnySelect = select(County.county_id).where(County.county_id == self.scope.county_id)
        if self.scope.district_id is not None:
            query = select(District.id).where(
                District.county_id == self.scope.county_id, District.id == self.scope.district_id
            )
        self.session.execute(query.with_for_update(key_share=True)).one()

    def lock_schools(self, school_id: int | None) -> None:
        """Make others who close these schools wait until the transaction ends."""
        query = self.here(select(School.id), School).order_by(School.id)
        if school_id is not None:
            query = query.where(School.id == school_id)
        self.session.execute(query.with_for_update(key_share=True)).all()

    def own_closure(self, closure_id: int) -> AnyRow | None:
        """Return a closure that was announced here, locked until the transaction ends."""
        query = _with_school(ClosureRow).where(ClosureRow.id == closure_id)
        return self._own(query, ClosureRow)

    def own_apart(self, apart_id: int) -> AnyRow | None:
        """Return days that were set apart here and not withdrawn, locked until the transaction ends."""
        query = _with_school(ApartDays).where(ApartDays.id == apart_id, ApartDays.withdrawn_at.is_(None))
        return self._own(query, ApartDays)

    def _own(self, query: AnySelect, model: Any) -> AnyRow | None:
        here = query.where(
            model.county_id == self.scope.county_id,
            func.coalesce(model.district_id, model.county_id) == self.owner_id,
        )
        return self.session.execute(here.with_for_update(of=model)).one_or_none()

    def add_term(self, values: dict[str, Any]) -> int:
        """Insert an edition of a term; return its id."""
        return self._add(TermRow, {**values, "owner_id": self.owner_id})

    def add_notice(self, values: dict[str, Any], days: Sequence[tuple[date, str, str]]) -> int:
        """Insert an edition of a notice and its days, given by day, kind and name; return its id."""
        notice_id = self._add(HolidayNotice, {**values, "owner_id": self.owner_id})
        columns = ("county_id", "id", "district_id", "notice_id", "day", "kind", "name")
        county_id, district_id = self.scope.county_id, self.scope.district_id
        rows = ((county_id, new_id(), district_id, notice_id, *day) for day in days)
        bulk_load(self.session.connection(), cast("Table", HolidayDay.__table__), columns, rows)
        return notice_id

    def set_make_up(self, own: AnyRow | None, day: date, values: dict[str, Any]) -> None:
        """Insert what is chosen for a make-up day here, or change what was."""
        if own is None:
            self._add(MakeUpDay, {**values, "day": day, "owner_id": self.owner_id})
        else:
            self._change(MakeUpDay, own.id, values)

    def add_apart(self, values: dict[str, Any]) -> int:
        """Insert days set apart; return their id."""
        return self._add(ApartDays, values)

    def withdraw_apart(self, apart_id: int, at: datetime) -> None:
        """Mark days as no longer set apart."""
        self._change(ApartDays, apart_id, {"withdrawn_at": at})

    def add_closure(self, values: dict[str, Any]) -> int:
        """Insert a closure; return its id."""
        return self._add(ClosureRow, values)

    def lift(self, closure_id: int, day: date, half: int) -> None:
        """Mark a closure as lifted from a half-day on."""
        self._change(ClosureRow, closure_id, {"lifted_day": day, "lifted_half": int(half)})

    def _add(self, model: type[Any], values: dict[str, Any]) -> int:
        row = model(county_id=self.scope.county_id, district_id=self.scope.district_id, **values)
        self.session.add(row)
        self.session.flush()
        return int(row.id)

    def _change(self, model: Any, row_id: int, values: dict[str, Any]) -> None:
        same = (model.county_id == self.scope.county_id, model.id == row_id)
        self.session.execute(update(model).where(*same).values(values))
