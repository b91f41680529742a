"""Data checks of claims: planted defects are found, claims under way have none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from tests.unified.budget.buying import accept, order_id, ordered
from tests.unified.budget.counter import Counter, counter
from xuequ import Money, Post
from xuequ.core.ids import new_id
from xuequ.embed import run_data_checks
from xuequ.unified.budget.models.claims import BudgetClaim, BudgetClaimLine, BudgetInvoice


@pytest.fixture
def desk(session: Session) -> Counter:
    return counter(session)


def found(desk: Counter) -> dict[str, list[str]]:
    desk.session.flush()
    return {
        result.check.code.removeprefix("budget."): [one.what for one in result.findings]
        for result in run_data_checks(desk.session, desk.place)
        if result.check.code.startswith("budget.") and result.findings
    }


def plant(desk: Counter, model: Any, row_id: int, **values: Any) -> None:
    desk.session.execute(update(model).where(model.id == row_id).values(**values))


def test_claims_in_every_state_have_no_defect(desk: Counter) -> None:
    order = order_id(accept(desk, ordered(desk, "5", supplier="别家"), "10"))
    desk.draft("1")
    desk.submitted("2")
    desk.checked("3")
    desk.approved("4")
    desk.paid("70", order_id=order, supplier="别家")
    claims = desk.door(Post.ACCOUNTANT).budget.claims
    claims.archive(claims.post(desk.paid("6", supplier="又一家").id).id)
    back = desk.door(Post.PRINCIPAL).budget.claims.return_claim(desk.approved("7").id, "重填")
    desk.door(desk.claimant_no).budget.claims.void(back.id, "不报了")
    assert found(desk) == {}


def test_a_total_that_its_lines_do_not_come_to_is_found(desk: Counter) -> None:
    claim = desk.draft("10")
    plant(desk, BudgetClaim, claim.id, total=Money.yuan(11))
    assert found(desk) == {"claims_add_up": [f"报销单“{claim.number}”金额 11.00 元，明细合计 10.00 元"]}


def test_a_claim_that_was_paid_past_the_program_is_found(desk: Counter) -> None:
    claim = desk.checked("10")
    plant(desk, BudgetClaim, claim.id, state="paid")
    defects = found(desk)
    assert set(defects) == {"claims_money", "claims_signed"}
    assert "预留 10.00、占用 0.00、已付 0.00" in defects["claims_money"][0]
    assert defects["claims_signed"] == [f"报销单“{claim.number}”已支付，缺少审批、支付环节"]


def test_an_invoice_that_is_free_while_its_claim_lives_is_found(desk: Counter) -> None:
    claim = desk.draft("10")
    desk.session.execute(
        update(BudgetInvoice).where(BudgetInvoice.claim_id == claim.id).values(freed_on=date(2026, 11, 1))
    )
    assert "invoices_once" in found(desk)


def test_a_line_planted_into_a_claim_under_way_is_found(desk: Counter) -> None:
    claim = desk.submitted("10")
    (line,) = claim.lines
    scope = desk.door().context.scope
    values = {"county_id": scope.county_id, "id": new_id(), "claim_id": claim.id, "no": 2}
    more = {"line_id": line.line_id, "what": "夹带", "amount": Money.yuan(1), "from_order": Money(0)}
    desk.session.execute(insert(BudgetClaimLine).values(**values, **more))
    assert set(found(desk)) == {"claims_add_up"}
