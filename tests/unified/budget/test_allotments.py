"""Allotments: what each school gets by last autumn's return, kept with what it was computed by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.registry.test_headcounts import become, have
from tests.unified.budget.allotting import (
    AUTUMN,
    ELSEWHERE,
    JANUARY,
    PLACE,
    adopt_budget,
    allotting,
    at,
    close,
    county,
    freeze_return,
    set_rule,
)
from xuequ import District, Money
from xuequ.core.errors import Problems
from xuequ.core.ids import new_id
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.states.circumstances import TraitKind
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.pupils import PupilState
from xuequ.testing import DAY, make_district
from xuequ.unified.budget.errors.allotments import (
    AllotmentThere,
    AllotmentUnknown,
    CorrectionNeedsReason,
    NoAutumnReturn,
    PurseDiffers,
)
from xuequ.unified.budget.errors.ledger import ProjectUnknown
from xuequ.unified.budget.models.allotments import Allotment, AllotmentLine
from xuequ.unified.budget.schemas.allotments import AllotmentAdoption, AllotmentView, Eligibility

FIRST = AllotmentAdoption(year=2027, document_no="临教字〔2027〕1号")
SECOND = AllotmentAdoption(year=2027, number=2, reason="补录一所学校的寄宿生")
TOTAL = Money.yuan(72_000 + 300 + 6000 + 72_000)


@pytest.fixture
def door(session: Session) -> District:
    return allotting(session)


def said(view: AllotmentView) -> list[tuple[str, str, int, int, str]]:
    return [(one.school, one.item.code, one.actual, one.counted, str(one.amount)) for one in view.lines]


def found(session: Session) -> dict[str, list[str]]:
    session.flush()
    results = run_data_checks(session, PLACE)
    codes = ("budget.allotments_add_up", "budget.allotments_recompute")
    return {
        result.check.code: [one.what for one in result.findings]
        for result in results
        if result.check.code in codes and result.findings
    }


# what is computed


def test_an_allotment_says_what_each_school_gets_for_what(door: District) -> None:
    view = door.budget.allotments.compute(2027)
    assert said(view) == [
        ("s1", "base", 12, 100, "72000.00"),
        ("s1", "boarding", 1, 1, "300.00"),
        ("s1", "special", 1, 1, "6000.00"),
        ("s2", "base", 12, 100, "72000.00"),
    ]
    assert (view.total, view.id, view.adopted_on, view.count_date) == (TOTAL, None, None, DAY)
    assert [(one.actual, one.counted, one.amount) for one in view.schools] == [
        (12, 100, Money.yuan(78_300)),
        (12, 100, Money.yuan(72_000)),
    ]
    with pytest.raises(AllotmentUnknown):
        door.budget.allotments.allotment(2027)


def test_only_the_frozen_statistical_return_of_last_autumn_counts(session: Session) -> None:
    made = make_district(session, PLACE)
    make_district(session, ELSEWHERE, pupils=5)
    freeze_return(at(session, DAY, ELSEWHERE))
    freeze_return(made, purpose=CountPurpose.FUNDS)
    made.registry.headcounts.draft_snapshot(AUTUMN)
    january = at(session).budget.allotments
    with pytest.raises(NoAutumnReturn) as refusal:
        january.compute(2027)
    assert (refusal.value.year, refusal.value.autumn) == (2027, 2026)
    freeze_return(made, reason="补录")
    assert january.compute(2027).headcount_id
    for year in (2026, 2028):
        with pytest.raises(NoAutumnReturn):
            january.compute(year)


def test_a_later_edition_of_the_return_is_the_one_that_counts(session: Session, door: District) -> None:
    autumn = at(session, DAY)
    have(autumn, autumn.registry.pupils_of("s2")[0].id, TraitKind.BOARDER)
    assert door.budget.allotments.compute(2027).total == TOTAL
    freeze_return(autumn, reason="寄宿生漏报")
    assert door.budget.allotments.compute(2027).total == TOTAL + Money.yuan(300)


def test_a_school_may_be_left_out_of_the_small_ones_with_a_reason(door: District) -> None:
    town = Eligibility(school="s2", eligible=False, reason="在县城")
    view = door.budget.allotments.compute(2027, [town])
    assert view.total == TOTAL - Money.yuan(88 * 720)
    assert [(one.eligible, one.basis) for one in view.schools] == [
        (True, "学校类别：完小"),
        (False, "在县城"),
    ]
    nobody = town.model_copy(update={"school": "s9"})
    with pytest.raises(Problems) as refusal:
        door.budget.allotments.compute(2027, [town, town, nobody])
    assert {problem.error.code for problem in refusal.value.problems} == {
        SchoolUnknown.code,
        "budget.cell_twice",
    }


# what is adopted


def test_an_allotment_is_adopted_once_and_keeps_what_it_was_computed_by(
    session: Session, door: District
) -> None:
    computed = door.budget.allotments.compute(2027)
    view = door.budget.allotments.adopt_allotment(FIRST)
    own = {"id", "number", "document_no", "adopted_on"}
    assert view.model_dump(exclude=own) == computed.model_dump(exclude=own)
    assert (view.number, view.document_no, view.adopted_on) == (1, FIRST.document_no, JANUARY)
    used = {one.key: (one.since, one.value, one.place) for one in view.standards}
    assert used["budget.operating.primary"] == (date(2023, 1, 1), "720.00", "全国")
    assert used["budget.operating.small_school_counts"] == (date(2016, 1, 1), "100", "全国")
    with pytest.raises(AllotmentThere) as refusal:
        door.budget.allotments.adopt_allotment(FIRST)
    assert (refusal.value.number, refusal.value.next) == (1, 2)
    facts = session.scalars(select(FactRow).where(FactRow.name == "budget.allotment_adopted")).all()
    assert len(facts) == 1


def test_a_correction_is_a_new_number_with_a_reason(session: Session, door: District) -> None:
    office = door.budget.allotments
    with pytest.raises(CorrectionNeedsReason):
        office.adopt_allotment(FIRST.model_copy(update={"reason": "更正"}))
    with pytest.raises(AllotmentThere):
        office.adopt_allotment(SECOND)
    office.adopt_allotment(FIRST)
    with pytest.raises(CorrectionNeedsReason):
        office.adopt_allotment(SECOND.model_copy(update={"reason": ""}))
    autumn = at(session, DAY)
    have(autumn, autumn.registry.pupils_of("s2")[0].id, TraitKind.BOARDER)
    freeze_return(autumn, reason="寄宿生漏报")
    corrected = office.adopt_allotment(SECOND)
    assert (corrected.total, corrected.reason) == (TOTAL + Money.yuan(300), SECOND.reason)
    assert office.allotment(2027) == corrected
    assert office.allotment(2027, 1).total == office.recompute(2027, 1).total == TOTAL


def test_an_old_figure_stays_whatever_standard_is_recorded_later(session: Session, door: District) -> None:
    office = door.budget.allotments
    adopted = office.adopt_allotment(FIRST)
    set_rule(door, "budget.operating.primary", "900", date(2026, 12, 1))
    set_rule(county(door), "budget.operating.heating", "80", date(2026, 12, 1))
    later = at(session, JANUARY + timedelta(1)).budget.allotments
    assert later.compute(2027).total == TOTAL + Money.yuan(200 * (180 + 80))
    assert later.recompute(2027) == later.allotment(2027) == adopted
    corrected = later.adopt_allotment(SECOND)
    used = {one.key: one.place for one in corrected.standards}
    assert (used["budget.operating.primary"], used["budget.operating.heating"]) == (PLACE, "530921")
    assert found(session) == {}


def test_what_happens_in_the_year_counts_no_pupil_again(session: Session, door: District) -> None:
    office = door.budget.allotments
    adopted = office.adopt_allotment(FIRST)
    suggested = office.suggest_lines(2027, "operating")
    for pupil in door.registry.pupils_of("s1"):
        become(door, pupil.id, PupilState.SUSPENDED, JANUARY)
    close(door, "s2")
    assert office.allotment(2027) == office.recompute(2027) == adopted
    assert office.suggest_lines(2027, "operating") == suggested
    assert office.compute(2027).lines == adopted.lines


def test_an_adopted_allotment_is_written_once(session: Session, door: District) -> None:
    door.budget.allotments.adopt_allotment(FIRST)
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(Allotment.__table__.update().values(total=Money(1)))  # type: ignore[attr-defined]


def test_districts_and_counties_never_mix(session: Session, door: District) -> None:
    door.budget.allotments.adopt_allotment(FIRST)
    for place in (ELSEWHERE, "530922/qianfeng"):
        make_district(session, place)
        other = at(session, JANUARY, place).budget.allotments
        with pytest.raises(AllotmentUnknown):
            other.allotment(2027)
        freeze_return(at(session, DAY, place))
        assert other.adopt_allotment(FIRST).total == Money.yuan(144_000)
    assert door.budget.allotments.allotment(2027).total == TOTAL
    with pytest.raises(DistrictNeeded):
        county(door).budget.allotments.compute(2027)


# what is suggested


def test_the_lines_suggested_can_be_adopted_and_come_to_the_allotment(door: District) -> None:
    office = door.budget.allotments
    office.adopt_allotment(FIRST)
    plain = office.suggest_lines(2027, "operating")
    assert [(one.school, one.function, one.economic, one.amount) for one in plain] == [
        ("s1", "2050202", "30201", Money.yuan(78_300)),
        ("s2", "2050202", "30201", Money.yuan(72_000)),
    ]
    with_training = office.suggest_lines(2027, "operating", "training")
    assert Money.total(one.amount for one in with_training) == TOTAL
    assert (with_training[-1].project, with_training[-1].amount) == ("training", Money.yuan(7515))
    adopt_budget(door, *with_training)
    planned, paid = office.training_check(2027).shares
    assert (planned.percent, planned.flagged, paid.flagged) == ("5.00%", False, True)


def test_lines_are_suggested_for_projects_of_the_right_purpose(door: District) -> None:
    office = door.budget.allotments
    with pytest.raises(AllotmentUnknown):
        office.suggest_lines(2027, "operating")
    with pytest.raises(ProjectUnknown):
        office.suggest_lines(2027, "none")
    with pytest.raises(PurseDiffers):
        office.suggest_lines(2027, "operating", "activities")


def test_an_allotment_of_nothing_suggests_nothing(session: Session) -> None:
    door = allotting(session, pupils=2)
    for pupil in door.registry.pupils_of("s1") + door.registry.pupils_of("s2"):
        become(at(session, DAY), pupil.id, PupilState.SUSPENDED)
    freeze_return(at(session, DAY), reason="全部休学")
    assert door.budget.allotments.adopt_allotment(FIRST).total == Money(0)
    assert door.budget.allotments.suggest_lines(2027, "operating", "training") == []


# checks


def test_a_line_that_was_slipped_in_is_found(session: Session, door: District) -> None:
    door.budget.allotments.adopt_allotment(FIRST)
    assert found(session) == {}
    line = dict(session.execute(select(AllotmentLine.__table__).limit(1)).mappings().one())
    slipped = {**line, "id": new_id(), "item": "heating"}
    session.execute(insert(AllotmentLine).values(slipped))
    assert {code: len(whats) for code, whats in found(session).items()} == {
        "budget.allotments_add_up": 1,
        "budget.allotments_recompute": 1,
    }
