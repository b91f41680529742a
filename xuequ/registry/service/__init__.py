"""Use cases of the registry."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.intake import apply_book, plan_book, take_book
from xuequ.core.plan import Decision, Plan
from xuequ.core.workbook import Reading
from xuequ.registry import repository
from xuequ.registry.actions.figures import VIEW_OVERVIEW
from xuequ.registry.actions.places import FOUND_DISTRICT, REGISTER_COUNTY, VIEW_DISTRICTS, VIEW_SCHOOL
from xuequ.registry.actions.pupils import VIEW_PUPIL
from xuequ.registry.actions.set_up import SET_UP
from xuequ.registry.actions.staff import VIEW_STAFF
from xuequ.registry.errors.places import CountyKnown, DistrictKnown, DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.facts.places import CountyRegistered, DistrictFounded
from xuequ.registry.repository import AnyRow, RegistryRepository
from xuequ.registry.rules.classes import Schooling, class_name, grade
from xuequ.registry.rules.places import school_path
from xuequ.registry.schemas.figures import DistrictGlance
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation, DistrictView, SchoolView
from xuequ.registry.schemas.pupils import PupilView
from xuequ.registry.schemas.staff import StaffView
from xuequ.registry.service.attachments import AttachmentService
from xuequ.registry.service.attendance import AttendanceService
from xuequ.registry.service.books import BookService
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.circumstances import CircumstanceService
from xuequ.registry.service.classes import ClassService
from xuequ.registry.service.figures import FigureService
from xuequ.registry.service.forms import FormService
from xuequ.registry.service.glance import glance
from xuequ.registry.service.headcounts import HeadcountService
from xuequ.registry.service.mergers import MergerService
from xuequ.registry.service.people import PeopleService
from xuequ.registry.service.places import PlaceService
from xuequ.registry.service.posts import PostService
from xuequ.registry.service.premises import PremisesService
from xuequ.registry.service.pupils import PupilService
from xuequ.registry.service.rollover import RolloverService
from xuequ.registry.service.set_up import SET_UP_BOOK
from xuequ.registry.service.staff import StaffService
from xuequ.registry.service.staff_attendance import StaffAttendanceService
from xuequ.registry.service.teaching import TeachingService
from xuequ.registry.service.transfers import TransferService
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title

__all__ = ["RegistryService"]


class RegistryService(Service):
    """Whom and what all eight unifications speak of: places, schools, classes, staff and pupils."""

    @property
    def _rows(self) -> RegistryRepository:
        return RegistryRepository(self.context.session, self.context.scope, self.context.place)

    @cached_property
    def attachments(self) -> AttachmentService:
        """Files of records, kept by their hash."""
        return AttachmentService(self.context)

    @cached_property
    def attendance(self) -> AttendanceService:
        """Rolls of classes, who was there, and whose absence goes on."""
        return AttendanceService(self.context)

    @cached_property
    def books(self) -> BookService:
        """Workbooks of everything in the registry."""
        return BookService(self.context)

    @cached_property
    def calendar(self) -> CalendarService:
        """Terms, holidays, closures and working days."""
        return CalendarService(self.context)

    @cached_property
    def figures(self) -> FigureService:
        """What is measured at schools as of days."""
        return FigureService(self.context)

    @cached_property
    def posts(self) -> PostService:
        """Posts, appointments and delegations as of any day."""
        return PostService(self.context)

    @cached_property
    def people(self) -> PeopleService:
        """People, whatever roles they hold."""
        return PeopleService(self.context)

    @cached_property
    def forms(self) -> FormService:
        """What forms and reports print."""
        return FormService(self.context)

    @cached_property
    def headcounts(self) -> HeadcountService:
        """Live headcounts, and those frozen at a count date."""
        return HeadcountService(self.context)

    @cached_property
    def staff_attendance(self) -> StaffAttendanceService:
        """Rolls of those who work at a school, and their months."""
        return StaffAttendanceService(self.context)

    @cached_property
    def mergers(self) -> MergerService:
        """Mergers and closures of schools."""
        return MergerService(self.context)

    @cached_property
    def places(self) -> PlaceService:
        """Townships, villages, districts and schools."""
        return PlaceService(self.context)

    @cached_property
    def premises(self) -> PremisesService:
        """Land, premises and rooms."""
        return PremisesService(self.context)

    @cached_property
    def staff(self) -> StaffService:
        """By whom staff are employed, where they work, and what they hold."""
        return StaffService(self.context)

    @cached_property
    def teaching(self) -> TeachingService:
        """Who teaches what to which class."""
        return TeachingService(self.context)

    @cached_property
    def classes(self) -> ClassService:
        """Classes as cohorts, their head teachers and groups."""
        return ClassService(self.context)

    @cached_property
    def rollover(self) -> RolloverService:
        """The roll-over of school years."""
        return RolloverService(self.context)

    @cached_property
    def circumstances(self) -> CircumstanceService:
        """What is true of pupils for a time, their guardians and where they live."""
        return CircumstanceService(self.context)

    @cached_property
    def pupils(self) -> PupilService:
        """Pupils' records, from application to exit."""
        return PupilService(self.context)

    @cached_property
    def transfers(self) -> TransferService:
        """Transfers between schools."""
        return TransferService(self.context)

    @use_case(REGISTER_COUNTY, at=At.COUNTY)
    def register_county(self, command: CountyRegistration) -> None:
        """Register the county of this door as a tenant.

        Raises:
            CountyKnown: when it is registered already.
        """
        code = self.context.place.partition("/")[0]
        if repository.county_exists(self.context.session, code):
            raise CountyKnown(county=code)
        repository.add_county(self.context.session, code, command.name)
        self.context.announce(CountyRegistered(code=code))

    @use_case(FOUND_DISTRICT, at=At.COUNTY)
    def found_district(self, command: DistrictFoundation) -> DistrictView:
        """Found a school district 学区 in the county of this door.

        Raises:
            DistrictKnown: when the county has one of that code.
        """
        if self._rows.district_exists(command.code):
            raise DistrictKnown(district=command.code)
        district_id = self._rows.add_district(command.code, command.name, command.opened_on)
        self.context.announce(DistrictFounded(district_id=district_id, code=command.code))
        return DistrictView(id=district_id, code=command.code, name=command.name)

    @reading(VIEW_DISTRICTS, at=At.COUNTY)
    def districts(self) -> list[DistrictView]:
        """List the districts of the county, by code."""
        return [DistrictView(id=row.id, code=row.code, name=row.name) for row in self._rows.districts()]

    @reading(SET_UP)
    def plan_set_up(self, book: Reading, decision: Decision = Decision.ASK) -> Plan:
        """Compare a set-up workbook with what is registered; nothing is written.

        The plan lists what would be added or changed, and every problem with its sheet, row and column.

        Args:
            decision: who is right where the workbook says something new of what was decided by hand.
        """
        return plan_book(self.context, SET_UP_BOOK, book, decision)

    @use_case(SET_UP)
    def set_up(self, plan: Plan) -> Plan:
        """Apply a plan, whole or not at all.

        Raises:
            Problems: when the plan holds problems.
            Stale: when the data that it was made over have changed since.
        """
        return apply_book(self.context, SET_UP_BOOK, plan)

    @use_case(SET_UP)
    def take_set_up(self, book: Reading, decision: Decision = Decision.ASK) -> Plan:
        """Plan and apply a set-up workbook in one go, whole or not at all.

        Raises:
            Problems: when anything is wrong; then nothing is written.
        """
        return take_book(self.context, SET_UP_BOOK, book, decision)

    @reading(VIEW_SCHOOL, at=At.SCHOOL)
    def school(self, school_id: int) -> SchoolView:
        """Return one school.

        Raises:
            SchoolUnknown: when this scope has none of that id.
        """
        row = self._rows.school(school_id)
        if row is None:
            raise SchoolUnknown(school=str(school_id))
        self.context.permit(VIEW_SCHOOL, school=school_path(row.code, outside=row.district_id is None))
        return _school_view(row)

    @reading(VIEW_OVERVIEW)
    def schools(self, on: date | None = None) -> list[SchoolView]:
        """List the schools of the scope that are open.

        Args:
            on: the day that it is of; today when left out.
        """
        return [_school_view(row) for row in self._rows.schools(on or self.context.today)]

    @reading(VIEW_STAFF, at=At.SCHOOL)
    def staff_member(self, staff_id: int) -> StaffView:
        """Return one member of staff with the school where they work today.

        Raises:
            StaffUnknown: when this scope has none of that id.
        """
        row = self._rows.staff_member(staff_id, self.context.today)
        if row is None:
            raise StaffUnknown(staff=str(staff_id))
        here = row.placed_in == self.context.scope.district_id  # another district's may have the same code
        self.context.permit(VIEW_STAFF, school=row.school or "" if here else "")
        return StaffView(
            id=row.id,
            staff_no=row.staff_no,
            name=row.name,
            sex=Sex(row.sex),
            birth_date=row.birth_date,
            title=Title(row.title) if row.title else None,
            school=row.school,
            since=row.since,
        )

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def pupil(self, pupil_id: int) -> PupilView:
        """Return one pupil with the class they are in today.

        Raises:
            PupilUnknown: when this scope has none of that id.
        """
        row = self._rows.pupil(pupil_id, self.context.today)
        if row is None:
            raise PupilUnknown(pupil=str(pupil_id))
        self.context.permit(VIEW_PUPIL, school=row.school or "")
        today = self.context.today
        return _pupil_view(row, today, Schooling.of(self.context.standards, today))

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def pupils_of(self, school: str) -> list[PupilView]:
        """List the pupils who are at a school today, by number.

        Args:
            school: the school's code, which tells schools apart within a district only.

        Raises:
            DistrictNeeded: at the county's door.
        """
        self.context.permit(VIEW_PUPIL, school=school)
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        today = self.context.today
        schooling = Schooling.of(self.context.standards, today)
        return [_pupil_view(row, today, schooling) for row in self._rows.pupils_of(school, today)]

    @reading(VIEW_OVERVIEW)
    def district_at_a_glance(self, on: date | None = None) -> DistrictGlance:
        """Return the district at a glance 学区概览 with the reconciliation of its published figures.

        Args:
            on: the day that it is of; today when left out.
        """
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        on = on or self.context.today
        return glance(self._rows, on, Schooling.of(self.context.standards, on))


def _school_view(row: AnyRow) -> SchoolView:
    return SchoolView(id=row.id, code=row.code, name=row.name, kind=SchoolKind(row.kind))


def _pupil_view(row: AnyRow, today: date, schooling: Schooling) -> PupilView:
    named: tuple[str, int] | None = None
    if row.stage is not None:
        called = class_name(Stage(row.stage), row.entry_year, row.number, today, schooling)
        named = (called, grade(row.entry_year, today, schooling))
    return PupilView(
        id=row.id,
        pupil_no=row.pupil_no,
        name=row.name,
        sex=Sex(row.sex),
        birth_date=row.birth_date,
        school=row.school,
        class_name=named[0] if named else None,
        grade=named[1] if named else None,
        since=row.since,
    )
