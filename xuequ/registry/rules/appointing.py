"""Pure decisions about appointing, ending, revoking and delegating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.access import Post
from xuequ.core.errors import Problem, XuequError
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standards
from xuequ.registry.errors.posts import (
    ActingNeedsSeat,
    AppointmentNotBegun,
    AppointmentOver,
    DelegatedBeyondPlace,
    DelegatedBeyondTerm,
    DelegatedToHolder,
    DelegatedTwice,
    EmploymentMissing,
    NotStationedThere,
    PostByPlacement,
    PostHeldAlready,
    PostNotHere,
    SeatTaken,
    SomethingStandsOn,
)
from xuequ.registry.rules.duties import Held, clash_problems
from xuequ.registry.rules.posts import BY_PLACEMENT, SEATINGS, Spot, reaches, seat
from xuequ.registry.states.posts import AppointmentEnd, Level
from xuequ.registry.states.staff import Exit


@dataclass(frozen=True, slots=True)
class Station:
    """Where somebody is employed and placed on a day, by ids; `by_bureau` without a school in between.

    `employed` are the employments in the county that hold that day or come later.
    """

    staff_id: int
    staff_no: str
    employed: tuple[DaySpan, ...] = ()
    by_bureau: bool = False
    districts: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits in a seat over some days."""

    appointment_id: int
    staff_id: int
    staff_no: str
    span: DaySpan
    acting: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """An appointment as it is asked for."""

    post: Post
    spot: Spot
    span: DaySpan
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Lending:
    """A delegation as it is asked for: which post of whose, lent where and when."""

    post: Post
    of: Spot
    holder_id: int
    term: DaySpan
    spot: Spot
    span: DaySpan


def appointment_problems(
    wanted: Wanted,
    station: Station,
    held: Sequence[Held],
    sitting: Sequence[Sitting],
    standards: Standards,
) -> list[Problem]:
    """Return everything that stands against an appointment.

    Args:
        wanted: post, place and days.
        station: where the appointee is on the first of them.
        held: what the appointee holds in those days.
        sitting: who sits in the seat in those days.
        standards: duties and their exclusions.

    Source: domain rules A §1 (second principal refused) and §3 (separation of duties).
    """
    post, spot = wanted.post, wanted.spot
    problems = [Problem(error) for error in _misplaced(post, spot, acting=wanted.acting)]
    problems += station_problems(station, spot, wanted.span)
    problems += _taken(wanted, station, sitting)
    if seat(post, spot.place) is None:
        same = [one for one in held if (one.post, one.place, one.delegated) == (post, spot.place, False)]
        problems += [
            Problem(
                PostHeldAlready(staff=station.staff_no, post=post.label, place=spot.place, span=str(one.span))
            )
            for one in same
            if one.span.overlaps(wanted.span)
        ]
    return problems + clash_problems(post, spot.place, wanted.span, held, standards, station.staff_no)


def _misplaced(post: Post, spot: Spot, *, acting: bool) -> Iterator[XuequError]:
    if post is BY_PLACEMENT:
        yield PostByPlacement(post=post.label)
    elif spot.level not in SEATINGS[post].levels:
        levels = "、".join(level.label for level in Level if level in SEATINGS[post].levels)
        yield PostNotHere(post=post.label, place=spot.place, level=spot.level.label, levels=levels)
    if acting and not SEATINGS[post].single:
        yield ActingNeedsSeat(post=post.label)


def unemployed_from(employed: Iterable[DaySpan], days: DaySpan) -> date | None:
    """Return the first of some days on which somebody is not employed, None when there is none.

    Source: our decision: a post does not outlast the employment, of which one may follow another.
    """
    day = days.since
    for span in sorted(employed, key=lambda one: one.since):
        if span.since > day:
            break
        if span.until is None:
            return None
        day = max(day, span.until)
    return None if days.until is not None and day >= days.until else day


def station_problems(station: Station, spot: Spot, days: DaySpan) -> list[Problem]:
    """Return a problem when somebody is not employed throughout, or on the first day not at a place.

    Whoever the bureau employs itself may be sent to any place.

    Source: domain rules A §1 (Appointment); that of the bureau's own is our decision.
    """
    missing = unemployed_from(station.employed, days)
    if missing is not None:
        return [Problem(EmploymentMissing(staff=station.staff_no, on=str(missing)))]
    if station.by_bureau or spot.level is Level.COUNTY:
        return []
    if spot.school_id is not None:
        there = spot.school_id in station.schools
    else:
        there = spot.district_id in station.districts
    if there:
        return []
    return [Problem(NotStationedThere(staff=station.staff_no, place=spot.place, on=str(days.since)))]


