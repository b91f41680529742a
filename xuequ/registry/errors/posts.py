"""Errors of posts: appointments, delegations, separation of duties."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken


class AppointmentUnknown(NotFound):
    """No such appointment in this scope."""

    code = "registry.appointment_unknown"
    appointment: str


class DelegationUnknown(NotFound):
    """No such delegation in this scope."""

    code = "registry.delegation_unknown"
    delegation: str


class PostNotHere(RuleBroken):
    """The post does not exist at a place of that level."""

    code = "registry.post_not_here"
    post: str
    place: str
    level: str
    levels: str


class PostByPlacement(RuleBroken):
    """Nobody is appointed to the post: it follows from where somebody works."""

    code = "registry.post_by_placement"
    post: str


class ActingNeedsSeat(RuleBroken):
    """Only a post that one person holds can be held by an acting one."""

    code = "registry.acting_needs_seat"
    post: str


class EmploymentMissing(RuleBroken):
    """Whoever is not employed in the county on a day holds no post on it."""

    code = "registry.employment_missing"
    staff: str
    on: str


class NotStationedThere(RuleBroken):
    """The person is neither employed nor placed there that day."""

    code = "registry.not_stationed_there"
    staff: str
    place: str
    on: str


class SeatTaken(Conflict):
    """Somebody sits in the seat in those days."""

    code = "registry.seat_taken"
    post: str
    place: str
    holder: str
    span: str


class PostHeldAlready(Conflict):
    """The person holds that post there already in those days."""

    code = "registry.post_held_already"
    staff: str
    post: str
    place: str
    span: str


class DutiesClash(RuleBroken):
    """One person may not hold both posts at once."""

    code = "registry.duties_clash"
    staff: str
    post: str
    other: str
    place: str
    since: str
    duties: str
    authority: str


class AppointmentOver(Conflict):
    """The appointment has ended by that day."""

    code = "registry.appointment_over"
    post: str
    place: str
    span: str
    on: str


class AppointmentNotBegun(RuleBroken):
    """An appointment cannot end on or before the day on which it begins."""

    code = "registry.appointment_not_begun"
    post: str
    place: str
    since: str
    on: str


class HandedToHolder(RuleBroken):
    """A post is handed over to the very person who holds it."""

    code = "registry.handed_to_holder"
    staff: str
    post: str


class SomethingStandsOn(Conflict):
    """What has been built on an appointment keeps it from being taken as one that never was."""

    code = "registry.something_stands_on"
    post: str
    place: str
    what: str


class DelegatedToHolder(RuleBroken):
    """Powers are lent to the person whose they are."""

    code = "registry.delegated_to_holder"
    staff: str
    post: str


class DelegatedBeyondPlace(RuleBroken):
    """Powers are lent for a place that they do not reach."""

    code = "registry.delegated_beyond_place"
    post: str
    place: str
    held_at: str


class DelegatedBeyondTerm(RuleBroken):
    """Powers are lent for days on which their owner does not hold them."""

    code = "registry.delegated_beyond_term"
    post: str
    span: str
    term: str


class DelegatedTwice(Conflict):
    """The same powers are lent to the same person in those days already."""

    code = "registry.delegated_twice"
    staff: str
    post: str
    span: str


class DelegationOver(Conflict):
    """The delegation has ended by that day."""

    code = "registry.delegation_over"
    span: str
    on: str


class NotYoursToLend(NotPermitted):
    """Powers are lent by whoever holds them, or by whoever appoints to the post; not by a delegate."""

    code = "registry.not_yours_to_lend"
    post: str
    actor: str


class PostWithoutSeat(Invalid):
    """Several may hold the post, so there is no one holder."""

    code = "registry.post_without_seat"
    post: str
