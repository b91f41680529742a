"""Documents of dues, drawn in both formats: with data, without, and with hostile names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.party.hall import TODAY, Hall
from tests.unified.party.treasury import MONTHLY, OPENED, pay, paying, treasury
from xuequ import District, Money
from xuequ.core.document import Document
from xuequ.core.errors import ArgumentMissing
from xuequ.registry.models.people import Person
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.party.documents import DOCUMENTS as OF_PARTY
from xuequ.unified.party.documents.dues import DUES_ANNUAL, DUES_LEDGER, DUES_REMITTANCE
from xuequ.unified.party.schemas.dues import Giving, Remitting, Voiding

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
DOCUMENTS = (DUES_LEDGER, DUES_ANNUAL, DUES_REMITTANCE)
ARGUMENTS: dict[str, dict[str, Any]] = {
    "party.dues_ledger": {"year": 2026},
    "party.dues_annual": {"year": 2026},
    "party.dues_remittance": {"number": "S1"},
}
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


@pytest.fixture
def furnished(session: Session) -> Hall:
    made = treasury(session)
    dues = made.door.party.dues
    dues.assess(OPENED, date(2026, 12, 1))
    pay(made.door, paying(made.full[0], date(2026, 5, 1), NOVEMBER), paying(made.full[1], OCTOBER))
    dues.give(Giving(member_id=made.full[1], receipt="G", amount=Money.yuan(1200)))
    dues.remit(Remitting(number="S1", amount=Money.yuan("300.50")))
    return made


def drawn(door: District, document: Document, folder: Path) -> tuple[Page, list[Any]]:
    """Draw a document in both formats; return the page, and every cell of the workbook."""
    page = render(door, document, **ARGUMENTS[document.name])
    write_xlsx(page, folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    return Page(to_html(page)), [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def test_every_document_is_the_party_s_and_says_what_it_needs(furnished: Hall) -> None:
    assert set(DOCUMENTS) <= set(OF_PARTY)
    for document in DOCUMENTS:
        with pytest.raises(ArgumentMissing):
            render(furnished.door, document)


@every_document
def test_a_document_is_drawn_in_both_formats(furnished: Hall, document: Document, tmp_path: Path) -> None:
    page, cells = drawn(furnished.door, document, tmp_path)
    assert page.within("th") and page.within("td") and cells
    assert "（无）" not in page.within("td")


@every_document
def test_hostile_names_are_only_names(furnished: Hall, document: Document, tmp_path: Path) -> None:
    furnished.session.execute(update(Person).values(name="=cmd|'/c calc'!A0"))
    _, cells = drawn(furnished.door, document, tmp_path)
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [
        cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+-@" and cell.value
    ]


def test_the_ledger_has_a_row_a_member_and_a_column_a_month(furnished: Hall, tmp_path: Path) -> None:
    page, _ = drawn(furnished.door, DUES_LEDGER, tmp_path)
    assert {f"{number}月" for number in range(1, 13)} <= set(page.within("th"))
    shown = page.within("td")
    assert shown.count("75.20") == 9 and "欠 75.20" in shown
    assert f"{MONTHLY * 7:,}" in shown


def test_what_is_published_adds_up_and_tells_the_members_what_each_has_paid(
    furnished: Hall, tmp_path: Path
) -> None:
    furnished.door.party.dues.publish(2026)
    page, _ = drawn(furnished.door, DUES_ANNUAL, tmp_path)
    shown = page.within("td")
    received = MONTHLY * 8 + Money.yuan(1200)
    for money in (
        Money.yuan(100),
        received,
        Money.yuan("300.50"),
        Money.yuan(100) + received - Money.yuan("300.50"),
    ):
        assert f"{money:,}" in shown
    assert str(TODAY) in to_html(render(furnished.door, DUES_ANNUAL, year=2026))


def test_the_slip_says_the_sum_in_capitals_and_that_it_was_voided(furnished: Hall, tmp_path: Path) -> None:
    page, _ = drawn(furnished.door, DUES_REMITTANCE, tmp_path)
    assert {"叁佰元伍角", "镇党委", "300.50"} <= set(page.within("td"))
    (sent,) = furnished.door.party.dues.remittances()
    furnished.door.party.dues.void_remittance(sent.id, Voiding(reason="重复上缴"))
    assert "重复上缴" in to_html(render(furnished.door, DUES_REMITTANCE, number="S1"))


def test_an_empty_ledger_is_an_empty_document(session: Session, tmp_path: Path) -> None:
    made = treasury(session, members=3)
    page, _ = drawn(made.door, DUES_ANNUAL, tmp_path)
    assert "（无）" in page.within("td")
