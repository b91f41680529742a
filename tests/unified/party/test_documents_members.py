"""Documents of members, drawn in both formats."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.registry.staffing import staff as staff_id
from tests.reports.pages import Page
from tests.unified.party.hall import PLACE, TODAY, Hall, hall
from xuequ.core.document import Document
from xuequ.registry.schemas.staff import StandingRecord
from xuequ.registry.states.staff import StandingKind
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.standards.codes.staff import BackboneLevel
from xuequ.unified.party.documents.members import CULTIVATION, ROSTER, YEAR_FLOW
from xuequ.unified.party.schemas.members import MemberEnding
from xuequ.unified.party.states.members import MemberExit

ARGUMENTS: dict[str, dict[str, Any]] = {YEAR_FLOW.name: {"year": 2026}}


@pytest.fixture
def stand(session: Session) -> Hall:
    made = hall(session)
    made.door.party.members.end_membership(
        made.full[7], MemberEnding(exit=MemberExit.DIED, on=TODAY, authority="证明")
    )
    made.door.registry.staff.standings.record(
        [
            StandingRecord(
                staff_id=staff_id(session, school, number),
                kind=StandingKind.BACKBONE,
                code=BackboneLevel.COUNTY.code,
                since=date(2026, 10, 1),
            )
            for school, number in (("s1", 1), ("s2", 6))
        ]
    )
    return made


def texts(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


@pytest.mark.parametrize("document", [ROSTER, YEAR_FLOW, CULTIVATION], ids=lambda one: one.name)
def test_a_document_of_members_is_drawn_in_both_formats(
    stand: Hall, document: Document, tmp_path: Path
) -> None:
    page = render(stand.door, document, **ARGUMENTS.get(document.name, {}))
    html = to_html(page)
    write_xlsx(page, tmp_path / "a.xlsx")
    cells, written = Page(html).within("td"), texts(tmp_path / "a.xlsx")
    assert document.title in html and "（无）" not in cells
    assert "qianfeng学区党支部" in html and any("qianfeng学区党支部" in text for text in written)
    assert (any("师1" in cell for cell in cells) and any("师1" in text for text in written)) or (
        document is YEAR_FLOW
    )


def test_the_years_turnover_lists_who_came_and_went(stand: Hall) -> None:
    cells = Page(to_html(render(stand.door, YEAR_FLOW, year=2026))).within("td")
    assert "去世" in cells and "补录" in cells and "2026-11-02" in cells


def test_the_rosters_groups_say_their_schools(stand: Hall) -> None:
    cells = Page(to_html(render(stand.door, ROSTER))).within("td")
    assert "s1完小" in cells and "s1" not in cells and "第二党小组" in cells and "书记" in cells
    assert PLACE.startswith("530921")
