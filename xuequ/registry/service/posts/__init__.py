"""Use cases of posts: appointing, ending, handing over, delegating, and taking back a mistake."""

from __future__ import annotations

from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import At, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.posts import APPOINT, DELEGATE
from xuequ.registry.errors.posts import AppointmentOver, DelegationOver, HandedToHolder
from xuequ.registry.rules.appointing import Lending, Wanted, revoking_problems
from xuequ.registry.schemas.posts import (
    Appointing,
    AppointmentView,
    Delegating,
    DelegationView,
    HandingOver,
)
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.service.posts.steps import PostSteps
from xuequ.registry.service.posts.views import appointment_view, spot_of
from xuequ.registry.states.posts import AppointmentEnd

__all__ = ["PostService"]


class PostService(PostSteps):
    """Posts 岗位 and appointments 任职 as of any day: acting, delegation, vacancy.

    The bureau appoints principals and secretaries, the principal the rest. One person holds a seat at a
    time, nobody holds duties that exclude each other, and powers are lent only by whoever has them.
    """

    @use_case(APPOINT)
    def appoint(self, command: Appointing) -> AppointmentView:
        """Appoint somebody to a post 任命; an acting holder of the seat makes way for a full one.

        Raises:
            StaffUnknown, SchoolUnknown, DistrictNeeded: for who and where.
            PostNotHere, PostByPlacement, ActingNeedsSeat: for what the post is.
            EmploymentMissing, NotStationedThere: for where the appointee is on the first day.
            SeatTaken, PostHeldAlready, DutiesClash: for what is held already.
            Problems: when there is more than one of these.
        """
        spot = self._spot(command.school)
        self._permit(command.post, spot.place)
        span = DaySpan(command.since, command.until)
        wanted = Wanted(command.post, spot, span, acting=command.acting)
        return self._appoint(wanted, command.staff_id, command.authority)

    @use_case(APPOINT)
    def hand_over(self, appointment_id: int, command: HandingOver) -> AppointmentView:
        """Hand a post over in one act 交接: the old appointment ends and the new begins the same day.

        Raises:
            AppointmentUnknown, AppointmentNotBegun, AppointmentOver, HandedToHolder: for the old one.
            Others as `appoint` does, for the new one; then the old one goes on.
        """
        row = self._appointment(appointment_id)
        self._permit(row.post, row.place)
        self._rows.lock_place(row.district_id, row.school_id)
        self._rows.lock_staff([command.staff_id])
        row = self._locked(appointment_id)
        if row.staff_id == command.staff_id:
            raise HandedToHolder(staff=row.staff_no, post=Post(row.post).label)
        self._end([row], command.on, command.reason)
        span = DaySpan(command.on, command.until)
        wanted = Wanted(Post(row.post), spot_of(row), span)
        return self._appoint(wanted, command.staff_id, command.authority)

    @use_case(APPOINT)
    def end_appointment(
        self, appointment_id: int, reason: AppointmentEnd, on: date | None = None
    ) -> AppointmentView:
        """End an appointment 免职; the powers lent by it end with it.

        Args:
            appointment_id: which.
            reason: why.
            on: the first day on which the post is no longer held; today when left out.

        Raises:
            AppointmentUnknown, AppointmentNotBegun, AppointmentOver: for which, and for the day.
        """
        row = self._locked(appointment_id)
        self._permit(row.post, row.place)
        self._end([row], on or self.context.today, reason)
        return appointment_view(self._appointment(appointment_id))

    @use_case(APPOINT)
    def end_all_of(
        self, staff_id: int, reason: AppointmentEnd, on: date | None = None
    ) -> list[AppointmentView]:
        """End all that somebody holds anywhere in the county, as when an employment ends.

        Appointments and delegations that would have begun on that day or later never come about.

        Args:
            staff_id: who.
            reason: why; `end_for` of the rules tells it from how an employment ended.
            on: the first day on which nothing is held; today when left out.

        Returns:
            What was held and has ended, as it stands now.

        Raises:
            StaffUnknown: when the county has nobody of that id.
        """
        on, rows = on or self.context.today, self._rows
        rows.lock_staff([staff_id])
        self._station(staff_id, on)
        ended = self._end_all(rows.open_of(staff_id, on, for_update=True), on, reason)
        self._end_lent(rows.open_lent_to(staff_id, on), on)
        return ended

    @use_case(APPOINT)
    def end_post_of(
        self, staff_id: int, post: Post, reason: AppointmentEnd, on: date | None = None
    ) -> list[AppointmentView]:
        """End one post of somebody's, wherever in the county, as when the office that brought it ends.

        Returns:
            What was held and has ended; nothing when it had ended before.

        Raises:
            StaffUnknown: when the county has nobody of that id.
        """
        on, rows = on or self.context.today, self._rows
        rows.lock_staff([staff_id])
        self._station(staff_id, on)
        open_ones = rows.open_of(staff_id, on, for_update=True)
        return self._end_all([row for row in open_ones if Post(row.post) is post], on, reason)

    @use_case(APPOINT)
    def end_all_at(
        self, school: str, reason: AppointmentEnd = AppointmentEnd.ABOLISHED, on: date | None = None
    ) -> list[AppointmentView]:
        """End every appointment at a school 撤并, as when it is closed or merged.

        Appointments that would have begun on that day or later never come about, and powers lent for this
        school alone end too.

        Args:
            school: the school's code.
            reason: why.
            on: the first day on which nothing is held there; today when left out.

        Returns:
            What was held and has ended, as it stands now.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        on, rows, spot = on or self.context.today, self._rows, self._spot(school)
        rows.lock_place(spot.district_id, spot.school_id)
        ended = self._end_all(rows.open_at(spot.place, on), on, reason)
        self._end_lent(rows.open_lent_at(spot.place, on), on)
        return ended

    @use_case(APPOINT)
    def revoke_appointment(self, appointment_id: int) -> None:
        """Take an appointment made by mistake as one that never was, before anything stands on it.

        The journal keeps that it was made and that it was revoked. Whom it had succeeded stays ended:
        appoint the right person from the same day, and there is no gap.

        Raises:
            AppointmentUnknown: when there is none of that id.
            SomethingStandsOn: it was ended, powers were lent by it, or its holder has acted as that post.
        """
        row = self._locked(appointment_id)
        self._permit(row.post, row.place)
        rows = self._rows
        problems = revoking_problems(
            Post(row.post),
            row.place,
            ended=row.ended is not None,
            lent=bool(rows.lent_of([row.id])),
            acted=rows.acted(row.id, row.staff_no, row.post, row.place),
        )
        refuse_if(problems)
        self._remove([row])

    @use_case(DELEGATE, at=At.SCHOOL)
    def delegate(self, appointment_id: int, command: Delegating) -> DelegationView:
        """Lend the powers of a post to somebody for some days 授权; they end with the appointment.

        The holder lends them, or whoever appoints to the post. A delegate cannot lend them on.

        Raises:
            AppointmentUnknown, StaffUnknown, SchoolUnknown: for what does not exist.
            AppointmentOver: when the appointment is over.
            NotYoursToLend: when the actor is neither the holder nor may appoint to the post.
            DelegatedToHolder, DelegatedBeyondPlace, DelegatedBeyondTerm, DelegatedTwice: for the powers.
            EmploymentMissing, NotStationedThere, DutiesClash: for the delegate.
        """
        row = self._appointment(appointment_id)
        self.context.permit(DELEGATE, school=row.school or "")
        self._permit_lending(row.staff_no, row.post, row.place)
        of = spot_of(row)
        spot = of if command.school is None else self._spot(command.school)
        keep_open(self._rows, [spot.school_id], command.since)  # schools are locked before appointments
        self._rows.lock_staff([command.staff_id])
        row = self._locked(appointment_id)
        term = DaySpan(row.since, row.until)
        today = self.context.today
        if row.until is not None and row.until <= today:
            raise AppointmentOver(post=Post(row.post).label, place=row.place, span=str(term), on=str(today))
        until = command.until
        if until is None and row.until is not None and command.since < row.until:
            until = row.until
        span = DaySpan(command.since, until)
        return self._lend(row, Lending(Post(row.post), of, row.staff_id, term, spot, span), command)

    @use_case(DELEGATE, at=At.SCHOOL)
    def revoke_delegation(self, delegation_id: int, on: date | None = None) -> None:
        """Take back powers that were lent 收回授权; before their first day, they never were.

        Args:
            delegation_id: which.
            on: the first day on which they are no longer lent; today when left out.

        Raises:
            DelegationUnknown, DelegationOver: for which, and for the day.
            NotYoursToLend: when the actor is neither their holder nor may appoint to the post.
        """
        row, on = self._delegation(delegation_id), on or self.context.today
        self.context.permit(DELEGATE, school=row.school or "")
        self._permit_lending(row.holder_no, row.post, row.place)
        self._locked(row.appointment_id)
        row = self._delegation(delegation_id)
        if row.until is not None and on >= row.until:
            raise DelegationOver(span=str(DaySpan(row.since, row.until)), on=str(on))
        self._end_lent([row], on)
