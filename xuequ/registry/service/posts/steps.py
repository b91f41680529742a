"""Steps that the use cases of posts share: checks, locks, rows and the facts of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.errors import ActionNotPermitted, refuse_if
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.posts import appointing
from xuequ.registry.errors.posts import AppointmentUnknown, DelegationUnknown, NotYoursToLend
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
    succeeded,
)
from xuequ.registry.rules.posts import reaches, seat
from xuequ.registry.schemas.posts import AppointmentView, Delegating, DelegationView
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.service.posts.views import PostViews, appointment_view, delegation_view, held_of
from xuequ.registry.states.posts import AppointmentEnd


class PostSteps(PostViews):
    """What appointing, ending and lending are made of."""

    @property
    def _rows(self) -> AppointingRows:
        return AppointingRows(self.context.session, self.context.scope, self.context.place)

    def _appoint(self, wanted: Wanted, staff_id: int, authority: str) -> AppointmentView:
        rows, post, spot, span = self._rows, wanted.post, wanted.spot, wanted.span
        rows.lock_place(spot.district_id, spot.school_id)
        keep_open(rows, [spot.school_id], span.since)
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

    def _end_all(self, found: Sequence[AnyRow], on: date, reason: AppointmentEnd) -> list[AppointmentView]:
        """End appointments on a day, and take those that had not begun as ones that never were."""
        for row in found:
            self._permit(row.post, row.place)
        never = [row for row in found if row.since >= on]
        begun = [row for row in found if row.since < on]
        self._end_lent(self._rows.lent_of([row.id for row in never]), on)
        self._remove(never)
        if begun:
            self._end(begun, on, reason)
        return [appointment_view(row) for row in self._rows.appointments([row.id for row in begun])]

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
