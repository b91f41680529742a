"""What the committee reads of dues, and every member of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from xuequ.core.context import At, reading
from xuequ.core.money import Money
from xuequ.core.spans import months_later
from xuequ.core.standards import Standards
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.dues import VIEW_DUES, VIEW_OWN_DUES
from xuequ.unified.party.errors.dues import FigureUnknown
from xuequ.unified.party.errors.members import MemberUnknown, NotOwnMembership
from xuequ.unified.party.rules.dues import dues_of, first_of
from xuequ.unified.party.rules.dues_arrears import Arrears, arrears_of, months_without
from xuequ.unified.party.rules.dues_paying import month_text
from xuequ.unified.party.schemas.dues import (
    ArrearsView,
    BaseView,
    FigureView,
    LedgerView,
    OwnDues,
    OwnMonth,
    PaymentView,
    ReductionView,
    UnpaidView,
)
from xuequ.unified.party.service.dues.accounts import Accounts, pay_record
from xuequ.unified.party.service.dues.kept import kept, rules_of
from xuequ.unified.party.service.dues.steps import DuesSteps
from xuequ.unified.party.service.dues.viewing import ledger_view, payment_view, unpaid
from xuequ.unified.party.states.dues import DuesCategory, PayItem


@dataclass(frozen=True, slots=True)
class Overdue:
    """The accounts of everybody up to today, and who is in arrears."""

    accounts: Accounts
    arrears: dict[int, Arrears]


class Viewing(DuesSteps):
    """The ledger, bases, figures, payments, arrears and alarms."""

    @reading(VIEW_DUES)
    def ledger(self) -> LedgerView:
        """Return the branch's account: opening and receipts are remittances and balance.

        Raises:
            LedgerMissing, BranchMissing: before there is one.
        """
        return ledger_view(self._ledger(self._branch()))

    @reading(VIEW_DUES)
    def bases(self, members: Collection[int] | None = None) -> list[BaseView]:
        """Return the bases that stand with the pay that they are made of, by month.

        Args:
            members: of these; of all when left out.

        Raises:
            MemberUnknown: for a member of another district.
        """
        if members is not None:
            self._named(members)
        rows = self._rows.bases(members)
        items: dict[int, dict[PayItem, Money]] = {}
        for one in self._rows.items(row.id for row in rows):
            items.setdefault(one.base_id, {})[PayItem(one.item)] = one.amount
        return [
            BaseView(
                id=row.id,
                member_id=row.member_id,
                since=row.since,
                category=DuesCategory(row.category),
                base=row.base,
                agreed=row.agreed,
                reason=row.reason,
                items=items.get(row.id, {}),
            )
            for row in rows
        ]

    @reading(VIEW_DUES)
    def reductions(self) -> list[ReductionView]:
        """Return what members in hardship pay instead, by month."""
        return [
            ReductionView(
                id=row.id,
                member_id=row.member_id,
                since=row.since,
                last=months_later(row.until, -1),
                amount=row.amount,
                studied_on=row.studied_on,
                approver=row.approver,
                document=row.document,
            )
            for row in self._rows.reductions()
        ]

    @reading(VIEW_DUES)
    def figure(self, member_id: int, month: date) -> FigureView:
        """Return how the dues of a month were reckoned, and what the same base and rules give anew.

        It is reckoned anew by the rules that the figure keeps, whatever the rules of today are.

        Raises:
            MemberUnknown: for a member of another district.
            FigureUnknown: when the month was not assessed.
        """
        names, of = self._named([member_id]), first_of(month)
        row = self._rows.figure(self._branch().id, member_id, of)
        if row is None:
            raise FigureUnknown(member=names[member_id], month=month_text(of))
        base, accounts = self._rows.base(row.base_id), self._accounts_of_month(member_id, of)
        reduced = None if row.reduction_id is None else self._reduced_to(row.reduction_id)
        again = dues_of(
            pay_record(base),
            of,
            Standards(kept(row.used)),
            joined_on=accounts.members[member_id].joined_on,
            reduced=reduced,
        )
        items = {PayItem(one.item): one.amount for one in self._rows.items([base.id])}
        return FigureView(
            id=row.id,
            member_id=member_id,
            month=of,
            version=row.version,
            category=DuesCategory(row.category),
            base=row.base,
            items=items,
            rate=row.rate,
            reduced_to=reduced,
            amount=row.amount,
            rules=(*rules_of(base.used), *rules_of(row.used)),
            again=again.amount,
        )

    def _accounts_of_month(self, member_id: int, month: date) -> Accounts:
        return self._accounts(self._ledger(self._branch()), month, month, [member_id])

    def _reduced_to(self, reduction_id: int) -> Money:
        found = self._rows.reduction(reduction_id)
        assert found is not None, "a figure's reduction is of the same district"
        amount: Money = found.amount
        return amount

    @reading(VIEW_DUES)
    def payments(self, since: date | None = None, until: date | None = None) -> list[PaymentView]:
        """Return payments by day, also voided ones; of the days ``[since, until)`` where they are given."""
        rows = self._rows.payments(self._branch().id, since=since, until=until)
        return [payment_view(row) for row in rows]

    @reading(VIEW_DUES)
    def arrears(self, on: date | None = None) -> list[ArrearsView]:
        """Return who owes months that are over 欠交, with the age of the oldest in months.

        Args:
            on: as of which day; today when left out.
        """
        overdue = self._overdue(self._ledger(self._branch()), on or self.context.today)
        return [
            ArrearsView(
                member_id=one,
                name=overdue.accounts.members[one].name,
                staff_no=overdue.accounts.members[one].staff_no,
                months=found.months,
                amount=found.amount,
                age=found.age,
                too_old=found.too_old,
            )
            for one, found in overdue.arrears.items()
        ]

    def _overdue(self, ledger: AnyRow, day: date) -> Overdue:
        accounts = self._accounts(ledger, self._begins(ledger), first_of(day))
        found = {
            one: late
            for one in accounts.members
            if (late := arrears_of(unpaid(accounts, one), day, self.context.standards)) is not None
        }
        return Overdue(accounts, found)

    def _begins(self, ledger: AnyRow) -> date:
        """Return the first month that anybody may owe: the ledger's, or one that somebody brought along."""
        carried = self._rows.carried(ledger.branch_id).values()
        begins: date = min([ledger.since, *(months_later(row.through, 1) for row in carried)])
        return begins

    @reading(VIEW_DUES)
    def unpaid_months(self, on: date | None = None) -> list[UnpaidView]:
        """Return for which months in a row, up to the last one that is over, members paid nothing.

        A month for which nothing was due ends the row. What follows from it is told by `party.watch`.

        Args:
            on: as of which day; today when left out.

        Raises:
            BranchMissing, LedgerMissing: when there is nothing to ask.
        """
        day, ledger = on or self.context.today, self._ledger(self._branch())
        accounts = self._accounts(ledger, self._begins(ledger), first_of(day))
        views: list[UnpaidView] = []
        for one, member in accounts.members.items():
            if not any(day in span and branch == ledger.branch_id for span, branch in member.branches):
                continue
            owed = accounts.owed(one)
            settled = {month for month in owed if accounts.is_clear(one, month)}
            months = tuple(months_without(owed, settled, day))
            if months:
                views.append(
                    UnpaidView(member_id=one, name=member.name, staff_no=member.staff_no, months=months)
                )
        return views

    @reading(VIEW_OWN_DUES, at=At.SCHOOL)
    def own(self, member_id: int, year: int) -> OwnDues:
        """Return a member's own dues of a year; nobody else's are seen here.

        Raises:
            MemberUnknown: when the district has none of that id.
            NotOwnMembership: when it is somebody else.
        """
        context = self.context
        person = self._rows.own_person(member_id, context.today)
        context.permit(VIEW_OWN_DUES, school="" if person is None else person.school or "")
        if person is None or not self._rows.named([member_id]):
            raise MemberUnknown(member=str(member_id))
        if not context.acting.is_system and context.acting.staff_no != person.staff_no:
            raise NotOwnMembership(actor=str(context.acting))
        return self._own(member_id, year)

    def _own(self, member_id: int, year: int) -> OwnDues:
        ledger, first = self._ledger(self._branch()), date(year, 1, 1)
        accounts = self._accounts(ledger, first, date(year, 12, 1), [member_id])
        months: list[OwnMonth] = []
        for month in accounts.owed(member_id):
            key = (member_id, month)
            if key in accounts.paid:
                row = accounts.paid[key]
                months.append(OwnMonth(month=month, due=row.amount, paid_on=row.paid_on, receipt=row.receipt))
            elif key in accounts.assessed:
                due = accounts.assessed[key].amount
                months.append(OwnMonth(month=month, due=due, paid_on=None, receipt=""))
        until = date(year + 1, 1, 1)
        payments = self._rows.payments(ledger.branch_id, member_id=member_id, since=first, until=until)
        late = arrears_of(unpaid(accounts, member_id), self.context.today, self.context.standards)
        return OwnDues(
            member_id=member_id,
            year=year,
            months=tuple(months),
            payments=tuple(payment_view(row) for row in payments),
            arrears=late.amount if late else Money(0),
        )
