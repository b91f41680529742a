"""What the tests of leave share: a district with its posts and a term, doors, and short ways to say things.

The autumn of 2026: 1 September is a Tuesday, the 20th a Sunday that is made up, 25 to 27 are off, and so are
1 to 7 October, for which Saturday the 10th is made up.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import Actor, District, Post
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.journal import FactRow
from xuequ.core.settings import CHINA, FixedClock, Settings
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.calendar import TermDates
from xuequ.registry.schemas.posts import Appointing, Delegating
from xuequ.registry.schemas.staff import Placing
from xuequ.registry.states.calendar import HolidayWeeks
from xuequ.registry.states.staff import PlacementKind
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.leadership.schemas.leave import LeaveDecision, LeaveRequest, LeaveView
from xuequ.unified.leadership.states.leave import LeaveKind

PLACE = "530921/qianfeng"
SEP1 = date(2026, 9, 1)
AM, PM = Half.AM, Half.PM
PRINCIPAL, HEAD, TEACHER, OFFICE = "s1-T1", "s2-T1", "s2-T2", "s1-T2"
"""Who is who: s1 is the central school without a head, s2 has one; the academic director works at s1."""
CENTRAL = "s1-T3"
"""A teacher of the central school."""


def sep(day: int) -> date:
    return date(2026, 9, day)


def settings(day: date, hour: int = 8) -> Settings:
    return Settings(clock=FixedClock(datetime.combine(day, time(hour), CHINA)))


def at(door: District, day: date, who: str | None = None, hour: int = 8) -> District:
    """Open the door as somebody in an hour of a day; as a script when nobody is named."""
    actor = MAKER if who is None else Actor(number(who))
    return District(door.context.session, PLACE, actor=actor, settings=settings(day, hour))


def number(who: str) -> str:
    return f"qianfeng-{who}"


def staff_id(door: District, who: str) -> int:
    found = door.context.session.scalar(select(Staff.id).where(Staff.staff_no == number(who)))
    assert found is not None
    return found


def furnish(session: Session) -> District:
    """Make a district with a principal, an academic director, a head at s2, and a term."""
    door = make_district(session, PLACE, schools=3, pupils=0, staff=3)
    appoint(door, PRINCIPAL, Post.PRINCIPAL)
    appoint(door, OFFICE, Post.ACADEMIC_DIRECTOR)
    appoint(door, HEAD, Post.SCHOOL_HEAD, school="s2")
    terms = ((1, SEP1, date(2027, 1, 15)), (2, date(2027, 3, 1), date(2027, 7, 9)))
    for which, first, last in terms:
        days: dict[str, Any] = {"first": first, "last": last, "holiday_weeks": HolidayWeeks.KEEP}
        door.registry.calendar.set_term(TermDates(school_year=2026, number=which, **days))
    return door


def appoint(door: District, who: str, post: Post, since: date = SEP1, **more: Any) -> int:
    command = Appointing(staff_id=staff_id(door, who), post=post, since=since, authority="文", **more)
    return at(door, since).registry.posts.appoint(command).id


def lend(door: District, appointment_id: int, who: str, since: date, until: date) -> int:
    command = Delegating(staff_id=staff_id(door, who), since=since, until=until, reason="外出")
    return at(door, since).registry.posts.delegate(appointment_id, command).id


def place(door: District, who: str, school: str, since: date) -> None:
    """Let somebody teach at another school 支教 from a day."""
    ids = {one.code: one.id for one in door.registry.schools()}
    kind = PlacementKind.OWN if who.startswith(f"{school}-") else PlacementKind.ROTATION
    placing = Placing(staff_id=staff_id(door, who), school_id=ids[school], kind=kind, since=since)
    at(door, since).registry.staff.place_staff(placing)


def asking(
    door: District,
    who: str,
    first: date,
    first_half: Half = AM,
    last: date | None = None,
    last_half: Half | None = None,
    **more: Any,
) -> LeaveRequest:
    """Say what somebody asks for: one half-day, unless it says until when."""
    values: dict[str, Any] = {"kind": LeaveKind.PERSONAL, "reason": "家事"} | more
    return LeaveRequest(
        staff_id=staff_id(door, who),
        first_day=first,
        first_half=first_half,
        last_day=last or first,
        last_half=(first_half if last is None else PM) if last_half is None else last_half,
        **values,
    )


def ask(door: District, who: str, *args: Any, day: date = SEP1, **more: Any) -> LeaveView:
    """Let somebody ask for leave for himself."""
    return at(door, day, who).leadership.leave.request_leave(asking(door, who, *args, **more))


def approve(door: District, who: str, leave: LeaveView, day: date = SEP1, hour: int = 8) -> LeaveView:
    return at(door, day, who, hour).leadership.leave.approve_leave(leave.id)


def granted(door: District, who: str, *args: Any, by: str = PRINCIPAL, **more: Any) -> LeaveView:
    """Let somebody ask, and somebody approve."""
    return approve(door, by, ask(door, who, *args, **more), more.get("day", SEP1))


def recorded(door: District, who: str | None, on: date | None = None, **more: Any) -> LeaveDecision:
    approver = None if who is None else staff_id(door, who)
    return LeaveDecision(approver_id=approver, on=on, **more)


def facts(session: Session, name: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Return what the journal says of leave, in order; of one name only when it is given."""
    query = select(FactRow.name, FactRow.payload).order_by(FactRow.id)
    told = ((row.name.removeprefix("leadership."), row.payload) for row in session.execute(query))
    return [
        (fact, json.loads(said)) for fact, said in told if fact.startswith("leave_") and fact.endswith(name)
    ]


def names(session: Session) -> list[str]:
    return [name for name, _ in facts(session)]


def halves(*said: tuple[int, Half]) -> list[int]:
    """Return half-days of September as facts say them."""
    return [HalfDay(sep(day), half).index for day, half in said]
