"""Office goods in stock from door to table, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.budget.store import CHALK, ITEMS, PAPER, PLACE, TODAY, Store, day, store
from xuequ import Actor, Holding, Post
from xuequ.core.checks import Ground, run_checks
from xuequ.core.errors import ActionNotPermitted, Problems, SpanBackwards
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.models.staff import Staff
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.budget.checks.stock import CHECKS
from xuequ.unified.budget.documents.stock import STOCK
from xuequ.unified.budget.errors.stock import (
    IssuerReceives,
    ItemClosed,
    ItemThere,
    ItemTwice,
    ItemUnknown,
    MoveAhead,
    MoveBefore,
    MoveDiffers,
    MoveReversed,
    MoveUnknown,
    NotIssued,
    NotReversible,
    ReturnOver,
    ReturnsStand,
    StockLeft,
    StockShort,
)
from xuequ.unified.budget.models.stock import StockItem, StockMove
from xuequ.unified.budget.schemas.stock import StockReversal

WRONG = StockReversal(reason="录错")


@pytest.fixture
def made(session: Session) -> Store:
    return store(session)


def test_what_comes_in_and_goes_out_is_on_the_card_with_its_running_balance(made: Store) -> None:
    made.receive(1, 1, (PAPER, "10.5"), (CHALK, "3"))
    issued = made.issue(2, 5, (PAPER, "4.25"), school="s1", office="教导处")[0]
    made.take_back(3, 6, issued.id, "1")
    made.count(4, 8, PAPER, "7")
    card = made.stock.card(PAPER, day(2), day(9))
    assert (card.opening, card.closing, card.last_day) == (Decimal("10.50"), Decimal("7.00"), day(8))
    assert [str(line.balance) for line in card.lines] == ["6.25", "7.25", "7.00"]
    assert [line.kind.label for line in card.lines] == ["领用", "退库", "盘点"]
    assert (card.lines[0].school, card.lines[0].office) == ("s1", "教导处")
    assert [str(made.left(PAPER, on)) for on in (1, 5, 8)] == ["10.50", "6.25", "7.00"]
    with pytest.raises(SpanBackwards):
        made.stock.card(PAPER, day(2), day(2))
    with pytest.raises(ItemUnknown):
        made.stock.card("ink", day(2), day(3))


def test_a_slip_that_is_sent_again_changes_nothing_and_another_content_is_refused(made: Store) -> None:
    received = made.receive(1, 1, (PAPER, "10"))
    issued = made.issue(2, 2, (PAPER, "4"))
    back = made.take_back(3, 3, issued[0].id, "4")
    counted = made.count(4, 4, PAPER, "9")
    assert made.receive(1, 1, (PAPER, "10")) == received
    assert made.issue(2, 2, (PAPER, "4")) == issued
    assert made.take_back(3, 3, issued[0].id, "4") == back
    assert made.count(4, 4, PAPER, "9") == counted
    assert made.left() == 9
    differing: list[Callable[[], object]] = [
        lambda: made.receive(1, 1, (PAPER, "11")),
        lambda: made.receive(1, 1, (CHALK, "10")),
        lambda: made.issue(2, 3, (PAPER, "4")),
        lambda: made.take_back(3, 3, issued[0].id, "3"),
        lambda: made.count(4, 4, PAPER, "8"),
    ]
    for send in differing:
        with pytest.raises(MoveDiffers):
            send()


def test_an_earlier_issue_must_leave_enough_for_every_later_day(made: Store) -> None:
    made.receive(1, 1, (PAPER, "10"))
    made.issue(2, 10, (PAPER, "8"))
    made.receive(3, 15, (PAPER, "10"))
    with pytest.raises(StockShort) as caught:
        made.issue(4, 5, (PAPER, "3"))
    assert (caught.value.day, caught.value.left) == (str(day(10)), "2.00")
    made.issue(4, 5, (PAPER, "2"))
    assert [str(made.left(PAPER, on)) for on in (10, 20)] == ["0.00", "10.00"]
    with pytest.raises(StockShort):
        made.receive(5, 1, (CHALK, "1"))
        made.issue(6, 2, (CHALK, "1.01"))


def test_who_hands_out_does_not_sign_and_who_signs_is_known(made: Store, session: Session) -> None:
    made.receive(1, 1, (PAPER, "10"))
    number = session.scalars(select(Staff.staff_no).where(Staff.id == made.staff[0])).one()
    keeper = made.as_(Actor(number, holdings=(Holding(Post.KEEPER, PLACE),)))
    with pytest.raises(IssuerReceives):
        keeper.issue(made.issuing(2, 2, (PAPER, "1")))
    assert keeper.issue(made.issuing(2, 2, (PAPER, "1"), staff_id=made.staff[1]))[0].by == number
    with pytest.raises(Problems) as caught:
        made.issue(3, 2, (PAPER, "1"), staff_id=1, school="nowhere")
    assert [one.error.code for one in caught.value.problems] == [StaffUnknown.code, SchoolUnknown.code]
    buyer = made.as_(Actor(number, holdings=(Holding(Post.BUYER, PLACE),)))
    with pytest.raises(ActionNotPermitted):
        buyer.issue(made.issuing(4, 2, (PAPER, "1"), staff_id=made.staff[1]))


def test_no_more_comes_back_than_went_out(made: Store) -> None:
    received = made.receive(1, 1, (PAPER, "10"))[0]
    issued = made.issue(2, 5, (PAPER, "4"))[0]
    with pytest.raises(NotIssued):
        made.take_back(3, 6, received.id, "1")
    with pytest.raises(MoveUnknown):
        made.take_back(3, 6, 5, "1")
    with pytest.raises(MoveBefore):
        made.take_back(3, 4, issued.id, "1")
    made.take_back(3, 6, issued.id, "3")
    with pytest.raises(ReturnOver) as caught:
        made.take_back(4, 6, issued.id, "1.01")
    assert caught.value.out == "1.00"
    with pytest.raises(ReturnsStand):
        made.stock.reverse(issued.id, WRONG)


def test_a_red_row_takes_back_a_movement_once(made: Store) -> None:
    received = made.receive(1, 1, (PAPER, "10"))[0]
    issued = made.issue(2, 5, (PAPER, "4"))[0]
    back = made.take_back(3, 6, issued.id, "4")[0]
    with pytest.raises(MoveBefore):
        made.stock.reverse(back.id, StockReversal(reason="录错", on=day(5)))
    red = made.stock.reverse(back.id, WRONG)
    assert (red.change, red.day, red.reverses_id) == (Decimal("-4.00"), TODAY, back.id)
    assert made.stock.reverse(back.id, WRONG) == red
    with pytest.raises(MoveDiffers):
        made.stock.reverse(back.id, StockReversal(reason="另一原因"))
    with pytest.raises(NotReversible):
        made.stock.reverse(red.id, WRONG)
    with pytest.raises(StockShort):
        made.stock.reverse(received.id, WRONG)
    made.stock.reverse(issued.id, WRONG)
    assert made.left() == 10
    with pytest.raises(MoveReversed):
        made.take_back(7, 20, issued.id, "1")


def test_what_lies_before_a_count_is_settled_until_the_count_is_reversed(made: Store) -> None:
    made.receive(1, 1, (PAPER, "10"))
    counted = made.count(2, 10, PAPER, "12.5")[0]
    assert counted.change == Decimal("2.50")
    with pytest.raises(MoveBefore):
        made.receive(3, 9, (PAPER, "2.5"))
    made.issue(4, 10, (PAPER, "1"))
    made.stock.reverse(counted.id, WRONG)
    made.receive(3, 9, (PAPER, "2.5"))
    assert (made.left(PAPER, 9), made.left()) == (Decimal("12.5"), Decimal("11.5"))


def test_items_have_codes_of_their_own_and_move_no_more_when_closed(made: Store) -> None:
    assert [one.code for one in made.stock.add_items(ITEMS)] == [PAPER, CHALK]
    with pytest.raises(ItemThere):
        made.stock.add_items([ITEMS[0].model_copy(update={"unit": "箱"})])
    with pytest.raises(ItemTwice):
        made.stock.add_items([ITEMS[0]] * 2)
    with pytest.raises(ItemTwice):
        made.receive(1, 1, (PAPER, "1"), (PAPER, "2"))
    with pytest.raises(MoveAhead):
        made.receive(1, 21, (PAPER, "1"))
    made.receive(1, 1, (PAPER, "1"))
    with pytest.raises(StockLeft):
        made.stock.close_item(PAPER)
    made.issue(2, 10, (PAPER, "1"))
    with pytest.raises(StockLeft):
        made.stock.close_item(PAPER, day(9))
    assert made.stock.close_item(PAPER, day(10)).closed_on == day(10)
    assert {one.code for one in made.stock.stock()} == {CHALK}
    assert {one.code for one in made.stock.stock(day(9))} == {CHALK, PAPER}
    for moving in (lambda: made.receive(3, 12, (PAPER, "1")), lambda: made.stock.close_item(PAPER)):
        with pytest.raises(ItemClosed):
            moving()


def test_two_districts_do_not_see_each_others_goods(made: Store, session: Session) -> None:
    move = made.receive(1, 1, (PAPER, "10"))[0]
    other = store(session, "530921/dasi")
    other.receive(1, 1, (PAPER, "2"))
    assert [str(one.left()) for one in (made, other)] == ["10.00", "2.00"]
    with pytest.raises(MoveUnknown):
        other.stock.reverse(move.id, WRONG)


def test_the_check_finds_a_balance_that_was_changed_by_hand(made: Store, session: Session) -> None:
    made.receive(1, 1, (PAPER, "10"))

    def found() -> list[str]:
        context = made.door.context
        ground = Ground(session, context.scope, context.place)
        return [one.what for result in run_checks(CHECKS, ground) for one in result.findings or ()]

    assert found() == []
    session.execute(update(StockItem).where(StockItem.code == PAPER).values(balance=Decimal(9)))
    assert found() == ["“打印纸”结存 9.00，收发合计为 10.00"]
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(update(StockMove).values(reason="x"))
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(update(StockItem).values(balance=Decimal(-1)))


def test_the_ledger_has_opening_in_out_and_closing_of_each_item(made: Store, tmp_path: Path) -> None:
    made.receive(1, 1, (PAPER, "10"), (CHALK, "6"))
    issued = made.issue(2, 5, (PAPER, "4"))[0]
    made.take_back(3, 6, issued.id, "1.5")
    wrong = made.issue(4, 7, (PAPER, "2"))[0]
    made.stock.reverse(wrong.id, StockReversal(reason="录错", on=day(7)))
    made.count(5, 8, PAPER, "7")
    line = made.stock.ledger(day(2), day(9)).lines[1]
    shown: Any = (line.opening, line.received, line.returned, line.issued, line.counted, line.closing)
    assert [str(one) for one in shown] == ["10.00", "0.00", "1.50", "4.00", "-0.50", "7.00"]
    assert made.stock.ledger().last_day == day(31)
    page = render(made.door, STOCK, since=day(1))
    write_xlsx(page, tmp_path / "a.xlsx")
    cells = [
        str(c.value) for s in openpyxl.load_workbook(tmp_path / "a.xlsx") for r in s.iter_rows() for c in r
    ]
    text = "\n".join(said for _, said in Page(to_html(page)).texts)
    for said in ("办公用品收发存台账", "打印纸", "粉笔", "财物保管员"):
        assert said in text
        assert any(said in cell for cell in cells)
