"""Documents of the council, drawn in both formats: minutes with who withdrew, and the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.budget.chamber import MET, Chamber, chamber
from xuequ import Money
from xuequ.core.document import Document
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.budget.documents import DOCUMENTS
from xuequ.unified.budget.documents.council import DECISIONS, MINUTES
from xuequ.unified.budget.schemas.council import EmergencyRepair, Interest, ItemVote, MeetingVoiding


@pytest.fixture
def council(session: Session) -> Chamber:
    return chamber(session)


def drawn(made: Chamber, document: Document, folder: Path, **arguments: Any) -> tuple[str, list[str]]:
    """Draw a document in both formats; return the page's text, and every cell of the workbook."""
    page = render(made.door, document, **arguments)
    write_xlsx(page, folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    return "\n".join(said for _, said in Page(to_html(page)).texts), cells


def test_minutes_say_who_came_who_withdrew_and_what_was_decided(council: Chamber, tmp_path: Path) -> None:
    meeting_id = council.held(7)
    item_id = council.proposed(meeting_id, until=date(2027, 1, 1), school="s1", subject="<b>围墙</b>")
    interested = (Interest(staff_id=council.members[2], reason="施工方股东"),)
    council.council.decide(item_id, ItemVote(yes=3, no=1, abstain=1, interested=interested))
    text, cells = drawn(council, MINUTES, tmp_path, meeting_id=meeting_id)
    for said in ("〔2026〕7号", "应到 6 人，实到 6 人", "施工方股东", "2026-12-31", "<b>围墙</b>", "主持人"):
        assert said in text
    assert {"<b>围墙</b>", "施工方股东", "校舍维修", "通过"} <= {*cells}
    council.council.void_meeting(meeting_id, MeetingVoiding(reason="记录有误"))
    assert "本次会议已作废：记录有误" in drawn(council, MINUTES, tmp_path, meeting_id=meeting_id)[0]


def test_the_ledger_says_what_is_left_and_which_emergencies_are_due(council: Chamber, tmp_path: Path) -> None:
    values: dict[str, Any] = {"line_id": council.lines["30213"], "began_on": date(2026, 10, 1)}
    council.council.record_emergency(
        EmergencyRepair(school="s2", subject="水管爆裂", reason="冻裂", limit=Money.yuan(30), **values)
    )
    council.adopted(until=MET.replace(day=15))
    text, cells = drawn(council, DECISIONS, tmp_path)
    for said in ("南楼屋面维修", "已失效", "水管爆裂", "逾期未追认", "130.00", "2026-10-16"):
        assert said in text
    assert {"已失效", "逾期未追认", "冻裂"} <= {*cells}


def test_an_empty_ledger_is_drawn(council: Chamber, tmp_path: Path) -> None:
    text, _ = drawn(council, DECISIONS, tmp_path, year=2025)
    assert "2025 年度" in text
    assert {DECISIONS, MINUTES} <= {*DOCUMENTS}
