"""Voiding votes: by themselves, or with the meeting that they are of."""

from __future__ import annotations

from xuequ.core.context import Context
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.errors.votes import VoteStandsUnderStep
from xuequ.unified.party.facts.votes import VoteVoided
from xuequ.unified.party.models.votes import Vote
from xuequ.unified.party.repository.votes import VoteRows
from xuequ.unified.party.states.development import StepKind
from xuequ.unified.party.states.votes import VoteKind


def void_vote_row(context: Context, row: AnyRow, reason: str) -> None:
    """Void one vote whose meeting is locked, and say so.

    Raises:
        VoteStandsUnderStep: when a step of a development case stands on it; that one is voided first.
    """
    rows = VoteRows(context.session, context.scope, context.place)
    step = rows.step_on(row.id)
    if step is not None:
        said = {"step": StepKind(step.kind).label, "on": str(step.day), "staff": step.staff_no or ""}
        raise VoteStandsUnderStep(matter=row.matter, **said)
    rows.change(Vote, row.id, voided_on=context.today, reason=reason)
    kind, subject = VoteKind(row.kind), subject_of(row)
    context.announce(VoteVoided(vote_id=row.id, meeting_id=row.meeting_id, kind=kind, subject=subject))


def void_votes(context: Context, meeting_id: int, reason: str) -> None:
    """Void what a meeting has decided."""
    rows = VoteRows(context.session, context.scope, context.place)
    for row in rows.votes_of(meeting_id):
        if row.voided_on is None:
            void_vote_row(context, row, reason)


def subject_of(row: AnyRow) -> Source | None:
    """Return the record that a vote is about."""
    return None if row.subject_kind is None else Source(row.subject_kind, row.subject_id)
