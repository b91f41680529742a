"""The tables of a proposed and an approved budget, drawn in both formats; totals agree."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.budget.drafting import (
    YEAR,
    approval,
    controlled,
    deliberated,
    drafted,
    income,
    line,
    office,
    proposed,
    submitted,
)
from xuequ import District, Money
from xuequ.core.document import Document
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.budget.documents.years import BUDGET_APPROVED, BUDGET_PROPOSAL
from xuequ.unified.budget.errors.years import VersionMissing


@pytest.fixture
def door(session: Session) -> District:
    door = office(session)
    repair = {"project": "repair", "function": "2050203", "economic": "30213"}
    rows = (income("1000.50"), income("300", "repair"), line("600.25"), line("400.25", "30216", school="s1"))
    drafted(door, *rows, line("299.99", **repair))
    deliberated(door)
    proposed(door)
    controlled(door, "2000")
    submitted(door)
    door.budget.years.approve(approval("1300.50", "1300.49"))
    return door


@pytest.mark.parametrize("document", [BUDGET_PROPOSAL, BUDGET_APPROVED], ids=lambda one: one.name)
def test_a_table_is_drawn_in_both_formats_with_its_totals(
    door: District, document: Document, tmp_path: Path
) -> None:
    page = render(door, document, year=YEAR)
    write_xlsx(page, tmp_path / "a.xlsx")
    cells = [
        cell.value for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx") for row in sheet for cell in row
    ]
    said = Page(to_html(page)).within("td")
    for shown in ("30216", "培训费", "2050203", "初中教育", "财政拨款"):
        assert shown in said and shown in cells
    assert sum("1300.49" in text.replace(",", "") for text in said) >= 2


def test_what_is_spent_by_function_and_by_economy_comes_to_the_same(door: District) -> None:
    sheet = door.budget.years.approved_sheet(YEAR)
    for sums in (sheet.functions, sheet.economics):
        assert Money.total(one.amount for one in sums) == sheet.expenditure == Money.yuan("1300.49")
        assert Money.total(one.basic for one in sums) == Money.yuan("1000.50")
        assert Money.total(one.project for one in sums) == Money.yuan("299.99")
    assert Money.total(one.amount for one in sheet.sources) == sheet.income == Money.yuan("1300.50")
    assert [(one.group, one.code) for one in sheet.economics] == [
        *(("商品和服务支出", code) for code in ("30201", "30213", "30216")),
    ]


def test_what_is_not_approved_has_no_table_of_approval(session: Session) -> None:
    door = office(session)
    with pytest.raises(VersionMissing):
        door.budget.years.proposal_sheet(YEAR)
    drafted(door, income(), line())
    assert door.budget.years.proposal_sheet(YEAR).expenditure == Money.yuan(600)
    with pytest.raises(VersionMissing):
        door.budget.years.approved_sheet(YEAR)
