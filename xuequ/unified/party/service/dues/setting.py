"""What dues are reckoned from: the ledger's beginning, what was settled before, bases, reductions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.spans import DaySpan, months_later
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.dues import OPEN_LEDGER, REDUCE_DUES, SET_BASES
from xuequ.unified.party.errors.dues import (
    CarriedBehindPayments,
    DuesBaseAsBefore,
    DuesMonthsBackwards,
    DuesNegative,
    LedgerKnown,
    ReductionOver,
    ReductionStands,
    ReductionUnknown,
)
from xuequ.unified.party.errors.members import MemberNamedTwice
from xuequ.unified.party.facts.dues import (
    DuesBasesSet,
    DuesCarriedOver,
    DuesLedgerOpened,
    DuesReduced,
    DuesReductionEnded,
)
from xuequ.unified.party.models.dues import (
    DuesBase,
    DuesBaseItem,
    DuesCarried,
    DuesLedger,
    DuesReduction,
)
from xuequ.unified.party.rules.dues import Base, first_of, make_base
from xuequ.unified.party.rules.dues_paying import month_text, reduction_problems
from xuequ.unified.party.schemas.dues import BaseSetting, Carrying, LedgerOpening, LedgerView, Reducing
from xuequ.unified.party.service.dues.kept import keep
from xuequ.unified.party.service.dues.steps import DuesSteps
from xuequ.unified.party.service.dues.viewing import ledger_view
from xuequ.unified.party.states.dues import PayItem

_BASE = ("id", "district_id", "member_id", "since", "version", "category", "base", "agreed", "reason", "used")


class Setting(DuesSteps):
    """A ledger begun in mid-case, and what the members' dues are reckoned from."""

    @use_case(OPEN_LEDGER)
    def open_ledger(self, command: LedgerOpening) -> LedgerView:
        """Open the branch's ledger 建立党费台账 with what there was, which earlier books account for.

        Raises:
            BranchMissing: when the district has no branch today.
            LedgerKnown: one ledger a branch.
            DuesNegative: for a balance below nothing.
            DayAhead: for a month to come.
        """
        branch = self._hold()
        self._past(command.since)
        known = self._rows.ledger(branch.id)
        if known is not None:
            raise LedgerKnown(branch=branch.name, since=month_text(known.since))
        if command.balance.fen < 0:
            raise DuesNegative(member=branch.name, amount=str(command.balance))
        said = {"since": command.since, "authority": command.authority, "opening": command.balance}
        self._rows.add(DuesLedger, district_id=self._rows.district_id, branch_id=branch.id, **said)
        self.context.announce(
            DuesLedgerOpened(branch_id=branch.id, since=command.since, opening=command.balance)
        )
        return ledger_view(self._ledger(branch))

    @use_case(SET_BASES)
    def carry(self, rows: Sequence[Carrying]) -> None:
        """Record through which month members have settled dues before the ledger, or elsewhere 已交至.

        What is recorded later stands before what was recorded earlier.

        Raises:
            MemberUnknown, MemberNamedTwice: for who they are.
            CarriedBehindPayments: when a month by then was paid here.
            Problems: when there is more than one of these.
        """
        branch = self._hold()
        names = self._named(row.member_id for row in rows)
        ids = [row.member_id for row in rows]
        problems = [Problem(MemberNamedTwice(member=names[one])) for one in names if ids.count(one) > 1]
        paid, before = self._rows.first_paid_here(branch.id, ids), self._rows.carried(branch.id, ids)
        for row in rows:
            first = paid.get(row.member_id)
            if first is not None and first <= row.through:
                said = {"through": month_text(row.through), "month": month_text(first)}
                problems.append(Problem(CarriedBehindPayments(member=names[row.member_id], **said)))
        refuse_if(problems)
        listed = [
            (
                *(self._rows.district_id, branch.id, row.member_id),
                before[row.member_id].version + 1 if row.member_id in before else 1,
                *(row.through, row.source),
            )
            for row in rows
        ]
        columns = ("district_id", "branch_id", "member_id", "version", "through", "source")
        self._rows.load(DuesCarried, columns, listed)
        if rows:
            self.context.announce(DuesCarriedOver(branch_id=branch.id, member_ids=tuple(sorted(ids))))

    @use_case(SET_BASES)
    def set_bases(self, rows: Sequence[BaseSetting]) -> list[int]:
        """Record by which rule members pay and on what base, from a month 核定基数; all or none.

        A base recorded for the same month stands before the one recorded earlier. What was assessed already
        stays as it is until it is assessed again, and what was paid stays for good.

        Returns:
            The ids of the bases, in the order of the rows.

        Raises:
            MemberUnknown: for who they are.
            PayMissing, PayItemUnclear, AgreedDuesMissing, AgreedDuesOutside, DuesNegative: for the pay.
            DuesBaseAsBefore: when just this stands already.
            Problems: when there is more than one of these.
        """
        self._hold()
        names = self._named(row.member_id for row in rows)
        bases: list[Base] = []
        problems: list[Problem] = []
        standing = {(row.member_id, row.since): row for row in self._rows.bases(names)}
        pay = self._pay_of(standing.values())
        for row in rows:
            name, known = names[row.member_id], standing.get((row.member_id, row.since))
            base, wrong = make_base(
                name, row.category, row.items, row.agreed, self.context.standards, row.since
            )
            if known is not None and _same(known, pay.get(known.id, {}), row):
                error = DuesBaseAsBefore(member=name, month=month_text(row.since))
                wrong = [*wrong, Problem(error)]
            bases.append(base)
            problems += wrong
        refuse_if(problems)
        return self._set(rows, bases, {key: row.version for key, row in standing.items()})

    def _pay_of(self, bases: Any) -> dict[int, dict[PayItem, Any]]:
        pay: dict[int, dict[PayItem, Any]] = {}
        for one in self._rows.items([row.id for row in bases]):
            pay.setdefault(one.base_id, {})[PayItem(one.item)] = one.amount
        return pay

    def _set(
        self, rows: Sequence[BaseSetting], bases: Sequence[Base], versions: dict[tuple[int, date], int]
    ) -> list[int]:
        ids, district_id = take_ids(len(rows)), self._rows.district_id
        listed: list[tuple[Any, ...]] = []
        for one, row, base in zip(ids, rows, bases, strict=True):
            version = versions[row.member_id, row.since] = versions.get((row.member_id, row.since), 0) + 1
            used = keep(base.used, self.context.standards)
            said = (row.category.code, base.amount, row.agreed, row.reason, used)
            listed.append((one, district_id, row.member_id, row.since, version, *said))
        self._rows.load_given(DuesBase, _BASE, listed)
        items = [
            (one, item.code, amount)
            for one, row in zip(ids, rows, strict=True)
            for item, amount in row.items.items()
        ]
        self._rows.load(DuesBaseItem, ("base_id", "item", "amount"), items)
        if ids:
            members = tuple(sorted({row.member_id for row in rows}))
            self.context.announce(DuesBasesSet(base_ids=tuple(ids), member_ids=members))
        return list(ids)

    @use_case(REDUCE_DUES)
    def reduce(self, command: Reducing) -> int:
        """Reduce a member's dues for some months 减免, as the branch studied and its superior approved.

        It counts for months that are assessed from now on; those that are paid stay.

        Returns:
            The reduction's id.

        Raises:
            MemberUnknown: for who it is.
            DuesMonthsBackwards, DayAhead: for the days of it.
            HigherApprovalMissing, ReductionNone: for what the rules ask.
            ReductionStands: when another one reaches into those months.
            Problems: when there is more than one of these.
        """
        self._hold()
        name = self._named([command.member_id])[command.member_id]
        self._past(command.studied_on)
        if command.last < command.since:
            raise DuesMonthsBackwards(first=month_text(command.since), last=month_text(command.last))
        span = DaySpan(command.since, months_later(command.last, 1))
        problems = reduction_problems(
            *(name, command.amount, command.approver, command.document),
            self.context.standards,
            command.since,
        )
        problems += [
            Problem(ReductionStands(member=name, span=_span_text(row)))
            for row in self._rows.reductions([command.member_id])
            if span.overlaps(DaySpan(row.since, row.until))
        ]
        refuse_if(problems)
        said = command.model_dump(exclude={"since", "last", "amount"})
        said |= {"since": span.since, "until": span.until, "amount": command.amount}
        reduction_id = self._rows.add(DuesReduction, district_id=self._rows.district_id, **said)
        self.context.announce(
            DuesReduced(
                reduction_id=reduction_id,
                member_id=command.member_id,
                since=span.since,
                until=months_later(command.last, 1),
            )
        )
        return reduction_id

    @use_case(REDUCE_DUES)
    def end_reduction(self, reduction_id: int, month: date) -> None:
        """Let a reduction end earlier: `month` is the first one that is paid in full again.

        Raises:
            ReductionUnknown: when there is none of that id here.
            ReductionOver: when it does not reach beyond that month, or begins with it.
        """
        self._hold()
        found, until = self._rows.reduction(reduction_id), first_of(month)
        if found is None:
            raise ReductionUnknown(reduction=str(reduction_id))
        if not found.since < until < found.until:
            raise ReductionOver(span=_span_text(found), month=month_text(until))
        self._rows.change(DuesReduction, reduction_id, until=until)
        self.context.announce(
            DuesReductionEnded(reduction_id=reduction_id, member_id=found.member_id, until=until)
        )


def _span_text(row: AnyRow) -> str:
    return f"{month_text(row.since)} 至 {month_text(months_later(row.until, -1))}"


def _same(known: AnyRow, items: Any, row: BaseSetting) -> bool:
    stands = (known.category, known.agreed, known.reason, items)
    return bool(stands == (row.category.code, row.agreed, row.reason, dict(row.items)))
