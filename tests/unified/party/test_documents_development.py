"""The documents of development, drawn in both formats: with cases, without, and with hostile names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.party.hall import Hall
from tests.unified.party.pipeline import advance, apply, meeting_hall, record
from xuequ.core.document import Document
from xuequ.registry.models.people import Person
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.party.documents.development import CANDIDATE_NOTICE, DEVELOPMENT_LEDGER

every_document = pytest.mark.parametrize(
    "document", (DEVELOPMENT_LEDGER, CANDIDATE_NOTICE), ids=lambda document: document.name
)
HUNG = date(2026, 5, 21)


@pytest.fixture
def place(session: Session) -> Hall:
    return meeting_hall(session)


def drawn(place: Hall, document: Document, folder: Path, **arguments: Any) -> tuple[str, Any]:
    page = render(place.door, document, **arguments)
    write_xlsx(page, folder / "a.xlsx")
    return to_html(page), openpyxl.load_workbook(folder / "a.xlsx")


@every_document
def test_a_document_is_drawn_in_both_formats(place: Hall, document: Document, tmp_path: Path) -> None:
    advance(place, "notice")
    html, book = drawn(place, document, tmp_path, on=HUNG)
    name = place.session.get_one(Person, (place.door.context.scope.county_id, place.spare[0])).name
    assert name in Page(html).within("td") and "<script" not in html
    assert any(cell.value == name for sheet in book for row in sheet.iter_rows() for cell in row)
    assert f"size: A4 {document.paper.value}" in html


@every_document
def test_without_cases_it_says_that_there_are_none(place: Hall, document: Document, tmp_path: Path) -> None:
    html, book = drawn(place, document, tmp_path, on=HUNG)
    assert "（无）" in Page(html).within("td") and book.sheetnames


@every_document
def test_hostile_names_are_only_names(place: Hall, document: Document, tmp_path: Path) -> None:
    advance(place, "notice")
    place.session.execute(update(Person).values(name="=cmd|'/c calc'!A0<script>"))
    html, book = drawn(place, document, tmp_path, on=HUNG)
    assert "<script" not in html
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_ledger_shows_the_next_lawful_day_what_is_overdue_and_the_exceptions(
    place: Hall, tmp_path: Path
) -> None:
    advance(place, "review")
    second = apply(place, 1).id
    record(place, second, "talk", "2025-03-01", reason="支部换届")
    html, _ = drawn(place, DEVELOPMENT_LEDGER, tmp_path, on=date(2026, 9, 1))
    cells = Page(html).within("td")
    assert "逾期" in cells and "支部换届" in cells
    assert any(date(2026, 9, 1).isoformat() < cell < "2026-09-15" for cell in cells)  # after a notice of now
    assert "须先公示不少于 5 个工作日" in html


def test_a_notice_says_how_long_it_hangs_and_by_which_article(place: Hall, tmp_path: Path) -> None:
    advance(place, "notice")
    html, _ = drawn(place, CANDIDATE_NOTICE, tmp_path, on=HUNG, contact="镇党委组织办")
    assert "5个工作日" in html and "第十三条" in html and "镇党委组织办" in html
    assert "2026年5月27日" in html
    other_day, _ = drawn(place, CANDIDATE_NOTICE, tmp_path, on=date(2026, 5, 22))
    assert "（无）" in Page(other_day).within("td")


def test_a_notice_in_a_year_without_its_calendar_says_that_it_is_reckoned(
    place: Hall, tmp_path: Path
) -> None:
    html, _ = drawn(place, CANDIDATE_NOTICE, tmp_path, on=date(2027, 11, 1))
    assert "推算" in html and "2027年放假通知" in html
