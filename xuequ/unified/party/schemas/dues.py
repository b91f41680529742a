"""Commands and views of dues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Command, Id, Number, Text, View, clean_text
from xuequ.core.money import Money
from xuequ.unified.party.states.dues import DuesCategory, PayItem, Pot


def _month(day: date) -> date:
    return day.replace(day=1)


Month = Annotated[date, AfterValidator(_month)]
"""A month, named by any of its days."""

Ground = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
"""By which document or minutes something was done, or why."""


# commands


class LedgerOpening(Command):
    """Open the branch's ledger with the first month that it is kept for, and what there was by then."""

    since: Month
    balance: Money
    authority: Ground


class Carrying(Command):
    """Record through which month a member has settled dues before the ledger began, or elsewhere."""

    member_id: Id
    through: Month
    source: Ground


class BaseSetting(Command):
    """Record by which rule a member pays from a month, and the pay of which the base is made up.

    `agreed` is the monthly amount of a farmer. A `reason` lets a new salary count at once where the base is
    fixed for the year.
    """

    member_id: Id
    since: Month
    category: DuesCategory
    items: Mapping[PayItem, Money] = Field(default_factory=dict[PayItem, Money])
    agreed: Money | None = None
    reason: Text = ""


class Reducing(Command):
    """Reduce a member's dues from a month to another, both included; 0 exempts.

    `studied_on` is the day on which the branch studied it, `approver` and `document` who above approved it.
    """

    member_id: Id
    since: Month
    last: Month
    amount: Money
    studied_on: date
    approver: Text
    document: Text


class Paying(Command):
    """Pay dues for the months from `first` to `last`, both included; without them it is all extra.

    `receipt` is the number of the receipt, which is used once. What the amount is above the dues is given
    beyond them. `proxy` is who brought the money, `consent` the minutes by which the branch agreed to that or
    to several months at once; `received_by` the actor when left out.
    """

    member_id: Id
    receipt: Number
    amount: Money
    first: Month | None = None
    last: Month | None = None
    paid_on: date | None = None
    received_by: Text = ""
    proxy: Text = ""
    consent: Text = ""


class Giving(Command):
    """Give beyond the dues 自愿多交; from a certain sum at once it goes wholly to the Centre."""

    member_id: Id
    receipt: Number
    amount: Money
    paid_on: date | None = None
    received_by: Text = ""


class Remitting(Command):
    """Remit dues to the superior; the branch's superior is the receiver when left out."""

    number: Number
    amount: Money
    pot: Pot = Pot.DUES
    remitted_on: date | None = None
    remitted_by: Text = ""
    receiver: Text = ""


class Voiding(Command):
    """Void what was entered by mistake; `on` is the day of the reversing entry, today when left out."""

    reason: Ground
    on: date | None = None


# views


class LedgerView(View):
    """The branch's own ledger: opening and receipts are remittances and balance."""

    branch_id: Id
    since: date
    opening: Money
    received: Money
    remitted: Money
    balance: Money
    centre_received: Money
    centre_remitted: Money
    centre_balance: Money


class BaseView(View):
    """On what base a member pays from a month."""

    id: Id
    member_id: Id
    since: date
    category: DuesCategory
    base: Money
    agreed: Money | None
    reason: str
    items: Mapping[PayItem, Money]


class RuleUsed(View):
    """A rule parameter as it was when a figure was made with it."""

    key: str
    value: str
    place: str
    since: date
    authority: str
    article: str


class FigureView(View):
    """How the dues of a month were reckoned; `again` is what the same base and rules give anew."""

    id: Id
    member_id: Id
    month: date
    version: int
    category: DuesCategory
    base: Money
    items: Mapping[PayItem, Money]
    rate: str | None
    reduced_to: Money | None
    amount: Money
    rules: tuple[RuleUsed, ...]
    again: Money


class Assessed(View):
    """What an assessment brought: how many figures are new, and what the months come to."""

    first: date
    last: date
    members: int
    new: int
    amount: Money


class ReductionView(View):
    """What a member pays instead, from a month to another, both included."""

    id: Id
    member_id: Id
    since: date
    last: date
    amount: Money
    studied_on: date
    approver: str
    document: str


class PaymentView(View):
    """One payment; `first` and `last` are None for what is all extra."""

    id: Id
    member_id: Id
    name: str
    staff_no: str | None
    receipt: str
    first: date | None
    last: date | None
    due: Money
    extra: Money
    pot: Pot
    amount: Money
    paid_on: date
    received_by: str
    proxy: str
    consent: str
    voided_on: date | None
    void_reason: str


class RemittanceView(View):
    """One remittance, as its slip 上缴单 shows it."""

    id: Id
    district: str
    branch: str
    number: str
    pot: Pot
    amount: Money
    capitals: str
    remitted_on: date
    remitted_by: str
    receiver: str
    voided_on: date | None
    void_reason: str

    @property
    def lines(self) -> tuple[RemittanceView, ...]:
        """The slip's only line."""
        return (self,)


class ArrearsView(View):
    """What a member has in arrears: months, sum, how many months old, what is too old to pay."""

    member_id: Id
    name: str
    staff_no: str | None
    months: tuple[date, ...]
    amount: Money
    age: int
    too_old: tuple[date, ...]


class UnpaidView(View):
    """Months in a row, up to the last one that is over, for which a member paid nothing."""

    member_id: Id
    name: str
    staff_no: str | None
    months: tuple[date, ...]


class LedgerLine(View):
    """One member's year in the ledger: what each month says, what was paid, what is owed."""

    member_id: Id
    name: str
    staff_no: str | None
    category: DuesCategory | None
    m1: str
    m2: str
    m3: str
    m4: str
    m5: str
    m6: str
    m7: str
    m8: str
    m9: str
    m10: str
    m11: str
    m12: str
    paid: Money
    extra: Money
    arrears: Money
    age: int | None


class LedgerSheet(View):
    """The ledger of a year 党费收缴台账."""

    district: str
    branch: str
    year: int
    as_of: date
    lines: tuple[LedgerLine, ...]


class AnnualLine(View):
    """What a member paid in a year."""

    name: str
    dues: Money
    extra: Money
    to_centre: Money
    amount: Money


class AnnualSum(View):
    """One line of the year's account."""

    what: str
    amount: Money


class AnnualView(View):
    """A year's dues as they are published to the members 年度公布, by the day of payment.

    The money for the Centre is in the sums; `balance` is `opening` and `received` less `remitted`.
    """

    district: str
    branch: str
    year: int
    as_of: date
    lines: tuple[AnnualLine, ...]
    opening: Money
    received: Money
    remitted: Money
    balance: Money
    published_on: tuple[date, ...]

    @property
    def sums(self) -> tuple[AnnualSum, ...]:
        """The account in four lines."""
        said = (
            ("上年结转", self.opening),
            ("本年收缴", self.received),
            ("本年上缴", self.remitted),
            ("年末结存", self.balance),
        )
        return tuple(AnnualSum(what=what, amount=amount) for what, amount in said)


class OwnMonth(View):
    """One month of a member's own dues; `paid_on` None while it is not paid."""

    month: date
    due: Money
    paid_on: date | None
    receipt: str


class OwnDues(View):
    """A member's own dues of a year."""

    member_id: Id
    year: int
    months: tuple[OwnMonth, ...]
    payments: tuple[PaymentView, ...]
    arrears: Money
