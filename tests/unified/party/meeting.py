"""Calls that the tests of meetings and votes share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select

from tests.unified.party.hall import Hall
from xuequ import District
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.unified.party.schemas.meetings import MeetingHolding, MeetingPlan, MeetingView
from xuequ.unified.party.schemas.votes import TallyCount, VoteRecord, VoteView
from xuequ.unified.party.states.meetings import MeetingKind
from xuequ.unified.party.states.votes import VoteKind

DAY = date(2026, 10, 15)
CASE = Source("party.development_case", 7)
_NUMBERS = count(1)


def plan(hall: Hall, kind: MeetingKind = MeetingKind.BRANCH, on: date = DAY, **more: Any) -> int:
    """Plan a meeting; return its id."""
    values: dict[str, Any] = {"number": f"N{next(_NUMBERS)}", "topic": "十月组织生活"} | more
    return hall.door.party.meetings.plan_meetings([MeetingPlan(kind=kind, planned_on=on, **values)])[0]


def held(
    hall: Hall,
    present: Sequence[int],
    kind: MeetingKind = MeetingKind.BRANCH,
    on: date = DAY,
    **more: Any,
) -> MeetingView:
    """Plan and hold a meeting."""
    known = ("host_id", "lecturer_id", "agenda")
    said: dict[str, Any] = {name: more.pop(name) for name in known if name in more}
    meeting_id = plan(hall, kind, on, **more)
    whole: dict[str, Any] = {"agenda": "一、学习"} | said
    command = MeetingHolding(held_on=on, present=tuple(present), **whole)
    return hall.door.party.meetings.hold(meeting_id, command)


def vote(
    door: District,
    meeting_id: int,
    yes: int,
    kind: VoteKind = VoteKind.ADMISSION,
    subjects: tuple[Source, ...] = (CASE,),
    **more: Any,
) -> VoteView:
    values: dict[str, Any] = {"secret": kind is not VoteKind.ORDINARY, "matter": "议题"} | more
    command = VoteRecord(
        meeting_id=meeting_id, kind=kind, subjects=subjects, cast=TallyCount(yes=yes), **values
    )
    return door.party.votes.record_vote(command)


def facts(hall: Hall, *names: str) -> list[str]:
    """Return the names of the facts of meetings and votes in the journal, in their order."""
    found = hall.session.scalars(select(FactRow.name).order_by(FactRow.id))
    wanted = names or ("meeting", "vote", "attendance", "minutes")
    return [name.removeprefix("party.") for name in found if any(word in name for word in wanted)]
