"""Supervision visits: recorded, countersigned, their problems announced and resolved, counted in a term."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.posts import staff_id
from tests.unified.leadership.ledger_office import (
    NOVEMBER,
    OCTOBER,
    OTHER,
    as_,
    facts,
    make_central,
    office,
    on,
)
from xuequ import District, Post
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.journal import FactRow
from xuequ.core.standards import StandardNotSet
from xuequ.registry.errors.calendar import TermUnknown
from xuequ.registry.errors.places import SchoolNotOpen, SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.models.places import School
from xuequ.registry.schemas.calendar import TermDates
from xuequ.registry.states.calendar import HolidayWeeks
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing import make_district
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.errors.ledgers import (
    DayAhead,
    DayTooEarly,
    LedgerRowUnknown,
    LedgerRowVoided,
    NotTheSigner,
)
from xuequ.unified.leadership.errors.visits import (
    CountersignedAlready,
    FindingIsNoProblem,
    NotInTheTeam,
    ResolvedAlready,
    VisitedAlready,
)
from xuequ.unified.leadership.schemas.ledgers import Voiding
from xuequ.unified.leadership.schemas.visits import (
    FindingEntry,
    LinkedSchool,
    Resolving,
    VisitRecord,
    VisitView,
)
from xuequ.unified.leadership.states.visits import VisitKind

PROBLEM, REMARK = FindingEntry(text="灭火器过期", problem=True), FindingEntry(text="早读有序")
TERM = TermDates(
    school_year=2026, number=1, first=DAY, last=date(2027, 1, 15), holiday_weeks=HolidayWeeks.KEEP
)
MISTAKE = Voiding(reason="录错学校")


@pytest.fixture
def door(session: Session) -> District:
    return on(office(session), OCTOBER)


def visit(door: District, who: str = "s1-T2", **more: Any) -> VisitView:
    """Record a visit of the principal to school s2."""
    values: dict[str, Any] = {"school": "s2", "visited_on": OCTOBER, "kind": VisitKind.UNANNOUNCED}
    values |= {"topics": "安全、教学常规", "findings": (PROBLEM, REMARK)} | more
    return door.leadership.visits.record(VisitRecord(visitor_id=staff_id(door, who), **values))


def test_a_visit_is_recorded_and_its_problems_are_announced_by_id_alone(
    door: District, session: Session
) -> None:
    made = visit(as_(door, "s2-T2", OCTOBER))
    assert [(one.number, one.problem) for one in made.findings] == [(1, True), (2, False)]
    assert facts(session) == ["visit_recorded", "visit_problem_found"]
    row = session.scalars(select(FactRow.payload).where(FactRow.name.endswith("problem_found"))).one()
    assert str(made.findings[0].id) in row and "灭火器" not in row


def test_visits_are_made_by_the_team_of_the_day(door: District) -> None:
    with pytest.raises(NotInTheTeam, match="班子成员"):
        visit(door, "s1-T1")
    held = door.registry.posts.holder(Post.PRINCIPAL)
    assert held is not None
    door.registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, OCTOBER)
    with pytest.raises(NotInTheTeam):
        visit(door)
    assert visit(door, visited_on=OCTOBER - timedelta(days=1)).visitor == "师2"


def test_a_visit_is_not_recorded_ahead_twice_or_to_a_school_that_is_not_there(door: District) -> None:
    with pytest.raises(DayAhead):
        visit(door, visited_on=NOVEMBER)
    with pytest.raises(SchoolUnknown):
        visit(door, school="s9")
    visit(door)
    with pytest.raises(VisitedAlready):
        visit(door)
    with pytest.raises(Problems):
        visit(door, "s1-T1", visited_on=NOVEMBER)
    with pytest.raises(StaffUnknown):
        command = VisitRecord(
            visitor_id=1, school="s2", visited_on=OCTOBER, kind=VisitKind.PLANNED, topics="安全"
        )
        door.leadership.visits.record(command)


def test_a_school_that_is_closed_is_not_visited(door: District) -> None:
    door.context.session.execute(update(School).where(School.code == "s2").values(closed_on=OCTOBER))
    with pytest.raises(SchoolNotOpen):
        visit(door)


def test_the_head_countersigns_and_nobody_else(door: District, session: Session) -> None:
    made = visit(door)
    with pytest.raises(ActionNotPermitted):
        as_(door, "s1-T1", OCTOBER).leadership.visits.countersign(made.id)
    with pytest.raises(NotTheSigner):
        as_(door, "s1-T2", OCTOBER).leadership.visits.countersign(made.id)
    signed = as_(door, "s2-T1", OCTOBER).leadership.visits.countersign(made.id)
    assert signed.countersigned_by == "师1" and signed.countersigned_at is not None
    assert facts(session)[-1] == "visit_countersigned"
    with pytest.raises(CountersignedAlready):
        as_(door, "s2-T1", OCTOBER).leadership.visits.countersign(made.id)


def test_at_the_central_school_a_visitor_does_not_countersign_the_own_visit(door: District) -> None:
    make_central(door)
    head = door.registry.posts.holder(Post.SCHOOL_HEAD, "s1")
    assert head is not None
    door.registry.posts.end_appointment(head.id, AppointmentEnd.MOVED, OCTOBER)
    own = visit(door, "s2-T2", school="s1")
    with pytest.raises(NotTheSigner, match="s1-T2"):
        as_(door, "s2-T2", OCTOBER).leadership.visits.countersign(own.id)
    assert as_(door, "s1-T2", OCTOBER).leadership.visits.countersign(own.id).countersigned_by == "师2"


def test_a_problem_stays_open_until_it_is_resolved(door: District, session: Session) -> None:
    made = visit(door)
    problem, remark = made.findings
    later = on(door, NOVEMBER).leadership.visits
    [listed] = later.open_findings()
    assert (listed.finding_id, listed.days, listed.school) == (problem.id, 31, "s2")
    with pytest.raises(FindingIsNoProblem):
        later.resolve(remark.id, Resolving(resolution="无"))
    with pytest.raises(DayTooEarly):
        later.resolve(problem.id, Resolving(resolution="已换", on=DAY))
    with pytest.raises(DayAhead):
        door.leadership.visits.resolve(problem.id, Resolving(resolution="已换", on=NOVEMBER))
    later.resolve(problem.id, Resolving(resolution="已更换", on=NOVEMBER))
    assert facts(session)[-1] == "visit_problem_resolved"
    assert later.open_findings() == []
    assert len(later.open_findings(on=OCTOBER)) == 1
    with pytest.raises(ResolvedAlready):
        later.resolve(problem.id, Resolving(resolution="已更换"))
    with pytest.raises(LedgerRowUnknown):
        later.resolve(1, Resolving(resolution="已更换"))


def test_a_mistake_is_voided_with_a_reason_and_stays(door: District, session: Session) -> None:
    made = visit(door)
    door.leadership.visits.void(made.id, MISTAKE)
    [kept] = door.leadership.visits.visits("s2")
    assert (kept.id, kept.voided, len(kept.findings)) == (made.id, "录错学校", 2)
    assert facts(session)[-1] == "visit_voided"
    assert door.leadership.visits.open_findings() == []
    for act in (
        lambda: door.leadership.visits.void(made.id, MISTAKE),
        lambda: as_(door, "s2-T1", OCTOBER).leadership.visits.countersign(made.id),
        lambda: door.leadership.visits.resolve(made.findings[0].id, Resolving(resolution="已换")),
    ):
        with pytest.raises(LedgerRowVoided, match="录错学校"):
            act()
    assert visit(door).id != made.id


def test_coverage_is_visits_of_the_linked_leader_by_those_planned(door: District) -> None:
    with pytest.raises(TermUnknown):
        door.leadership.visits.coverage(2026, 1)
    door.registry.calendar.set_term(TERM)
    visit(door)
    visit(door, "s2-T2")
    door.leadership.visits.void(visit(door, "s2-T3").id, MISTAKE)
    by_all = door.leadership.visits.coverage(2026, 1)
    assert [(one.school, one.visits, one.planned) for one in by_all] == [("s1", 0, 2), ("s2", 2, 2)]
    links = [LinkedSchool(school="s2", leader_id=staff_id(door, "s1-T2"))]
    linked = door.leadership.visits.coverage(2026, 1, links)
    assert [(one.leader, one.visits, one.rate) for one in linked] == [
        ("", 0, Fraction(0)),
        ("师2", 1, Fraction(1, 2)),
    ]


def test_how_many_visits_are_planned_has_no_default(session: Session) -> None:
    bare = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    bare.registry.calendar.set_term(TERM)
    with pytest.raises(StandardNotSet, match="督导"):
        bare.leadership.visits.coverage(2026, 1)


def test_the_log_holds_the_days_asked_for_and_everything_that_is_open(door: District) -> None:
    visit(door, visited_on=DAY)
    visit(door, "s2-T2", findings=(REMARK,))
    log = door.leadership.visits.log(OCTOBER, NOVEMBER)
    assert [(one.visitor, one.findings, one.countersigned) for one in log.visits] == [
        ("师2", "1.早读有序", "未签字"),
    ]
    assert [(one.visited_on, one.text) for one in log.open] == [(DAY, "灭火器过期")]


def test_another_district_sees_no_visit(door: District, session: Session) -> None:
    made = visit(door)
    other = make_district(session, OTHER, schools=2, pupils=0, staff=1)
    assert other.leadership.visits.visits() == [] and other.leadership.visits.open_findings() == []
    with pytest.raises(LedgerRowUnknown):
        other.leadership.visits.void(made.id, MISTAKE)
