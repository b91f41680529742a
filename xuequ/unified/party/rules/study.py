"""Pure decisions about study: sessions within their programme, hours of a year, lessons planned and given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standards
from xuequ.unified.party.errors.study import (
    LessonAhead,
    LessonSettled,
    StudiedByStranger,
    StudyOutsideProgramme,
    TooManyHours,
)

HOURS_OF_A_DAY = Decimal(24)
"""A day has no more, whatever is studied on it."""


@dataclass(frozen=True, slots=True)
class Studied:
    """One session as it is said: the day, the topic, the hours by member."""

    on: date
    topic: str
    hours: Mapping[int, Decimal]


def session_problems(
    session: Studied, programme: DaySpan, members: Collection[int], today: date
) -> list[Problem]:
    """Say what is wrong with a session: its day, and who is said to have studied.

    Source: 《党员教育管理工作条例》 (集中学习培训); that hours are of members of the branch is our decision.
    """
    found: list[Problem] = []
    if session.on not in programme or session.on > today:
        found.append(
            Problem(StudyOutsideProgramme(topic=session.topic, on=str(session.on), span=str(programme)))
        )
    found += [
        Problem(StudiedByStranger(topic=session.topic, member=str(one), on=str(session.on)))
        for one in session.hours
        if one not in members
    ]
    return found


def day_problems(day: date, hours: Mapping[int, Decimal]) -> list[Problem]:
    """Refuse more hours of one member on one day, over all sessions, than the day has.

    Source: our decision: a session that was recorded twice shows in this.
    """
    return [
        Problem(TooManyHours(member=str(member), on=str(day), hours=str(sum_)))
        for member, sum_ in hours.items()
        if sum_ > HOURS_OF_A_DAY
    ]


def hours_wanted(officer: bool, standards: Standards, on: date) -> int:
    """Return the hours of study that are usual in a year, of a member or of an officer of the branch.

    Source: 《党员教育管理工作条例》: ``party.study_hours.member``, ``party.study_hours.officer``.
    """
    return standards.whole(f"party.study_hours.{'officer' if officer else 'member'}", on=on)


def hours_short(hours: Decimal, wanted: int) -> Decimal:
    """Return how many hours are missing.

    Source: as `hours_wanted`.
    """
    return max(Decimal(0), wanted - hours)


def lesson_problems(lesson: str, given: date | None, called_off: date | None) -> list[Problem]:
    """Refuse to give or call off a lesson that was given or called off.

    Source: our decision.
    """
    if given is None and called_off is None:
        return []
    state = f"{given} 已上" if given is not None else f"{called_off} 已取消"
    return [Problem(LessonSettled(lesson=lesson, state=state))]


def given_problems(lesson: str, given_on: date, today: date) -> list[Problem]:
    """Refuse a lesson that is given on a day that has not come.

    Source: our decision.
    """
    return [Problem(LessonAhead(lesson=lesson, on=str(given_on)))] if given_on > today else []
