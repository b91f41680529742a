"""The documents of the branch's life, drawn in both formats: with data, without, and with hostile names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.party.hall import Hall, hall
from tests.unified.party.meeting import held
from tests.unified.party.test_appraisal import assigned, raised
from tests.unified.party.test_study import opened, planned, session_of
from xuequ.core.document import Document
from xuequ.registry.models.people import Person
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.party.documents.appraisal import RECTIFICATION_LIST
from xuequ.unified.party.documents.meetings import COMPLETION_GRID, MEETING_ATTENDANCE
from xuequ.unified.party.documents.study import HOURS_LEDGER, STATUTE_LESSONS
from xuequ.unified.party.schemas.meetings import MissedReasonRecord
from xuequ.unified.party.states.meetings import MeetingKind

DOCUMENTS = (COMPLETION_GRID, HOURS_LEDGER, MEETING_ATTENDANCE, RECTIFICATION_LIST, STATUTE_LESSONS)
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


def drawn(stand: Hall, document: Document, folder: Path) -> tuple[str, Any]:
    page = render(stand.door, document)
    write_xlsx(page, folder / "a.xlsx")
    return to_html(page), openpyxl.load_workbook(folder / "a.xlsx")


@pytest.fixture
def lived(session: Session) -> Hall:
    """A branch with some life."""
    stand = hall(session)
    held(stand, stand.full[:6], on=date(2026, 8, 20))
    held(stand, stand.full[:2], MeetingKind.COMMITTEE, on=date(2026, 9, 8))
    reason = MissedReasonRecord(kind=MeetingKind.COMMITTEE, day=date(2026, 7, 1), reason="防汛救灾")
    stand.door.party.meetings.record_missed_reason(reason)
    _, item = raised(stand)
    assigned(stand, item, date(2026, 10, 20))
    stand.door.party.study.record_study(opened(stand), [session_of({stand.full[0]: "2.5"})])
    planned(stand)
    return stand


@every_document
def test_a_document_is_drawn_in_both_formats(lived: Hall, document: Document, tmp_path: Path) -> None:
    html, book = drawn(lived, document, tmp_path)
    assert book.sheetnames and "<script" not in html
    assert "（无）" not in Page(html).within("td")
    assert "学区" in html and "内部" not in document.title


@every_document
def test_a_branch_without_any_life_has_a_document_too(
    session: Session, document: Document, tmp_path: Path
) -> None:
    html, book = drawn(hall(session), document, tmp_path)
    assert book.sheetnames and document.title in html


@every_document
def test_hostile_names_are_only_names(
    lived: Hall, session: Session, document: Document, tmp_path: Path
) -> None:
    session.execute(update(Person).values(name="=cmd|'/c calc'!<script>"))
    html, book = drawn(lived, document, tmp_path)
    assert "<script" not in html
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_grid_shows_days_reasons_and_what_is_not_yet_due(lived: Hall, tmp_path: Path) -> None:
    cells = Page(drawn(lived, COMPLETION_GRID, tmp_path)[0]).within("td")
    for shown in ("20日", "8日", "未开展：防汛救灾", "未到期", "一般 1 次/季度", "应当 1 次/月", "—"):
        assert shown in cells, shown
    assert "党小组会（第一党小组）" in cells


def test_attendance_says_when_the_district_has_set_no_number(lived: Hall, tmp_path: Path) -> None:
    assert "尚未设定连续缺席几次起提示" in drawn(lived, MEETING_ATTENDANCE, tmp_path)[0]


def test_what_is_overdue_stands_at_the_head(lived: Hall, tmp_path: Path) -> None:
    html, _ = drawn(lived, RECTIFICATION_LIST, tmp_path)
    assert "逾期未完成" in html and "每周学习两次" in html
