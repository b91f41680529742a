"""The documents of regulations, visits, duty, safety and plans, drawn in both formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.leadership.ledger_office import NOVEMBER, OCTOBER, as_, office, on
from tests.unified.leadership.rulebook import issued, register
from tests.unified.leadership.test_duties import put, turn
from tests.unified.leadership.test_plans import added, opened
from tests.unified.leadership.test_safety import drill, hazard, held
from tests.unified.leadership.test_visits import visit
from xuequ import District
from xuequ.core.document import Document
from xuequ.registry.models.people import Person
from xuequ.reports import find_document, render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.testing import make_district
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.documents import DOCUMENTS
from xuequ.unified.leadership.states.plans import PlanArea

MINE = [
    find_document(f"leadership.{name}", DOCUMENTS)
    for name in ("ack_matrix", "visit_log", "duty_roster", "safety_ledger", "plan_execution")
]
DAYS = {"first": DAY, "last": NOVEMBER}
ARGUMENTS: dict[str, dict[str, Any]] = {
    f"leadership.{name}": DAYS for name in ("visit_log", "duty_roster", "safety_ledger")
}
every_document = pytest.mark.parametrize("document", MINE, ids=lambda document: document.name)


def drawn(door: District, document: Document, folder: Path) -> tuple[str, list[str]]:
    page = render(door, document, **ARGUMENTS.get(document.name, {}))
    write_xlsx(page, folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    return to_html(page), [value for value in cells if isinstance(value, str)]


@pytest.fixture
def door(session: Session) -> District:
    """A district in which a little of everything has happened."""
    made = on(office(session), OCTOBER)
    version_id = issued(made, register(made), DAY).id
    as_(made, "s1-T1").leadership.acknowledgements.read(version_id, "s1")
    as_(made, "s1-T1").leadership.acknowledgements.sign(version_id, "s1")
    visit(made)
    put(made, turn(made, "s1-T3"), turn(made, "s2-T1", half=None))
    held(made, drill(problems="拥堵"))
    hazard(made)
    added(made, opened(made))
    return made


@every_document
def test_a_document_is_drawn_in_both_formats(door: District, document: Document, tmp_path: Path) -> None:
    html, texts = drawn(door, document, tmp_path)
    assert document.title in html and document.title in "".join(texts)
    assert "（无）" not in Page(html).within("td")


@every_document
def test_an_empty_district_has_an_empty_document(
    session: Session, document: Document, tmp_path: Path
) -> None:
    bare = make_district(session, "530921/dasi", schools=0)
    html, _ = drawn(bare, document, tmp_path)
    assert "（无）" in Page(html).within("td")


@every_document
def test_hostile_names_are_only_names(door: District, document: Document, tmp_path: Path) -> None:
    door.context.session.execute(update(Person).values(name="=cmd|'/c calc'!A0"))
    html, texts = drawn(door, document, tmp_path)
    assert "<script" not in html
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


def test_the_matrix_says_who_has_signed_and_who_has_to(door: District) -> None:
    cells = Page(to_html(render(door, MINE[0]))).within("td")
    assert {"50%", "已签收", "待阅", "逾期"} <= set(cells)


def test_the_log_shows_what_is_open(door: District) -> None:
    cells = Page(to_html(render(door, MINE[1], **DAYS))).within("td")
    assert "1.【问题】灭火器过期；2.早读有序" in cells and "灭火器过期" in cells


def test_the_plan_of_safety_is_another_sheet(door: District) -> None:
    safety = Page(to_html(render(door, MINE[4], area=PlanArea.SAFETY)))
    assert "（无）" in safety.within("td")
    assert "排队进校" in Page(to_html(render(door, MINE[4]))).within("td")
