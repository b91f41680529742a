"""Use cases of supervision visits: recorded, countersigned, their problems resolved; coverage and log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.registry.errors.calendar import TermUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.calendar import term_name
from xuequ.registry.schemas.calendar import TermView
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.open_schools import keep_open
from xuequ.unified.leadership.actions.visits import (
    COUNTERSIGN_VISIT,
    RECORD_VISIT,
    VIEW_VISIT_COVERAGE,
    VIEW_VISITS,
)
from xuequ.unified.leadership.errors.ledgers import LedgerRowUnknown
from xuequ.unified.leadership.errors.visits import (
    CountersignedAlready,
    FindingIsNoProblem,
    ResolvedAlready,
    VisitedAlready,
)
from xuequ.unified.leadership.facts.visits import (
    VisitCountersigned,
    VisitProblemFound,
    VisitProblemResolved,
    VisitRecorded,
    VisitVoided,
)
from xuequ.unified.leadership.models.visits import Finding, Visit
from xuequ.unified.leadership.repository.visits import VisitRows
from xuequ.unified.leadership.rules.ledgers import check_not_ahead, check_not_before
from xuequ.unified.leadership.rules.visits import Coverage, Link, Paid, check_visitor, coverage
from xuequ.unified.leadership.schemas.ledgers import Voiding
from xuequ.unified.leadership.schemas.visits import (
    FindingView,
    LinkedSchool,
    OpenFinding,
    Resolving,
    VisitCoverage,
    VisitLog,
    VisitLogLine,
    VisitRecord,
    VisitView,
)
from xuequ.unified.leadership.service.basis import OfficeService, day_of
from xuequ.unified.leadership.states.visits import VisitKind

RECORD = "督导记录"


class VisitService(OfficeService):
    """Supervision visits 督导 of the leadership team to schools.

    What a visit finds stands in its table. Each problem is announced by its id for the inspection to take up,
    and stays open here until it is resolved.
    """

    @property
    def _rows(self) -> VisitRows:
        return VisitRows(self.context.session, self.context.scope, self.context.place)

    @use_case(RECORD_VISIT)
    def record(self, command: VisitRecord) -> VisitView:
        """Record a visit with what it found; each problem is announced.

        Raises:
            SchoolUnknown, SchoolNotOpen, StaffUnknown: for where and who.
            NotInTheTeam, DayAhead, VisitedAlready: for the visit; or Problems with all of them.
        """
        school, visitor, on = (
            self._school(command.school),
            self._staff(command.visitor_id),
            command.visited_on,
        )
        keep_open(self._rows, [school.id], on, on)
        self._rows.lock_staff([visitor.id])
        refuse_if(
            check_visitor(visitor.staff_no, visitor.id, self._headship(on).team, on)
            + check_not_ahead("督导", on, self.context.today)
        )
        if self._rows.same_visit(visitor.id, school.id, on):
            raise VisitedAlready(school=school.name, on=str(on))
        what = {"kind": command.kind.code, "topics": command.topics, "visited_on": on}
        who = {"school_id": school.id, "visitor_id": visitor.id}
        visit_id = self._rows.add(Visit, **who, **what)
        fact = VisitRecorded(visit_id=visit_id, kind=command.kind, on=on, **who)
        self.context.announce(fact)
        self._find(visit_id, command, who)
        return self._one(visit_id)

    @use_case(COUNTERSIGN_VISIT, at=At.SCHOOL)
    def countersign(self, visit_id: int) -> VisitView:
        """Countersign a visit as whoever heads the school today; a visitor never the own visit.

        Raises:
            LedgerRowUnknown, LedgerRowVoided, CountersignedAlready: for the visit.
            NotTheSigner, ActorIsNoStaff: for who signs.
        """
        row = self._visit(visit_id)
        self.context.permit(COUNTERSIGN_VISIT, school=row.school)
        standing = self._standing(Visit, visit_id, RECORD)
        if standing.signed_at is not None:
            raise CountersignedAlready(school=row.school_name, on=str(row.visited_on))
        me = self._sign_as("督导签字", self._school(row.school), apart_from=row.visitor_id)
        self._rows.change(Visit, visit_id, {"signed_at": self.context.now, "signed_by_id": me.id})
        today = self.context.today
        fact = VisitCountersigned(visit_id=visit_id, school_id=row.school_id, staff_id=me.id, on=today)
        self.context.announce(fact)
        return self._one(visit_id)

    @use_case(RECORD_VISIT)
    def resolve(self, finding_id: int, command: Resolving) -> VisitView:
        """Close a problem that a visit found 销号.

        Raises:
            LedgerRowUnknown, LedgerRowVoided, FindingIsNoProblem, ResolvedAlready: for the finding.
            DayAhead, DayTooEarly: for the day.
        """
        row = self._rows.locked(Finding, finding_id)
        if row is None:
            raise LedgerRowUnknown(record="督导问题", id=str(finding_id))
        visit = self._standing(Visit, row.visit_id, RECORD)
        if not row.problem:
            raise FindingIsNoProblem()
        if row.resolved_on is not None:
            raise ResolvedAlready(on=str(row.resolved_on))
        day = command.on or self.context.today
        refuse_if(
            check_not_ahead("销号", day, self.context.today) + check_not_before("销号", day, visit.visited_on)
        )
        self._rows.change(Finding, finding_id, {"resolved_on": day, "resolution": command.resolution})
        fact = VisitProblemResolved(
            finding_id=finding_id, visit_id=visit.id, school_id=visit.school_id, on=day
        )
        self.context.announce(fact)
        return self._one(visit.id)

    @use_case(RECORD_VISIT)
    def void(self, visit_id: int, command: Voiding) -> None:
        """Void a visit that was recorded by mistake 作废; what it found is void with it.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: for the visit.
        """
        row = self._standing(Visit, visit_id, RECORD)
        self._void(Visit, visit_id, command.reason)
        found = tuple(one.id for one in self._rows.findings([visit_id]))
        self.context.announce(VisitVoided(visit_id=visit_id, school_id=row.school_id, finding_ids=found))

    # reading

    @reading(VIEW_VISITS, at=At.SCHOOL)
    def visits(
        self, school: str | None = None, first: date | None = None, last: date | None = None
    ) -> list[VisitView]:
        """List visits by day, voided ones among them.

        Args:
            school: to which school; to all of them when left out.
            first, last: of which days, both inside; of all when left out.
        """
        self.context.permit(VIEW_VISITS, school=school or "")
        return self._views(self._rows.visits(first, last, self._school_id(school)))

    @reading(VIEW_VISITS, at=At.SCHOOL)
    def open_findings(self, school: str | None = None, on: date | None = None) -> list[OpenFinding]:
        """List the problems that are not resolved on a day, the oldest first.

        Args:
            school: of which school; of all of them when left out.
            on: the day; today when left out.
        """
        self.context.permit(VIEW_VISITS, school=school or "")
        return self._open(on or self.context.today, self._school_id(school))

    @reading(VIEW_VISIT_COVERAGE)
    def coverage(
        self, school_year: int, number: int, links: Sequence[LinkedSchool] = ()
    ) -> list[VisitCoverage]:
        """Return for each school its visits of a term beside those planned.

        Args:
            school_year, number: the term.
            links: who is linked with which school; a school that is in none counts everybody's visits.

        Raises:
            TermUnknown: when the term is not recorded.
            StandardNotSet: when the district has not set how many visits it plans.
            SchoolUnknown, StaffUnknown: for a link.
        """
        term = self._term(school_year, number)
        leaders = {one.school: self._staff(one.leader_id) for one in links}
        schools = {row.code: row for row in (*self._rows.schools(term.first), *self._rows.schools(term.last))}
        schools |= {one.school: self._school(one.school) for one in links}
        asked = [
            Link(schools[code].id, leaders[code].id if code in leaders else None) for code in sorted(schools)
        ]
        visits = self._rows.visits(term.first, term.last)
        paid = [Paid(row.visitor_id, row.school_id) for row in visits if row.voided_at is None]
        found = coverage(asked, paid, self.context.standards, term.first)
        by_id = {row.id: row for row in schools.values()}
        names = {row.id: row.name for row in leaders.values()}
        return [_coverage_view(one, by_id[one.link.school_id], names) for one in found]

    @reading(VIEW_VISITS)
    def log(self, first: date, last: date) -> VisitLog:
        """Return the visit log 督导记录 of some days, both inside, with every finding open on the last."""
        views = [view for view in self.visits(None, first, last) if not view.voided]
        return VisitLog(
            district=self._office.district_name(),
            first=first,
            last=last,
            visits=tuple(map(_line, views)),
            open=tuple(self._open(last, None)),
        )

    # steps

    def _visit(self, visit_id: int) -> AnyRow:
        row = self._rows.visit(visit_id)
        if row is None:
            raise LedgerRowUnknown(record=RECORD, id=str(visit_id))
        return row

    def _find(self, visit_id: int, command: VisitRecord, who: dict[str, int]) -> None:
        entries = command.findings
        rows = [
            {"number": n, "problem": one.problem, "text": one.text, "visit_id": visit_id}
            | {"school_id": who["school_id"], "resolved_on": None}
            for n, one in enumerate(entries, 1)
        ]
        for finding_id, entry in zip(self._rows.add_all(Finding, rows), entries, strict=True):
            if entry.problem:
                on = command.visited_on
                fact = VisitProblemFound(finding_id=finding_id, visit_id=visit_id, on=on, **who)
                self.context.announce(fact)

    def _term(self, school_year: int, number: int) -> TermView:
        terms = CalendarService(self.context).terms(school_year)
        found = next((term for term in terms if term.number == number), None)
        if found is None:
            raise TermUnknown(term=term_name(school_year, number))
        return found

    def _open(self, on: date, school_id: int | None) -> list[OpenFinding]:
        return [
            OpenFinding(
                finding_id=row.id,
                visit_id=row.visit_id,
                school=row.school,
                school_name=row.school_name,
                visitor=row.visitor,
                visited_on=row.visited_on,
                text=row.text,
                days=(on - row.visited_on).days,
            )
            for row in self._rows.problems(on, school_id)
        ]

    def _one(self, visit_id: int) -> VisitView:
        return self._views([self._visit(visit_id)])[0]

    def _views(self, rows: Sequence[AnyRow]) -> list[VisitView]:
        found: dict[int, list[AnyRow]] = defaultdict(list)
        for one in self._rows.findings([row.id for row in rows]) if rows else ():
            found[one.visit_id].append(one)
        return [_view(row, found[row.id]) for row in rows]


def _view(row: AnyRow, findings: Sequence[AnyRow]) -> VisitView:
    return VisitView(
        id=row.id,
        visitor_id=row.visitor_id,
        visitor=row.visitor,
        school=row.school,
        school_name=row.school_name,
        visited_on=row.visited_on,
        kind=VisitKind(row.kind),
        topics=row.topics,
        findings=tuple(
            FindingView(
                id=one.id,
                number=one.number,
                text=one.text,
                problem=one.problem,
                resolved_on=one.resolved_on,
                resolution=one.resolution,
            )
            for one in findings
        ),
        countersigned_at=row.signed_at,
        countersigned_by=row.signed_by or "",
        voided=row.void_reason,
    )


def _coverage_view(one: Coverage, school: AnyRow, names: dict[int, str]) -> VisitCoverage:
    leader = "" if one.link.leader_id is None else names[one.link.leader_id]
    return VisitCoverage(
        school=school.code, school_name=school.name, leader=leader, visits=one.visits, planned=one.planned
    )


def _line(view: VisitView) -> VisitLogLine:
    signed = "未签字"
    if view.countersigned_at is not None:
        signed = f"{view.countersigned_by} {day_of(view.countersigned_at)}"
    marked = [f"{one.number}.{'【问题】' if one.problem else ''}{one.text}" for one in view.findings]
    return VisitLogLine(
        visited_on=view.visited_on,
        school=view.school_name,
        visitor=view.visitor,
        kind=view.kind,
        topics=view.topics,
        findings="；".join(marked),
        countersigned=signed,
    )
