"""What a member's dues are: the base out of the pay, the rate by bands, the first month, what was reduced.

Every figure comes with the rule parameters that it was made with; keeping them is what lets an old figure be
computed anew and give the old answer.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from xuequ.core.errors import Problem, XuequError
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan, months_later
from xuequ.core.standards import Scalar, Standard, Standards
from xuequ.unified.party.errors.dues import (
    AgreedDuesMissing,
    AgreedDuesOutside,
    DuesNegative,
    PayItemUnclear,
    PayMissing,
)
from xuequ.unified.party.states.dues import (
    DEDUCTIONS,
    FEN_IN,
    BaseFixed,
    DuesCategory,
    FirstMonth,
    PayItem,
    Rounding,
)
from xuequ.unified.party.states.members import MemberState

BANDS = {
    DuesCategory.SALARIED: ("party.dues.base_includes", "party.dues.bands"),
    DuesCategory.RETIRED: ("party.dues.base_includes.retired", "party.dues.bands.retired"),
}
"""The parameters of those who pay by what they earn: what counts, and the rates."""

EXCLUDES, FLAT, ROUNDING = "party.dues.base_excludes", "party.dues.flat", "party.dues.rounding"
LEAST, MOST = "party.dues.farmer_least", "party.dues.farmer_most"
FIRST_MONTH, BASE_FIXED = "party.dues.first_month", "party.dues.base_fixed"


def first_of(day: date) -> date:
    """Return the month of a day, named by its first day.

    Source: our decision.
    """
    return day.replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """Return the months from one to another, both included; none when the last lies before the first.

    Source: our decision.

    >>> [str(month) for month in months_between(date(2026, 11, 1), date(2027, 1, 1))]
    ['2026-11-01', '2026-12-01', '2027-01-01']
    """
    return [months_later(first, number) for number in range(age_in_months(first, last) + 1)]


def age_in_months(month: date, now: date) -> int:
    """Return how many months lie between a month and that of a day.

    Source: our decision.

    >>> age_in_months(date(2026, 11, 1), date(2027, 1, 31))
    2
    """
    return (now.year - month.year) * 12 + now.month - month.month


# the base


@dataclass(frozen=True, slots=True)
class Base:
    """What dues are reckoned from, and by which parameters it was made up."""

    amount: Money
    used: tuple[Standard, ...] = ()


def make_base(
    who: str,
    category: DuesCategory,
    items: Mapping[PayItem, Money],
    agreed: Money | None,
    standards: Standards,
    on: date,
) -> tuple[Base, list[Problem]]:
    """Make up the base of a month's dues out of the pay; say what is wrong with the pay.

    What counts is added up; deductions that the base leaves out are taken off it. A farmer agrees on an
    amount, students and those on relief pay a flat one; they have no base.

    Source: 中组发〔2008〕3号 第一条、第五条、第六条; ``party.dues.base_includes``, ``….base_excludes``.
    """
    given = [*items.values(), *([] if agreed is None else [agreed])]
    wrong: list[XuequError] = [
        DuesNegative(member=who, amount=str(amount)) for amount in given if amount.fen < 0
    ]
    if category not in BANDS:
        used, errors = _agreed(who, category, agreed, standards, on)
        return Base(Money(0), used), [Problem(error) for error in wrong + errors]
    includes, excludes = standards.entry(BANDS[category][0], on=on), standards.entry(EXCLUDES, on=on)
    counted = set(standards.listed(includes.key, on=on))
    left_out = set(standards.listed(EXCLUDES, on=on))
    if not any(item.code in counted for item in items):
        wrong.append(PayMissing(member=who, category=category.label))
    wrong += [
        PayItemUnclear(item=item.label, on=str(on))
        for item in items
        if (item.code in counted) == (item.code in left_out)
    ]
    plus = Money.total(amount for item, amount in items.items() if item.code in counted)
    minus = Money.total(
        amount for item, amount in items.items() if item.code in left_out and item in DEDUCTIONS
    )
    if plus.fen < minus.fen:
        wrong.append(DuesNegative(member=who, amount=str(plus - minus)))
    return Base(plus - minus, (includes, excludes)), [Problem(error) for error in wrong]


def _agreed(
    who: str, category: DuesCategory, agreed: Money | None, standards: Standards, on: date
) -> tuple[tuple[Standard, ...], list[XuequError]]:
    if category is not DuesCategory.FARMER:
        return (), []
    if agreed is None:
        return (), [AgreedDuesMissing(member=who)]
    least, most = standards.money(LEAST, on=on), standards.money(MOST, on=on)
    used = (standards.entry(LEAST, on=on), standards.entry(MOST, on=on))
    if least <= agreed <= most:
        return used, []
    return used, [AgreedDuesOutside(member=who, amount=str(agreed), least=str(least), most=str(most))]


@dataclass(frozen=True, slots=True)
class PayRecord:
    """From which month somebody pays by which rule and on what base.

    `at_once` says that it was decided, with a reason, not to wait for the new year.
    """

    id: int
    since: date
    category: DuesCategory
    base: Money
    agreed: Money | None = None
    at_once: bool = False


def record_for(records: Sequence[PayRecord], month: date, standards: Standards) -> PayRecord | None:
    """Return the record by which a month is reckoned, None when there is none yet.

    Where the base is fixed at the beginning of the year, a new salary waits for January, unless it was
    decided otherwise; another category (retirement) never waits, and who had none yet takes the first.

    Args:
        records: of one member, by month.
        month: its first day.
        standards: say when a base is fixed.

    Source: 中组发〔2008〕3号 第十条; 中央组织部 2017 年通知; ``party.dues.base_fixed``.
    """
    policy = BaseFixed.parse(standards.text(BASE_FIXED, on=month))
    january = date(month.year, 1, 1)
    found: PayRecord | None = None
    for record in records:
        if record.since > month:
            break
        waits = policy is BaseFixed.YEAR and record.since > january and not record.at_once
        if found is None or not waits or record.category is not found.category:
            found = record
    return found


# the figure


@dataclass(frozen=True, slots=True)
class Figure:
    """The dues of a month: how much, at what rate, by which parameters."""

    amount: Money
    rate: Fraction | None = None
    used: tuple[Standard, ...] = field(default=())


def dues_of(
    record: PayRecord,
    month: date,
    standards: Standards,
    *,
    joined_on: date,
    reduced: Money | None = None,
) -> Figure:
    """Return the dues of a member for a month.

    The rate is that of the whole base, not of its parts: a fen more than a band's end costs the next rate on
    all of it.

    Args:
        record: by which the month is reckoned.
        month: its first day, by which the parameters are taken.
        standards: the rates, the rounding, and what the first month is.
        joined_on: the day of the meeting that passed the member; its month may be reckoned otherwise.
        reduced: what was approved to be paid instead 减免, where it is less.

    Source: 中组发〔2008〕3号 第二条、第五条、第六条; ``party.dues.bands``, ``….flat``, ``….rounding``,
    ``….first_month``.
    """
    whole = _whole_month(record, month, standards)
    figure = _first_month(whole, month, joined_on, standards)
    if reduced is not None and reduced < figure.amount:
        return Figure(reduced, figure.rate, figure.used)
    return figure


def _whole_month(record: PayRecord, month: date, standards: Standards) -> Figure:
    if record.category in BANDS:
        bands, rounding = BANDS[record.category][1], standards.entry(ROUNDING, on=month)
        rate = rate_for(record.base, bands, standards, month)
        amount = rounded(rate * record.base.fen, standards, month)
        return Figure(amount, rate, (standards.entry(bands, on=month), rounding))
    if record.category is DuesCategory.FARMER:
        assert record.agreed is not None, "a farmer's base is not recorded without it"
        return Figure(record.agreed)
    return Figure(standards.money(FLAT, on=month), None, (standards.entry(FLAT, on=month),))


def rate_for(base: Money, key: str, standards: Standards, on: date) -> Fraction:
    """Return the rate of the band that holds a base; a band's end belongs to it.

    Source: 中组发〔2008〕3号 第二条、第五条 (3000 元以下（含 3000 元）…).
    """
    band = next(one for one in standards.rows(key, on=on) if _holds(one.get("upto"), base))
    rate = band["rate"]
    assert isinstance(rate, int | Fraction), "a rate is a ratio by the kind of the table"
    return Fraction(rate)


def _holds(upto: Scalar | None, base: Money) -> bool:
    """Tell whether a band holds a base; the last one has no end."""
    return not isinstance(upto, Money) or base <= upto


def rounded(fen: Fraction, standards: Standards, on: date) -> Money:
    """Round an exact number of fen to the unit that the district has set, half of it upwards.

    Source: not stated by the regulation, so the district sets it: ``party.dues.rounding``.
    """
    size = FEN_IN[Rounding.parse(standards.text(ROUNDING, on=on))]
    units = fen / size
    return Money((2 * units.numerator + units.denominator) // (2 * units.denominator) * size)


def _first_month(whole: Figure, month: date, joined_on: date, standards: Standards) -> Figure:
    if first_of(joined_on) != month:
        return whole
    entry = standards.entry(FIRST_MONTH, on=month)
    policy = FirstMonth.parse(standards.text(FIRST_MONTH, on=month))
    used = (*whole.used, entry)
    if policy is FirstMonth.WHOLE:
        return Figure(whole.amount, whole.rate, used)
    if policy is FirstMonth.NONE:
        return Figure(Money(0), whole.rate, used)
    days = monthrange(month.year, month.month)[1]
    part = Fraction(days - joined_on.day + 1, days)
    if all(one.key != ROUNDING for one in used):
        used = (*used, standards.entry(ROUNDING, on=month))
    return Figure(rounded(part * whole.amount.fen, standards, month), whole.rate, used)


# whose month it is


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a member belonged and what they were, over the days that are asked for."""

    member_id: int
    name: str
    staff_no: str | None
    joined_on: date
    branches: tuple[tuple[DaySpan, int], ...]
    states: tuple[tuple[DaySpan, MemberState], ...]


def payer_on(member: Belonging, month: date) -> tuple[int, MemberState] | None:
    """Return to which branch a member owes a month, and what they were; None when they were no member in it.

    A month belongs to the branch that was responsible on its first day, or, for who joined in it, on
    the first day as a member; who moves in the middle of a month pays all of it where they came from.

    Source: 党章 and 中组发〔2008〕3号 (向正式组织关系所在的党支部交纳); which day decides is our decision:
    letters of transfer say up to which month dues are paid.
    """
    days = DaySpan(month, months_later(month, 1))
    begun = [(common.since, branch) for span, branch in member.branches if (common := span.common(days))]
    if not begun:
        return None
    day, branch = min(begun)
    state = next((state for span, state in member.states if day in span), None)
    return None if state is None else (branch, state)


def owed_months(member: Belonging, branch: int, months: Iterable[date]) -> list[date]:
    """Return which months a member owes to a branch; nobody owes while the membership is suspended.

    Source: 中组发〔2008〕3号; 《党员教育管理工作条例》第二十四条 (停止党籍).
    """
    owed: list[date] = []
    for month in months:
        payer = payer_on(member, month)
        if payer is not None and payer[0] == branch and payer[1] is not MemberState.SUSPENDED:
            owed.append(month)
    return owed
