"""Readings of posts: who holds what on which day, what is vacant, and who may not do what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import At, Service, reading
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.posts import VIEW_POSTS, VIEW_POSTS_OF_PERSON
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.posts import PostWithoutSeat
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.posts import PostRows
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.rules.appointing import Station
from xuequ.registry.rules.duties import Held, clashes, duties_of, same_unit
from xuequ.registry.rules.posts import BY_PLACEMENT, LEADERSHIP, Spot, represents, seat, vacancies
from xuequ.registry.schemas.posts import (
    AppointmentView,
    ClashView,
    DelegationView,
    DutyLine,
    HeldView,
    VacancyView,
)
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.posts import AppointmentEnd, Duty, Ground, Level


class PostViews(Service):
    """Who holds which post on any day, and what follows from it."""

    @property
    def _rows(self) -> PostRows:
        return PostRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_POSTS)
    def holders(self, on: date | None = None) -> list[AppointmentView]:
        """List who is appointed to which post on a day, by place; today when the day is left out."""
        return [appointment_view(row) for row in self._rows.holders(on or self.context.today)]

    @reading(VIEW_POSTS)
    def acting_holders(self, on: date | None = None) -> list[AppointmentView]:
        """List who holds a post as an acting one 主持工作 on a day, by place."""
        rows = self._rows.holders(on or self.context.today)
        return [appointment_view(row) for row in rows if row.acting]

    @reading(VIEW_POSTS)
    def leadership_team(self, on: date | None = None) -> list[AppointmentView]:
        """List the leadership team 领导班子 of a day in the article's order, without vacant posts."""
        rows = [row for row in self._rows.holders(on or self.context.today) if row.post in LEADERSHIP]
        rows.sort(key=lambda row: (row.place, LEADERSHIP.index(Post(row.post))))
        return [appointment_view(row) for row in rows]

    @reading(VIEW_POSTS, at=At.SCHOOL)
    def holder(self, post: Post, school: str | None = None, on: date | None = None) -> AppointmentView | None:
        """Return who sits in a seat on a day, at the door's place or at a school; None when it is vacant.

        Raises:
            PostWithoutSeat: when several may hold the post.
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_POSTS, school=school or "")
        name = seat(post, self._spot(school).place)
        if name is None:
            raise PostWithoutSeat(post=post.label)
        row = self._rows.holder(name, on or self.context.today)
        return None if row is None else appointment_view(row)

    @reading(VIEW_POSTS, at=At.SCHOOL)
    def history(self, post: Post, school: str | None = None) -> list[AppointmentView]:
        """List everybody who was or is appointed to a post at the door's place or a school, latest first.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_POSTS, school=school or "")
        rows = self._rows.history(post.code, self._spot(school).place)
        return [appointment_view(row) for row in rows]

    @reading(VIEW_POSTS)
    def delegations(self, on: date | None = None) -> list[DelegationView]:
        """List the powers that are lent on a day, by place."""
        return [delegation_view(row) for row in self._rows.lent(on or self.context.today)]

    @reading(VIEW_POSTS)
    def vacancies(self, on: date | None = None) -> list[VacancyView]:
        """List the posts that must be filled and are held by nobody on a day, not even an acting holder."""
        day, rows = on or self.context.today, self._rows
        filled = {(Post(row.post), row.place) for row in rows.holders(day)}
        vacant = vacancies(self._spots(day), filled, self.context.standards, day)
        left = rows.last_ends(day)
        return [
            VacancyView(post=post, place=spot.place, since=left.get((post.code, spot.place)))
            for post, spot in vacant
        ]

    @reading(VIEW_POSTS)
    def duty_list(self, on: date | None = None) -> list[DutyLine]:
        """Return the duty list 岗位职责表 of a day: every post that is held or must be, by place.

        Each with its holder, whether that is the legal representative 法人代表, the duties that it brings,
        and to whom its powers are lent.
        """
        day, rows, standards = on or self.context.today, self._rows, self.context.standards
        lent: dict[int, list[DelegationView]] = defaultdict(list)
        for row in rows.lent(day):
            lent[row.appointment_id].append(delegation_view(row))
        held = rows.holders(day)
        filled = {(Post(row.post), row.place) for row in held}
        vacant = vacancies(self._spots(day), filled, standards, day)
        lines = [_line(Post(row.post), row.place, row, lent[row.id]) for row in held]
        lines += [_line(post, spot.place, None, []) for post, spot in vacant]
        lines.sort(key=lambda line: (line.place, list(Post).index(line.post)))
        duties = {post: tuple(sorted(duties_of(post, standards, day))) for post in Post}
        return [line.model_copy(update={"duties": duties[line.post]}) for line in lines]

    @reading(VIEW_POSTS_OF_PERSON)
    def posts_of(self, staff_id: int, on: date | None = None) -> list[HeldView]:
        """List what one person holds on a day in the door's place: appointed, lent, and as a teacher.

        Raises:
            StaffUnknown: when the county has nobody of that id.
        """
        day = on or self.context.today
        held = self._held(staff_id, DaySpan.through(day, day))
        row = self._rows.placement_of(staff_id, day)
        if row is not None and same_unit(row.place, self.context.place):
            teaching = HeldView(
                post=BY_PLACEMENT,
                place=row.place,
                since=row.since,
                until=row.until,
                acting=False,
                ground=Ground.PLACEMENT,
            )
            held.append(teaching)
        return held

    @reading(VIEW_POSTS_OF_PERSON)
    def appointments_of(self, staff_id: int, on: date | None = None) -> list[AppointmentView]:
        """List what somebody is appointed to on a day or later, anywhere in the county.

        It is what has to end when an employment ends; `end_all_of` ends it. Of another district's staff a
        district sees only what they hold here.
        """
        scope, rows = self.context.scope, self._rows.open_of(staff_id, on or self.context.today)
        own = StaffRows(self.context.session, scope, self.context.place).known(staff_id) is not None
        return [appointment_view(row) for row in rows if own or row.district_id == scope.district_id]

    @reading(VIEW_POSTS_OF_PERSON)
    def duties_held(self, staff_id: int, on: date | None = None) -> tuple[Duty, ...]:
        """Return the duties that the law keeps apart which somebody has here on a day, also by delegation.

        Raises:
            StaffUnknown: when the county has nobody of that id.
        """
        day = on or self.context.today
        held = self._held(staff_id, DaySpan.through(day, day))
        brought = (duties_of(one.post, self.context.standards, day) for one in held)
        return tuple(sorted(frozenset[Duty]().union(*brought)))

    @reading(VIEW_POSTS_OF_PERSON)
    def held_incompatible(self, staff_id: int, wanted: Post | Duty, between: DaySpan) -> list[ClashView]:
        """Return what somebody held here in those days that excludes a post or a duty.

        Whoever was cashier on the day on which a receipt was taken may not post it later: ask for that day
        and `Duty.INCOME_LEDGER`.

        Raises:
            StaffUnknown: when the county has nobody of that id.
        """
        views = {_held(view): view for view in self._held(staff_id, between)}
        return [
            ClashView(
                held=views[clash.held],
                duty=clash.duty,
                other=clash.other,
                since=clash.since,
                authority=clash.authority,
            )
            for clash in clashes(wanted, self.context.place, between, views, self.context.standards)
        ]

    # what writing needs too

    def _spot(self, school: str | None) -> Spot:
        """Return the door's place, or a school of it."""
        district_id, place = self.context.scope.district_id, self.context.place
        if school is None:
            level = Level.COUNTY if district_id is None else Level.DISTRICT
            return Spot(place, level, district_id)
        row = self._rows.school(school)
        if row is None:
            raise SchoolUnknown(school=school)
        return Spot(f"{place}/{school}", Level.SCHOOL, district_id, row.id, SchoolKind(row.kind))

    def _spots(self, on: date) -> list[Spot]:
        """Return every district of the door's place, and its schools that are open on a day."""
        districts = [Spot(row.place, Level.DISTRICT, row.id) for row in self._rows.districts()]
        return districts + [
            Spot(row.place, Level.SCHOOL, row.district_id, row.id, SchoolKind(row.kind))
            for row in self._rows.schools(on)
        ]

    def _station(self, staff_id: int, on: date) -> Station:
        rows = self._rows.station(staff_id, on)
        if not rows:
            raise StaffUnknown(staff=str(staff_id))
        one, employed = rows[0], [row for row in rows if row.since is not None]
        now = [row for row in employed if row.since <= on]
        districts = {one.placed_district, *(row.district_id for row in now)}
        schools = {one.placed_school, *(row.school_id for row in now)}
        return Station(
            staff_id=one.id,
            staff_no=one.staff_no,
            employed=tuple(DaySpan(row.since, row.until) for row in employed),
            by_bureau=any(row.school_id is None for row in now),
            districts=frozenset(districts - {None}),
            schools=frozenset(schools - {None}),
        )

    def _held(self, staff_id: int, days: DaySpan) -> list[HeldView]:
        """Return what somebody of the county holds in the door's place on any of the days."""
        self._station(staff_id, days.since)
        rows = self._rows.held_by(staff_id, days)
        return [_held_view(row) for row in rows if same_unit(row.place, self.context.place)]


