"""Every query of headcounts; each is one statement whatever the number of schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, case, func, select
from sqlalchemy.orm import aliased

from xuequ.core.bulk import bulk_load, insert_new
from xuequ.core.tables import Base
from xuequ.registry.models.circumstances import PupilTrait
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.headcounts import (
    Headcount,
    HeadcountConfirmation,
    HeadcountFreeze,
    HeadcountPupils,
    HeadcountStaff,
)
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Placement, Standing
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
from xuequ.registry.states.circumstances import TraitKind
from xuequ.registry.states.headcounts import HeadFigure
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import StandingKind

TRAITS = {
    HeadFigure.BOARDERS: TraitKind.BOARDER,
    HeadFigure.LEFT_BEHIND: TraitKind.LEFT_BEHIND,
    HeadFigure.MIGRANT: TraitKind.MIGRANT,
    HeadFigure.SPECIAL_NEEDS: TraitKind.SPECIAL_NEEDS,
}


def _pupils_on_a_day() -> AnySelect:
    """Count pupils of the roll by class and sex; one trait of a kind at most holds on a day."""
    in_school = PupilStatus.status.in_([state.code for state in PupilState if state.in_school])
    on_roll = PupilStatus.status.in_([state.code for state in PupilState if state.on_roll])
    by = (
        *(School.id.label("school_id"), School.code.label("school"), SchoolClass.id.label("class_id")),
        *(SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number, Person.sex),
    )
    traits = {figure: aliased(PupilTrait) for figure in TRAITS}
    figures = [
        func.sum(case((and_(in_school, trait.id.is_not(None)), 1), else_=0)).label(figure.code)
        for figure, trait in traits.items()
    ]
    query: AnySelect = (
        select(
            *by,
            func.count().label(HeadFigure.ON_ROLL.code),
            func.sum(case((in_school, 1), else_=0)).label(HeadFigure.IN_SCHOOL.code),
            *figures,
        )
        .select_from(Enrolment)
        .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .join(School, same(School, Enrolment.school_id, Enrolment))
        .join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .join(
            PupilStatus,
            and_(
                owns(PupilStatus, PupilStatus.pupil_id, Pupil),
                open_on(PupilStatus.since, PupilStatus.until, DAY),
            ),
        )
    )
    for figure, trait in traits.items():
        held = open_on(trait.since, trait.until, DAY)
        query = query.outerjoin(
            trait, and_(owns(trait, trait.pupil_id, Pupil), trait.kind == TRAITS[figure].code, held)
        )
    query = query.where(open_on(Enrolment.since, Enrolment.until, DAY), on_roll)
    return query.group_by(*by).order_by(School.id, SchoolClass.id, Person.sex)


def _staff_on_a_day() -> AnySelect:
    """Count staff by the school where they work and by what they hold."""
    held = {
        "title": (aliased(Standing), StandingKind.TITLE),
        "category": (aliased(Standing), StandingKind.CATEGORY),
        "establishment": (aliased(Standing), StandingKind.ESTABLISHMENT),
    }
    by: list[Any] = [
        *(School.id.label("school_id"), School.code.label("school")),
        *(standing.code.label(name) for name, (standing, _) in held.items()),
    ]
    query: AnySelect = (
        select(*by, func.count().label("heads"))
        .select_from(Placement)
        .join(School, same(School, Placement.school_id, Placement))
    )
    for standing, kind in held.values():
        query = query.outerjoin(
            standing,
            and_(
                standing.county_id == Placement.county_id,
                standing.staff_id == Placement.staff_id,
                standing.kind == kind.code,
                open_on(standing.since, standing.until, DAY),
            ),
        )
    query = query.where(open_on(Placement.since, Placement.until, DAY))
    codes = (standing.code for standing, _ in held.values())
    return query.group_by(School.id, School.code, *codes).order_by(School.id, *codes)


_PUPILS = Scoped(_pupils_on_a_day(), Enrolment)
_STAFF = Scoped(_staff_on_a_day(), Placement)


class HeadcountRows(Rows):
    """Headcounts of one district, and what the roll says."""

    # the roll

    def pupils_on(self, day: date) -> Sequence[AnyRow]:
        """Return pupils by class and sex on a day."""
        return self.all(_PUPILS, day=day)

    def staff_on(self, day: date) -> Sequence[AnyRow]:
        """Return staff by school and by what they hold on a day."""
        return self.all(_STAFF, day=day)

    def schools(self, district_id: int, on: date) -> Sequence[AnyRow]:
        """Return the schools of a district that are open on a day, by code."""
        query = select(School.id, School.code).where(School.district_id == district_id, school_open_on(on))
        return self.session.execute(self.here(query, School).order_by(School.code)).all()

    # headcounts

    def lock_district(self) -> None:
        """Make other headcounts of this district wait until the transaction ends."""
        query = select(District.id).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        self.session.execute(query.with_for_update(key_share=True)).one()

    def latest(self, count_date: date, purpose: str) -> int | None:
        """Return the number of the latest edition."""
        query = select(func.max(Headcount.edition)).where(
            Headcount.count_date == count_date, Headcount.purpose == purpose
        )
        return self.session.scalar(self.here(query, Headcount))

    def _headers(self) -> AnySelect:
        later = aliased(Headcount)
        latest = (
            select(func.max(later.edition))
            .where(
                later.county_id == Headcount.county_id,
                later.district_id == Headcount.district_id,
                later.count_date == Headcount.count_date,
                later.purpose == Headcount.purpose,
            )
            .correlate(Headcount)
            .scalar_subquery()
        )
        frozen = (
            *(HeadcountFreeze.frozen_at, HeadcountFreeze.frozen_by, HeadcountFreeze.sha256),
            *(HeadcountFreeze.unconfirmed, HeadcountFreeze.reason.label("freeze_reason")),
            HeadcountFreeze.staff.label("staff"),
            *(HeadcountFreeze.__table__.c[figure.code] for figure in HeadFigure),
        )
        return self.here(
            select(Headcount.__table__, latest.label("latest"), *frozen).outerjoin(
                HeadcountFreeze, owns(HeadcountFreeze, HeadcountFreeze.headcount_id, Headcount)
            ),
            Headcount,
        )

    def header(self, headcount_id: int) -> AnyRow | None:
        """Return one edition, the number of the latest one, and what froze it."""
        return self.session.execute(self._headers().where(Headcount.id == headcount_id)).one_or_none()

    def headers(self) -> Sequence[AnyRow]:
        """Return every edition, the newest count date first."""
        order = (Headcount.count_date.desc(), Headcount.purpose, Headcount.edition)
        return self.session.execute(self._headers().order_by(*order)).all()

    def frozen(self, count_date: date, purpose: str) -> AnyRow | None:
        """Return the latest frozen edition."""
        query = (
            self._headers()
            .where(Headcount.count_date == count_date, Headcount.purpose == purpose)
            .where(HeadcountFreeze.id.is_not(None))
            .order_by(Headcount.edition.desc())
            .limit(1)
        )
        return self.session.execute(query).one_or_none()

    def all_frozen(self) -> Sequence[AnyRow]:
        """Return every frozen edition of the scope, for checking."""
        query = self._headers().where(HeadcountFreeze.id.is_not(None))
        return self.session.execute(query.order_by(Headcount.id)).all()

    def pupil_lines(self, headcount_id: int, school: str | None = None) -> Sequence[AnyRow]:
        """Return the lines of pupils of an edition, with the code of the school."""
        return self._lines(HeadcountPupils, headcount_id, school)

    def staff_lines(self, headcount_id: int, school: str | None = None) -> Sequence[AnyRow]:
        """Return the lines of staff of an edition, with the code of the school."""
        return self._lines(HeadcountStaff, headcount_id, school)

    def _lines(
        self, model: type[HeadcountPupils] | type[HeadcountStaff], headcount_id: int, school: str | None
    ) -> Sequence[AnyRow]:
        table = cast("Table", model.__table__)
        query = (
            select(table, School.code.label("school"))
            .join(School, same(School, model.school_id, model))
            .where(model.headcount_id == headcount_id)
            .order_by(model.id)
        )
        if school is not None:
            query = query.where(School.code == school)
        return self.session.execute(self.here(query, model)).all()

    def confirmations(self, headcount_id: int) -> Sequence[AnyRow]:
        """Return who has confirmed an edition, by school."""
        table = cast("Table", HeadcountConfirmation.__table__)
        query = (
            select(table, School.code.label("school"))
            .join(School, same(School, HeadcountConfirmation.school_id, HeadcountConfirmation))
            .where(HeadcountConfirmation.headcount_id == headcount_id)
            .order_by(School.code)
        )
        return self.session.execute(self.here(query, HeadcountConfirmation)).all()

    # writing

    def add(self, row: Headcount | HeadcountFreeze) -> int:
        """Insert one row; return its id."""
        self.session.add(row)
        self.session.flush()
        return row.id

    def add_confirmation(self, values: dict[str, Any]) -> bool:
        """Insert a confirmation unless the school has confirmed; tell whether it did."""
        return bool(insert_new(self.session, cast("Table", HeadcountConfirmation.__table__), [values]))

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows of one table."""
        return bulk_load(self.session.connection(), cast("Table", model.__table__), columns, rows)
