"""What is there already, as a plan compares it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from xuequ.core.plan import State
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.figures import Figure
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff, Standing
from xuequ.registry.repository.basis import AnyRow, AnySelect, owns, same
from xuequ.registry.repository.counts import CountRows
from xuequ.registry.repository.views import ViewRows
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Measure, Quantity, Wording
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import StandingKind, Title

_ANY = {
    model: select(model.id).where(model.county_id == bindparam("county_id")).limit(1)
    for model in (Staff, Pupil, Person)
}
_PERSON = (Person.name, Person.sex, Person.birth_date, Person.document_number, Person.phone)


def _person(row: AnyRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "sex": Sex(row.sex),
        "birth_date": row.birth_date,
        "document_number": row.document_number,
        "phone": row.phone,
    }


def _still_open(span: type[Placement] | type[Employment]) -> Any:
    return and_(owns(span, span.staff_id, Staff), span.until.is_(None))


def _open_title() -> Any:
    titled = Standing.kind == StandingKind.TITLE.value
    return and_(owns(Standing, Standing.staff_id, Staff), titled, Standing.until.is_(None))


class StateRows(ViewRows, CountRows):
    """The registry by the keys that people know: codes and numbers."""

    def place_state(self) -> State:
        """Return the district with its name, by the codes of county and district."""
        county, _, district = self.place.partition("/")
        return {(county, district): {"district_name": self.names().district}}

    def school_state(self, as_of: date) -> State:
        """Return schools with their figures of exactly that day."""
        figures: dict[int, dict[str, Decimal]] = {}
        query = select(Figure.school_id, Figure.measure, Figure.value).where(Figure.as_of == as_of)
        for row in self.session.execute(self.here(query, Figure)):
            figures.setdefault(row.school_id, {})[row.measure] = row.value
        return {
            (row.code,): {
                "id": row.id,
                "name": row.name,
                "kind": SchoolKind(row.kind),
                "closed_on": row.closed_on,
                **{measure.value: figures.get(row.id, {}).get(measure.value) for measure in Measure},
            }
            for row in self.schools()
        }

    def class_state(self) -> State:
        """Return classes by school code, stage, entry year and number."""
        query = select(
            *(SchoolClass.id, School.code.label("school"), SchoolClass.stage),
            *(SchoolClass.entry_year, SchoolClass.number, SchoolClass.school_id),
            *(SchoolClass.formed_on, SchoolClass.dissolved_on),
        ).join(School, same(School, SchoolClass.school_id, SchoolClass))
        return {
            (row.school, Stage(row.stage), row.entry_year, row.number): {
                "id": row.id,
                "school_id": row.school_id,
                "formed_on": row.formed_on,
                "dissolved_on": row.dissolved_on,
            }
            for row in self.session.execute(self.here(query, SchoolClass))
        }

    def staff_state(self, numbers: Sequence[str] | None = None) -> State:
        """Return staff of the district by number, with their open title, employment and placement.

        Args:
            numbers: of whom; of all when left out.
        """
        ended = self._ended(Placement, Placement.staff_id, _numbered(Staff, numbers))
        for staff_id, until in self._ended(
            Employment, Employment.staff_id, _numbered(Staff, numbers)
        ).items():
            ended[staff_id] = max(until, ended.get(staff_id, until))
        employer = aliased(School)
        columns = (Staff.id, Staff.staff_no, Staff.person_id, *_PERSON)
        titled = (Standing.id.label("standing_id"), Standing.code.label("title"))
        employed = (Employment.id.label("employment_id"), Employment.since.label("employed_since"))
        placed = (Placement.id.label("span_id"), Placement.since, School.code.label("school"))
        query = (
            select(*columns, *titled, *employed, employer.code.label("employer"), *placed)
            .join(Person, same(Person, Staff.person_id, Staff))
            .outerjoin(Standing, _open_title())
            .outerjoin(Employment, _still_open(Employment))
            .outerjoin(employer, same(employer, Employment.school_id, Employment))
            .outerjoin(Placement, _still_open(Placement))
            .outerjoin(School, same(School, Placement.school_id, Placement))
            .order_by(Staff.staff_no)
        )
        if numbers is not None:
            query = query.where(Staff.staff_no.in_(numbers))
        return {
            (row.staff_no,): {
                **_person(row),
                "title": Title(row.title) if row.title else None,
                "school": row.school,
                "since": row.since,
                "id": row.id,
                "standing_id": row.standing_id,
                "employment_id": row.employment_id,
                "employed_since": row.employed_since,
                "employer": row.employer,
                "person_id": row.person_id,
                "span_id": row.span_id,
                "free_from": ended.get(row.id),
            }
            for row in self.session.execute(self.here(query, Staff))
        }

    def pupil_state(self, numbers: Sequence[str] | None = None) -> State:
        """Return pupils of the district by number, with their open enrolment and status.

        Args:
            numbers: of whom; of all when left out.
        """
        ended = self._ended(Enrolment, Enrolment.pupil_id, _numbered(Pupil, numbers))
        before = self._ended_statuses(numbers)
        columns = (Pupil.id, Pupil.pupil_no, Pupil.person_id, *_PERSON)
        at = (School.code.label("school"), SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query = (
            select(
                *(*columns, *at, Enrolment.id.label("span_id"), Enrolment.since),
                *(PupilStatus.id.label("status_id"), PupilStatus.status),
                PupilStatus.since.label("status_since"),
            )
            .join(Person, same(Person, Pupil.person_id, Pupil))
            .outerjoin(Enrolment, and_(owns(Enrolment, Enrolment.pupil_id, Pupil), Enrolment.until.is_(None)))
            .outerjoin(
                PupilStatus, and_(owns(PupilStatus, PupilStatus.pupil_id, Pupil), PupilStatus.until.is_(None))
            )
            .outerjoin(School, same(School, Enrolment.school_id, Enrolment))
            .outerjoin(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
            .order_by(Pupil.pupil_no)
        )
        if numbers is not None:
            query = query.where(Pupil.pupil_no.in_(numbers))
        return {
            (row.pupil_no,): {
                **_person(row),
                "school": row.school,
                "stage": Stage(row.stage) if row.stage else None,
                "entry_year": row.entry_year,
                "number": row.number,
                "since": row.since,
                "id": row.id,
                "person_id": row.person_id,
                "span_id": row.span_id,
                "free_from": ended.get(row.id),
                "status_id": row.status_id,
                "status": PupilState(row.status) if row.status else None,
                "status_since": row.status_since,
                "status_before": row.id in before,
            }
            for row in self.session.execute(self.here(query, Pupil))
        }

    def _ended(
        self,
        span: type[Placement] | type[Employment] | type[Enrolment],
        owner: Any,
        among: Select[int] | None,
    ) -> dict[int, date]:
        """Return the last end of ended spans by owner."""
        last: Any = func.max(span.until)
        query: AnySelect = select(owner, last).where(span.until.is_not(None)).group_by(owner)
        if among is not None:
            query = query.where(owner.in_(self.here(among, Pupil if span is Enrolment else Staff)))
        return {row[0]: row[1] for row in self.session.execute(self.here(query, span))}

    def _ended_statuses(self, numbers: Sequence[str] | None) -> set[int]:
        """Return the pupils of the district who had another status before."""
        query = (
            select(PupilStatus.pupil_id)
            .join(Pupil, same(Pupil, PupilStatus.pupil_id, PupilStatus))
            .where(PupilStatus.until.is_not(None))
            .distinct()
        )
        if numbers is not None:
            query = query.where(Pupil.pupil_no.in_(numbers))
        return set(self.session.scalars(self.here(query, Pupil)))

    def statement_state(self) -> State:
        """Return the published figures by label."""
        return {
            (row.label,): {
                "id": row.id,
                "printed": row.printed,
                "numerator": Quantity(row.numerator),
                "denominator": Quantity(row.denominator) if row.denominator else None,
                "wording": Wording(row.wording),
                "part_of": row.part_of,
                "source": row.source,
            }
            for row in self.statements()
        }

    def numbers_elsewhere(self, model: type[Staff] | type[Pupil], numbers: Sequence[str]) -> set[str]:
        """Return those numbers that belong to another district of the county."""
        column = Staff.staff_no if issubclass(model, Staff) else Pupil.pupil_no
        query = select(column).where(
            model.county_id == self.scope.county_id,
            model.district_id.is_distinct_from(self.district_id),
            column.in_(numbers),
        )
        return set(self.session.scalars(query))

    def has(self, model: type[Staff] | type[Pupil] | type[Person]) -> bool:
        """Tell whether the county has any row of a table."""
        return self.session.scalar(_ANY[model], {"county_id": self.scope.county_id}) is not None

    def figures_as_of(self) -> date | None:
        """Return the newest day that a school's figures are of."""
        return self.session.scalar(self.here(select(func.max(Figure.as_of)), Figure))


def _numbered(model: type[Staff] | type[Pupil], numbers: Sequence[str] | None) -> Select[int] | None:
    """Return the ids of those with these numbers, as a condition."""
    if numbers is None:
        return None
    column = Staff.staff_no if issubclass(model, Staff) else Pupil.pupil_no
    return select(model.id).where(column.in_(numbers))
