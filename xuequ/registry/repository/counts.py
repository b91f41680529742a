"""Counts and figures, each in one statement whatever the number of schools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, func, or_, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.figures import Figure, Statement
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement, Standing
from xuequ.registry.repository.basis import AnyRow, Rows, open_on, same
from xuequ.registry.states.staff import StandingKind


class CountRows(Rows):
    """Counts by school, and what was measured and published."""

    def pupil_counts(self, day: date) -> Sequence[AnyRow]:
        """Return pupils by school, stage and entry year on a day."""
        query = (
            select(
                *(Enrolment.school_id, SchoolClass.stage, SchoolClass.entry_year),
                func.count().label("pupils"),
            )
            .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
            .where(open_on(Enrolment.since, Enrolment.until, day))
            .group_by(Enrolment.school_id, SchoolClass.stage, SchoolClass.entry_year)
        )
        return self.session.execute(self.here(query, Enrolment)).all()

    def classes(self, day: date) -> Sequence[AnyRow]:
        """Return the classes of the scope that are formed and not dissolved on a day.

        Each with id, school, stage, entry year and number.
        """
        columns = (SchoolClass.id, SchoolClass.school_id, SchoolClass.stage)
        query = select(*columns, SchoolClass.entry_year, SchoolClass.number).where(
            or_(SchoolClass.formed_on.is_(None), SchoolClass.formed_on <= day),
            or_(SchoolClass.dissolved_on.is_(None), SchoolClass.dissolved_on > day),
        )
        return self.session.execute(self.here(query, SchoolClass)).all()

    def staff_counts(self, day: date) -> Sequence[AnyRow]:
        """Return staff by school and title on a day; the title is None where none is recorded."""
        titled = and_(
            Standing.county_id == Placement.county_id,
            Standing.staff_id == Placement.staff_id,
            Standing.kind == StandingKind.TITLE.value,
            open_on(Standing.since, Standing.until, day),
        )
        query = (
            select(Placement.school_id, Standing.code.label("title"), func.count().label("staff"))
            .outerjoin(Standing, titled)
            .where(open_on(Placement.since, Placement.until, day))
            .group_by(Placement.school_id, Standing.code)
        )
        return self.session.execute(self.here(query, Placement)).all()

    def latest_figures(self, day: date) -> Sequence[AnyRow]:
        """Return the newest figures of every school up to a day: school, measure, value, day."""
        newest = (
            select(Figure.school_id, Figure.measure, func.max(Figure.as_of).label("as_of"))
            .where(Figure.as_of <= day)
            .group_by(Figure.school_id, Figure.measure)
        )
        last = self.here(newest, Figure).subquery()
        query = select(Figure.school_id, Figure.measure, Figure.value, Figure.as_of).join(
            last,
            and_(
                Figure.school_id == last.c.school_id,
                Figure.measure == last.c.measure,
                Figure.as_of == last.c.as_of,
            ),
        )
        return self.session.execute(self.here(query, Figure)).all()

    def statements(self) -> Sequence[AnyRow]:
        """Return the published figures in their order."""
        query = select(Statement.__table__)
        return self.session.execute(self.here(query, Statement).order_by(Statement.position)).all()
