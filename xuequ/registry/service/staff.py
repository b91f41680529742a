"""Use cases of staff: coming and going, the school of work, and views as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.actions import staff as actions
from xuequ.registry.errors.places import DistrictNeeded
from xuequ.registry.errors.staff import StaffNamedTwice, StaffUnknown
from xuequ.registry.facts.staff import StaffCameBack, StaffPlaced
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.staff_views import StaffViewRows
from xuequ.registry.rules import staff as rules
from xuequ.registry.rules import staff_teaching
from xuequ.registry.rules.staff import Placed, Record
from xuequ.registry.rules.timeline import at
from xuequ.registry.schemas.staff import (
    EmploymentCorrection,
    EmploymentEnding,
    EmploymentTransfer,
    PlacementCorrection,
    Placing,
    Rehiring,
    StaffHistory,
    StaffOnDay,
    StaffOverview,
    TakingOn,
    Workplace,
)
from xuequ.registry.service import employing, staff_views
from xuequ.registry.service.certificates import CertificateService
from xuequ.registry.service.staff_records import Judged, StaffRecords
from xuequ.registry.service.standings import StandingService
from xuequ.registry.states.staff import PlacementKind


class StaffService(Service):
    """Staff 教职工: by whom they are employed, at which school they work, what they hold.

    Employment 编制所在学校 and placement 实际工作学校 are two timelines, and the second lies within the
    first on every day. A support teacher 支教 or rotation 轮岗 changes the second only.
    """

    @property
    def _views(self) -> StaffViewRows:
        return StaffViewRows(self.context.session, self.context.scope, self.context.place)

    @cached_property
    def standings(self) -> StandingService:
        """Titles, degrees, backbone levels and the like, from a day."""
        return StandingService(self.context)

    @cached_property
    def certificates(self) -> CertificateService:
        """Teacher's certificates and their registration."""
        return CertificateService(self.context)

    # coming and going

    @use_case(actions.TAKE_ON_STAFF)
    def take_on(self, command: TakingOn) -> StaffOnDay:
        """Take somebody on 新进: a new number, with the work at a school and what they hold.

        Raises:
            StaffKnown: the county has somebody of that number, who would be rehired instead.
            SchoolUnknown, SchoolNotOpen, EmployerNeeded, BornAfter, UnknownCode: for what the command says.
        """
        staff_id = employing.take_on(self.context, command)
        return self._on_day(staff_id, command.since)

    @use_case(actions.TAKE_ON_STAFF)
    def rehire(self, command: Rehiring) -> StaffOnDay:
        """Employ somebody again who had left; who has retired as 返聘.

        Raises:
            EmployedAlready: then, or from a later day.
            ReturnRefused: nobody comes back from the dead, and the retired are rehired only.
            StaffUnknown, SchoolUnknown, SchoolNotOpen, EmployerNeeded: for what the command names.
        """
        employing.rehire(self.context, command)
        return self._on_day(command.staff_id, command.since)

    @use_case(actions.TRANSFER_EMPLOYMENT)
    def transfer_employment(self, command: EmploymentTransfer) -> StaffOnDay:
        """Transfer an employment to another school without a gap; between districts at the county's door.

        Raises:
            SchoolNotOpen: for the school, from the day on.
            EmployedThere, NotEmployed, EmployedAlready, PlacementInTheWay: for the day and the school.
            TeachingLeft: what would be left without a teacher, unless it is to be ended with it.
            Problems: several of these.
        """
        employing.transfer(self.context, command)
        return self._on_day(command.staff_id, command.since)

    @use_case(actions.END_EMPLOYMENT)
    def end_employment(self, command: EmploymentEnding) -> None:
        """End an employment, and with it the work at a school; titles and degrees stay.

        Raises:
            NotEmployed, EmploymentFollows: for the day.
            TeachingLeft: what would be left without a teacher, unless it is to be ended with it.
            Problems: several of these.
        """
        employing.end(self.context, command)

    @use_case(actions.CORRECT_EMPLOYMENT)
    def correct_employment(self, command: EmploymentCorrection) -> StaffHistory:
        """Set right what was written wrong of an employment; the journal keeps what it was.

        The work at a school that began with it is set right too.

        Raises:
            EmploymentUnknown, SchoolUnknown: for what the command names.
            NothingToCorrect, ShiftedOver, NotEmployed, PlacementKindUnfit, TeachingLeft: for what it says.
        """
        return self._history(employing.correct(self.context, command))

    # the school of work

    @use_case(actions.PLACE_STAFF)
    def place_staff(self, command: Placing, *, end_teaching: bool = False) -> StaffOnDay:
        """Let somebody work at another school: 调配, 支教, 轮岗, 借调; with an end, they are back then.

        Raises:
            SchoolNotOpen: for the school, from the first day on.
            NotEmployed: on one of the days.
            PlacedAlready, PlacedThatDay, PlacementInTheWay, PlacementKindUnfit: for other placements.
            TeachingLeft: what would be left without a teacher, unless it is to be ended with it.
            Problems: several of these.
        """
        self._place([command], end_teaching=end_teaching)
        return self._on_day(command.staff_id, command.since)

    @use_case(actions.PLACE_STAFF)
    def place_many(self, commands: Sequence[Placing], *, end_teaching: bool = False) -> None:
        """Place many people, all or none, in the same number of statements as one.

        Raises:
            StaffNamedTwice: one person twice in one call.
            Problems: everything that `place_staff` would refuse.
        """
        self._place(commands, end_teaching=end_teaching)

    @use_case(actions.PLACE_STAFF)
    def come_back(self, staff_id: int, on: date | None = None, *, end_teaching: bool = False) -> StaffOnDay:
        """Let somebody work at the employing school again; on the first day away they never left.

        Args:
            on: the first day back; today when left out.

        Raises:
            NotAway: who works at the employing school, or at none.
            TeachingLeft: what would be left without a teacher, unless it is to be ended with it.
        """
        on, records = on or self.context.today, StaffRecords(self.context)
        before = records.lock([staff_id])[staff_id]
        refuse_if(rules.check_return(before, on))
        now, employment = at(before.placements, on), at(before.employments, on)
        assert now is not None and employment is not None, "check_return has found a placement"
        after = rules.come_back(before, on)
        judged = employing.settle_teaching(
            before, after, staff_teaching.change_for(now.what.kind), end=end_teaching
        )
        records.write([judged])
        home = employment.what.by.id if employment.what.by else None
        fact = StaffCameBack(staff_id=staff_id, from_school_id=now.what.at.id, to_school_id=home, on=on)
        self.context.announce(fact)
        return self._on_day(staff_id, on)

    @use_case(actions.CORRECT_PLACEMENT)
    def correct_placement(self, command: PlacementCorrection) -> StaffHistory:
        """Set right what was written wrong of a placement; the journal keeps what it was.

        Raises:
            PlacementUnknown, SchoolUnknown: for what the command names.
            NothingToCorrect, ShiftedOver, NotEmployed, PlacementKindUnfit, TeachingLeft: for what it says.
        """
        return self._history(employing.correct_placement(self.context, command))

    # views

    @reading(actions.VIEW_STAFF, at=At.SCHOOL)
    def works_at(self, staff_id: int, on: date | None = None) -> Workplace | None:
        """Return at which school somebody works on a day, wherever the employer is; None when at none.

        Leave 请假 is approved there.

        Raises:
            StaffUnknown: when the scope has nothing to do with that person on that day.
        """
        row = self._row(staff_id, on or self.context.today)
        if row.school_id is None:
            return None
        return Workplace(
            staff_id=row.id,
            school_id=row.school_id,
            school=row.school,
            kind=PlacementKind(row.kind),
            since=row.placed_since,
            until=row.placed_until,
        )

    @reading(actions.VIEW_STAFF, at=At.SCHOOL)
    def staff_as_of(self, staff: int | str, on: date | None = None) -> StaffOnDay:
        """Return somebody as of a day.

        Args:
            staff: the id, or the staff number as text.
            on: today when left out.

        Raises:
            StaffUnknown: when the scope has nothing to do with that person on that day.
        """
        on = on or self.context.today
        return self._view(self._row(staff, on), on)

    @reading(actions.VIEW_STAFF, at=At.SCHOOL)
    def staff_of(self, school: str, on: date | None = None) -> list[StaffOnDay]:
        """List who works at a school on a day, by number.

        Args:
            school: the school's code, which tells schools apart within a district only.

        Raises:
            DistrictNeeded: at the county's door.
        """
        self.context.permit(actions.VIEW_STAFF, school=school)
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        on = on or self.context.today
        return staff_views.on_day(self._views, self._views.at_school(school, on), on)

    @reading(actions.VIEW_STAFF)
    def history(self, staff_id: int) -> StaffHistory:
        """Return every employment and placement of somebody, and what they held 工作履历.

        Raises:
            StaffUnknown: when nobody of that id belongs to this scope.
        """
        return self._history(staff_id)

    @reading(actions.VIEW_STAFF_OVERVIEW)
    def overview(self, on: date | None = None) -> StaffOverview:
        """Count the staff of the scope as of a day, by school and by what they hold, in four statements."""
        return staff_views.overview(self._views, on or self.context.today)

    # inner

    def _place(self, commands: Sequence[Placing], *, end_teaching: bool) -> None:
        records = StaffRecords(self.context)
        sites = records.sites(command.school_id for command in commands)
        needs = [(command.school_id, command.since, None) for command in commands]
        people = records.lock({command.staff_id for command in commands}, needs)
        refuse_if(_named_twice(commands, people))
        found: list[Problem] = []
        judged: list[Judged] = []
        for command in commands:
            before = people[command.staff_id]
            placed = Placed(sites[command.school_id], command.kind, command.authority)
            problems = rules.check_placement(before, placed, command.since, command.until)
            if not problems:
                after = rules.place(before, placed, command.since, command.until)
                why = staff_teaching.change_for(command.kind)
                pair = employing.settled(before, after, why, end=end_teaching)
                problems = staff_teaching.check_teaching(pair.after, before)
                judged.append(pair)
            found += problems
        refuse_if(found)
        records.write(judged)
        self._say_placed(commands)

    def _say_placed(self, commands: Sequence[Placing]) -> None:
        groups: defaultdict[tuple[int, date, date | None, str], list[int]] = defaultdict(list)
        for command in commands:
            key = (command.school_id, command.since, command.until, command.kind.code)
            groups[key].append(command.staff_id)
        for (school_id, since, until, kind), ids in groups.items():
            fact = StaffPlaced(school_id=school_id, staff_ids=tuple(ids), since=since, until=until, kind=kind)
            self.context.announce(fact)

    def _row(self, staff: int | str, on: date) -> AnyRow:
        """Find somebody, and check that the actor may see them at the school where they work."""
        row = self._views.on_day(staff, on)
        if row is None:
            raise StaffUnknown(staff=str(staff))
        here = row.placed_in == self.context.scope.district_id
        self.context.permit(actions.VIEW_STAFF, school=row.school or "" if here else "")
        return row

    def _on_day(self, staff_id: int, on: date) -> StaffOnDay:
        row = self._views.on_day(staff_id, on)
        assert row is not None, "the use case has just written it"
        return self._view(row, on)

    def _view(self, row: AnyRow, on: date) -> StaffOnDay:
        return staff_views.on_day(self._views, [row], on)[0]

    def _history(self, staff_id: int) -> StaffHistory:
        records = StaffRecords(self.context)
        known = records.rows.known(staff_id)
        if known is None:
            raise StaffUnknown(staff=str(staff_id))
        return staff_views.history(records.load([known])[staff_id], self._views)


def _named_twice(commands: Sequence[Placing], people: dict[int, Record]) -> list[Problem]:
    ids = [command.staff_id for command in commands]
    twice = sorted({staff_id for staff_id in ids if ids.count(staff_id) > 1})
    return [Problem(StaffNamedTwice(staff=people[staff_id].staff_no)) for staff_id in twice]
