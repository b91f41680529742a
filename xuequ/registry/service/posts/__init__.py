"""Use cases of posts: appointing, ending, handing over, delegating, and taking back a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import At, use_case
from xuequ.core.errors import ActionNotPermitted, refuse_if
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.posts import APPOINT, DELEGATE, appointing
from xuequ.registry.errors.posts import (
    AppointmentOver,
    AppointmentUnknown,
    DelegationOver,
    DelegationUnknown,
    HandedToHolder,
    NotYoursToLend,
)
from xuequ.registry.facts.posts import (
    AppointmentEnded,
    AppointmentMade,
    AppointmentRevoked,
    DelegationEnded,
    PowersDelegated,
)
from xuequ.registry.repository.appointing import AppointingRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.appointing import (
    Lending,
    Sitting,
    Wanted,
    appointment_problems,
    delegation_problems,
    ending_problems,
    revoking_problems,
    succeeded,
)
from xuequ.registry.rules.posts import reaches, seat
from xuequ.registry.schemas.posts import (
    Appointing,
    AppointmentView,
    Delegating,
    DelegationView,
    HandingOver,
)
from xuequ.registry.service.posts.views import PostViews, appointment_view, delegation_view, held_of, spot_of
from xuequ.registry.states.posts import AppointmentEnd

__all__ = ["PostService"]


class PostService(PostViews):
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
        found = rows.open_of(staff_id, on, for_update=True)
        for row in found:
            self._permit(row.post, row.place)
        never = [row for row in found if row.since >= on]
        begun = [row for row in found if row.since < on]
        self._end_lent(rows.lent_of([row.id for row in never]), on)
        self._remove(never)
        if begun:
            self._end(begun, on, reason)
        self._end_lent(rows.open_lent_to(staff_id, on), on)
        ended = {row.id for row in begun}
        return [appointment_view(row) for row in rows.appointments(ended)]

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

    # steps

    @property
    def _rows(self) -> AppointingRows:
        return AppointingRows(self.context.session, self.context.scope, self.context.place)

    def _appoint(self, wanted: Wanted, staff_id: int, authority: str) -> AppointmentView:
        rows, post, spot, span = self._rows, wanted.post, wanted.spot, wanted.span
        rows.lock_place(spot.district_id, spot.school_id)
        rows.lock_staff([staff_id])
        station = self._station(staff_id, span.since)
        name = seat(post, spot.place)
        sitting = [_sitting(row) for row in rows.sitting(name, span)] if name is not None else []
        held = [held_of(row) for row in rows.held_by(staff_id, span)]
        refuse_if(appointment_problems(wanted, station, held, sitting, self.context.standards))
        for one in succeeded(wanted, sitting):
            self._end([self._appointment(one.appointment_id)], span.since, AppointmentEnd.SUCCEEDED)
        where = {"district_id": spot.district_id, "school_id": spot.school_id, "place": spot.place}
        what = {"staff_id": staff_id, "post": post.code, "seat": name, "authority": authority}
        days = {"since": span.since, "until": span.until, "acting": wanted.acting, "ended": None}
        appointment_id = rows.add({**where, **what, **days})
        fact = AppointmentMade(
            appointment_id=appointment_id,
            staff_id=staff_id,
            post=post,
            place=spot.place,
            school_id=spot.school_id,
            since=span.since,
            until=span.until,
            acting=wanted.acting,
        )
        self.context.announce(fact)
        self._posts_changed()
        return appointment_view(self._appointment(appointment_id))

    def _lend(self, row: AnyRow, lending: Lending, command: Delegating) -> DelegationView:
        rows, spot, span, staff_id = self._rows, lending.spot, lending.span, command.staff_id
        station = self._station(staff_id, span.since)
        held = [held_of(one) for one in rows.held_by(staff_id, span)]
        lent = rows.lent_of([row.id])
        already = [DaySpan(one.since, one.until) for one in lent if one.staff_id == staff_id]
        refuse_if(delegation_problems(lending, station, held, already, self.context.standards))
        where = {"district_id": spot.district_id, "school_id": spot.school_id, "place": spot.place}
        what = {"appointment_id": row.id, "staff_id": staff_id, "reason": command.reason}
        days = {"since": span.since, "until": span.until}
        delegation_id = rows.add_delegation({**where, **what, **days})
        fact = PowersDelegated(
            delegation_id=delegation_id,
            appointment_id=row.id,
            staff_id=staff_id,
            post=lending.post,
            place=spot.place,
            school_id=spot.school_id,
            since=span.since,
            until=span.until,
        )
        self.context.announce(fact)
        self._posts_changed()
        return delegation_view(self._delegation(delegation_id))

    def _end(self, ending: Sequence[AnyRow], on: date, reason: AppointmentEnd) -> None:
        """End appointments on a day, and with them what is lent by them."""
        problems = [
            problem
            for row in ending
            for problem in ending_problems(
                Post(row.post), row.place, DaySpan(row.since, row.until), on, ended=row.ended is not None
            )
        ]
        refuse_if(problems)
        ids = [row.id for row in ending]
        self._end_lent(self._rows.lent_of(ids, after=on), on)
        self._rows.end(ids, on, reason.code)
        for row in ending:
            fact = AppointmentEnded(
                appointment_id=row.id,
                staff_id=row.staff_id,
                post=Post(row.post),
                place=row.place,
                school_id=row.school_id,
                on=on,
                reason=reason,
            )
            self.context.announce(fact)
        self._posts_changed()

    def _end_lent(self, lent: Sequence[AnyRow], on: date) -> None:
        """End delegations on a day; one that had not begun never was."""
        if not lent:
            return
        self._rows.end_delegations([row.id for row in lent], on)
        for row in lent:
            fact = DelegationEnded(
                delegation_id=row.id,
                appointment_id=row.appointment_id,
                staff_id=row.staff_id,
                post=Post(row.post),
                place=row.place,
                school_id=row.school_id,
                on=max(on, row.since),
            )
            self.context.announce(fact)
        self._posts_changed()

    def _remove(self, never: Sequence[AnyRow]) -> None:
        """Take appointments as ones that never were."""
        if not never:
            return
        self._rows.remove([row.id for row in never])
        for row in never:
            fact = AppointmentRevoked(
                appointment_id=row.id,
                staff_id=row.staff_id,
                post=Post(row.post),
                place=row.place,
                school_id=row.school_id,
                since=row.since,
                until=row.until,
            )
            self.context.announce(fact)
        self._posts_changed()

    def _posts_changed(self) -> None:
        """Look the actor's posts up anew if they were looked up: they may be among what changed."""
        if not self.context.actor.is_known:
            self.context.forget()

    # who may

    def _permit(self, post: str, place: str) -> None:
        """Check that the actor may appoint to a post; outside the door's place only the county may."""
        if reaches(self.context.place, place):
            self.context.permit(appointing(Post(post)))
        else:
            self.context.permit_county(appointing(Post(post)))

    def _permit_lending(self, holder_no: str, post: str, place: str) -> None:
        if self.context.actor.staff_no == holder_no:
            return
        try:
            self._permit(post, place)
        except ActionNotPermitted:
            raise NotYoursToLend(post=Post(post).label, actor=str(self.context.actor)) from None

    # rows

    def _appointment(self, appointment_id: int) -> AnyRow:
        row = self._rows.appointment(appointment_id)
        if row is None:
            raise AppointmentUnknown(appointment=str(appointment_id))
        return row

    def _locked(self, appointment_id: int) -> AnyRow:
        row = self._rows.lock_appointment(appointment_id)
        if row is None:
            raise AppointmentUnknown(appointment=str(appointment_id))
        return row

    def _delegation(self, delegation_id: int) -> AnyRow:
        row = self._rows.delegation(delegation_id)
        if row is None:
            raise DelegationUnknown(delegation=str(delegation_id))
        return row


def _sitting(row: AnyRow) -> Sitting:
    span = DaySpan(row.since, row.until)
    return Sitting(row.id, row.staff_id, row.staff_no, span, acting=row.acting)
