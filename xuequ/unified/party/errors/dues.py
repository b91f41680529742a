"""Errors of dues: pay and bases, payments, reductions, the branch's own ledger."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class DuesNegative(Invalid):
    """An amount of pay, of dues or of a base is less than nothing."""

    code = "party.dues_negative"
    member: str
    amount: str


class PayMissing(Invalid):
    """Somebody pays by what they earn, and no pay that counts was given."""

    code = "party.dues_pay_missing"
    member: str
    category: str


class PayItemUnclear(RuleBroken):
    """The rules do not say whether an item of pay counts, or say both."""

    code = "party.dues_pay_item_unclear"
    item: str
    on: str


class AgreedDuesMissing(Invalid):
    """A farmer's dues are agreed upon, and no amount was given."""

    code = "party.dues_agreed_missing"
    member: str


class AgreedDuesOutside(RuleBroken):
    """A farmer's dues lie outside the range."""

    code = "party.dues_agreed_outside"
    member: str
    amount: str
    least: str
    most: str


class DuesBaseMissing(RuleBroken):
    """A member has no base for a month, so the dues cannot be reckoned."""

    code = "party.dues_base_missing"
    member: str
    month: str


class DuesBaseAsBefore(Conflict):
    """The base of that month is just this already."""

    code = "party.dues_base_as_before"
    member: str
    month: str


class MonthPaid(Conflict):
    """The dues of a month were paid already."""

    code = "party.dues_month_paid"
    member: str
    month: str


class MonthSettled(Conflict):
    """The dues of a month were settled before the ledger began, or elsewhere."""

    code = "party.dues_month_settled"
    member: str
    month: str
    settled: str


class MonthElsewhere(RuleBroken):
    """The month is not owed to this branch: the member belonged to another one, or to none."""

    code = "party.dues_month_elsewhere"
    member: str
    month: str


class BackPaymentTooLong(RuleBroken):
    """The back payment reaches too far."""

    code = "party.dues_back_payment_too_long"
    member: str
    month: str
    most: int
    authority: str


class TooManyMonths(RuleBroken):
    """More months at once than the branch may allow."""

    code = "party.dues_too_many_months"
    member: str
    months: int
    most: int


class ConsentMissing(RuleBroken):
    """Paying ahead or through somebody else wants the consent of the branch."""

    code = "party.dues_consent_missing"
    member: str
    what: str


class DuesShort(RuleBroken):
    """Less was paid than is due for the months."""

    code = "party.dues_short"
    member: str
    amount: str
    due: str


class NothingPaid(Invalid):
    """A payment of nothing."""

    code = "party.dues_nothing_paid"
    member: str


class PaidAhead(RuleBroken):
    """The day of the payment lies in the future."""

    code = "party.dues_paid_ahead"
    member: str
    on: str
    today: str


class DuesMonthsBackwards(Invalid):
    """The last month lies before the first, or only one of them is given."""

    code = "party.dues_months_backwards"
    first: str
    last: str


class ReductionNone(Invalid):
    """Reduced dues are less than nothing."""

    code = "party.dues_reduction_negative"
    member: str
    amount: str


class HigherApprovalMissing(RuleBroken):
    """A reduction was not approved by the higher committee."""

    code = "party.dues_higher_approval_missing"
    member: str
    authority: str


class ReductionStands(Conflict):
    """The member's dues are reduced in those months already."""

    code = "party.dues_reduction_stands"
    member: str
    span: str


class ReductionUnknown(NotFound):
    """No such reduction here."""

    code = "party.dues_reduction_unknown"
    reduction: str


class ReductionOver(Conflict):
    """A reduction cannot end in that month."""

    code = "party.dues_reduction_over"
    span: str
    month: str


class LedgerMissing(NotFound):
    """The branch has not opened its ledger of dues."""

    code = "party.dues_ledger_missing"
    branch: str


class LedgerKnown(Conflict):
    """The branch has its ledger already."""

    code = "party.dues_ledger_known"
    branch: str
    since: str


class LedgerShort(RuleBroken):
    """The ledger does not hold so much."""

    code = "party.dues_ledger_short"
    pot: str
    amount: str
    balance: str


class ReceiptUsed(Conflict):
    """The receipt number was used already."""

    code = "party.dues_receipt_used"
    receipt: str


class PaymentUnknown(NotFound):
    """No such payment here."""

    code = "party.dues_payment_unknown"
    payment: str


class PaymentVoided(Conflict):
    """The payment was voided already, or is itself what voids another."""

    code = "party.dues_payment_voided"
    receipt: str


class RemittanceUnknown(NotFound):
    """No such remittance here."""

    code = "party.dues_remittance_unknown"
    remittance: str


class RemittanceVoided(Conflict):
    """The remittance was voided already, or is itself what voids another."""

    code = "party.dues_remittance_voided"
    number: str


class RemittanceUsed(Conflict):
    """The number of the remittance was used already."""

    code = "party.dues_remittance_used"
    number: str


class RemittanceUnfit(Invalid):
    """A remittance of nothing or less."""

    code = "party.dues_remittance_unfit"
    amount: str


class CarriedBehindPayments(RuleBroken):
    """Dues of a month in question were paid here already, so they were not settled elsewhere."""

    code = "party.dues_carried_behind"
    member: str
    through: str
    month: str


class FigureUnknown(NotFound):
    """The dues of the month were not assessed."""

    code = "party.dues_figure_unknown"
    member: str
    month: str
