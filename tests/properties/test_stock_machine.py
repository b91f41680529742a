"""A stateful machine: slips on any day, in any order, against a plain list of what moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
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
from sqlalchemy import Engine

from tests.unified.budget.store import CHALK, PAPER, day, store
from xuequ.core.errors import Problems, XuequError
from xuequ.testing import rollback_session
from xuequ.unified.budget.errors.stock import MoveDiffers
from xuequ.unified.budget.schemas.stock import StockReversal

ITEMS = st.sampled_from([PAPER, CHALK])
DAYS = st.integers(1, 12)
AMOUNTS = st.integers(1, 900).map(lambda n: Decimal(n) / 100)
PICKS = st.integers(0, 50)
Move = tuple[int, str, str, int, Decimal]


class Shelf(RuleBasedStateMachine):
    """The model: (id, item, kind, day, change) of every movement, and what refers to what."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session = self.opened.__enter__()
        self.moves: list[Move] = []
        self.red: set[int] = set()
        self.returns: dict[int, int] = {}
        self.sent: list[tuple[Callable[[], Any], Any]] = []
        self.uses = 0

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def furnish(self) -> None:
        self.made = store(self.session)

    def at(self, item: str, on: int) -> Decimal:
        return sum((m[4] for m in self.moves if m[1] == item and m[3] <= on), Decimal(0))

    def fits(self, item: str, on: int, change: Decimal) -> bool:
        """Tell whether a change leaves no later day short, nor lies before a count that stands."""
        counts = [m[3] for m in self.moves if (m[1], m[2]) == (item, "counted") and m[0] not in self.red]
        short = change < 0 and any(self.at(item, later) + change < 0 for later in range(on, 21))
        return not short and on >= max(counts, default=0)

    def out_of(self, issue: int) -> Decimal:
        back = (m[4] for m in self.moves if self.returns.get(m[0]) == issue and m[0] not in self.red)
        return -next(m[4] for m in self.moves if m[0] == issue) - sum(back, Decimal(0))

    def act(self, send: Callable[[], Any], item: str, on: int, change: Decimal, *, good: bool) -> Any:
        """Send a slip that must be taken exactly when it is good; return its movement."""
        if not good:
            with pytest.raises(XuequError):
                send()
            return None
        answer: Any = send()
        move: Any = answer
        with suppress(TypeError):  # a view of one movement is no list of them
            move = answer[0]
        assert move.change == change
        self.moves.append((move.id, item, move.kind.code, on, change))
        self.sent.append((send, answer))
        return move

    def number(self) -> int:
        self.uses += 1
        return self.uses

    def picked(self, pick: int, kind: str) -> Move | None:
        found = [m for m in self.moves if m[2] == kind]
        return found[pick % len(found)] if found else None

    @rule(item=ITEMS, on=DAYS, amount=AMOUNTS)
    def receive(self, item: str, on: int, amount: Decimal) -> None:
        use, good = self.number(), self.fits(item, on, amount)
        self.act(lambda: self.made.receive(use, on, (item, str(amount))), item, on, amount, good=good)

    @rule(item=ITEMS, on=DAYS, amount=AMOUNTS)
    def issue(self, item: str, on: int, amount: Decimal) -> None:
        use, good = self.number(), self.fits(item, on, -amount)
        self.act(lambda: self.made.issue(use, on, (item, str(amount))), item, on, -amount, good=good)

    @rule(item=ITEMS, on=DAYS)
    def issue_all(self, item: str, on: int) -> None:
        if amount := self.at(item, on):
            self.issue(item, on, amount)

    @rule(pick=PICKS, on=DAYS, amount=AMOUNTS)
    def take_back(self, pick: int, on: int, amount: Decimal) -> None:
        if (issue := self.picked(pick, "issued")) is None:
            return
        good = issue[0] not in self.red and on >= issue[3] and amount <= self.out_of(issue[0])
        good, use = good and self.fits(issue[1], on, amount), self.number()
        send = lambda: self.made.take_back(use, on, issue[0], str(amount))  # noqa: E731
        if (move := self.act(send, issue[1], on, amount, good=good)) is not None:
            self.returns[move.id] = issue[0]

    @rule(item=ITEMS, on=DAYS, amount=AMOUNTS)
    def count(self, item: str, on: int, amount: Decimal) -> None:
        use, change = self.number(), amount - self.at(item, on)
        good = self.fits(item, on, change)
        self.act(lambda: self.made.count(use, on, item, str(amount)), item, on, change, good=good)

    @rule(
        pick=PICKS, on=DAYS, kind=st.sampled_from(["received", "issued", "returned", "counted", "reversed"])
    )
    def reverse(self, pick: int, on: int, kind: str) -> None:
        move = self.picked(pick, kind)
        if move is None or move[0] in self.red:
            return
        back = any(i == move[0] and r not in self.red for r, i in self.returns.items())
        good = kind != "reversed" and on >= move[3] and not back and self.fits(move[1], on, -move[4])
        command = StockReversal(reason="录错", on=day(on))
        send = lambda: self.made.stock.reverse(move[0], command)  # noqa: E731
        if self.act(send, move[1], on, -move[4], good=good) is not None:
            self.red.add(move[0])

    @precondition(lambda self: self.sent)
    @rule(pick=PICKS)
    def send_again(self, pick: int) -> None:
        send, answer = self.sent[pick % len(self.sent)]
        assert send() == answer

    @rule(pick=PICKS)
    def reverse_for_another_reason(self, pick: int) -> None:
        if red := sorted(self.red):
            with pytest.raises(MoveDiffers):
                self.made.stock.reverse(red[pick % len(red)], StockReversal(reason="另一原因"))

    @rule(item=ITEMS)
    def close_too_early(self, item: str) -> None:
        if self.at(item, 20):
            with pytest.raises((XuequError, Problems)):
                self.made.stock.close_item(item)

    @rule(item=ITEMS, on=DAYS)
    def read_the_card(self, item: str, on: int) -> None:
        card = self.made.stock.card(item, day(on), day(on + 3))
        assert (card.opening, card.closing) == (self.at(item, on - 1), self.at(item, on + 2))
        assert all(line.balance >= 0 for line in card.lines)

    @invariant()
    def every_day_is_that_of_the_model(self) -> None:
        for on in (3, 8, 20):
            found = {one.code: one.balance for one in self.made.stock.stock(day(on))}
            assert found == {item: self.at(item, on) for item in (PAPER, CHALK)}

    @invariant()
    def the_ledger_adds_up(self) -> None:
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for move in self.moves:
            sums[move[1]] += move[4]
        for line in self.made.stock.ledger().lines:
            moved = line.received + line.returned + line.counted - line.issued
            assert line.opening + moved == line.closing == sums[line.code]


def test_stock_agrees_with_a_plain_list(shared_engine: Engine) -> None:
    machine = type("Here", (Shelf,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=12, stateful_step_count=20, deadline=None)
    )
