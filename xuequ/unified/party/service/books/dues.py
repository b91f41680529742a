"""The workbook of dues: bases, reductions, what was settled before, and the ledger of payments."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import CellRequired, Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.money import Money
from xuequ.core.plan import Key, Outcome, PlannedRow, State
from xuequ.core.spans import months_later
from xuequ.core.workbook import Sheet
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books import Named
from xuequ.registry.service.books.desk import at_column, check_names, found, rows_of
from xuequ.unified.party.errors.dues import ReductionOver
from xuequ.unified.party.errors.members import BranchMissing, MemberUnknown
from xuequ.unified.party.repository.dues_ledger import DuesLedgerRows
from xuequ.unified.party.rules.dues_paying import month_text
from xuequ.unified.party.schemas.books.dues import BaseRow, CarriedRow, PaymentRow, ReductionRow
from xuequ.unified.party.schemas.dues import BaseSetting, Carrying, Paying, Reducing, Voiding
from xuequ.unified.party.service.dues import DuesService
from xuequ.unified.party.states.dues import DuesCategory, PayItem
from xuequ.unified.party.templates.dues import DUES


class DuesLookups:
    """Members by their number of staff, read once for a file."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.rows = DuesLedgerRows(context.session, context.scope, context.place)
        self.service = DuesService(context)

    @cached_property
    def branch_id(self) -> int:
        """The district's branch."""
        today = self.context.today
        branch = self.rows.branch(today)
        if branch is None:
            raise BranchMissing(district=self.context.place, on=str(today))
        return int(branch.id)

    @cached_property
    def members(self) -> Mapping[str, Named]:
        """Number of staff → member and name, of who belongs or belonged to the branch."""
        known = self.rows.members_numbered()
        return {number: Named(row.id, row.name) for number, row in known.items()}

    @cached_property
    def numbers(self) -> Mapping[int, tuple[str, str]]:
        """Member → number of staff and name."""
        return {one.id: (number, one.name) for number, one in self.members.items()}

    def member(self, number: str) -> int:
        """Return the member who has a number of staff.

        Raises:
            MemberUnknown: when none has.
        """
        return found(self.members, number, MemberUnknown(member=number)).id


class DuesDesk(Desk):
    """What the four sheets share."""

    sheet: Sheet

    def __init__(self, lookups: DuesLookups) -> None:
        self.lookups = lookups
        self.service = lookups.service

    @abstractmethod
    def records(self) -> Iterator[Command]:
        """Return all that is registered, as rows."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what is registered, by key."""
        key = self.sheet.key
        return {
            tuple([getattr(row, name) for name in key]): {
                name: value for name, value in row.__dict__.items() if name not in (*key, "name")
            }
            for row in self.records()
        }

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that names are those of the numbers beside them."""
        return check_names(planned, self.lookups.members)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return what is registered; dues are the branch's, and no school's."""
        return self.records() if school is None else ()

    def who(self, member_id: int) -> dict[str, Any] | None:
        """Return a member's number of staff and name; None for who has no number, and is in no file."""
        known = self.lookups.numbers.get(member_id)
        return None if known is None else {"staff_no": known[0], "name": known[1]}


