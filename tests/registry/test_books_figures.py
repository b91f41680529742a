"""What is measured at schools, and its workbook, on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.booking import exported, named, outcomes, planned, read_back, taken
from tests.registry.test_service import statements_of
from xuequ import District
from xuequ.core.errors import ImportConflict, Problems
from xuequ.core.fields import Command
from xuequ.core.journal import FactRow
from xuequ.core.plan import Decision, Outcome
from xuequ.exchange import apply_file, export_file, plan_file
from xuequ.exchange.writer import write_workbook
from xuequ.registry.errors.figures import FigureAhead
from xuequ.registry.errors.places import DistrictNeeded, SchoolNotOpen, SchoolUnknown
from xuequ.registry.schemas.books.figures import FigureRow
from xuequ.registry.schemas.figures import FigureRecord
from xuequ.registry.schemas.places import SchoolOpening
from xuequ.registry.states.figures import Measure
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.templates import FIGURES
from xuequ.testing import DAY, make_county, make_district

SPRING, OCTOBER = date(2026, 3, 1), date(2026, 10, 1)


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session)


def school_id(door: District, code: str = "s1") -> int:
    return next(school.id for school in door.registry.schools() if school.code == code)


def record(door: District, as_of: date = DAY, code: str = "s1", **values: int) -> FigureRecord:
    said = {Measure(name): Decimal(value) for name, value in values.items()}
    return FigureRecord(school_id=school_id(door, code), as_of=as_of, values=said)


def row(school: str = "s1", as_of: date = DAY, **values: Any) -> FigureRow:
    return FigureRow(school=school, as_of=as_of, **{k: Decimal(v) for k, v in values.items()})


def figures(door: District) -> dict[tuple[str, date], dict[str, Decimal]]:
    return {
        (one.code, one.as_of): {measure.value: value for measure, value in one.values.items()}
        for one in door.registry.figures.figures()
    }


def facts(session: Session) -> list[str]:
    query = select(FactRow.payload).where(FactRow.name == "registry.figures_recorded")
    return list(session.scalars(query.order_by(FactRow.id)))


# the use case


def test_figures_stand_side_by_side_for_every_day_that_they_are_of(session: Session, door: District) -> None:
    door.registry.figures.record_figures(
        [record(door, books=900, computers=12), record(door, SPRING, books=800)]
    )
    assert figures(door) == {("s1", SPRING): {"books": 800}, ("s1", DAY): {"books": 900, "computers": 12}}
    assert [one.as_of for one in door.registry.figures.figures(SPRING)] == [SPRING]
    assert len(facts(session)) == 2
    glance = {school.code: school.books for school in door.registry.district_at_a_glance().schools}
    assert glance == {"s1": Decimal(900), "s2": None}


def test_the_same_figure_again_changes_nothing_and_another_corrects_it(
    session: Session, door: District
) -> None:
    door.registry.figures.record_figures([record(door, books=900, computers=12)])
    door.registry.figures.record_figures([record(door, books=900, computers=12)])
    assert len(facts(session)) == 1
    door.registry.figures.record_figures([record(door, books=910, computers=12, whiteboards=1)])
    assert figures(door) == {("s1", DAY): {"books": 910, "computers": 12, "whiteboards": 1}}
    assert "computers" not in str(facts(session)[-1])


def test_all_that_is_wrong_with_figures_is_said_at_once(session: Session, door: District) -> None:
    elsewhere = make_district(session, "530921/other")
    opening = SchoolOpening(code="new", name="新校", kind=SchoolKind.COMPLETE, opened_on=DAY)
    door.registry.places.open_school(opening)
    wrong = [record(elsewhere, books=1), record(door, OCTOBER, books=1), record(door, SPRING, "new", books=1)]
    with pytest.raises(Problems) as caught:
        door.registry.figures.record_figures([*wrong, record(door, books=1)])
    kinds = [type(problem.error) for problem in caught.value.problems]
    assert kinds == [SchoolUnknown, FigureAhead, SchoolNotOpen]
    assert figures(door) == {}


def test_a_record_says_something() -> None:
    with pytest.raises(ValidationError):
        FigureRecord(school_id=1, as_of=DAY, values={})
    with pytest.raises(ValidationError, match="至少填一项"):
        row()


# the workbook


def test_a_file_of_several_days_goes_in_and_reads_back_without_a_change(
    door: District, tmp_path: Path
) -> None:
    rows = [row(books=900, land_area="4715.25"), row(as_of=SPRING, books=800), row("s2", computers=0)]
    write_workbook(tmp_path / "a.xlsx", FIGURES, {"figures": rows})
    assert outcomes(apply_file(door, tmp_path / "a.xlsx", FIGURES)) == {Outcome.ADDED: 3}
    assert outcomes(apply_file(door, tmp_path / "a.xlsx", FIGURES)) == {Outcome.UNCHANGED: 3}
    assert figures(door)["s1", DAY] == {"books": 900, "land_area": Decimal("4715.25")}
    export_file(door, tmp_path / "out.xlsx", FIGURES)
    plan = plan_file(door, tmp_path / "out.xlsx", FIGURES)
    assert (plan.problems, outcomes(plan)) == ((), {Outcome.UNCHANGED: 3})
    assert len(exported(door, FIGURES, "s2").rows["figures"]) == 1


def test_an_export_of_figures_sets_up_another_district(session: Session, door: District) -> None:
    taken(door, FIGURES, figures=[row(books=900), row(as_of=SPRING, books=800)])
    out = exported(door, FIGURES)
    other = make_district(session, "530922/other")
    other.registry.books.take(out)
    assert figures(other) == figures(door)
    assert outcomes(read_back(other, FIGURES)) == {Outcome.UNCHANGED: 2}


def test_every_bad_row_of_figures_is_named(door: District, tmp_path: Path) -> None:
    lines = ["学校代码,统计日期,图书（册）,电脑（台）", "s9,2026-9-1,1,", "s1,2026-10-1,1,", "s1,2026-9-1,,"]
    lines += ["s2,2026-9-1,九百,", "s2,2026-3-1,5,5"]
    (tmp_path / "设备图书.csv").write_text("\n".join(lines), "utf-8")
    plan = plan_file(door, tmp_path / "设备图书.csv", FIGURES)
    assert sorted(named(plan)) == sorted(
        [
            ("设备图书", 2, "学校代码", "registry.school_unknown"),
            ("设备图书", 3, "统计日期", "registry.figure_ahead"),
            ("设备图书", 4, "", "core.cell_unreadable"),
            ("设备图书", 5, "图书（册）", "core.cell_unreadable"),
        ]
    )
    with pytest.raises(Problems):
        apply_file(door, tmp_path / "设备图书.csv", FIGURES)
    assert figures(door) == {}


def test_an_empty_cell_leaves_what_was_measured(door: District) -> None:
    taken(door, FIGURES, figures=[row(books=900, computers=12)])
    taken(door, FIGURES, figures=[row(books=910)])
    assert figures(door) == {("s1", DAY): {"books": 910, "computers": 12}}


def test_a_figure_corrected_by_hand_is_kept_against_the_same_file(door: District) -> None:
    rows: list[Command] = [row(books=900, computers=12)]
    taken(door, FIGURES, figures=rows)
    door.registry.figures.record_figures([record(door, books=880)])
    assert outcomes(taken(door, FIGURES, figures=rows)) == {Outcome.KEPT: 1}
    taken(door, FIGURES, figures=[row(books=900, computers=13)])
    assert figures(door) == {("s1", DAY): {"books": 880, "computers": 13}}


@pytest.mark.parametrize(("decision", "holds"), [(Decision.FILE, 950), (Decision.REGISTERED, 880)])
def test_a_figure_corrected_by_hand_is_a_conflict_for_a_new_one(
    door: District, decision: Decision, holds: int
) -> None:
    taken(door, FIGURES, figures=[row(books=900)])
    door.registry.figures.record_figures([record(door, books=880)])
    (problem,) = planned(door, FIGURES, figures=[row(books=950)]).problems
    assert isinstance(problem.error, ImportConflict)
    taken(door, FIGURES, decision, figures=[row(books=950)])
    assert figures(door)["s1", DAY] == {"books": holds}


def test_two_districts_do_not_mix_figures(session: Session, door: District) -> None:
    other = make_district(session, "530921/other")
    taken(door, FIGURES, figures=[row(books=900)])
    assert figures(other) == {}
    assert outcomes(planned(other, FIGURES, figures=[row(books=900)])) == {Outcome.ADDED: 1}


def test_at_a_countys_door_no_code_tells_whose_figures_they_are(session: Session, door: District) -> None:
    taken(door, FIGURES, figures=[row(books=900)])
    county = make_county(session)
    assert [one.code for one in county.registry.figures.figures()] == ["s1"]
    with pytest.raises(DistrictNeeded):
        planned(county, FIGURES, figures=[row(books=900)])


def test_many_figures_take_few_statements(session: Session, door: District) -> None:
    days = [date(2020 + n // 12, n % 12 + 1, 1) for n in range(72)]
    few: list[Command] = [row(as_of=day, books=1, computers=1) for day in days[:2]]
    many: list[Command] = [row(as_of=day, books=2, computers=2) for day in days]
    some = statements_of(session, lambda: taken(door, FIGURES, figures=few))
    assert statements_of(session, lambda: taken(door, FIGURES, Decision.FILE, figures=many)) <= some + 2