def spot_of(row: AnyRow) -> Spot:
    """Return the place of an appointment."""
    if row.school_id is not None:
        kind = SchoolKind(row.school_kind)
        return Spot(row.place, Level.SCHOOL, row.district_id, row.school_id, kind)
    level = Level.COUNTY if row.district_id is None else Level.DISTRICT
    return Spot(row.place, level, row.district_id)


def _line(post: Post, place: str, row: AnyRow | None, lent: Sequence[DelegationView]) -> DutyLine:
    legal = row is not None and represents(post, spot_of(row).level, acting=row.acting)
    return DutyLine(
        post=post,
        place=place,
        holder=None if row is None else appointment_view(row),
        legal_representative=legal,
        duties=(),
        delegates=tuple(lent),
    )


def _held_view(row: AnyRow) -> HeldView:
    return HeldView(
        post=Post(row.post),
        place=row.place,
        since=row.since,
        until=row.until,
        acting=row.acting,
        ground=Ground(row.ground),
    )


def _held(view: HeldView) -> Held:
    span = DaySpan(view.since, view.until)
    return Held(view.post, view.place, span, delegated=view.ground is Ground.DELEGATION)


def held_of(row: AnyRow) -> Held:
    """Turn a row of what somebody holds into what the rules take."""
    return _held(_held_view(row))


def appointment_view(row: AnyRow) -> AppointmentView:
    """Turn a row into a view."""
    return AppointmentView(
        id=row.id,
        staff_id=row.staff_id,
        staff_no=row.staff_no,
        name=row.name,
        post=Post(row.post),
        place=row.place,
        school=row.school,
        since=row.since,
        until=row.until,
        acting=row.acting,
        authority=row.authority,
        ended=AppointmentEnd(row.ended) if row.ended else None,
    )


def delegation_view(row: AnyRow) -> DelegationView:
    """Turn a row into a view."""
    return DelegationView(
        id=row.id,
        appointment_id=row.appointment_id,
        post=Post(row.post),
        place=row.place,
        school=row.school,
        holder_id=row.holder_id,
        holder_no=row.holder_no,
        staff_id=row.staff_id,
        staff_no=row.staff_no,
        name=row.name,
        since=row.since,
        until=row.until,
        reason=row.reason,
    )
