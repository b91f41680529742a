"""An office that writes rows past the services: schools, classes, pupils, teachers, as a test wants them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import County, District
from xuequ.core.ids import new_id
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.tables import Base
from xuequ.district import open_context
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.schemas.places import DistrictFoundation
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import Entry
from xuequ.testing import make_county
from xuequ.testing.factories import MAKER, SETTINGS

PLACE, COUNTY = "530921/qianfeng", "530921"


def clock(day: date) -> Settings:
    """Return settings whose clock stands on a day."""
    return replace(SETTINGS, clock=FixedClock.at(day))


def found(session: Session, place: str = PLACE) -> None:
    """Found the district of a place, and its county where it is not there."""
    county, _, district = place.partition("/")
    door = make_county(session, county)
    if district:
        door.registry.found_district(DistrictFoundation(code=district, name=f"{district}学区"))


def door_of(session: Session, today: date, place: str = PLACE) -> District:
    """Return a door for the system on a day; at a county it is the county's, with the same services."""
    settings = clock(today)
    kind: Any = District if "/" in place else County
    door: District = kind(session, place, actor=MAKER, settings=settings)
    return door


class Office:
    """Rows of one district, or of a county outside any."""

    def __init__(self, session: Session, place: str = PLACE) -> None:
        self.session = session
        scope = open_context(session, place, actor=MAKER).scope
        self.county_id, self.district_id = scope.county_id, scope.district_id
        self._made = 0

    def add(self, model: type[Base], **values: Any) -> int:
        """Add a row; return its id."""
        row_id = new_id()
        self.session.add(model(county_id=self.county_id, id=row_id, **values))
        self.session.flush()
        return row_id

    def _number(self) -> int:
        self._made += 1
        return self._made

    def school(self, code: str) -> int:
        """Open a school."""
        values = {"code": code, "name": f"{code}完小", "kind": "complete"}
        return self.add(School, district_id=self.district_id, **values)

    def form(self, school_id: int, stage: Stage, entry_year: int, number: int = 1, **more: Any) -> int:
        """Form a class."""
        values = {"school_id": school_id, "stage": stage.code, "entry_year": entry_year, "number": number}
        return self.add(SchoolClass, district_id=self.district_id, **values, **more)

    def _person(self) -> int:
        return self.add(Person, name="生", sex="1")

    def pupil(
        self,
        class_id: int,
        since: date,
        status: PupilState | None = PupilState.REGISTERED,
        until: date | None = None,
    ) -> int:
        """Enrol a new pupil in a class, with a status from the same day."""
        number = f"{self.district_id or 'county'}-P{self._number():05}"
        values = {"person_id": self._person(), "pupil_no": number}
        pupil_id = self.add(Pupil, district_id=self.district_id, **values)
        self.enrol(pupil_id, class_id, since, until)
        if status is not None:
            self.status(pupil_id, status, since, school_id=self.school_of(class_id))
        return pupil_id

    def school_of(self, class_id: int) -> int:
        """Return the school of a class."""
        school_id = self.session.scalar(select(SchoolClass.school_id).where(SchoolClass.id == class_id))
        assert school_id is not None
        return school_id

    def enrol(self, pupil_id: int, class_id: int, since: date, until: date | None = None) -> int:
        """Enrol a pupil in a class."""
        return self.add(
            Enrolment,
            district_id=self.district_id,
            school_id=self.school_of(class_id),
            class_id=class_id,
            pupil_id=pupil_id,
            since=since,
            until=until,
            entered_as="set_up",
        )

    def status(self, pupil_id: int, status: PupilState, since: date, **more: Any) -> int:
        """Let a status begin, and end the one that is open."""
        open_one = select(PupilStatus).where(PupilStatus.pupil_id == pupil_id, PupilStatus.until.is_(None))
        before = self.session.scalars(open_one).one_or_none()
        if before is not None:
            before.until = since
            self.session.flush()
            more.setdefault("school_id", before.school_id)
        values = {"pupil_id": pupil_id, "status": status.code, "since": since, "reason": "set_up"}
        return self.add(PupilStatus, district_id=self.district_id, **values, **more)

    def applicant(self, school_id: int, stage: Stage, entry_year: int, since: date) -> int:
        """Admit a new pupil to a stage of a school."""
        values = {"person_id": self._person(), "pupil_no": f"{self.district_id}-A{self._number():05}"}
        pupil_id = self.add(Pupil, district_id=self.district_id, **values)
        applied = {"school_id": school_id, "stage": stage.code, "entry_year": entry_year}
        self.status(pupil_id, PupilState.ADMITTED, since, **applied)
        return pupil_id

    def teacher(self, school_id: int, since: date, until: date | None = None) -> int:
        """Place a new teacher at a school."""
        values = {"person_id": self._person(), "staff_no": f"{self.district_id}-T{self._number():05}"}
        staff_id = self.add(Staff, district_id=self.district_id, **values)
        served = {"staff_id": staff_id, "school_id": school_id, "since": since, "entry": Entry.RECORDED.code}
        self.add(Employment, district_id=self.district_id, **served)
        self.place(staff_id, school_id, since, until)
        return staff_id

    def place(self, staff_id: int, school_id: int, since: date, until: date | None = None) -> None:
        """Let a teacher work at a school."""
        values = {"staff_id": staff_id, "school_id": school_id, "since": since, "until": until}
        self.add(Placement, district_id=self.district_id, kind="own", **values)

    def transfer(self, pupil_id: int, day: date) -> int:
        """Open a transfer out of the county."""
        return self.add(
            Transfer,
            pupil_id=pupil_id,
            direction="out",
            state="requested",
            requested_by="sending",
            guardian_applied=True,
            reason="family",
            requested_on=day,
        )


SPAN = ("since", "until")


def spans(session: Session, model: type[Any], *columns: str, **where: Any) -> list[tuple[Any, ...]]:
    """Return columns of rows in the order of time."""
    chosen = [getattr(model, name) for name in columns]
    query: Any = select(*chosen).order_by(model.since, model.id)
    for name, value in where.items():
        query = query.where(getattr(model, name) == value)
    return [tuple(row) for row in session.execute(query)]


def enrolments(session: Session, pupil_id: int) -> list[tuple[Any, ...]]:
    """Return a pupil's enrolments: class, first day, end, how it began and ended."""
    return spans(session, Enrolment, "class_id", *SPAN, "entered_as", "left_as", pupil_id=pupil_id)


def statuses(session: Session, pupil_id: int) -> list[tuple[Any, ...]]:
    """Return a pupil's statuses: status, first day, end, reason."""
    return spans(session, PupilStatus, "status", *SPAN, "reason", pupil_id=pupil_id)


def snapshot(session: Session, *, but: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the registry's tables, but for the roll-overs' own."""
    session.flush()
    return {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(table.c[1]))]
        for table in Base.metadata.sorted_tables
        if table.name.startswith("xq_registry_")
        and len(table.primary_key) == 2
        and "rollover" not in table.name
        and table.name not in but
    }
