"""What follows from a leave: lessons to be covered, and evidence of the half-days that passed."""

from __future__ import annotations

from decimal import Decimal

from xuequ.core.context import Context
from xuequ.core.halfdays import HalfDay
from xuequ.core.source import Source
from xuequ.registry.facts.teaching import TeachingAssigned, TeachingEnded, TeachingHandedOver
from xuequ.unified.evaluation.schemas import EvidenceRow
from xuequ.unified.evaluation.service import EvaluationService
from xuequ.unified.leadership.facts.leave import LeaveApproved, LeaveCancelled, LeaveShortened, LeaveTaken
from xuequ.unified.teaching.facts.cover import CoverEnded, CoverGiven
from xuequ.unified.teaching.service.cover import CoverService

HALF = Decimal("0.5")
COVER = "teaching.cover"


def leave_source(leave_id: int) -> Source:
    """Return what evidence of a leave names as its source."""
    return Source("leadership.leave", leave_id)


def cover_source(assignment_id: int) -> Source:
    """Return what evidence of a substitute's part names as its source."""
    return Source("teaching.cover_assignment", assignment_id)


def open_cover(context: Context, fact: LeaveApproved, fact_id: int) -> None:
    """An approved leave opens lessons to be covered, and never the other way round."""
    CoverService(context).open_cover(fact.leave_id, fact.staff_id, fact.half_days, fact.school_ids, fact_id)


def shorten_cover(context: Context, fact: LeaveShortened, fact_id: int) -> None:
    """Whoever is back early teaches: the rest is released."""
    CoverService(context).shorten_cover(fact.leave_id, fact.staff_id, fact.back_at, fact_id)


def shorten_evidence(context: Context, fact: LeaveShortened, fact_id: int) -> None:
    """What was recorded of half-days that were no leave after all is taken back."""
    source = leave_source(fact.leave_id)
    EvaluationService(context).reverse_evidence(source, fact_id, from_line=fact.back_at)


def cancel_cover(context: Context, fact: LeaveCancelled, fact_id: int) -> None:
    """A void leave leaves nothing to be covered."""
    CoverService(context).cancel_cover(fact.leave_id, fact.staff_id, fact_id)


def cancel_evidence(context: Context, fact: LeaveCancelled, fact_id: int) -> None:
    """A void leave leaves no evidence."""
    EvaluationService(context).reverse_evidence(leave_source(fact.leave_id), fact_id)


def record_leave(context: Context, fact: LeaveTaken, fact_id: int) -> None:
    """Each half-day that passed is half a day of evidence; its line is the half-day's own number.

    One that stands already, by whatever report, is not recorded twice.
    """
    service, source = EvaluationService(context), leave_source(fact.leave_id)
    known = {line.line_no for line in service.evidence_from(source) if line.fact_id != fact_id}
    rows = [
        EvidenceRow(
            staff_id=fact.staff_id,
            indicator=f"attendance.leave.{fact.kind}",
            amount=HALF,
            day=HalfDay.at(index).day,
            source=source,
            fact_id=fact_id,
            line_no=index,
        )
        for index in fact.half_days
        if index not in known
    ]
    service.record_evidence(rows)


def give_cover(context: Context, fact: LeaveTaken, fact_id: int) -> None:
    """The half-days have passed, so whoever stood in on them has given cover."""
    CoverService(context).give_cover(fact.leave_id, fact.half_days)


def record_cover(context: Context, fact: CoverGiven, fact_id: int) -> None:
    """A lesson covered is evidence for the substitute, of the day on which it was."""
    given = zip(fact.assignment_ids, fact.staff_ids, fact.half_days, strict=True)
    rows = [
        EvidenceRow(
            staff_id=staff_id,
            indicator=COVER,
            amount=Decimal(1),
            day=HalfDay.at(index).day,
            source=cover_source(assignment_id),
            fact_id=fact_id,
            line_no=number,
        )
        for number, (assignment_id, staff_id, index) in enumerate(given, 1)
    ]
    EvaluationService(context).record_evidence(rows)


def take_back_cover(context: Context, fact: CoverEnded, fact_id: int) -> None:
    """Cover that was not given after all is no evidence."""
    for assignment_id in fact.given_ids:
        EvaluationService(context).reverse_evidence(cover_source(assignment_id), fact_id)


def follow_assigned(context: Context, fact: TeachingAssigned | TeachingEnded, fact_id: int) -> None:
    """Who teaches has changed, and with it what has to be covered of those on leave."""
    CoverService(context).follow_teaching(fact.teaching_ids)


def follow_handed_over(context: Context, fact: TeachingHandedOver, fact_id: int) -> None:
    """A subject that went over is covered no longer for who had it."""
    CoverService(context).follow_teaching((fact.from_teaching_id, fact.to_teaching_id))
