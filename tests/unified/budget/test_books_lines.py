"""The workbook of budget lines: into the open version and out again, nothing lost; on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.booking import named, outcomes, reading
from tests.unified.budget.drafting import YEAR, approval, drafted, gone_up_twice, line, office
from xuequ import District, Money
from xuequ.core.errors import ImportConflict, Problems
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.exchange import apply_file, plan_file, write_csv, write_workbook
from xuequ.unified.budget.schemas.books.lines import BudgetIncomeRow, BudgetLineRow
from xuequ.unified.budget.states.ledger import Book, FundSource
from xuequ.unified.budget.states.years import Stage
from xuequ.unified.budget.templates.lines import LINES


def income(yuan: str = "1000", **more: Any) -> BudgetIncomeRow:
    values: dict[str, Any] = {
        "year": YEAR,
        "book": Book.SCHOOL,
        "fund": FundSource.FISCAL_GRANT,
        "project": "operating",
    }
    values |= {"amount": Decimal(yuan)} | more
    return BudgetIncomeRow(**values)


def spent(yuan: str = "600", economic: str = "30201", **more: Any) -> BudgetLineRow:
    values: dict[str, Any] = {
        "year": YEAR,
        "book": Book.SCHOOL,
        "fund": FundSource.FISCAL_GRANT,
        "project": "operating",
    }
    values |= {"function": "2050202", "economic": economic, "amount": Decimal(yuan)}
    return BudgetLineRow(**(values | more))


def whole() -> dict[str, Any]:
    lines = [spent(), spent("100.25", school="s1"), spent("99.75", "30216", note="外出培训")]
    return {"incomes": [income(), income("0.50", project="repair", note="捐赠")], "lines": lines}


@pytest.fixture
def door(session: Session) -> District:
    door = office(session)
    door.budget.years.begin(YEAR, on=date(2025, 10, 10))
    return door


def taken(door: District, decision: Decision = Decision.ASK, /, **rows: list[Any]) -> Plan:
    return door.budget.books.take(reading(LINES, **rows), decision)


def planned(door: District, decision: Decision = Decision.ASK, /, **rows: list[Any]) -> Plan:
    return door.budget.books.plan(reading(LINES, **rows), decision)


def read_back(door: District) -> Plan:
    export = door.budget.books.export(LINES.name)
    book = reading(LINES, **export.rows)
    book.base = export.base
    return door.budget.books.plan(book)


def test_rows_go_into_the_open_version_and_an_export_changes_nothing(door: District) -> None:
    assert outcomes(taken(door, **whole())) == {Outcome.ADDED: 5}
    (version,) = door.budget.years.versions(YEAR)
    assert (version.income, version.expenditure) == (Money.yuan("1000.50"), Money.yuan(800))
    assert [one.note for one in version.lines if one.note] == ["外出培训"]
    again = planned(door, **whole())
    assert again.changes_nothing and outcomes(again) == {Outcome.UNCHANGED: 5}
    back = read_back(door)
    assert back.problems == () and outcomes(back) == {Outcome.UNCHANGED: 5}
    of_school = door.budget.books.export(LINES.name, "s1").rows
    assert (list(of_school["incomes"]), len(list(of_school["lines"]))) == ([], 1)


def test_a_file_changes_the_rows_that_it_has_and_takes_none_away(door: District) -> None:
    taken(door, **whole())
    assert outcomes(taken(door, lines=[spent("500")])) == {Outcome.CHANGED: 1}
    assert door.budget.years.versions(YEAR)[-1].expenditure == Money.yuan(700)


def test_what_was_drafted_by_hand_is_kept_against_the_same_file_and_asked_about_against_another(
    door: District,
) -> None:
    taken(door, lines=[spent()])
    drafted(door, line("550"))
    assert outcomes(planned(door, lines=[spent()])) == {Outcome.KEPT: 1}
    other = planned(door, lines=[spent("580")])
    assert [type(problem.error) for problem in other.problems] == [ImportConflict]
    taken(door, Decision.FILE, lines=[spent("580")])
    assert door.budget.years.versions(YEAR)[-1].expenditure == Money.yuan(580)


def test_an_approved_version_comes_out_and_is_changed_by_no_file(door: District) -> None:
    gone_up_twice(door)
    door.budget.years.approve(approval())
    assert outcomes(read_back(door)) == {Outcome.UNCHANGED: 2}
    with pytest.raises(Problems):
        taken(door, Decision.FILE, lines=[spent("601")])
    assert named(planned(door, Decision.FILE, lines=[spent("601")])) == [
        ("支出预算", 2, "年度", "core.illegal_transition")
    ]


def test_bad_rows_are_named_and_nothing_of_the_file_is_in(door: District) -> None:
    for rows, said in (
        ([spent(), spent(year=2031)], ("支出预算", 3, "年度", "budget.version_missing")),
        ([spent(), spent("1", "30101")], ("支出预算", 3, "经济分类", "budget.use_forbidden")),
        ([spent(), spent("1", school="nowhere")], ("支出预算", 3, "学校代码", "registry.school_unknown")),
    ):
        assert named(planned(door, lines=rows)) == [said]
        with pytest.raises(Problems):
            taken(door, lines=rows)
    assert door.budget.years.versions(YEAR)[-1].lines == ()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_is_taken_in_as_it_was_written(door: District, tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("lines.xlsx" if kind == "xlsx" else "lines")
    (write_workbook if kind == "xlsx" else write_csv)(path, LINES, whole())
    assert plan_file(door, path, LINES).count(Outcome.ADDED) == 5
    apply_file(door, path, LINES)
    assert door.budget.years.versions(YEAR)[-1].expenditure == Money.yuan(800)
    assert door.budget.years.view(YEAR).stage is Stage.DRAFTING
