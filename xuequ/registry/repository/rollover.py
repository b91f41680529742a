"""Questions of the roll-over of school years, each one statement whatever the number of schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import County, District, School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.rollover import Rollover
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.repository.basis import AnyRow, AnySelect, Columns, Rows, open_on, owns, same
from xuequ.registry.repository.class_changes import SPANS, lasting
from xuequ.registry.repository.classes import pupils_on, there_on
from xuequ.registry.repository.places import FACTS
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState


def _leaving(cohorts: Mapping[Stage, range]) -> Any:
    """Return the condition that a class is past the last grade of its stage."""
    return or_(
        *(
            and_(SchoolClass.stage == stage.value, SchoolClass.entry_year < years.start)
            for stage, years in cohorts.items()
        )
    )


class RolloverRows(Rows):
    """What a roll-over reads and locks: a district's schools, or those of the county outside any."""

    def own(self, query: Select[*Columns], model: Any) -> Select[*Columns]:
        """Keep a query to the scope's own: at the county's door to what belongs to no district."""
        district_id = self.scope.district_id
        query = query.where(model.county_id == self.scope.county_id)
        return query.where(
            model.district_id.is_(None) if district_id is None else model.district_id == district_id
        )

    # locks: the scope, then its schools, its classes, and pupils

    def lock_scope(self) -> None:
        """Make other roll-overs and set-ups of the scope wait until the transaction ends."""
        query: AnySelect = select(County.county_id).where(County.county_id == self.scope.county_id)
        if self.scope.district_id is not None:
            query = select(District.id).where(
                District.county_id == self.scope.county_id, District.id == self.scope.district_id
            )
        self.session.execute(query.with_for_update(key_share=True)).one()

    def lock_classes(self, day: date, cohorts: Mapping[Stage, range], entry_year: int) -> None:
        """Lock the classes that leave, are entered or take others in, in the order of their ids."""
        stays_last = or_(
            *(
                and_(SchoolClass.stage == stage.value, SchoolClass.entry_year == years.start)
                for stage, years in cohorts.items()
            )
        )
        query = self.own(select(SchoolClass.id), SchoolClass).where(
            or_(_leaving(cohorts), stays_last, SchoolClass.entry_year == entry_year),
            there_on(day),
        )
        self.session.execute(query.order_by(SchoolClass.id).with_for_update()).all()

    def lock_pupils(self, day: date, cohorts: Mapping[Stage, range], entry_year: int) -> None:
        """Lock the pupils who leave or enter, in the order of their ids."""
        leaving = (
            select(Enrolment.pupil_id)
            .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
            .where(_leaving(cohorts), there_on(day), lasting(Enrolment, day))
        )
        entering = self._admitted(select(PupilStatus.pupil_id), day, entry_year)
        concerned = self.own(leaving, SchoolClass).union_all(entering)
        query = select(Pupil.id).where(Pupil.county_id == self.scope.county_id, Pupil.id.in_(concerned))
        self.session.execute(query.order_by(Pupil.id).with_for_update(key_share=True)).all()

    # what is there

    def schools(self) -> Sequence[AnyRow]:
        """Return the schools."""
        query: AnySelect = select(*FACTS)
        return self.session.execute(self.own(query, School).order_by(School.id)).all()

    def classes(self, day: date) -> Sequence[AnyRow]:
        """Return the classes that are there on a day, with the pupils in them."""
        query = select(
            *(SchoolClass.id, SchoolClass.school_id, SchoolClass.stage, SchoolClass.entry_year),
            *(SchoolClass.number, SchoolClass.dissolved_on, pupils_on(day).label("pupils")),
        ).where(there_on(day))
        return self.session.execute(self.own(query, SchoolClass).order_by(SchoolClass.id)).all()

    def numbers(self, entry_year: int) -> Sequence[AnyRow]:
        """Return the classes that were ever formed for an entry year, dissolved ones too."""
        columns = (SchoolClass.school_id, SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query = select(*columns).where(SchoolClass.entry_year == entry_year)
        return self.session.execute(self.own(query, SchoolClass)).all()

    def leavers(self, day: date, cohorts: Mapping[Stage, range]) -> Sequence[AnyRow]:
        """Return the pupils of leaving classes from a day on, with what decides where they go.

        The status is that of the day before.
        """
        before = open_on(PupilStatus.since, PupilStatus.until, day - timedelta(days=1))
        open_transfer = exists().where(
            owns(Transfer, Transfer.pupil_id, Pupil), Transfer.decided_on.is_(None)
        )
        query = (
            select(
                *(Pupil.id.label("pupil_id"), Pupil.pupil_no, Enrolment.class_id),
                *(Enrolment.id.label("enrolment_id"), Enrolment.since, Enrolment.until),
                *(PupilStatus.id.label("status_id"), PupilStatus.status),
                PupilStatus.until.label("status_until"),
                _first_from(Enrolment, day).label("later_enrolment"),
                _first_from(PupilStatus, day).label("later_status"),
                open_transfer.label("transfers"),
            )
            .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
            .join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
            .outerjoin(PupilStatus, and_(owns(PupilStatus, PupilStatus.pupil_id, Pupil), before))
            .where(_leaving(cohorts), there_on(day), lasting(Enrolment, day))
        )
        return self.session.execute(self.own(query, SchoolClass).order_by(Enrolment.id)).all()

    def _admitted(self, query: Select[*Columns], day: date, entry_year: int) -> Select[*Columns]:
        """Keep a query of statuses to those who were admitted before a day for a year, and still are."""
        return self.own(query, PupilStatus).where(
            PupilStatus.status == PupilState.ADMITTED.value,
            PupilStatus.entry_year == entry_year,
            PupilStatus.stage.is_not(None),
            PupilStatus.school_id.is_not(None),
            PupilStatus.since < day,
            PupilStatus.until.is_(None),
        )

    def applicants(self, day: date, entry_year: int) -> Sequence[AnyRow]:
        """Return those who were admitted for a year, and whether they are in a class from a day on."""
        in_class = exists().where(owns(Enrolment, Enrolment.pupil_id, Pupil), lasting(Enrolment, day))
        query = select(
            *(Pupil.id.label("pupil_id"), Pupil.pupil_no, PupilStatus.id.label("status_id")),
            *(PupilStatus.school_id, PupilStatus.stage, in_class.label("in_class")),
        ).join(Pupil, same(Pupil, PupilStatus.pupil_id, PupilStatus))
        return self.session.execute(self._admitted(query, day, entry_year).order_by(PupilStatus.id)).all()

    def what_belongs(self, day: date, cohorts: Mapping[Stage, range]) -> dict[str, Sequence[AnyRow]]:
        """Return what belongs to leaving classes from a day on: head teachers, groups, teaching."""
        found: dict[str, Sequence[AnyRow]] = {}
        for what, model in SPANS.items():
            query = (
                select(model.id, model.class_id, model.since, model.until)
                .join(SchoolClass, same(SchoolClass, model.class_id, model))
                .where(_leaving(cohorts), there_on(day), lasting(model, day))
                .order_by(model.id)
            )
            found[what] = self.session.execute(self.own(query, SchoolClass)).all()
        return found

    # what was rolled over

    def standing(self, year: int) -> AnyRow | None:
        """Return the roll-over into a year that was not undone."""
        query = self.own(select(*Rollover.__table__.c), Rollover).where(
            Rollover.year == year, Rollover.undone_at.is_(None)
        )
        return self.session.execute(query).one_or_none()

    def latest(self) -> int | None:
        """Return the latest year that was rolled over into."""
        query = self.own(select(func.max(Rollover.year)), Rollover).where(Rollover.undone_at.is_(None))
        return self.session.scalar(query)

    def rollover(self, rollover_id: int) -> AnyRow | None:
        """Return one roll-over."""
        query = self.own(select(*Rollover.__table__.c), Rollover).where(Rollover.id == rollover_id)
        return self.session.execute(query).one_or_none()

    def rollovers(self) -> Sequence[AnyRow]:
        """Return every roll-over, the newest first."""
        query = self.own(select(*Rollover.__table__.c), Rollover)
        return self.session.execute(query.order_by(Rollover.applied_at.desc(), Rollover.id.desc())).all()


def _first_from(model: Any, day: date) -> Any:
    """Return the first day of a pupil's records from a day on."""
    later = aliased(model)
    return (
        select(func.min(later.since))
        .where(owns(later, later.pupil_id, Pupil), later.since >= day)
        .correlate(Pupil)
        .scalar_subquery()
    )
