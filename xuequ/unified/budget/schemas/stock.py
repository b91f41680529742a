"""Commands and views of office goods in stock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Code, Command, Id, Measured, Name, Number, SourceField, View, clean_text
from xuequ.unified.budget.states.stock import StockKind

Reason = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]


class NewItem(Command):
    """A kind of goods to keep: 打印纸, by the 包."""

    code: Code
    name: Name
    unit: Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=20)]


class ItemQuantity(Command):
    """So much of an item."""

    item: Code
    quantity: Quantity


class StockReceipt(Command):
    """Goods that come in 入库, from an acceptance or by hand; `paper` is the number of the slip."""

    source: SourceField
    day: date
    paper: Number
    lines: Annotated[tuple[ItemQuantity, ...], Field(min_length=1)]


class StockIssue(Command):
    """Goods that go out 领用: `staff_id` signs for them, for a school, an office, or in person."""

    source: SourceField
    day: date
    staff_id: Id
    school: Code | None = None
    office: Annotated[str, AfterValidator(clean_text), Field(max_length=100)] = ""
    lines: Annotated[tuple[ItemQuantity, ...], Field(min_length=1)]


class Returned(Command):
    """So much of what one movement issued."""

    move_id: Id
    quantity: Quantity


class StockReturn(Command):
    """Goods that come back 退库, each from the issue by which they went out."""

    source: SourceField
    day: date
    lines: Annotated[tuple[Returned, ...], Field(min_length=1)]


class Counted(Command):
    """What was found on the shelf of an item, and why the book says otherwise, or that it does not."""

    item: Code
    quantity: Measured
    reason: Reason


class StockCount(Command):
    """A stock-taking 盘点 at the end of a day."""

    source: SourceField
    day: date
    lines: Annotated[tuple[Counted, ...], Field(min_length=1)]


class StockReversal(Command):
    """Why a movement is reversed by a red row 红字冲销; it is dated `on`, today when left out."""

    reason: Reason
    on: date | None = None


class ItemStock(View):
    """An item and what there is of it."""

    id: Id
    code: str
    name: str
    unit: str
    balance: Decimal
    closed_on: date | None


class StockMoveView(View):
    """One movement."""

    id: Id
    item: str
    name: str
    unit: str
    kind: StockKind
    change: Decimal
    counted: Decimal | None
    day: date
    source: SourceField
    paper: str
    school: str | None
    office: str
    staff_no: str | None
    staff: str | None
    by: str | None
    reason: str
    returns_id: Id | None
    reverses_id: Id | None


class CardLine(StockMoveView):
    """A movement on a card, and what there is after it."""

    balance: Decimal


class StockCard(View):
    """The card 收发存卡 of an item over days."""

    district: str
    item: str
    name: str
    unit: str
    since: date
    last_day: date
    opening: Decimal
    closing: Decimal
    lines: tuple[CardLine, ...]


class StockLedgerLine(View):
    """An item over days; what a red row reverses is taken off where it had been added."""

    code: str
    name: str
    unit: str
    opening: Decimal
    received: Decimal
    returned: Decimal
    issued: Decimal
    counted: Decimal
    closing: Decimal


class StockLedger(View):
    """What came in, went out and is there, item by item; items have no common total."""

    district: str
    since: date
    last_day: date
    lines: tuple[StockLedgerLine, ...]
