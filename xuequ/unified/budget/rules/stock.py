"""Rules of office goods in stock: what a slip may move, judged by the balance of every day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xuequ.core.errors import Problem
from xuequ.unified.budget.errors.stock import (
    IssuerReceives,
    ItemClosed,
    ItemTwice,
    MoveAhead,
    MoveBefore,
    MoveReversed,
    NotIssued,
    NotReversible,
    ReturnOver,
    ReturnsStand,
    StockLeft,
    StockShort,
)
from xuequ.unified.budget.states.stock import StockKind

NONE = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Goods:
    """An item as it stands: the balance after its last movement, what moved when, when it was counted.

    `later` holds the sum of each day's changes after the day that is asked about, in order of days.
    """

    id: int
    name: str
    unit: str
    balance: Decimal
    closed_on: date | None = None
    counted_on: date | None = None
    later: tuple[tuple[date, Decimal], ...] = ()

    @property
    def then(self) -> Decimal:
        """What was there at the end of the day that is asked about."""
        return self.balance - sum((change for _, change in self.later), NONE)


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of a slip that is to be recorded."""

    item_id: int
    change: Decimal
    counted: Decimal | None = None
    paper: str = ""
    school_id: int | None = None
    office: str = ""
    staff_id: int | None = None
    reason: str = ""
    returns_id: int | None = None
    reverses_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement that another one refers to; `out` is what of an issue has not come back."""

    id: int
    kind: StockKind
    day: date
    reversed: bool
    out: Decimal = NONE
    returned: bool = False


def lowest(goods: Goods, day: date) -> tuple[date, Decimal]:
    """Return the day from the given one on with the least on the shelf at its end, the first such day.

    Source: 行政事业单位内部控制规范（试行）（财会〔2012〕21号）第四十四条（实物资产账实相符）.
    """
    balance, found = goods.then, (day, goods.then)
    for later, change in goods.later:
        balance += change
        if balance < found[1]:
            found = (later, balance)
    return found


def moving_problems(
    goods: Mapping[int, Goods], planned: Iterable[Planned], day: date, today: date
) -> list[Problem]:
    """Return what speaks against moving items on a day: it is ahead, closed, counted since, or short.

    Source: 行政事业单位内部控制规范（试行）（财会〔2012〕21号）第四十四条.
    """
    problems = [Problem(MoveAhead(day=str(day), today=str(today)))] if day > today else []
    changes: dict[int, Decimal] = {}
    for one in planned:
        changes[one.item_id] = changes.get(one.item_id, NONE) + one.change
    for item_id, change in changes.items():
        item = goods[item_id]
        if item.closed_on is not None:
            problems.append(Problem(ItemClosed(item=item.name, on=str(item.closed_on))))
        if item.counted_on is not None and day < item.counted_on:
            problems.append(Problem(MoveBefore(item=item.name, day=str(day), after=str(item.counted_on))))
        problems += _shortage(item, change, day)
    return problems


def _shortage(item: Goods, change: Decimal, day: date) -> list[Problem]:
    short, left = lowest(item, day)
    if change >= 0 or left + change >= 0:
        return []
    named = {"item": item.name, "unit": item.unit, "day": str(short)}
    return [Problem(StockShort(**named, left=str(left), asked=str(-change)))]


def twice_problems(codes: Iterable[str]) -> list[Problem]:
    """Return a problem for each item that a slip names more than once.

    Source: the layout of a slip, one line an item.
    """
    return [Problem(ItemTwice(item=code)) for code, times in Counter(codes).items() if times > 1]


def signing_problems(issuer: int | None, receiver: int, named: str) -> list[Problem]:
    """Return a problem where who hands out also signs for it.

    Source: 行政事业单位内部控制规范（试行）（财会〔2012〕21号）第十二条（不相容岗位相互分离）.
    """
    return [Problem(IssuerReceives(staff=named))] if issuer == receiver else []


def return_problems(issue: Moved, item: Goods, quantity: Decimal, day: date) -> list[Problem]:
    """Return what speaks against taking a quantity back from an issue.

    Source: 行政事业单位内部控制规范（试行）（财会〔2012〕21号）第四十四条.
    """
    if issue.kind is not StockKind.ISSUED:
        return [Problem(NotIssued(move=str(issue.id)))]
    if issue.reversed:
        return [Problem(MoveReversed(move=str(issue.id)))]
    problems = _too_early(issue, item, day)
    if quantity > issue.out:
        named = {"item": item.name, "unit": item.unit}
        problems.append(Problem(ReturnOver(**named, out=str(issue.out), asked=str(quantity))))
    return problems


def reversal_problems(move: Moved, item: Goods, day: date) -> list[Problem]:
    """Return what speaks against a red row for a movement; one that was reversed is no matter of this.

    Source: 会计基础工作规范（财政部令第98号修改）第六十二条（红字更正）.
    """
    if move.kind is StockKind.REVERSED:
        return [Problem(NotReversible(move=str(move.id)))]
    problems = _too_early(move, item, day)
    if move.returned:
        problems.append(Problem(ReturnsStand(move=str(move.id))))
    return problems


def _too_early(move: Moved, item: Goods, day: date) -> list[Problem]:
    if day >= move.day:
        return []
    return [Problem(MoveBefore(item=item.name, day=str(day), after=str(move.day)))]


def closing_problems(item: Goods, last: date | None, on: date, today: date) -> list[Problem]:
    """Return what speaks against closing an item on a day.

    Source: 行政事业单位内部控制规范（试行）（财会〔2012〕21号）第四十四条.
    """
    problems = [Problem(MoveAhead(day=str(on), today=str(today)))] if on > today else []
    if item.closed_on is not None:
        problems.append(Problem(ItemClosed(item=item.name, on=str(item.closed_on))))
    if item.balance or (last is not None and on < last):
        named = {"item": item.name, "unit": item.unit, "last": str(last or "")}
        problems.append(Problem(StockLeft(**named, left=str(item.balance))))
    return problems


def running(opening: Decimal, changes: Sequence[Decimal]) -> list[Decimal]:
    """Return the balance after each change.

    Source: the layout of the card 收发存卡.
    """
    balances: list[Decimal] = []
    for change in changes:
        opening += change
        balances.append(opening)
    return balances