def _taken(wanted: Wanted, station: Station, sitting: Sequence[Sitting]) -> Iterator[Problem]:
    """Name whoever sits in the seat and does not make way."""
    making_way = {one.appointment_id for one in succeeded(wanted, sitting)}
    for one in sitting:
        if one.appointment_id not in making_way and one.span.overlaps(wanted.span):
            yield Problem(
                SeatTaken(
                    post=wanted.post.label,
                    place=wanted.spot.place,
                    holder=one.staff_no,
                    span=str(one.span),
                )
            )


def succeeded(wanted: Wanted, sitting: Sequence[Sitting]) -> list[Sitting]:
    """Return the acting holders 主持工作 whom a full appointment ends on its first day.

    Source: our decision: an acting holder keeps the seat until the full appointment comes.
    """
    if wanted.acting:
        return []
    return [
        one
        for one in sitting
        if one.acting and one.span.since < wanted.span.since and wanted.span.since in one.span
    ]


def ending_problems(post: Post, place: str, span: DaySpan, on: date, *, ended: bool) -> list[Problem]:
    """Return what keeps an appointment from ending on a day, the first on which it is no longer held.

    A term that runs out on that day may be closed with its reason.

    Source: our decision: what is over does not change, and what held no day is revoked instead.
    """
    if on <= span.since:
        begun = AppointmentNotBegun(post=post.label, place=place, since=str(span.since), on=str(on))
        return [Problem(begun)]
    if span.until is not None and (on > span.until or (ended and on == span.until)):
        return [Problem(AppointmentOver(post=post.label, place=place, span=str(span), on=str(on)))]
    return []


def revoking_problems(post: Post, place: str, *, ended: bool, lent: bool, acted: bool) -> list[Problem]:
    """Return what stands on an appointment, so that it cannot be taken as one that never was.

    Source: our decision: what has had effects is ended, and only a slip of the pen is revoked.
    """
    stands = {"已办理免职": ended, "已据此授权": lent, "任职者已以该岗位办理过业务": acted}
    what = "、".join(words for words, true in stands.items() if true)
    return [Problem(SomethingStandsOn(post=post.label, place=place, what=what))] if what else []


def end_for(exit_: Exit) -> AppointmentEnd:
    """Return why the posts of somebody end whose employment ends.

    Source: our decision.
    """
    return _ENDS[exit_]


_ENDS: Mapping[Exit, AppointmentEnd] = {
    Exit.RETIRED: AppointmentEnd.RETIRED,
    Exit.TRANSFERRED_OUT: AppointmentEnd.MOVED,
    Exit.RESIGNED: AppointmentEnd.RESIGNED,
    Exit.DISMISSED: AppointmentEnd.REMOVED,
    Exit.EXPIRED: AppointmentEnd.LEFT,
    Exit.DIED: AppointmentEnd.DIED,
    Exit.REHOMED: AppointmentEnd.ABOLISHED,
}


# delegations


def delegation_problems(
    lending: Lending,
    station: Station,
    held: Sequence[Held],
    lent_already: Sequence[DaySpan],
    standards: Standards,
) -> list[Problem]:
    """Return everything that stands against a delegation.

    Args:
        lending: which post, where and when.
        station: where the delegate is on the first day.
        held: what the delegate holds in those days.
        lent_already: the days for which the same appointment is lent to the same person.
        standards: duties and their exclusions.

    Source: domain rules A §1 (授权: powers, days and reason) and §3 (separation of duties via delegation).
    """
    named = {"staff": station.staff_no, "post": lending.post.label}
    problems: list[Problem] = []
    if station.staff_id == lending.holder_id:
        problems.append(Problem(DelegatedToHolder(**named)))
    if not reaches(lending.of.place, lending.spot.place):
        beyond = DelegatedBeyondPlace(
            post=lending.post.label, place=lending.spot.place, held_at=lending.of.place
        )
        problems.append(Problem(beyond))
    if lending.span.common(lending.term) != lending.span:
        term = DelegatedBeyondTerm(post=lending.post.label, span=str(lending.span), term=str(lending.term))
        problems.append(Problem(term))
    problems += [
        Problem(DelegatedTwice(**named, span=str(span)))
        for span in lent_already
        if span.overlaps(lending.span)
    ]
    problems += station_problems(station, lending.of, lending.span)
    at = lending.spot.place
    return problems + clash_problems(lending.post, at, lending.span, held, standards, station.staff_no)
