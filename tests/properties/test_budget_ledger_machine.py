"""A stateful machine: entries in any order against a plain model, on both databases.

Money is conserved: what a line holds is what its entries come to, for the line and for every purpose, and
whatever is sent again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.budget.fiscal import carry_basic
from xuequ import District, Money, XuequError
from xuequ.core.errors import Problems
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.embed import run_data_checks
from xuequ.testing import make_budget, make_district, rollback_session
from xuequ.unified.budget import Posting
from xuequ.unified.budget.errors.closing import EarlierYearOpen
from xuequ.unified.budget.errors.ledger import (
    EntryDiffers,
    InsufficientBudget,
    MoneyStillHeld,
    NotHeld,
    YearClosed,
)
from xuequ.unified.budget.models.ledger import BudgetEntry
from xuequ.unified.budget.states.ledger import WAYS, Movement, Pot

PLACE = "530921/qianfeng"
LINES = st.integers(0, 2)
FEN = st.integers(1, 60)
PURPOSES = st.integers(1, 3).map(lambda n: Source("test.contract", n))
WAYS_OF = st.sampled_from([(m, pot) for m, (pots, _) in WAYS.items() for pot in sorted(pots)])
AMOUNT = 100


class Ledger(RuleBasedStateMachine):
    """The model: (line, purpose, pot) → fen."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.held = Counter[tuple[int, Source, Pot]]()
        self.sent: list[Posting] = []
        self.uses = 0
        self.closed: set[int] = set()

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def open_lines(self) -> None:
        """Two lines of one year and one of the next."""
        self.door: District = make_district(self.session, PLACE, schools=1, pupils=0, staff=0)
        carry_basic(self.door, "false")
        self.years = [2026, 2026, 2027]
        amount = Money(AMOUNT)
        self.lines = make_budget(self.door, {"30201": amount, "30216": amount})
        self.lines += make_budget(self.door, {"30216": amount}, year=2027)

    def used(self, line: int) -> int:
        return sum(fen for (where, _, _), fen in self.held.items() if where == line)

    def new_source(self) -> Source:
        self.uses += 1
        return Source("test.act", self.uses)

    def posting(self, line: int, way: tuple[Movement, Pot], fen: int, purpose: Source) -> Posting:
        day = date(self.years[line], 5, 1)
        made: dict[str, Any] = {"movement": way[0], "out_of": way[1], "amount": Money(fen), "day": day}
        return Posting(line_id=self.lines[line], source=self.new_source(), purpose=purpose, **made)

    def after(self, postings: list[tuple[int, Posting]]) -> Counter[tuple[int, Source, Pot]]:
        """Return what the model holds after some entries."""
        held = Counter(self.held)
        for line, posting in postings:
            purpose = posting.purpose
            assert purpose is not None
            into = WAYS[posting.movement][1]
            if posting.out_of is not Pot.AVAILABLE:
                held[line, purpose, posting.out_of] -= posting.amount.fen
            if into is not Pot.AVAILABLE:
                held[line, purpose, into] += posting.amount.fen
        return held

    def refused(self, postings: list[tuple[int, Posting]]) -> bool:
        """Tell whether the model refuses entries."""
        after = self.after(postings)
        lines = {line for line, _ in postings}
        over = any(sum(f for (at, _, _), f in after.items() if at == line) > AMOUNT for line in lines)
        return over or min(after.values(), default=0) < 0 or any(self.years[n] in self.closed for n in lines)

    def post(self, postings: list[tuple[int, Posting]]) -> None:
        refused, after = self.refused(postings), self.after(postings)
        try:
            views = self.door.budget.ledger.post_many([posting for _, posting in postings])
        except (InsufficientBudget, NotHeld, YearClosed):
            assert refused
            return
        assert not refused
        assert [view.amount for view in views] == [posting.amount for _, posting in postings]
        self.held = after
        self.sent += [posting for _, posting in postings]

    @rule(line=LINES, way=WAYS_OF, fen=FEN, purpose=PURPOSES)
    def post_one(self, line: int, way: tuple[Movement, Pot], fen: int, purpose: Source) -> None:
        """One entry of any way."""
        self.post([(line, self.posting(line, way, fen, purpose))])

    @rule(batch=st.lists(st.tuples(LINES, WAYS_OF, FEN, PURPOSES), min_size=2, max_size=5))
    def post_many(self, batch: list[tuple[int, tuple[Movement, Pot], int, Source]]) -> None:
        """Several entries, all or none."""
        self.post([(line, self.posting(line, way, fen, purpose)) for line, way, fen, purpose in batch])

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """What was sent before changes nothing, also when its year is closed by now."""
        postings = data.draw(st.lists(st.sampled_from(self.sent), min_size=1, max_size=4))
        before = self.session.scalar(select(func.count()).select_from(FactRow))
        views = self.door.budget.ledger.post_many(postings)
        assert [view.source for view in views] == [posting.source for posting in postings]
        assert self.session.scalar(select(func.count()).select_from(FactRow)) == before

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_otherwise(self, data: st.DataObject) -> None:
        """The same source with another amount is refused, and with it the whole batch."""
        posting = data.draw(st.sampled_from(self.sent))
        other = posting.model_copy(update={"amount": posting.amount + Money(1)})
        with pytest.raises(EntryDiffers):
            self.door.budget.ledger.post_many([other])

    @rule(line=LINES, chance=st.integers(1, 6))
    def close(self, line: int, chance: int) -> None:
        """A year is closed when nothing is held."""
        year = self.years[line]
        if chance > 1 and not self.sent:
            return
        held = any(
            fen for (at, _, pot), fen in self.held.items() if self.years[at] == year and pot is not Pot.PAID
        )
        try:
            self.door.budget.closing.close(year)
        except EarlierYearOpen:
            assert year == 2027 and 2026 not in self.closed
            return
        except (MoneyStillHeld, Problems):
            assert held
            return
        assert not held
        self.closed.add(year)

    @rule(line=LINES, way=WAYS_OF, fen=FEN, purpose=PURPOSES)
    def host_rolls_back(self, line: int, way: tuple[Movement, Pot], fen: int, purpose: Source) -> None:
        """What a host undoes is undone."""
        nested = self.session.begin_nested()
        try:
            self.door.budget.ledger.post_many([self.posting(line, way, fen, purpose)])
        except XuequError:
            pass
        finally:
            nested.rollback()

    @invariant()
    def every_line_holds_what_the_model_holds(self) -> None:
        for line, line_id in enumerate(self.lines):
            view = self.door.budget.ledger.line(line_id)
            for pot, money in (
                (Pot.RESERVED, view.reserved),
                (Pot.COMMITTED, view.committed),
                (Pot.PAID, view.paid),
            ):
                held = sum(f for (at, _, which), f in self.held.items() if (at, which) == (line, pot))
                assert money.fen == held
            assert view.available.fen == AMOUNT - self.used(line) >= 0

    @invariant()
    def balances_are_what_entries_come_to(self) -> None:
        (result,) = run_data_checks(self.session, PLACE, only="budget.lines_balance")
        assert result.findings == ()
        count = self.session.scalar(select(func.count()).select_from(BudgetEntry))
        assert count == len({posting.source for posting in self.sent})


def test_any_order_of_entries_conserves_money(shared_engine: Engine) -> None:
    machine = type("Machine", (Ledger,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=15, stateful_step_count=25, deadline=None)
    )
