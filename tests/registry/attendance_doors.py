"""What the tests of attendance share: doors in the evening of a day, rolls, counted statements."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from xuequ import Actor, District, Holding, Post
from xuequ.core.halfdays import Half
from xuequ.core.settings import CHINA, FixedClock
from xuequ.registry.models.pupils import PupilStatus
from xuequ.registry.schemas.attendance import PupilMark, RollCall, RollView
from xuequ.registry.states.attendance import PupilAttendance
from xuequ.registry.states.pupils import PupilState
from xuequ.testing.factories import SETTINGS

PLACE = "530921/qianfeng"
AM, PM = Half.AM, Half.PM
MONDAY = date(2026, 9, 7)


def evening(door: District, day: date, actor: Actor | None = None) -> District:
    """Return a door to the same place at six in the evening of a day."""
    clock = FixedClock(datetime(day.year, day.month, day.day, 18, tzinfo=CHINA))
    settings = replace(SETTINGS, clock=clock)
    return District(door.context.session, door.code, actor=actor or door.context.actor, settings=settings)


def acting(post: Post, place: str) -> Actor:
    return Actor("T1", (Holding(post, place),))


def pupils(door: District, school: str = "s1") -> list[int]:
    return [pupil.id for pupil in door.registry.pupils_of(school)]


def class_of(door: District, school: str = "s1") -> int:
    return int(door.registry.attendance.present(school).classes[0].class_id)


def marks(kind: PupilAttendance, *pupil_ids: int) -> tuple[PupilMark, ...]:
    return tuple(PupilMark(pupil_id=pupil_id, kind=kind) for pupil_id in pupil_ids)


def call(door: District, day: date, half: Half, *exceptions: PupilMark, school: str = "s1") -> RollView:
    command = RollCall(class_id=class_of(door, school), day=day, half=half, exceptions=exceptions)
    return door.registry.attendance.call_roll(command)


def halves(door: District, first: date, last: date) -> list[tuple[date, Half]]:
    """Return the school half-days of a stretch, as the calendar says."""
    found = door.registry.calendar.school_halves(first, last, school="s1").halves
    return [(one.day, one.half) for one in found]


def school_days(first: date, last: date) -> list[date]:
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]


def truant_on(door: District, days: Iterable[date], *pupil_ids: int, school: str = "s1") -> None:
    """Call both rolls of each day, with some pupils truant."""
    truant_at(door, [(day, half) for day in days for half in Half], *pupil_ids, school=school)


def truant_at(door: District, at: Iterable[tuple[date, Half]], *pupil_ids: int, school: str = "s1") -> None:
    """Call the rolls of some half-days, with some pupils truant."""
    away, class_id = marks(PupilAttendance.TRUANT, *pupil_ids), class_of(door, school)
    calls = [RollCall(class_id=class_id, day=day, half=half, exceptions=away) for day, half in at]
    door.registry.attendance.call_rolls(calls)


def become(door: District, pupil_id: int, state: PupilState, since: date) -> None:
    """Let a pupil stand in another state since a day, past the pupils' own use cases."""
    session, mine = door.context.session, PupilStatus.pupil_id == pupil_id
    status = session.execute(select(PupilStatus).where(mine, PupilStatus.until.is_(None))).scalar_one()
    status.until = since
    session.flush()
    where = {name: getattr(status, name) for name in ("county_id", "district_id", "school_id", "pupil_id")}
    session.add(PupilStatus(**where, status=state.code, since=since, reason="other"))
    session.flush()


@contextmanager
def statements(session: Session) -> Generator[list[str]]:
    """Note the statements that are sent."""
    sent: list[str] = []
    engine: Engine = session.get_bind().engine

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
