"""Queries of development cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, exists, insert, or_, select, update

from xuequ.core.ids import new_id
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, open_on, owns, same
from xuequ.unified.party.models.development import (
    DevelopmentCase,
    DevelopmentException,
    DevelopmentSponsor,
    DevelopmentStandard,
    DevelopmentStep,
)
from xuequ.unified.party.models.members import Affiliation, Branch, Member, MemberStatus
from xuequ.unified.party.repository.members import MemberRows
from xuequ.unified.party.states.members import MemberState

Values = dict[str, Any]


class DevelopmentRows(MemberRows):
    """Cases of a district's branch, their steps and what these stand on.

    Whoever writes of a case locks its branch first and then the case, so that the roll of members, by which
    a step is judged, stays as it was read.
    """

    # locks

    def lock_branch(self, branch_id: int) -> None:
        """Lock a branch of the district."""
        query = select(Branch.id).where(Branch.id == branch_id)
        self.session.execute(self.here(query, Branch).with_for_update()).all()

    def lock_case(self, case_id: int) -> AnyRow | None:
        """Lock a case of the district, and return it as it now stands."""
        query = select(DevelopmentCase.id).where(DevelopmentCase.id == case_id)
        self.session.execute(self.here(query, DevelopmentCase).with_for_update()).all()
        return self.case(case_id)

    # people

    def applicant(self, staff_id: int) -> AnyRow | None:
        """Return somebody who is or was employed by the district, or who works or worked in it."""
        working = exists().where(
            owns(Placement, Placement.staff_id, Staff), Placement.district_id == self.district_id
        )
        query = (
            select(Staff.id, Staff.staff_no, Staff.person_id, Person.name, Person.birth_date)
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(Staff.county_id == self.scope.county_id, Staff.id == staff_id)
            .where(or_(Staff.district_id == self.district_id, working))
        )
        return self.session.execute(query).one_or_none()

    def member_of(self, person_id: int) -> AnyRow | None:
        """Return the membership of a person that has not ended."""
        query = select(Member.id, Member.joined_on, Member.full_on).where(
            Member.county_id == self.scope.county_id,
            Member.person_id == person_id,
            Member.ended_on.is_(None),
        )
        return self.session.execute(query).one_or_none()

    def full_members(self, branch_id: int) -> Sequence[AnyRow]:
        """Return who was ever a full member while in a branch: `member_id` and both spans of days."""
        status = and_(
            owns(MemberStatus, MemberStatus.member_id, Member),
            MemberStatus.state == MemberState.FULL.code,
        )
        query = (
            select(
                Affiliation.member_id,
                Affiliation.since,
                Affiliation.until,
                MemberStatus.since.label("full_since"),
                MemberStatus.until.label("full_until"),
            )
            .join(Member, same(Member, Affiliation.member_id, Affiliation))
            .join(MemberStatus, status)
            .where(Affiliation.branch_id == branch_id)
        )
        return self.session.execute(self.here(query, Affiliation)).all()

    def employments(self, person_id: int) -> Sequence[AnyRow]:
        """Return by which district a person is employed, and from when to when, the earliest first."""
        query = (
            select(Employment.district_id, Employment.since, Employment.until)
            .join(Staff, same(Staff, Employment.staff_id, Employment))
            .where(Staff.county_id == self.scope.county_id, Staff.person_id == person_id)
        )
        return self.session.execute(query.order_by(Employment.since)).all()

    def sponsor_names(self, member_ids: Collection[int]) -> Mapping[int, AnyRow]:
        """Return name and staff number of members, by id; those who are no staff have no number."""
        query = (
            select(Member.id, Person.name, Staff.staff_no)
            .join(Person, same(Person, Member.person_id, Member))
            .outerjoin(Staff, owns(Staff, Staff.person_id, Person))
            .where(Member.county_id == self.scope.county_id, Member.id.in_(member_ids))
        )
        return {row.id: row for row in self.session.execute(query)}

    def member_numbers(self) -> Sequence[AnyRow]:
        """Return who is or was in the district's branch: member, and staff number where they have one."""
        query = (
            select(Affiliation.member_id, Staff.staff_no)
            .join(Member, same(Member, Affiliation.member_id, Affiliation))
            .outerjoin(Staff, and_(Staff.county_id == Member.county_id, Staff.person_id == Member.person_id))
        )
        return self.session.execute(self.here(query, Affiliation)).all()

    def district_name(self) -> str:
        """Return what the district is called."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return str(self.session.scalar(query))

    # cases

    def case(self, case_id: int) -> AnyRow | None:
        """Return a case of the district."""
        query = _cases().where(DevelopmentCase.id == case_id)
        return self.session.execute(self.here(query, DevelopmentCase)).one_or_none()

    def cases(self, on: date, *, closed: bool = False) -> Sequence[AnyRow]:
        """Return the cases that are open on a day; with `closed` also those that were closed before."""
        query = _cases().where(DevelopmentCase.applied_on <= on)
        if not closed:
            query = query.where(or_(DevelopmentCase.closed_on.is_(None), DevelopmentCase.closed_on > on))
        query = query.order_by(DevelopmentCase.applied_on, DevelopmentCase.id)
        return self.session.execute(self.here(query, DevelopmentCase)).all()

    def cases_of(self, staff_no: str) -> Sequence[AnyRow]:
        """Return the cases of whoever has a staff number, the latest first."""
        query = _cases().where(Staff.staff_no == staff_no).order_by(DevelopmentCase.applied_on.desc())
        return self.session.execute(self.here(query, DevelopmentCase)).all()

    def open_case_of(self, person_id: int) -> AnyRow | None:
        """Return the open case of a person, in whichever district of the county."""
        query = select(DevelopmentCase.id, DevelopmentCase.applied_on).where(
            DevelopmentCase.county_id == self.scope.county_id,
            DevelopmentCase.person_id == person_id,
            DevelopmentCase.closed_on.is_(None),
        )
        return self.session.execute(query).one_or_none()

    def workplaces(self, person_ids: Collection[int], on: date) -> Mapping[int, AnyRow]:
        """Return at which school people work on a day: person → the school's name and code."""
        query = (
            select(Staff.person_id, School.name, School.code)
            .join(Placement, owns(Placement, Placement.staff_id, Staff))
            .join(School, same(School, Placement.school_id, Placement))
            .where(Staff.person_id.in_(person_ids), open_on(Placement.since, Placement.until, on))
            .where(Staff.county_id == self.scope.county_id)
        )
        return {row.person_id: row for row in self.session.execute(query)}

    def school_names(self, person_ids: Collection[int], on: date) -> Mapping[int, str]:
        """Return the names of the schools at which people work on a day."""
        return {person: row.name for person, row in self.workplaces(person_ids, on).items()}

    def portraits(self, person_ids: Collection[int]) -> Mapping[int, AnyRow]:
        """Return sex and day of birth of people, by id."""
        query = select(Person.id, Person.sex, Person.birth_date).where(
            Person.county_id == self.scope.county_id, Person.id.in_(person_ids)
        )
        return {row.id: row for row in self.session.execute(query)}

    # steps

    def step(self, step_id: int) -> AnyRow | None:
        """Return a step of the district."""
        query = select(*DevelopmentStep.__table__.c).where(DevelopmentStep.id == step_id)
        return self.session.execute(self.here(query, DevelopmentStep)).one_or_none()

    def steps(self, case_ids: Collection[int], *, voided: bool = False) -> Sequence[AnyRow]:
        """Return the standing steps of cases in their order; with `voided` those crossed out too."""
        query = select(*DevelopmentStep.__table__.c).where(DevelopmentStep.case_id.in_(case_ids))
        if not voided:
            query = query.where(DevelopmentStep.voided_at.is_(None))
        ordered = (DevelopmentStep.case_id, DevelopmentStep.number, DevelopmentStep.id)
        return self.session.execute(self.here(query, DevelopmentStep).order_by(*ordered)).all()

    def sponsors(self, case_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the contacts and introducers that standing steps of cases have named, in time."""
        columns = ("role", "member_id", "since", "until", "replaces_id", "reason", "id", "step_id")
        query = (
            select(DevelopmentStep.case_id, *(getattr(DevelopmentSponsor, name) for name in columns))
            .join(DevelopmentStep, same(DevelopmentStep, DevelopmentSponsor.step_id, DevelopmentSponsor))
            .where(DevelopmentStep.case_id.in_(case_ids), DevelopmentStep.voided_at.is_(None))
            .order_by(DevelopmentSponsor.since, DevelopmentSponsor.id)
        )
        return self.session.execute(self.here(query, DevelopmentSponsor)).all()

    def exceptions(self, case_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return in what standing steps of cases depart from their rule text, by day."""
        query = (
            select(
                DevelopmentStep.case_id,
                DevelopmentStep.kind,
                DevelopmentStep.day,
                DevelopmentStep.reason,
                *(DevelopmentException.step_id, DevelopmentException.code, DevelopmentException.says),
            )
            .join(DevelopmentStep, same(DevelopmentStep, DevelopmentException.step_id, DevelopmentException))
            .where(DevelopmentStep.case_id.in_(case_ids), DevelopmentStep.voided_at.is_(None))
            .order_by(DevelopmentStep.day, DevelopmentException.id)
        )
        return self.session.execute(self.here(query, DevelopmentException)).all()

    def standards_used(self, step_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the entries by which steps were judged, as they were kept."""
        query = select(*DevelopmentStandard.__table__.c).where(DevelopmentStandard.step_id.in_(step_ids))
        return self.session.execute(
            self.here(query, DevelopmentStandard).order_by(DevelopmentStandard.key)
        ).all()

    # writes

    def add_case(self, values: Values) -> int:
        """Insert a case."""
        row = self._row(values)
        self.session.execute(insert(DevelopmentCase), [row])
        return int(row["id"])

    def add_step(self, values: Values) -> int:
        """Insert a step."""
        row = self._row(values)
        self.session.execute(insert(DevelopmentStep), [row])
        return int(row["id"])

    def add_below(
        self,
        model: type[DevelopmentSponsor | DevelopmentException | DevelopmentStandard],
        rows: Iterable[Values],
    ) -> None:
        """Insert what belongs to steps, in one statement."""
        found = [self._row(values) for values in rows]
        if found:
            self.session.execute(insert(cast("Table", model.__table__)), found)

    def _row(self, values: Values) -> Values:
        own = {"county_id": self.scope.county_id, "district_id": self.district_id, "id": new_id()}
        return own | values

    def set_case(self, case_id: int, **values: Any) -> None:
        """Write what has changed of a case."""
        here = (DevelopmentCase.county_id == self.scope.county_id, DevelopmentCase.id == case_id)
        self.session.execute(update(DevelopmentCase).where(*here).values(**values))

    def set_step(self, step_id: int, **values: Any) -> None:
        """Write what has changed of a step."""
        here = (DevelopmentStep.county_id == self.scope.county_id, DevelopmentStep.id == step_id)
        self.session.execute(update(DevelopmentStep).where(*here).values(**values))

    def end_sponsor(self, sponsor_id: int, until: date) -> None:
        """Write when a contact or introducer made way."""
        here = (DevelopmentSponsor.county_id == self.scope.county_id, DevelopmentSponsor.id == sponsor_id)
        self.session.execute(update(DevelopmentSponsor).where(*here).values(until=until))


def _cases() -> AnySelect:
    """Select cases with whose they are."""
    names = ("id", "branch_id", "person_id", "member_id", "applied_on", "taken_over", "closed_on")
    return (
        select(
            *(getattr(DevelopmentCase, name) for name in (*names, "ended", "closing_reason")),
            *(Person.name, Staff.id.label("staff_id"), Staff.staff_no),
        )
        .join(Person, same(Person, DevelopmentCase.person_id, DevelopmentCase))
        .outerjoin(Staff, owns(Staff, Staff.person_id, Person))
    )
