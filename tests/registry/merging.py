"""A district with something of everything at the school that is to close, written past the services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import District, Settings
from xuequ.core.ids import new_id
from xuequ.core.settings import FixedClock
from xuequ.flows import FLOWS, Flows
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import Entered, PupilState, Reason
from xuequ.registry.states.staff import Entry, PlacementKind
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER

PLACE = "530921/qianfeng"
BEGUN = date(2026, 9, 1)
DAY = date(2026, 10, 1)
"""The day of the merger, and today."""


@dataclass
class Town:
    """Rows of one district, by short names."""

    session: Session
    door: District
    county_id: int
    district_id: int
    schools: dict[str, int]
    classes: dict[tuple[str, Stage, int, int], int] = field(
        default_factory=dict[tuple[str, Stage, int, int], int]
    )

    @classmethod
    def make(cls, session: Session, place: str = PLACE, schools: int = 3, flows: Flows = FLOWS) -> Town:
        """Make a district with schools s1, s2 … without classes or people."""
        make_district(session, place, schools=schools, pupils=0, staff=0)
        door = District(session, place, actor=MAKER, settings=Settings(clock=FixedClock.at(DAY)), flows=flows)
        scope = door.context.scope
        assert scope.district_id is not None
        by_code = {school.code: school.id for school in door.registry.schools()}
        town = cls(session, door, scope.county_id, scope.district_id, by_code)
        for row in session.scalars(select(SchoolClass).where(SchoolClass.district_id == scope.district_id)):
            code = next(code for code, school_id in by_code.items() if school_id == row.school_id)
            town.classes[code, Stage(row.stage), row.entry_year, row.number] = row.id
        return town

    def add(self, model: type[Any], **values: Any) -> int:
        """Insert a row of the county; return its id."""
        row = model(county_id=self.county_id, id=new_id(), **values)
        self.session.add(row)
        self.session.flush()
        return int(row.id)

    def at(self, school: str) -> dict[str, int]:
        """Return the columns that say which school a row is of."""
        return {"district_id": self.district_id, "school_id": self.schools[school]}

    def class_of(
        self, school: str, entry_year: int = 2026, number: int = 1, stage: Stage = Stage.PRIMARY
    ) -> int:
        """Return a class, formed when it is not there."""
        key = (school, stage, entry_year, number)
        if key not in self.classes:
            values = {"stage": stage.code, "entry_year": entry_year, "number": number}
            self.classes[key] = self.add(SchoolClass, **self.at(school), **values)
        return self.classes[key]

    def person(self) -> int:
        return self.add(Person, name="某人", sex="2", birth_date=date(1990, 1, 1))

    def pupil(self, number: str) -> int:
        return self.add(Pupil, district_id=self.district_id, person_id=self.person(), pupil_no=number)

    def enrol(
        self,
        pupil_id: int,
        school: str,
        class_id: int,
        since: date = BEGUN,
        until: date | None = None,
    ) -> int:
        values = {"class_id": class_id, "pupil_id": pupil_id, "since": since, "until": until}
        return self.add(Enrolment, **self.at(school), **values, entered_as=Entered.SET_UP.code)

    def status(
        self,
        pupil_id: int,
        school: str,
        state: PupilState = PupilState.REGISTERED,
        since: date = BEGUN,
        until: date | None = None,
        **more: Any,
    ) -> int:
        values = {"pupil_id": pupil_id, "status": state.code, "since": since, "until": until}
        return self.add(PupilStatus, **self.at(school), **values, reason=Reason.SET_UP.code, **more)

    def registered(self, pupil_no: str, school: str = "s1", **more: Any) -> int:
        """Return a pupil who is in a class of a school and on its roll."""
        pupil_id = self.pupil(pupil_no)
        self.enrol(pupil_id, school, self.class_of(school, **more))
        self.status(pupil_id, school)
        return pupil_id

    def staff(self, number: str) -> int:
        return self.add(Staff, district_id=self.district_id, person_id=self.person(), staff_no=number)

    def employ(self, staff_id: int, school: str, since: date = BEGUN, until: date | None = None) -> int:
        values = {"staff_id": staff_id, "since": since, "until": until, "entry": Entry.RECORDED.code}
        return self.add(Employment, **self.at(school), **values)

    def place(
        self,
        staff_id: int,
        school: str,
        since: date = BEGUN,
        until: date | None = None,
        kind: PlacementKind = PlacementKind.OWN,
    ) -> int:
        values = {"staff_id": staff_id, "since": since, "until": until, "kind": kind.code}
        return self.add(Placement, **self.at(school), **values)

    def teacher(self, number: str, school: str = "s1") -> int:
        """Return somebody who is employed by a school and works there."""
        staff_id = self.staff(number)
        self.employ(staff_id, school)
        self.place(staff_id, school)
        return staff_id

    # what holds on each day

    def days(self, around: int = 25) -> Iterator[date]:
        yield from (DAY + timedelta(days=n) for n in range(-around, around + 1))

    def lines(self) -> dict[date, dict[tuple[str, int], list[tuple[Any, ...]]]]:
        """Return for every day, pupil and member of staff what holds, each span as one entry."""
        session = self.session
        session.expire_all()
        cohorts = {
            row.id: (row.stage, row.entry_year)
            for row in session.scalars(select(SchoolClass).where(SchoolClass.county_id == self.county_id))
        }
        spans: list[tuple[str, Any, tuple[Any, ...]]] = []
        for enrolment in session.scalars(select(Enrolment)):
            at = ("class", enrolment.school_id, cohorts[enrolment.class_id])
            spans.append(("pupil", enrolment.pupil_id, (enrolment, *at)))
        for status in session.scalars(select(PupilStatus)):
            spans.append(("pupil", status.pupil_id, (status, "status", status.school_id, status.status)))
        for placement in session.scalars(select(Placement)):
            spans.append(("staff", placement.staff_id, (placement, "works", placement.school_id)))
        for employment in session.scalars(select(Employment)):
            spans.append(("staff", employment.staff_id, (employment, "employed", employment.school_id)))
        found: dict[date, dict[tuple[str, int], list[tuple[Any, ...]]]] = {}
        for day in self.days():
            lines: dict[tuple[str, int], list[tuple[Any, ...]]] = {}
            for who, owner, (row, *said) in spans:
                if row.since <= day and (row.until is None or day < row.until):
                    lines.setdefault((who, owner), []).append(tuple(said))
            found[day] = {key: sorted(some, key=repr) for key, some in lines.items()}
        return found


def school_row(session: Session, school_id: int) -> School:
    """Return a school's row as it is now."""
    session.expire_all()
    return session.scalars(select(School).where(School.id == school_id)).one()
