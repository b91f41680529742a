"""Samples of the budget's ledger."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, school_id
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.unified.budget import LineOpening, Posting
from xuequ.unified.budget.states.ledger import Book, Movement, Pot

SOURCE, TEN, ONE = Source("test.record", 1), Money.yuan(10), Money.yuan(1)


def opening(door: Any) -> LineOpening:
    """Return a line of school s1."""
    values: dict[str, Any] = {"year": 2026, "book": Book.SCHOOL, "code": "30216", "name": "培训费"}
    return LineOpening(**values, amount=Money.yuan(100), school_id=school_id(door))


def line_id(door: Any) -> int:
    """Return a line on which something is reserved and something is paid."""
    budget = maker(door).budget
    line = budget.open_line(opening(door))
    budget.reserve_funds(line.id, TEN, SOURCE)
    budget.pay(line.id, TEN, SOURCE)
    return line.id


def posting(door: Any) -> Posting:
    values: dict[str, Any] = {"movement": Movement.PAY, "out_of": Pot.AVAILABLE}
    return Posting(line_id=line_id(door), amount=ONE, source=Source("test.record", 2), **values)


SAMPLES: dict[str, Sample] = {
    "budget.open_line": lambda door: (opening(door),),
    "budget.close_year": lambda door: (2026,),
    "budget.reserve_funds": lambda door: (line_id(door), ONE, Source("test.record", 2)),
    "budget.commit_funds": lambda door: (line_id(door), ONE, SOURCE),
    "budget.release": lambda door: (line_id(door), ONE, SOURCE),
    "budget.pay": lambda door: (line_id(door), ONE, Source("test.record", 2)),
    "budget.refund": lambda door: (line_id(door), ONE, SOURCE),
    "budget.post_many": lambda door: ([posting(door)],),
    "budget.line": lambda door: (line_id(door),),
    "budget.lines": lambda door: (2026,),
}
