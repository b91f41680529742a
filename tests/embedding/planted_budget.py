"""Defects of budgets, planted past the office: each in a district of its own, made by its use cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from tests.unified.budget.allotting import adopt_budget, allotting, amount, release
from tests.unified.budget.buying import approved, order_id, ordered, requested
from tests.unified.budget.chamber import Chamber, chamber
from tests.unified.budget.counter import Counter, counter
from tests.unified.budget.fiscal import apply, carry_basic, fiscal, line, shift
from xuequ import District, Money, Post
from xuequ.core.source import Source
from xuequ.unified.budget.models.adjustments import BudgetAdjustment
from xuequ.unified.budget.models.allotments import Allotment, AllotmentLine, Release
from xuequ.unified.budget.models.claims import BudgetClaim, BudgetInvoice
from xuequ.unified.budget.models.closing import BudgetCarryOver
from xuequ.unified.budget.models.council import CouncilAttendance, DecisionItem
from xuequ.unified.budget.models.ledger import BudgetIncome, BudgetLine
from xuequ.unified.budget.models.purchases import PurchaseOrderLine, PurchaseRequest
from xuequ.unified.budget.models.stock import StockItem
from xuequ.unified.budget.models.years import BudgetVersionLine
from xuequ.unified.budget.schemas.allotments import AllotmentAdoption
from xuequ.unified.budget.schemas.stock import NewItem
from xuequ.unified.budget.states.ledger import Pot

PLACE = "530921/fengshan"
FEN = Money(1)


def _falsify(session: Session, model: Any, row_id: int, **values: Any) -> None:
    """Write other values into a row, past the office and past what makes its table append-only."""
    table = str(model.__tablename__)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    else:
        query = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        for trigger in list(session.scalars(query, {"table": table})):
            session.execute(text(f"DROP TRIGGER {trigger}"))
    session.execute(update(model).where(model.id == row_id).values(**values))


def _last(session: Session, model: Any, *conditions: Any) -> Any:
    """Return the newest row of a table, among those that conditions hold for."""
    session.flush()
    return session.scalars(select(model).where(*conditions).order_by(model.id.desc()).limit(1)).one()


# the year


def _granted(session: Session, economic: str) -> tuple[int, int]:
    """Adopt a budget; return the ids of a line of it and of the approved version's row for that line."""
    granted = line(fiscal(session, PLACE), economic)
    return granted.id, int(_last(session, BudgetVersionLine, BudgetVersionLine.economic == economic).id)


def line_granted_elsewhere(session: Session) -> None:
    """Let the version name another use for a line's money, so that only the totals agree."""
    _, row_id = _granted(session, "30218")
    _falsify(session, BudgetVersionLine, row_id, economic="30299")


def income_of_another_source(session: Session) -> None:
    _granted(session, "30218")
    said = _last(session, BudgetVersionLine, BudgetVersionLine.side == "income")
    _falsify(session, BudgetVersionLine, said.id, fund="special_account")


def version_with_a_line_lost(session: Session) -> None:
    line_id, _ = _granted(session, "30216")
    session.execute(delete(BudgetLine).where(BudgetLine.id == line_id))


def provisional_money_without_a_document(session: Session) -> None:
    line_id, _ = _granted(session, "30216")
    _falsify(session, BudgetLine, line_id, provisional=FEN)


# adjustments


def _adjusted(session: Session) -> District:
    door = fiscal(session, PLACE)
    apply(door, shift())
    assert _last(session, BudgetAdjustment).state == "applied"
    return door


def line_adjusted_by_hand(session: Session) -> None:
    training = line(_adjusted(session), "30216")
    _falsify(session, BudgetLine, training.id, adjusted=training.adjusted + FEN)


def income_adjusted_by_hand(session: Session) -> None:
    _adjusted(session)
    _falsify(session, BudgetIncome, _last(session, BudgetIncome).id, adjusted=FEN)


# the close


def _closed(session: Session) -> District:
    """Close a year: special money is carried, the rest becomes surplus."""
    door = fiscal(session, PLACE)
    carry_basic(door, "false")
    door.budget.closing.close(2026)
    return door


def carried_in_by_hand(session: Session) -> None:
    _falsify(session, BudgetLine, line(_closed(session), "30218", 2027).id, carried_in=Money.yuan(999))


def surplus_gone(session: Session) -> None:
    _closed(session)
    surplus = _last(session, BudgetCarryOver, BudgetCarryOver.kind == "surplus")
    _falsify(session, BudgetCarryOver, surplus.id, amount=surplus.amount - FEN)


def carried_to_another_use(session: Session) -> None:
    _falsify(session, BudgetLine, line(_closed(session), "30218", 2027).id, function="2050203")


# allotments and releases


def _allotted(session: Session) -> None:
    door = allotting(session, PLACE)
    door.budget.allotments.adopt_allotment(AllotmentAdoption(year=2027, document_no="临教字〔2027〕1号"))


def allotted_more_than_its_lines(session: Session) -> None:
    _allotted(session)
    adopted = _last(session, Allotment)
    _falsify(session, Allotment, adopted.id, total=adopted.total + FEN)


