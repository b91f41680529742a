"""Commands and views of supervision visits."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from xuequ.core.fields import Code, Command, Id, View
from xuequ.unified.leadership.schemas.ledgers import Reason, Words
from xuequ.unified.leadership.states.visits import VisitKind


class FindingEntry(Command):
    """One thing that a visit found; a problem is taken up by the inspection."""

    text: Words
    problem: bool = False


class VisitRecord(Command):
    """Record a visit of somebody of the leadership team to a school."""

    visitor_id: Id
    school: Code
    visited_on: date
    kind: VisitKind
    topics: Reason
    findings: tuple[FindingEntry, ...] = ()


class Resolving(Command):
    """Say how a problem was resolved, and on which day; today when left out."""

    resolution: Reason
    on: date | None = None


class FindingView(View):
    """One thing that a visit found."""

    id: Id
    number: int
    text: str
    problem: bool
    resolved_on: date | None
    resolution: str


class VisitView(View):
    """A visit with what it found."""

    id: Id
    visitor_id: Id
    visitor: str
    school: str
    school_name: str
    visited_on: date
    kind: VisitKind
    topics: str
    findings: tuple[FindingView, ...]
    countersigned_at: datetime | None
    countersigned_by: str
    voided: str


class OpenFinding(View):
    """A problem that is not resolved, and for how many days."""

    finding_id: Id
    visit_id: Id
    school: str
    school_name: str
    visitor: str
    visited_on: date
    text: str
    days: int


class LinkedSchool(Command):
    """A school and the leader who is linked with it 挂钩."""

    school: Code
    leader_id: Id


class VisitCoverage(View):
    """Visits to a school in a term beside those planned; of its linked leader alone when one was named."""

    school: str
    school_name: str
    leader: str
    visits: int
    planned: int

    @property
    def rate(self) -> Fraction | None:
        """Visits ÷ planned, exactly; None where none are planned."""
        return Fraction(self.visits, self.planned) if self.planned else None


class VisitLogLine(View):
    """One visit as the log prints it."""

    visited_on: date
    school: str
    visitor: str
    kind: VisitKind
    topics: str
    findings: str
    countersigned: str


class VisitLog(View):
    """The visit log 督导记录 of some days, and every finding that is open on the last one."""

    district: str
    first: date
    last: date
    visits: tuple[VisitLogLine, ...]
    open: tuple[OpenFinding, ...]
