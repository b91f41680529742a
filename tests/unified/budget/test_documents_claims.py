"""Documents of claims, drawn in both formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.budget.counter import TODAY, Counter, counter
from xuequ import Post
from xuequ.core.document import Document
from xuequ.registry.models.people import Person
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.budget.documents.claims import CLAIM, CLAIMS, DOCUMENTS, TURNAROUND
from xuequ.unified.budget.schemas.claims import Turnaround

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


@pytest.fixture
def desk(session: Session) -> Counter:
    return counter(session)


def drawn(desk: Counter, document: Document, folder: Path, **said: Any) -> tuple[Page, list[Any]]:
    """Draw a document in both formats; return the page, and every cell of the workbook."""
    page = render(desk.door(), document, **said)
    write_xlsx(page, folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    return Page(to_html(page)), [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def arguments(document: Document, number: str) -> dict[str, Any]:
    return {"number": number} if document is CLAIM else {"year": 2026}


@every_document
def test_a_document_is_drawn_in_both_formats_and_hostile_names_are_only_names(
    desk: Counter, document: Document, tmp_path: Path
) -> None:
    claim = desk.paid("1680.32", supplier="=cmd|'/c calc'!A0")
    desk.session.execute(update(Person).values(name="=1+1"))
    page, cells = drawn(desk, document, tmp_path, **arguments(document, claim.number))
    assert page.within("th") and page.within("td")
    assert any("1,680.32" in text for text in page.within("td"))
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_claim_says_its_amount_in_capitals_and_who_signed_as_what(desk: Counter, tmp_path: Path) -> None:
    claim = desk.paid("1680.32")
    html = to_html(render(desk.door(), CLAIM, number=claim.number))
    assert "人民币壹仟陆佰捌拾元叁角贰分" in html
    page, cells = drawn(desk, CLAIM, tmp_path, number=claim.number)
    assert {"学校负责人", "总务主任", "学区校长", "出纳"} <= set(page.within("td"))
    assert any("人民币壹仟陆佰捌拾元叁角贰分" in str(cell.value) for cell in cells)


def test_the_list_has_every_claim_and_what_they_come_to(desk: Counter, tmp_path: Path) -> None:
    desk.draft("100")
    desk.submitted("23.50", supplier="别家")
    shown = drawn(desk, CLAIMS, tmp_path, year=2026)[0].within("td")
    assert {"草稿", "已提交", "123.50"} <= set(shown)
    assert "（无）" in drawn(desk, CLAIMS, tmp_path, year=2026, school="s2")[0].within("td")


def test_the_turnaround_counts_days_from_the_last_submission(desk: Counter) -> None:
    claim = desk.approved()
    later = TODAY.replace(day=9)
    desk.door(Post.CASHIER, later).budget.claims.pay(claim.id)
    waiting = desk.submitted(supplier="别家")
    desk.door(Post.PRINCIPAL).budget.claims.return_claim(waiting.id, "不清")
    desk.door(Post.SCHOOL_HEAD, later).budget.claims.submit(waiting.id)
    desk.draft()
    view: Turnaround = desk.door(today=TODAY.replace(day=12)).budget.claims.turnaround(2026)
    lines = {line.number: line for line in view.lines}
    assert len(lines) == 2
    paid, open_one = lines[claim.number], lines[waiting.number]
    assert (paid.check_days, paid.approve_days, paid.pay_days, paid.post_days) == (0, 0, 7, None)
    assert paid.waiting_days is None
    assert (open_one.submitted_on, open_one.waiting_days, open_one.returned) == (later, 3, 1)
    assert TURNAROUND.view == "turnaround"
