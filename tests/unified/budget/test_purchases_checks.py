"""Data checks and documents of purchases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.budget.buying import accept, approved, order_id, ordered, requested
from tests.unified.budget.counter import Counter, counter
from tests.unified.budget.test_claims_checks import found, plant
from xuequ import Money, Post
from xuequ.core.document import Document
from xuequ.core.source import Source
from xuequ.registry.models.people import Person
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.budget.documents.purchases import ACCEPTANCE, DOCUMENTS, PURCHASE_ORDER
from xuequ.unified.budget.models.purchases import PurchaseOrder, PurchaseOrderLine, PurchaseRequest
from xuequ.unified.budget.states.ledger import Pot

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


@pytest.fixture
def desk(session: Session) -> Counter:
    return counter(session)


def test_purchases_in_every_state_have_no_defect(desk: Counter) -> None:
    principal = desk.door(Post.PRINCIPAL).budget.purchases
    requested(desk)
    principal.cancel(approved(desk).id, "不用了")
    principal.refuse(requested(desk).id, "仓库还有")
    principal.cancel(ordered(desk).id, "断货")
    view = accept(desk, ordered(desk, "10", "9"), "9")
    claim = desk.submitted("70", order_id=order_id(view))
    desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim.id)
    assert found(desk) == {}
    desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)
    desk.door(Post.CASHIER).budget.claims.pay(claim.id)
    assert found(desk) == {}
    desk.door(Post.BUYER).budget.purchases.close(view.id)
    assert found(desk) == {}


def test_money_that_left_past_the_program_is_found(desk: Counter) -> None:
    view, first = ordered(desk), approved(desk)
    order = Source("budget.order", order_id(view))
    ledger, other = desk.door().budget.ledger, Source("budget.other", 1)
    ledger.release(desk.goods, Money(100), other, out_of=Pot.COMMITTED, purpose=order)
    assert set(found(desk)) == {"orders_money"}
    plant(desk, PurchaseOrder, order.id, total=Money(9900))
    plant(desk, PurchaseRequest, first.id, state="refused")
    defects = found(desk)
    assert "总价 99.00 元，明细合计 100.00 元；应占用 100.00 元，实际 99.00 元" in defects["orders_money"][0]
    assert defects["requests_money"] == [f"申购单“{first.number}”应预留 0.00 元，实际 100.00 元"]


def test_an_acceptance_that_nobody_wrote_and_a_state_without_an_order_are_found(desk: Counter) -> None:
    view, first = ordered(desk), approved(desk)
    plant(desk, PurchaseOrderLine, view.items[0].order_line_id or 0, accepted=3)
    plant(desk, PurchaseRequest, first.id, state="closed")
    assert set(found(desk)) == {"orders_accepted", "purchases_ordered", "requests_money"}


@every_document
def test_a_document_is_drawn_in_both_formats_and_hostile_names_are_only_names(
    desk: Counter, document: Document, tmp_path: Path
) -> None:
    view = accept(desk, ordered(desk, "168.05", supplier="=cmd|'/c calc'!A0"), "4", "1", "受潮")
    desk.session.execute(update(Person).values(name="=1+1"))
    assert view.order is not None
    said: dict[str, Any] = {"year": 2026}
    if document is PURCHASE_ORDER:
        said = {"number": view.order.number}
    elif document is ACCEPTANCE:
        said = {"number": view.acceptances[0].number}
    page = render(desk.door(), document, **said)
    write_xlsx(page, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    html = to_html(page)
    wanted = "受潮" if document is ACCEPTANCE else "1,680.50"
    assert any(wanted in text for text in Page(html).within("td"))
    assert ("人民币壹仟陆佰捌拾元伍角整" in html or "人民币壹仟陆佰捌拾元伍角" in html) == (
        document is PURCHASE_ORDER
    )