class BaseDesk(DuesDesk):
    """The sheet of bases; what a file changes of one is a new version of it."""

    sheet = DUES.sheet("bases")

    def records(self) -> Iterator[BaseRow]:
        """Return the bases that stand."""
        for view in self.service.bases():
            if (who := self.who(view.member_id)) is not None:
                items = {item.code: _yuan(amount) for item, amount in view.items.items()}
                said = {"since": view.since, "category": view.category, "reason": view.reason or None}
                agreed = None if view.agreed is None else _yuan(view.agreed)
                yield BaseRow(**cast("Any", {**who, **items, **said, "agreed": agreed}))

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Set bases."""
        self.service.set_bases([self._setting(cast(BaseRow, row.source.command)) for row in planned])

    def _setting(self, row: BaseRow) -> BaseSetting:
        items = {
            item: Money.yuan(amount) for item in PayItem if (amount := getattr(row, item.code)) is not None
        }
        return BaseSetting(
            member_id=self.lookups.member(row.staff_no),
            since=row.since,
            category=DuesCategory(row.category),
            items=items,
            agreed=None if row.agreed is None else Money.yuan(row.agreed),
            reason=row.reason or "",
        )


class ReductionDesk(DuesDesk):
    """The sheet of reductions; one may end earlier."""

    sheet = DUES.sheet("reductions")
    changeable = frozenset({"last"})

    def _there(self) -> dict[Key, AnyRow]:
        views: Any = self.service.reductions()
        return {
            (who["staff_no"], view.since): view
            for view in views
            if (who := self.who(view.member_id)) is not None
        }

    def records(self) -> Iterator[ReductionRow]:
        """Return the reductions."""
        for view in self._there().values():
            said: dict[str, Any] = self.who(view.member_id) or {}
            said |= {name: getattr(view, name) for name in ("since", "last", "studied_on")}
            said |= {"approver": view.approver, "document": view.document}
            yield ReductionRow(amount=_yuan(view.amount), **said)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """End reductions, and register others."""
        there = self._there()
        for row in cast("list[ReductionRow]", rows_of(planned, Outcome.CHANGED)):
            held = there[row.staff_no, row.since]
            if row.last >= held.last:
                span = f"{month_text(held.since)} 至 {month_text(held.last)}"
                raise ReductionOver(span=span, month=month_text(row.last))
            self.service.end_reduction(held.id, months_later(row.last, 1))
        for row in cast("list[ReductionRow]", rows_of(planned, Outcome.ADDED)):
            said = row.model_dump(exclude={"staff_no", "name", "amount"})
            member_id, amount = self.lookups.member(row.staff_no), Money.yuan(row.amount)
            self.service.reduce(Reducing(member_id=member_id, amount=amount, **said))


class CarriedDesk(DuesDesk):
    """The sheet of what was settled before."""

    sheet = DUES.sheet("carried")

    def records(self) -> Iterator[CarriedRow]:
        """Return through which month members had settled."""
        for member_id, row in self.lookups.rows.carried(self.lookups.branch_id).items():
            if (who := self.who(member_id)) is not None:
                yield CarriedRow(through=row.through, source=row.source, **who)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record it."""
        rows = cast("list[CarriedRow]", [row.source.command for row in planned])
        self.service.carry(
            [
                Carrying(member_id=self.lookups.member(row.staff_no), through=row.through, source=row.source)
                for row in rows
            ]
        )


class PaymentDesk(DuesDesk):
    """The sheet of payments; the only thing that a file changes of one is that it was voided."""

    sheet = DUES.sheet("payments")
    changeable = frozenset({"voided_on", "void_reason"})

    def records(self) -> Iterator[PaymentRow]:
        """Return all payments, also voided ones."""
        for view in self.service.payments():
            if (who := self.who(view.member_id)) is not None:
                names = ("receipt", "first", "last", "paid_on", "voided_on")
                said: dict[str, Any] = who | {name: getattr(view, name) for name in names}
                words = ("received_by", "proxy", "consent", "void_reason")
                said |= {name: getattr(view, name) or None for name in words}
                yield PaymentRow(amount=_yuan(view.amount), **said)

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, and that a voided payment has its day and its reason."""
        problems = super().check(planned)
        for row in planned:
            command = cast(PaymentRow, row.source.command)
            if (command.voided_on is None) != (command.void_reason is None):
                empty = "voided_on" if command.voided_on is None else "void_reason"
                problems.append(at_column(row, self.sheet, empty, CellRequired()))
        return problems

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Void payments, then enter those that were voided, and last those that stand: so months are free."""
        changed = cast("list[PaymentRow]", rows_of(planned, Outcome.CHANGED))
        if changed:
            ids = {view.receipt: view.id for view in self.service.payments()}
            for row in changed:
                self._void(ids[row.receipt], row)
        added = cast("list[PaymentRow]", rows_of(planned, Outcome.ADDED))
        for row in added:
            if row.voided_on is not None:
                (view,) = self.service.pay([self._paying(row)])
                self._void(view.id, row)
        standing = [self._paying(row) for row in added if row.voided_on is None]
        if standing:
            self.service.pay(standing)

    def _void(self, payment_id: int, row: PaymentRow) -> None:
        self.service.void_payment(payment_id, Voiding(reason=row.void_reason or "", on=row.voided_on))

    def _paying(self, row: PaymentRow) -> Paying:
        words = ("received_by", "proxy", "consent")
        return Paying(
            member_id=self.lookups.member(row.staff_no),
            receipt=row.receipt,
            amount=Money.yuan(row.amount),
            first=row.first,
            last=row.last,
            paid_on=row.paid_on,
            **{name: getattr(row, name) or "" for name in words},
        )


def _yuan(amount: Money) -> Decimal:
    return Decimal(amount.fen).scaleb(-2)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = DuesLookups(context)
    return {
        "bases": BaseDesk(lookups),
        "reductions": ReductionDesk(lookups),
        "carried": CarriedDesk(lookups),
        "payments": PaymentDesk(lookups),
    }


DUES_BOOK = Book(DUES, _desks, stale="党费台账")
