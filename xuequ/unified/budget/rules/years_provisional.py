"""What may be spent before a year's budget is approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.unified.budget.errors.ledger import AmountNotPositive, DayOutsideYear
from xuequ.unified.budget.errors.years import GroundNotAllowed, GroundUnnamed, ProvisionalTooMuch
from xuequ.unified.budget.states.years import Ground

SAME_PERIOD = "last_year_same_period"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for a line before the approval, on a ground; `basis` names it where it has to be."""

    line: str
    ground: Ground
    amount: Money
    basis: str
    through: date


def same_period(through: date) -> tuple[date, date]:
    """Return last year's same period 上年同期 of what is to last from 1 January through a day, half-open.

    Source: 预算法 §54 (参照上一年同期的预算支出数额).

    >>> same_period(date(2028, 2, 29))
    (datetime.date(2027, 1, 1), datetime.date(2027, 3, 1))
    """
    after = through + timedelta(days=1)
    year = after.year - 1
    leap = (after.month, after.day) == (2, 29)  # 1 to 28 February, whose last year ends on the 28th too
    return date(through.year - 1, 1, 1), date(year, 3, 1) if leap else date(year, after.month, after.day)


def unallottable(asked: Iterable[Asked], standards: Standards, year: int) -> list[Problem]:
    """Return what stands against allotments before what their grounds cover is looked at.

    Source: 预算法 §54, ``budget.provisional_uses``.
    """
    problems: list[Problem] = []
    rule = standards.entry("budget.provisional_uses", on=date(year, 1, 1))
    allowed = standards.listed("budget.provisional_uses", on=date(year, 1, 1))
    for one in asked:
        if one.amount.fen <= 0:
            problems.append(Problem(AmountNotPositive(amount=one.amount)))
        if one.ground.code not in allowed:
            authority = f"{rule.authority}{rule.article}"
            problems.append(Problem(GroundNotAllowed(ground=one.ground.label, authority=authority)))
        if one.ground is Ground.LEGAL and not one.basis:
            problems.append(Problem(GroundUnnamed(line=one.line)))
        if one.through.year != year:
            problems.append(Problem(DayOutsideYear(line=one.line, day=str(one.through), year=year)))
    return problems


def not_covered(
    totals: Mapping[tuple[int, Ground], Money],
    covered: Mapping[tuple[int, Ground], Money],
    names: Mapping[int, str],
    *,
    standards: Standards,
    year: int,
) -> list[Problem]:
    """Return where more is allotted in all, by line and ground, than the ground covers.

    `covered` holds what was paid in the same period of last year, and what last year left over; a legal
    obligation is covered by what it is.

    Source: 预算法 §54, ``budget.provisional_basis``.
    """
    by_period = standards.text("budget.provisional_basis", on=date(year, 1, 1)) == SAME_PERIOD
    limited = {Ground.CARRIED_OVER, Ground.NECESSARY} if by_period else {Ground.CARRIED_OVER}
    problems: list[Problem] = []
    for (line_id, ground), asked in totals.items():
        most = covered.get((line_id, ground), Money(0))
        if ground in limited and asked > most:
            said = {"line": names[line_id], "ground": ground.label}
            problems.append(Problem(ProvisionalTooMuch(**said, covered=most, asked=asked)))
    return problems
