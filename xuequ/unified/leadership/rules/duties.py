"""Pure decisions about the duty roster: who may be on duty where, and never at two places at a time."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.halfdays import HalfDay
from xuequ.core.spans import DaySpan
from xuequ.unified.leadership.errors.duties import DutyPassed, OnDutyAlready, OnLeave
from xuequ.unified.leadership.errors.ledgers import NotAtWorkHere


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody on duty at a school in one half-day."""

    staff_id: int
    school_id: int
    half_day: HalfDay


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody works, from when until when."""

    staff_id: int
    school_id: int
    span: DaySpan


def works_at(turn: Turn, stays: Iterable[Stay]) -> bool:
    """Tell whether somebody works at the school that day.

    Source: our decision (a roster names who is there).
    """
    return any(
        (stay.staff_id, stay.school_id) == (turn.staff_id, turn.school_id) and turn.half_day.day in stay.span
        for stay in stays
    )


def roster_problems(
    wanted: Sequence[Turn],
    standing: Iterable[Turn],
    stays: Sequence[Stay],
    staff: dict[int, str],
    schools: dict[int, str],
    away: Container[tuple[int, HalfDay]] = (),
) -> list[Problem]:
    """Refuse duty of people who do not work there that day or are on leave, and two duties at a time.

    Args:
        wanted: what is to be written.
        standing: what stands of the same people.
        stays: where they work.
        staff, schools: how people and schools are called.
        away: who is on approved leave in which half-day.

    Source: domain rules A §1, invariant 5 (no person is in two places in one period); ours.
    """
    taken = {(one.staff_id, one.half_day): one.school_id for one in standing}
    found: list[Problem] = []
    for turn in wanted:
        name, at = staff[turn.staff_id], taken.get((turn.staff_id, turn.half_day))
        if not works_at(turn, stays):
            on = str(turn.half_day.day)
            found.append(Problem(NotAtWorkHere(staff=name, place=schools[turn.school_id], on=on)))
        if (turn.staff_id, turn.half_day) in away:
            found.append(Problem(OnLeave(staff=name, half_day=str(turn.half_day))))
        if at is not None:
            error = OnDutyAlready(staff=name, half_day=str(turn.half_day), school=schools[at])
            found.append(Problem(error))
        taken[turn.staff_id, turn.half_day] = turn.school_id
    return found


def check_to_come(half_day: HalfDay, today: date) -> list[Problem]:
    """Refuse to swap duty of days that have passed: who was there was there.

    Source: our decision.
    """
    return [] if half_day.day >= today else [Problem(DutyPassed(half_day=str(half_day)))]
