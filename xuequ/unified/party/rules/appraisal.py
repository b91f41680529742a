"""Pure decisions about 民主评议党员 and 整改: steps in their order, ballots, grades, due dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.standards import Standards
from xuequ.unified.party.errors.appraisal import (
    BallotsExceedPresent,
    CriticismNotOfLifeMeeting,
    DoneAhead,
    GradeNotInForce,
    MeetingNotOfAppraisal,
    StepAhead,
    StepBackwards,
)
from xuequ.unified.party.states.appraisal import NEXT, AppraisalStep, Grade
from xuequ.unified.party.states.meetings import MeetingKind, MeetingState

MACHINE = "民主评议"


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the appraisal of one member has come, and when its last dated step was."""

    member: str
    step: AppraisalStep
    last: date | None = None


def step_problems(stand: Stand, to: AppraisalStep, on: date, today: date) -> list[Problem]:
    """Refuse a step out of its order, before the one before it, or on a day that has not come.

    Source: 《支部工作条例（试行）》 §18: 个人自评、党员互评、民主测评, the committee's opinion after them.
    """
    found: list[Problem] = []
    if to not in NEXT[stand.step]:
        machine = f"党员 {stand.member} 的{MACHINE}"
        found.append(Problem(IllegalTransition(machine=machine, from_=stand.step.label, to=to.label)))
    if stand.last is not None and on < stand.last:
        found.append(
            Problem(StepBackwards(member=stand.member, step=to.label, on=str(on), last=str(stand.last)))
        )
    if on > today:
        found.append(Problem(StepAhead(member=stand.member, step=to.label, on=str(on))))
    return found


def ballot_meeting_problems(number: str, kind: MeetingKind, state: MeetingState) -> list[Problem]:
    """Refuse ballots of a meeting that appraises nobody, or was not held.

    Source: 《支部工作条例（试行）》 §18: the appraisal may be held together with the 组织生活会.
    """
    if kind in (MeetingKind.APPRAISAL, MeetingKind.LIFE) and state is MeetingState.HELD:
        return []
    return [Problem(MeetingNotOfAppraisal(number=number, kind=kind.label, state=state.label))]


def ballot_problems(member: str, cast: int, present: int) -> list[Problem]:
    """Refuse more ballots on a member than people present.

    Source: our decision: one ballot each.
    """
    if cast <= present:
        return []
    return [Problem(BallotsExceedPresent(member=member, cast=cast, present=present))]


def grade_problems(grade: Grade, standards: Standards, on: date) -> list[Problem]:
    """Refuse a grade that is not in force.

    Source: ``party.appraisal.grades``.
    """
    grades = standards.listed("party.appraisal.grades", on=on)
    if grade.label in grades:
        return []
    return [Problem(GradeNotInForce(grade=grade.label, grades="、".join(map(str, grades))))]


def criticism_problems(number: str, kind: MeetingKind, state: MeetingState) -> list[Problem]:
    """Refuse items of criticism that no 组织生活会 or 民主评议 has raised.

    Source: 《支部工作条例（试行）》 §17–18 (批评和自我批评).
    """
    if kind in (MeetingKind.LIFE, MeetingKind.APPRAISAL) and state is MeetingState.HELD:
        return []
    return [Problem(CriticismNotOfLifeMeeting(number=number, kind=kind.label, state=state.label))]


def done_problems(rectification: str, done_on: date, today: date) -> list[Problem]:
    """Refuse to say that something was put right on a day that has not come.

    Source: our decision.
    """
    if done_on <= today:
        return []
    return [Problem(DoneAhead(rectification=rectification, on=str(done_on)))]


def is_overdue(due_on: date, done_on: date | None, today: date) -> bool:
    """Tell whether something was not put right by its day; the day itself is still in time.

    Source: our decision.
    """
    return due_on < (done_on or today)
