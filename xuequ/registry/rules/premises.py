"""Pure decisions about land, premises and rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.spans import DaySpan
from xuequ.core.text import plain_number
from xuequ.registry.errors.premises import (
    FieldIndoors,
    PremisesGone,
    PremisesSchoolMissing,
    RoomsTooLarge,
    RoomWithoutPlace,
    SpanNotLater,
)
from xuequ.registry.states.premises import TRANSITIONS, AreaSource, PremisesState, RoomUse

MACHINE = "校舍"


@dataclass(frozen=True, slots=True)
class RoomArea:
    """A room's area for some days."""

    span: DaySpan
    area: Decimal


def check_room_place(
    number: str, use: RoomUse, premises_id: int | None, land_id: int | None
) -> list[Problem]:
    """Refuse a room that is not in just one place, or in one that does not fit its use.

    Source: our decision; an open-air area 室外运动场地 is on land, every other room in a building.
    """
    if (premises_id is None) == (land_id is None):
        return [Problem(RoomWithoutPlace(number=number))]
    if (use is RoomUse.FIELD) != (land_id is not None):
        return [Problem(FieldIndoors(number=number, use=use.label))]
    return []


def check_rooms_fit(premises: str, building: Decimal, rooms: Sequence[RoomArea]) -> list[Problem]:
    """Refuse rooms that are on some day larger in sum than their building; the first such day is named.

    The sum can grow only on a day on which a span begins, so those days are all that need be looked at.

    Source: our decision; 使用面积 is a part of 建筑面积.
    """
    for day in sorted({room.span.since for room in rooms}):
        total = sum((room.area for room in rooms if day in room.span), Decimal(0))
        if total > building:
            error = RoomsTooLarge(
                premises=premises,
                on=str(day),
                rooms=plain_number(total),
                building=plain_number(building),
            )
            return [Problem(error)]
    return []


def check_standing(premises: str, state: PremisesState | None, on: date) -> list[Problem]:
    """Refuse the use of a building that is demolished on a day, or that nobody has yet.

    Source: our decision.
    """
    if state is None or state is PremisesState.DEMOLISHED:
        return [Problem(PremisesGone(premises=premises, on=str(on)))]
    return []


def check_change(
    premises: str, state: PremisesState, to: PremisesState, school_id: int | None
) -> list[Problem]:
    """Refuse a step that the table of states does not have, and a use without a school.

    Source: our decision.
    """
    found: list[Problem] = []
    if to not in TRANSITIONS[state]:
        found.append(Problem(IllegalTransition(machine=MACHINE, from_=state.label, to=to.label)))
    if to is PremisesState.IN_USE and school_id is None:
        found.append(Problem(PremisesSchoolMissing(premises=premises)))
    return found


def check_later(what: str, since: date, current: date) -> list[Problem]:
    """Refuse a change that does not begin after the present state began.

    Source: our decision.
    """
    if current < since:
        return []
    return [Problem(SpanNotLater(what=what, since=str(since), current=str(current)))]


def area_source(registered: Decimal | None, measured: Decimal | None) -> AreaSource:
    """Tell which of two areas holds: the registered one where anything is registered, never a mixture.

    Source: our decision.
    """
    if registered is not None:
        return AreaSource.REGISTERED
    return AreaSource.MEASURED if measured is not None else AreaSource.MISSING
