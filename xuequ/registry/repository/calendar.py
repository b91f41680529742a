"""Every query of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select, update

from xuequ.registry.models.calendar import (
    ApartDays,
    ClosureRow,
    HolidayDay,
    HolidayNotice,
    MakeUpDay,
    TermRow,
)
from xuequ.registry.models.places import District, School
from xuequ.registry.repository.basis import AnyRow, Columns, Rows


class CalendarRows(Rows):
    """Terms, notices, make-up days, days set apart and closures that hold at a place."""

    @property
    def owner_id(self) -> int:
        """Who sets what is set here: the district, or the county at its own door."""
        return self.scope.district_id or self.scope.county_id

    def reaching(self, query: Select[*Columns], model: Any) -> Select[*Columns]:
        """Keep a query to what was set here or above; at a county's door, to what the county has set."""
        here = model.district_id.is_(None)
        if self.scope.district_id is not None:
            here = or_(here, model.district_id == self.scope.district_id)
        return query.where(model.county_id == self.scope.county_id, here)

    # reading

    def terms(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return every edition of the terms of the school years around some days, the newest last."""
        years = TermRow.school_year.between(first.year - 2, last.year + 1)
        query = select(TermRow.__table__).where(years).order_by(TermRow.edition)
        return self.session.execute(self.reaching(query, TermRow)).all()

    def notices(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return every edition of the notices of the years around some days, the newest last."""
        years = HolidayNotice.year.between(first.year, last.year + 1)
        query = select(HolidayNotice.__table__).where(years).order_by(HolidayNotice.edition)
        return self.session.execute(self.reaching(query, HolidayNotice)).all()

    def notice_days(self, notice_ids: Sequence[int]) -> Sequence[AnyRow]:
        """Return the days of some notices in order."""
        columns = (HolidayDay.notice_id, HolidayDay.day, HolidayDay.kind, HolidayDay.name)
        query = select(*columns).where(HolidayDay.notice_id.in_(notice_ids)).order_by(HolidayDay.day)
        return self.session.execute(self.reaching(query, HolidayDay)).all()

    def make_ups(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return what was chosen for make-up days."""
        query = select(MakeUpDay.__table__).where(MakeUpDay.day.between(first, last))
        return self.session.execute(self.reaching(query, MakeUpDay)).all()

    def apart(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return the days set apart and not withdrawn, with the code of the school."""
        query = (
            select(ApartDays.__table__, School.code.label("school"))
            .outerjoin(School, (School.county_id == ApartDays.county_id) & (School.id == ApartDays.school_id))
            .where(ApartDays.first_day <= last, ApartDays.last_day >= first)
            .where(ApartDays.withdrawn_at.is_(None))
            .order_by(ApartDays.first_day, ApartDays.id)
        )
        return self.session.execute(self.reaching(query, ApartDays)).all()

    def closures(self, first: date, last: date) -> Sequence[AnyRow]:
        """Return the closures that touch some days, with the code of the school."""
        query = self._closures().where(ClosureRow.first_day <= last, ClosureRow.last_day >= first)
        return self.session.execute(self.reaching(query, ClosureRow)).all()

    def _closures(self) -> Select[*tuple[Any, ...]]:
        return (
            select(ClosureRow.__table__, School.code.label("school"))
            .outerjoin(
                School, (School.county_id == ClosureRow.county_id) & (School.id == ClosureRow.school_id)
            )
            .order_by(ClosureRow.first_day, ClosureRow.id)
        )

    def own_closure(self, closure_id: int) -> AnyRow | None:
        """Return a closure that was announced here, locked until the transaction ends."""
        query = self._closures().where(ClosureRow.id == closure_id)
        return self.session.execute(self._own(query, ClosureRow).with_for_update(of=ClosureRow)).one_or_none()

    def own_apart(self, apart_id: int) -> AnyRow | None:
        """Return days that were set apart here and not withdrawn, locked until the transaction ends."""
        query = select(ApartDays.__table__).where(ApartDays.id == apart_id, ApartDays.withdrawn_at.is_(None))
        return self.session.execute(self._own(query, ApartDays).with_for_update()).one_or_none()

    def _own(self, query: Select[*Columns], model: Any) -> Select[*Columns]:
        return query.where(
            model.county_id == self.scope.county_id,
            func.coalesce(model.district_id, model.county_id) == self.owner_id,
        )

    def school_codes(self) -> dict[str, int]:
        """Return the ids of the district's schools by code; none at the county's door."""
        if self.scope.district_id is None:
            return {}
        query = select(School.code, School.id)
        return {row.code: row.id for row in self.session.execute(self.here(query, School))}

    def district_name(self) -> str:
        """Return the district's name; empty at the county's door."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.scope.district_id
        )
        return self.session.scalar(query) or ""

    # writing

    def lock_schools(self, school_id: int | None) -> None:
        """Make rolls of the schools that are to be closed wait until the transaction ends."""
        query = self.here(select(School.id), School).order_by(School.id)
        if school_id is not None:
            query = query.where(School.id == school_id)
        self.session.execute(query.with_for_update()).all()

    def add(self, row: TermRow | HolidayNotice | MakeUpDay | ApartDays | ClosureRow) -> int:
        """Insert one row; return its id."""
        self.session.add(row)
        self.session.flush()
        return row.id

    def add_days(self, rows: Sequence[HolidayDay]) -> None:
        """Insert the days of a notice."""
        self.session.add_all(rows)
        self.session.flush()

    def change_make_up(self, row_id: int, follows: int, parity: str | None) -> None:
        """Change whose timetable a make-up day follows."""
        self._change(MakeUpDay, row_id, {"follows_weekday": follows, "parity": parity})

    def withdraw_apart(self, row_id: int, values: dict[str, Any]) -> None:
        """Mark days as no longer set apart."""
        self._change(ApartDays, row_id, values)

    def lift(self, row_id: int, values: dict[str, Any]) -> None:
        """Mark a closure as lifted."""
        self._change(ClosureRow, row_id, values)

    def _change(self, model: Any, row_id: int, values: dict[str, Any]) -> None:
        same = (model.county_id == self.scope.county_id, model.id == row_id)
        self.session.execute(update(model).where(*same).values(values))
