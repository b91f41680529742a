"""Errors of office goods in stock."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class ItemUnknown(NotFound):
    """No such item in this district's stock."""

    code = "budget.stock_item_unknown"
    item: str


class ItemThere(Conflict):
    """The code is that of another item."""

    code = "budget.stock_item_there"
    item: str
    name: str
    unit: str


class ItemTwice(Invalid):
    """One list names an item twice."""

    code = "budget.stock_item_twice"
    item: str


class ItemClosed(RuleBroken):
    """An item that is closed moves no more."""

    code = "budget.stock_item_closed"
    item: str
    on: str


class StockShort(RuleBroken):
    """There would be less than nothing on the shelf on that day or a later one."""

    code = "budget.stock_short"
    item: str
    unit: str
    day: str
    left: str
    asked: str


class StockLeft(RuleBroken):
    """What still has stock, or moved later, is not closed."""

    code = "budget.stock_left"
    item: str
    unit: str
    left: str
    last: str


class MoveUnknown(NotFound):
    """No such movement in this district's stock."""

    code = "budget.stock_move_unknown"
    move: str


class MoveAhead(Invalid):
    """A movement on a day that has not come."""

    code = "budget.stock_move_ahead"
    day: str
    today: str


class MoveBefore(RuleBroken):
    """A movement before the stock was last counted, or before what it belongs to."""

    code = "budget.stock_move_before"
    item: str
    day: str
    after: str


class MoveDiffers(Conflict):
    """A source that is used already comes with another content."""

    code = "budget.stock_move_differs"
    source: str


class MoveReversed(RuleBroken):
    """A movement that was reversed cannot be used any more."""

    code = "budget.stock_move_reversed"
    move: str


class NotReversible(RuleBroken):
    """A red row is not reversed."""

    code = "budget.stock_not_reversible"
    move: str


class NotIssued(RuleBroken):
    """Only what was issued is returned."""

    code = "budget.stock_not_issued"
    move: str


class ReturnOver(RuleBroken):
    """More would come back of an issue than is still out."""

    code = "budget.stock_return_over"
    item: str
    unit: str
    out: str
    asked: str


class ReturnsStand(RuleBroken):
    """An issue of which something came back is not reversed before the return."""

    code = "budget.stock_returns_stand"
    move: str


class IssuerReceives(RuleBroken):
    """Who hands out does not sign for it."""

    code = "budget.stock_issuer_receives"
    staff: str
