"""Use cases that move stock; each records a slip once, whatever is sent again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.source import Source
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.stock import (
    COUNT_STOCK,
    ISSUE_STOCK,
    RECEIVE_STOCK,
    REVERSE_STOCK,
    TAKE_BACK_STOCK,
)
from xuequ.unified.budget.errors.stock import MoveDiffers, MoveUnknown
from xuequ.unified.budget.rules.stock import (
    NONE,
    Moved,
    Planned,
    return_problems,
    reversal_problems,
    signing_problems,
    twice_problems,
)
from xuequ.unified.budget.schemas.stock import (
    StockCount,
    StockIssue,
    StockMoveView,
    StockReceipt,
    StockReturn,
    StockReversal,
)
from xuequ.unified.budget.service.stock.steps import StockSteps, move_view
from xuequ.unified.budget.states.stock import StockKind

SOURCE_KIND = "budget.stock_move"
"""What a movement is called where a red row comes from it."""


class MovingCases(StockSteps):
    """Taking in, handing out, taking back, counting, and reversing."""

    @use_case(RECEIVE_STOCK)
    def receive(self, command: StockReceipt) -> list[StockMoveView]:
        """Take goods in 入库; the same source again changes nothing and has the same answer.

        Raises:
            ItemUnknown, ItemTwice, ItemClosed, MoveAhead, MoveBefore: for its items and its day.
            MoveDiffers: the source was recorded with another content.
            Problems: when there is more than one of these.
        """
        refuse_if(twice_problems(one.item for one in command.lines))
        ids = self._ids_of(one.item for one in command.lines)
        planned = [Planned(ids[one.item], one.quantity, paper=command.paper) for one in command.lines]
        return self._move(StockKind.RECEIVED, command.source, command.day, planned)

    @use_case(ISSUE_STOCK)
    def issue(self, command: StockIssue) -> list[StockMoveView]:
        """Hand goods out 领用 against a signature; the same source again changes nothing.

        Raises:
            ItemUnknown, ItemTwice, ItemClosed, MoveAhead, MoveBefore: for its items and its day.
            StockShort: that day or a later one would be left with less than nothing.
            StaffUnknown, SchoolUnknown: for who receives.
            IssuerReceives: who hands out signs for it.
            MoveDiffers: the source was recorded with another content.
            Problems: when there is more than one of these.
        """
        refuse_if(twice_problems(one.item for one in command.lines))
        ids = self._ids_of(one.item for one in command.lines)
        school_id = self._receiver(command)
        named: dict[str, Any] = {
            "office": command.office,
            "staff_id": command.staff_id,
            "school_id": school_id,
        }
        planned = [Planned(ids[one.item], -one.quantity, **named) for one in command.lines]
        return self._move(StockKind.ISSUED, command.source, command.day, planned)

    def _receiver(self, command: StockIssue) -> int | None:
        """Return the school that receives, if it is one; refuse a receiver who may not sign."""
        number = self._rows.staff_number(command.staff_id)
        problems = signing_problems(self._actor_id(), command.staff_id, number or "")
        if number is None:
            problems = [Problem(StaffUnknown(staff=str(command.staff_id)))]
        schools = self._rows.schools() if command.school else {}
        if command.school and command.school not in schools:
            problems.append(Problem(SchoolUnknown(school=command.school)))
        refuse_if(problems)
        return schools[command.school] if command.school else None

    @use_case(TAKE_BACK_STOCK)
    def take_back(self, command: StockReturn) -> list[StockMoveView]:
        """Take goods back 退库 from the issues by which they went out; the same source changes nothing.

        Raises:
            MoveUnknown, NotIssued, MoveReversed, ReturnOver: for the issues.
            ItemTwice, ItemClosed, MoveAhead, MoveBefore: for its lines and its day.
            MoveDiffers: the source was recorded with another content.
            Problems: when there is more than one of these.
        """
        ids = [one.move_id for one in command.lines]
        refuse_if(twice_problems(map(str, ids)))
        issues = self._moves(ids)
        goods = self._locked((row.item_id for row in issues.values()), command.day)
        planned = [_coming_back(issues[one.move_id], one.quantity) for one in command.lines]
        kind = StockKind.RETURNED
        if (before := self._before(kind, command.source, command.day, planned)) is not None:
            return before
        moved = self._moved(issues)
        refuse_if(
            [
                problem
                for one in command.lines
                for problem in return_problems(
                    *(moved[one.move_id], goods[issues[one.move_id].item_id], one.quantity, command.day)
                )
            ]
        )
        return self._record(kind, command.source, command.day, goods, planned)

    @use_case(COUNT_STOCK)
    def count(self, command: StockCount) -> list[StockMoveView]:
        """Record a stock-taking 盘点: the difference from the book of that day's end, with its reason.

        What lies before it is settled by it: later slips are dated on its day or after.

        Raises:
            ItemUnknown, ItemTwice, ItemClosed, MoveAhead, MoveBefore: for its items and its day.
            StockShort: what was issued later would leave less than nothing.
            MoveDiffers: the source was recorded with another content.
            Problems: when there is more than one of these.
        """
        refuse_if(twice_problems(one.item for one in command.lines))
        ids = self._ids_of(one.item for one in command.lines)
        goods = self._locked(ids.values(), command.day)
        planned = [
            Planned(
                *(ids[one.item], one.quantity - goods[ids[one.item]].then, one.quantity), reason=one.reason
            )
            for one in command.lines
        ]
        before = self._before(StockKind.COUNTED, command.source, command.day, planned)
        if before is not None:
            return before
        return self._record(StockKind.COUNTED, command.source, command.day, goods, planned)

    @use_case(REVERSE_STOCK)
    def reverse(self, move_id: int, command: StockReversal) -> StockMoveView:
        """Reverse a movement by a red row 红字冲销, once; the same again changes nothing.

        Raises:
            MoveUnknown, NotReversible, ReturnsStand: for what it reverses.
            ItemClosed, MoveAhead, MoveBefore, StockShort: for its item and its day.
            MoveDiffers: it was reversed for another reason, or on another day.
            Problems: when there is more than one of these.
        """
        moves = self._moves([move_id])
        move, day = moves[move_id], command.on or self.context.today
        goods = self._locked([move.item_id], day)
        source = Source(SOURCE_KIND, move_id)
        for red in self._rows.slip(StockKind.REVERSED, source):
            if red.reason != command.reason or command.on not in (None, red.day):
                raise MoveDiffers(source=str(source))
            return move_view(red)
        refuse_if(reversal_problems(self._moved(moves)[move_id], goods[move.item_id], day))
        planned = Planned(move.item_id, -move.change, reason=command.reason, reverses_id=move_id)
        return self._record(StockKind.REVERSED, source, day, goods, [planned])[0]

    def _move(
        self, kind: StockKind, source: Source, day: date, planned: list[Planned]
    ) -> list[StockMoveView]:
        goods = self._locked((one.item_id for one in planned), day)
        before = self._before(kind, source, day, planned)
        return self._record(kind, source, day, goods, planned) if before is None else before

    def _moves(self, ids: Collection[int]) -> dict[int, AnyRow]:
        found = self._rows.moves(ids)
        refuse_if([Problem(MoveUnknown(move=str(one))) for one in ids if one not in found])
        return found

    def _moved(self, moves: dict[int, AnyRow]) -> dict[int, Moved]:
        """Return how movements stand, their items being locked."""
        red, back = self._rows.reversed_of(moves), self._rows.returned_of(moves)
        return {
            move.id: Moved(
                *(move.id, StockKind(move.kind), move.day, move.id in red),
                out=-move.change - back.get(move.id, NONE),
                returned=move.id in back,
            )
            for move in moves.values()
        }


def _coming_back(issue: AnyRow, amount: Decimal) -> Planned:
    """Return the line by which a quantity comes back from whoever an issue went to."""
    return Planned(
        *(issue.item_id, amount),
        school_id=issue.school_id,
        office=issue.office,
        staff_id=issue.staff_id,
        returns_id=issue.id,
    )
