"""Pure decisions about transfers: who may ask, whose turn it is, until when."""

from __future__ import annotations

from datetime import date

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.standards import Standards
from xuequ.registry.errors.pupils import NotYetHappened
from xuequ.registry.errors.transfers import (
    TransferBackwards,
    TransferForced,
    TransferNeedsClass,
    TransferToSameSchool,
)
from xuequ.registry.rules.calendar import Answer, Calendar
from xuequ.registry.rules.workdays import working_day_after
from xuequ.registry.states.transfers import TRANSITIONS, Side, TransferState

MACHINE = "转学"


def check_voluntary(guardian_applied: bool, on: date, standards: Standards) -> list[Problem]:
    """Refuse a transfer for which no guardian has applied.

    Source: 《中小学生学籍管理办法》 (学校不得强令转学); ``status.forced_transfer``.
    """
    if guardian_applied or standards.flag("status.forced_transfer", on=on):
        return []
    return [Problem(TransferForced())]


def check_destination(from_school_id: int, to_school_id: int, school: str) -> list[Problem]:
    """Refuse a transfer to the school where the pupil is.

    Source: our decision.
    """
    return [Problem(TransferToSameSchool(school=school))] if from_school_id == to_school_id else []


def check_turn(state: TransferState, to: TransferState) -> list[Problem]:
    """Refuse a step that the table of states does not have.

    Source: our decision; ``TRANSITIONS`` of transfers.
    """
    if to in TRANSITIONS[state]:
        return []
    return [Problem(IllegalTransition(machine=MACHINE, from_=state.label, to=to.label))]


def check_day(on: date, asked: date, released: date | None, today: date) -> list[Problem]:
    """Refuse an answer before what it answers, or for a day to come.

    The pupil is counted at the sending school until the receiving one accepts, so an acceptance counts
    from its own day: neither before nor later.

    Source: domain rules B §6b (在转入学校接收之前计入转出学校).
    """
    first = max(asked, released or asked)
    if on < first:
        return [Problem(TransferBackwards(effective=str(on), requested=str(first)))]
    if on > today:
        return [Problem(NotYetHappened(what=MACHINE, on=str(on), today=str(today)))]
    return []


def check_class_named(school: str, *, within: bool, named: bool) -> list[Problem]:
    """Refuse an acceptance within the county without a class, or with one outside it.

    Source: our decision; a pupil on the roll is in exactly one class.
    """
    return [] if within == named else [Problem(TransferNeedsClass(school=school))]


def turn_of(state: TransferState) -> Side | None:
    """Return whose turn it is; None when it is decided.

    Source: 《中小学生学籍管理办法》 (双方学校核办).
    """
    return {TransferState.REQUESTED: Side.SENDING, TransferState.RELEASED: Side.RECEIVING}.get(state)


def due_on(calendar: Calendar, begun: date, standards: Standards) -> Answer[date]:
    """Return the last day on which the side whose turn it is must have answered.

    Each side has its own working days; the answer is provisional while a holiday notice is missing.

    Args:
        begun: the day on which its turn began, which itself does not count.

    Source: 《中小学生学籍管理办法》 (双方学校各 10 个工作日); ``status.transfer_working_days``.
    """
    return working_day_after(calendar, begun, standards.whole("status.transfer_working_days", on=begun))
