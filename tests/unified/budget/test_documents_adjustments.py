"""The sheets of adjustments and of what was carried over, drawn in both formats."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.unified.budget.fiscal import adopt, apply, carry_basic, fiscal, line, pay, shift
from xuequ import District
from xuequ.core.document import Document
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.budget.documents import ADJUSTMENTS, CARRY_OVER, DOCUMENTS


@pytest.fixture
def door(session: Session) -> District:
    made = fiscal(session)
    carry_basic(made)
    apply(made, shift().model_copy(update={"reason": "<b>增加</b>培训"}))
    made.budget.closing.close(2026)
    adopt(made, 2027)
    pay(made, line(made, "30218", 2027).id, 250, 1, 2027)
    return made


@pytest.mark.parametrize("document", [ADJUSTMENTS, CARRY_OVER], ids=lambda document: document.name)
@pytest.mark.parametrize("year", [2026, 2027, 2030])
def test_every_sheet_is_drawn_with_data_and_without(
    door: District, document: Document, year: int, tmp_path: Path
) -> None:
    assert document in DOCUMENTS
    page = render(door, document, year=year)
    write_xlsx(page, tmp_path / "a.xlsx")
    html, book = to_html(page), openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert document.title in html
    assert f"{year} 年度" in html
    assert book.worksheets


def test_the_sheets_say_what_happened(door: District) -> None:
    adjusted = to_html(render(door, ADJUSTMENTS, year=2026))
    assert "财调T1" in adjusted
    assert "一般不予调整" in adjusted
    assert "<b>增加" not in adjusted
    carried = to_html(render(door, CARRY_OVER, year=2027))
    assert all(said in carried for said in ("2027-12-31", "250.00", "750.00"))
