"""Questions for supervision visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.unified.leadership.models.visits import Finding, Visit
from xuequ.unified.leadership.repository.office import OfficeRows

_VISIT, _FINDING = cast("Table", Visit.__table__), cast("Table", Finding.__table__)
_SIGNER, _SIGNED_BY = aliased(Staff), aliased(Person)


def _visits() -> AnySelect:
    return (
        select(
            _VISIT,
            *(Staff.staff_no, Person.name.label("visitor"), _SIGNED_BY.name.label("signed_by")),
            *(
                School.code.label("school"),
                School.name.label("school_name"),
                School.kind.label("school_kind"),
            ),
        )
        .join(Staff, same(Staff, Visit.visitor_id, Visit))
        .join(Person, same(Person, Staff.person_id, Staff))
        .join(School, same(School, Visit.school_id, Visit))
        .outerjoin(_SIGNER, same(_SIGNER, Visit.signed_by_id, Visit))
        .outerjoin(_SIGNED_BY, same(_SIGNED_BY, _SIGNER.person_id, _SIGNER))
    )


class VisitRows(OfficeRows):
    """Visits of one district."""

    def visit(self, visit_id: int) -> AnyRow | None:
        """Return one visit."""
        query = self.here(_visits().where(Visit.id == visit_id), Visit)
        return self.session.execute(query).one_or_none()

    def visits(
        self, first: date | None = None, last: date | None = None, school_id: int | None = None
    ) -> Sequence[AnyRow]:
        """Return the visits of some days, also voided ones, by day and school."""
        _ = self.district_id
        query = self.here(_visits(), Visit)
        if first is not None:
            query = query.where(Visit.visited_on >= first)
        if last is not None:
            query = query.where(Visit.visited_on <= last)
        if school_id is not None:
            query = query.where(Visit.school_id == school_id)
        return self.session.execute(query.order_by(Visit.visited_on, School.code, Visit.id)).all()

    def same_visit(self, visitor_id: int, school_id: int, on: date) -> bool:
        """Tell whether that visit is recorded and stands."""
        same_one = (Visit.visitor_id == visitor_id, Visit.school_id == school_id, Visit.visited_on == on)
        return self.exists_here(Visit, *same_one, Visit.voided_at.is_(None))

    def findings(self, visit_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return what visits found."""
        query = select(_FINDING).where(Finding.visit_id.in_(sorted(set(visit_ids))))
        return self.session.execute(
            self.here(query, Finding).order_by(Finding.visit_id, Finding.number)
        ).all()

    def problems(self, on: date, school_id: int | None = None) -> Sequence[AnyRow]:
        """Return the problems found up to a day and not resolved by it, the oldest first."""
        query: Any = (
            select(
                *(Finding.id, Finding.visit_id, Finding.text, Visit.visited_on),
                *(Person.name.label("visitor"), School.code.label("school")),
                School.name.label("school_name"),
            )
            .join(Visit, same(Visit, Finding.visit_id, Finding))
            .join(Staff, same(Staff, Visit.visitor_id, Visit))
            .join(Person, same(Person, Staff.person_id, Staff))
            .join(School, same(School, Finding.school_id, Finding))
            .where(
                Finding.problem.is_(True),
                Visit.voided_at.is_(None),
                Visit.visited_on <= on,
                Finding.resolved_on.is_(None) | (Finding.resolved_on > on),
            )
        )
        if school_id is not None:
            query = query.where(Finding.school_id == school_id)
        query = self.here(query, Finding).order_by(Visit.visited_on, Finding.id)
        return self.session.execute(query).all()
