"""Documents of allotments, drawn in both formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.budget.allotting import adopt_budget, allotting, amount
from xuequ import District
from xuequ.core.document import Document
from xuequ.core.errors import ArgumentMissing
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.budget.documents import DOCUMENTS
from xuequ.unified.budget.documents.allotments import OPERATING_ALLOTMENT, TRAINING_CHECK
from xuequ.unified.budget.schemas.allotments import AllotmentAdoption


@pytest.fixture
def door(session: Session) -> District:
    made = allotting(session)
    made.budget.allotments.adopt_allotment(AllotmentAdoption(year=2027, document_no="临教字〔2027〕1号"))
    adopt_budget(made, amount("operating", "30201", 95_001), amount("training", "30216", 4999))
    return made


def drawn(door: District, document: Document, folder: Path) -> tuple[Page, list[Any]]:
    """Draw a document in both formats; return the page, and what is in the workbook."""
    page = render(door, document, year=2027)
    write_xlsx(page, folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    return Page(to_html(page)), [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]


def test_the_documents_are_the_budget_s_and_need_a_year(door: District) -> None:
    for document in (OPERATING_ALLOTMENT, TRAINING_CHECK):
        assert document in DOCUMENTS
        with pytest.raises(ArgumentMissing):
            render(door, document)


def test_the_allotment_shows_actual_and_counted_heads_and_what_they_come_to(
    door: District, tmp_path: Path
) -> None:
    page, cells = drawn(door, OPERATING_ALLOTMENT, tmp_path)
    shown = page.within("td")
    assert {"s1完小", "12", "100", "200", "78,300.00", "150,300.00", "学校类别：完小"} <= set(shown)
    assert {"s1完小", 12, 100, 78_300, "生均公用经费基准定额（小学）"} <= set(cells)
    assert "（无）" not in shown


def test_the_training_check_says_what_falls_short(door: District, tmp_path: Path) -> None:
    page, cells = drawn(door, TRAINING_CHECK, tmp_path)
    shown = page.within("td")
    assert {"4.99%", "不足", "1.00", "师训经费·培训费"} <= set(shown)
    assert {"4.99%", 4999, 1} <= set(cells)
