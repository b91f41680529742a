"""Members' accounts over some months: what each owes to the branch, and what is settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.errors import Problem
from xuequ.core.ids import take_ids
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan, months_later
from xuequ.core.standards import Standards
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.errors.dues import DuesBaseMissing
from xuequ.unified.party.repository.dues import DuesRows
from xuequ.unified.party.rules.dues import (
    Belonging,
    PayRecord,
    dues_of,
    months_between,
    owed_months,
    record_for,
)
from xuequ.unified.party.rules.dues_paying import month_text
from xuequ.unified.party.service.dues.kept import keep
from xuequ.unified.party.states.dues import DuesCategory
from xuequ.unified.party.states.members import MemberState

COLUMNS = (
    *("id", "district_id", "branch_id", "member_id", "month", "version"),
    *("category", "base_id", "base", "rate", "reduction_id", "amount", "used"),
)
"""The columns of a figure, as `Accounts.drafts` holds them."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed for a month, by which assessment."""

    assessment_id: int
    amount: Money


class Accounts:
    """The accounts of some members with a branch, from one month to another, both included."""

    def __init__(
        self,
        rows: DuesRows,
        standards: Standards,
        ledger: AnyRow,
        first: date,
        last: date,
        member_ids: Collection[int] | None = None,
    ) -> None:
        self.branch_id: int = ledger.branch_id
        self.months = months_between(first, last)
        self._district_id: int = ledger.district_id
        self._standards = standards
        self._before: date = months_later(ledger.since, -1)
        self.members = _belongings(rows, ledger.branch_id, first, months_later(last, 1), member_ids)
        ids = list(self.members)
        self._bases: dict[int, AnyRow] = {}
        self._records: dict[int, list[PayRecord]] = {}
        for row in rows.bases(ids):
            self._bases[row.id] = row
            self._records.setdefault(row.member_id, []).append(pay_record(row))
        self._reductions = list(rows.reductions(ids))
        self._carried = {one: row.through for one, row in rows.carried(ledger.branch_id, ids).items()}
        self.paid: dict[tuple[int, date], AnyRow] = {
            (row.member_id, row.month): row for row in rows.paid_months(first, last, ids)
        }
        self.assessed: dict[tuple[int, date], AnyRow] = {
            (row.member_id, row.month): row for row in rows.assessed(ledger.branch_id, first, last, ids)
        }
        self.drafts: list[tuple[Any, ...]] = []
        self._owed: dict[int, list[date]] = {}

    def settled(self, member_id: int) -> date:
        """Return the last month that was settled before the ledger began, or elsewhere."""
        settled: date = self._carried.get(member_id, self._before)
        return settled

    def owed(self, member_id: int) -> list[date]:
        """Return the months that a member owes to the branch, whether or not they are paid."""
        if member_id not in self._owed:
            member, settled = self.members.get(member_id), self.settled(member_id)
            owing = [] if member is None else owed_months(member, self.branch_id, self.months)
            self._owed[member_id] = [month for month in owing if month > settled]
        return self._owed[member_id]

    def is_clear(self, member_id: int, month: date) -> bool:
        """Tell whether a month is paid, or nothing is due for it."""
        key = (member_id, month)
        return key in self.paid or (key in self.assessed and not self.assessed[key].amount)

    def due(self, member_id: int, month: date) -> Due | Problem:
        """Return what is owed for a month; one that was not assessed yet is reckoned now."""
        key = (member_id, month)
        if key in self.assessed:
            return Due(self.assessed[key].id, self.assessed[key].amount)
        return self.assess(member_id, month)

    def assess(self, member_id: int, month: date) -> Due | Problem:
        """Reckon what is owed for a month; a figure that says the same as the one that stands is that one."""
        member = self.members[member_id]
        record = record_for(self._records.get(member_id, ()), month, self._standards)
        if record is None:
            return Problem(DuesBaseMissing(member=member.name, month=month_text(month)))
        reduction = next(
            (
                row
                for row in self._reductions
                if row.member_id == member_id and row.since <= month < row.until
            ),
            None,
        )
        reduced = None if reduction is None else reduction.amount
        figure = dues_of(record, month, self._standards, joined_on=member.joined_on, reduced=reduced)
        stands = self.assessed.get((member_id, month))
        made: dict[str, Any] = {
            "category": record.category.code,
            "base_id": record.id,
            "reduction_id": None if reduction is None else reduction.id,
            "amount": figure.amount,
            "used": keep(figure.used, self._standards),
        }
        if stands is not None and all(getattr(stands, name) == value for name, value in made.items()):
            return Due(stands.id, stands.amount)
        made |= {
            "id": take_ids(1)[0],
            "district_id": self._district_id,
            "branch_id": self.branch_id,
            "member_id": member_id,
            "month": month,
            "version": 1 if stands is None else stands.version + 1,
            "base": self._bases[record.id].base,
            "rate": None if figure.rate is None else str(figure.rate),
        }
        self.drafts.append(tuple(made[name] for name in COLUMNS))
        return Due(made["id"], figure.amount)


def pay_record(row: AnyRow) -> PayRecord:
    """Return a base as the rules take it."""
    return PayRecord(
        row.id, row.since, DuesCategory(row.category), row.base, row.agreed, at_once=bool(row.reason)
    )


def _belongings(
    rows: DuesRows, branch_id: int, first: date, until: date, member_ids: Iterable[int] | None
) -> dict[int, Belonging]:
    """Return who belonged to a branch in some days, with where they were and what, by number of staff."""
    found: dict[int, list[AnyRow]] = {}
    for row in rows.belongings(branch_id, first, until, member_ids):
        found.setdefault(row.member_id, []).append(row)
    states: dict[int, list[tuple[DaySpan, MemberState]]] = {}
    for row in rows.states(found, first, until):
        span = (DaySpan(row.since, row.until), MemberState(row.state))
        states.setdefault(row.member_id, []).append(span)
    return {
        one: Belonging(
            member_id=one,
            name=spans[0].name,
            staff_no=spans[0].staff_no,
            joined_on=spans[0].joined_on,
            branches=tuple((DaySpan(row.since, row.until), row.branch_id) for row in spans),
            states=tuple(states.get(one, ())),
        )
        for one, spans in found.items()
    }
