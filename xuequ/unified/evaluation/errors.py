"""Errors of the evidence ledger."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound


class TeacherUnknown(NotFound):
    """Evidence of somebody who is not on this scope's staff."""

    code = "evaluation.teacher_unknown"
    staff: str


class FactUnknown(NotFound):
    """Evidence of a fact that is not in the journal."""

    code = "evaluation.fact_unknown"
    fact: str


class LineTwice(Invalid):
    """Two rows of one call have the same fact and line."""

    code = "evaluation.line_twice"
    fact: str
    line: int


class EvidenceDiffers(Conflict):
    """A line of a fact is recorded already, and says something else."""

    code = "evaluation.evidence_differs"
    fact: str
    line: int
    recorded: str
    given: str