def allotted_for_a_pupil_too_many(session: Session) -> None:
    """Let a line say more heads than the return does; the rate holds for the same hundred as before."""
    _allotted(session)
    base = _last(session, AllotmentLine, AllotmentLine.item == "base")
    _falsify(session, AllotmentLine, base.id, actual=base.actual + 1)


def returned_without_an_entry(session: Session) -> None:
    door = allotting(session, PLACE)
    (training,) = adopt_budget(door, amount("training", "30216", 100))
    released = door.budget.allotments.release_funds(release(training, 40))
    _falsify(session, Release, released.id, returned=FEN)


# claims


def _desk(session: Session) -> Counter:
    return counter(session, PLACE)


def claim_of_another_total(session: Session) -> None:
    claim = _desk(session).draft("10")
    _falsify(session, BudgetClaim, claim.id, total=claim.total + FEN)


def money_held_for_a_draft(session: Session) -> None:
    desk = _desk(session)
    held_for = Source("budget.claim", desk.draft("10").id)
    desk.door().budget.ledger.reserve_funds(desk.goods, Money.yuan(10), held_for)


def invoice_freed_while_its_claim_lives(session: Session) -> None:
    claim = _desk(session).draft("10")
    invoice = _last(session, BudgetInvoice, BudgetInvoice.claim_id == claim.id)
    _falsify(session, BudgetInvoice, invoice.id, freed_on=date(2026, 11, 1))


def archived_without_the_act(session: Session) -> None:
    desk = _desk(session)
    posted = desk.door(Post.ACCOUNTANT).budget.claims.post(desk.paid("10").id)
    _falsify(session, BudgetClaim, posted.id, state="archived")


# the council


def _council(session: Session) -> Chamber:
    return chamber(session, PLACE)


def drawn_past_the_book(session: Session) -> None:
    _falsify(session, DecisionItem, _council(session).adopted(), drawn=FEN)


def adopted_by_one_of_six(session: Session) -> None:
    _falsify(session, DecisionItem, _council(session).adopted(), yes=1, no=5)


def stranger_on_the_roll(session: Session) -> None:
    made = _council(session)
    meeting_id = made.held()
    mark = _last(session, CouncilAttendance, CouncilAttendance.meeting_id == meeting_id)
    _falsify(session, CouncilAttendance, mark.id, staff_id=made.spare[1])


# purchases and stock


def request_that_holds_less(session: Session) -> None:
    desk = _desk(session)
    asked = Source("budget.request", approved(desk).id)
    ledger = desk.door().budget.ledger
    ledger.release(desk.goods, FEN, Source("test.other", 1), out_of=Pot.RESERVED, purpose=asked)


def order_that_holds_less(session: Session) -> None:
    desk = _desk(session)
    order = Source("budget.order", order_id(ordered(desk)))
    ledger = desk.door().budget.ledger
    ledger.release(desk.goods, FEN, Source("test.other", 1), out_of=Pot.COMMITTED, purpose=order)


def accepted_without_a_paper(session: Session) -> None:
    line_id = ordered(_desk(session)).items[0].order_line_id
    assert line_id is not None
    _falsify(session, PurchaseOrderLine, line_id, accepted=1)


def closed_without_an_order(session: Session) -> None:
    desk = _desk(session)
    refused = desk.door(Post.PRINCIPAL).budget.purchases.refuse(requested(desk).id, "仓库还有")
    _falsify(session, PurchaseRequest, refused.id, state="closed")


def goods_gone_from_the_store(session: Session) -> None:
    stock = _desk(session).door().budget.stock
    stock.add_items([NewItem(code="paper", name="打印纸", unit="包")])
    _falsify(session, StockItem, _last(session, StockItem).id, balance=Decimal(5))


PLANTED: dict[str, Callable[[Session], None]] = {
    "budget.allotments_add_up": allotted_more_than_its_lines,
    "budget.allotments_recompute": allotted_for_a_pupil_too_many,
    "budget.carried_for_the_same_use": carried_to_another_use,
    "budget.claims_add_up": claim_of_another_total,
    "budget.claims_money": money_held_for_a_draft,
    "budget.claims_signed": archived_without_the_act,
    "budget.council_attendance": stranger_on_the_roll,
    "budget.decisions_drawn": drawn_past_the_book,
    "budget.decisions_voted": adopted_by_one_of_six,
    "budget.incomes_adjusted": income_adjusted_by_hand,
    "budget.incomes_as_approved": income_of_another_source,
    "budget.invoices_once": invoice_freed_while_its_claim_lives,
    "budget.lines_adjusted": line_adjusted_by_hand,
    "budget.lines_as_approved": line_granted_elsewhere,
    "budget.lines_carried_in": carried_in_by_hand,
    "budget.orders_accepted": accepted_without_a_paper,
    "budget.orders_money": order_that_holds_less,
    "budget.provisional_as_allotted": provisional_money_without_a_document,
    "budget.purchases_ordered": closed_without_an_order,
    "budget.releases_agree": returned_without_an_entry,
    "budget.requests_money": request_that_holds_less,
    "budget.stock_balanced": goods_gone_from_the_store,
    "budget.unspent_goes_somewhere": surplus_gone,
    "budget.versions_granted": version_with_a_line_lost,
}
