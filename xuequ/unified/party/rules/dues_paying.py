"""What speaks against a payment of dues, and into which pot it goes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem, XuequError
from xuequ.core.money import Money
from xuequ.core.spans import months_later
from xuequ.core.standards import Standards
from xuequ.unified.party.errors.dues import (
    BackPaymentTooLong,
    ConsentMissing,
    DuesNegative,
    DuesShort,
    HigherApprovalMissing,
    MonthElsewhere,
    MonthPaid,
    MonthSettled,
    NothingPaid,
    PaidAhead,
    ReductionNone,
    TooManyMonths,
)
from xuequ.unified.party.rules.dues import first_of
from xuequ.unified.party.states.dues import Pot


def month_text(month: date) -> str:
    """Write a month as people do.

    Source: GB/T 7408.

    >>> month_text(date(2026, 3, 1))
    '2026-03'
    """
    return f"{month:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Paying:
    """One payment: who, for which months, how much, when, and on what consent it departs from each month."""

    who: str
    months: tuple[date, ...]
    amount: Money
    paid_on: date
    proxy: str = ""
    consent: str = ""


def month_problems(
    paying: Paying, *, owed: Collection[date], paid: Collection[date], settled: date | None
) -> list[Problem]:
    """Refuse months that are paid, that were settled before the ledger began, or are not owed here.

    Args:
        paying: the payment.
        owed: the months that the member owes to this branch.
        paid: those paid already.
        settled: the last month that was settled elsewhere or before, if there is one.

    Source: domain rules A §2, invariants (dues month paid at most once; paid where the 组织关系 is).
    """
    errors: list[XuequError] = []
    for month in paying.months:
        said = {"member": paying.who, "month": month_text(month)}
        if month in paid:
            errors.append(MonthPaid(**said))
        elif settled is not None and month <= settled:
            errors.append(MonthSettled(**said, settled=month_text(settled)))
        elif month not in owed:
            errors.append(MonthElsewhere(**said))
    return [Problem(error) for error in errors]


def time_problems(paying: Paying, standards: Standards, today: date) -> list[Problem]:
    """Refuse back payment of too many months, too many at once, and what lacks the branch's consent.

    Months before the one of paying are back payment; of the others several at once, or one ahead of its time,
    or money brought by somebody else, want the consent of the branch.

    Source: 中组发〔2008〕3号 (按月交纳; 经支部同意可按季交纳或由他人代交; 补交不超过 6 个月);
    ``party.dues.back_months_most``, ``party.dues.months_at_once``.
    """
    errors: list[XuequError] = []
    now, on = first_of(paying.paid_on), paying.paid_on
    if on > today:
        errors.append(PaidAhead(member=paying.who, on=str(on), today=str(today)))
    most = standards.entry("party.dues.back_months_most", on=on)
    back = standards.whole(most.key, on=on)
    oldest = min(paying.months, default=now)
    if oldest < months_later(now, -back):
        source = most.authority
        errors.append(
            BackPaymentTooLong(member=paying.who, month=month_text(oldest), most=back, authority=source)
        )
    coming = [month for month in paying.months if month >= now]
    at_once = standards.whole("party.dues.months_at_once", on=on)
    if len(coming) > at_once:
        errors.append(TooManyMonths(member=paying.who, months=len(coming), most=at_once))
    early = len(coming) > 1 or any(month > now for month in coming)
    if (early or paying.proxy) and not paying.consent:
        errors.append(ConsentMissing(member=paying.who, what="由他人代交" if paying.proxy else "预交党费"))
    return [Problem(error) for error in errors]


def amount_problems(paying: Paying, due: Money) -> list[Problem]:
    """Refuse a payment of nothing, of less than nothing, and of less than is due for its months.

    Source: domain rules A §2, refuse (negative dues); extra dues are unlimited, 第十一条.
    """
    amount = paying.amount
    if amount.fen < 0:
        return [Problem(DuesNegative(member=paying.who, amount=str(amount)))]
    if amount.fen == 0:
        return [Problem(NothingPaid(member=paying.who))]
    if amount < due:
        return [Problem(DuesShort(member=paying.who, amount=str(amount), due=str(due)))]
    return []


def pot_of_extra(extra: Money, standards: Standards, on: date) -> Pot:
    """Return where what is given beyond the dues goes: from a certain sum at once, wholly to the Centre.

    Source: 中组发〔2008〕3号 第十一条; ``party.dues.gift_to_centre_from``.
    """
    return Pot.DUES if extra < standards.money("party.dues.gift_to_centre_from", on=on) else Pot.CENTRE


def reduction_problems(
    who: str, amount: Money, approver: str, document: str, standards: Standards, on: date
) -> list[Problem]:
    """Refuse a reduction below nothing, and one that the higher committee has not approved.

    Source: 中组发〔2008〕3号 (交纳有困难的, 经支部研究, 报上级党委批准后可以少交或免交);
    ``party.dues.reduction_needs_higher``.
    """
    problems: list[Problem] = []
    if amount.fen < 0:
        problems.append(Problem(ReductionNone(member=who, amount=str(amount))))
    entry = standards.entry("party.dues.reduction_needs_higher", on=on)
    if standards.flag(entry.key, on=on) and not (approver and document):
        problems.append(Problem(HigherApprovalMissing(member=who, authority=entry.authority)))
    return problems
