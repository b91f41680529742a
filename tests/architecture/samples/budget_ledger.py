"""Samples of the budget's ledger."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import book, maker
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.testing import make_budget
from xuequ.unified.budget import Posting
from xuequ.unified.budget.schemas.years import ProjectOpening
from xuequ.unified.budget.states.ledger import Movement, Pot

SOURCE, TEN, ONE = Source("test.record", 1), Money.yuan(10), Money.yuan(1)


def line_id(door: Any) -> int:
    """Return a line of school s1 on which something is reserved and something is paid."""
    ledger = maker(door).budget.ledger
    there = ledger.lines(2026)
    if there:
        return there[0].id
    (line,) = make_budget(maker(door), {"30216": Money.yuan(100)}, school="s1")
    ledger.reserve_funds(line, TEN, SOURCE)
    ledger.pay(line, TEN, SOURCE)
    return line


def posting(door: Any) -> Posting:
    values: dict[str, Any] = {"movement": Movement.PAY, "out_of": Pot.AVAILABLE}
    return Posting(line_id=line_id(door), amount=ONE, source=Source("test.record", 2), **values)


SAMPLES: dict[str, Sample] = {
    "budget.books.plan": lambda door: (book(),),
    "budget.books.apply": lambda door: (maker(door).registry.plan_set_up(book()),),
    "budget.books.take": lambda door: (book(),),
    "budget.books.export": lambda door: ("budget.none",),
    "budget.books.imports": lambda door: (),
    "budget.projects.add": lambda door: (ProjectOpening(code="events", name="文体活动经费"),),
    "budget.projects.list": lambda door: (),
    "budget.ledger.reserve_funds": lambda door: (line_id(door), ONE, Source("test.record", 2)),
    "budget.ledger.commit_funds": lambda door: (line_id(door), ONE, SOURCE),
    "budget.ledger.release": lambda door: (line_id(door), ONE, SOURCE),
    "budget.ledger.pay": lambda door: (line_id(door), ONE, Source("test.record", 2)),
    "budget.ledger.refund": lambda door: (line_id(door), ONE, SOURCE),
    "budget.ledger.post_many": lambda door: ([posting(door)],),
    "budget.ledger.line": lambda door: (line_id(door),),
    "budget.ledger.lines": lambda door: (2026,),
}
