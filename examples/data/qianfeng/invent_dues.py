"""The dues of the example's branch from September to November: invented, like its members.

Pay is made up so that the three titles pay by two of the bands; two members are in arrears, one pays for a
quarter at once, one gives more than is due, and one in hardship pays less.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

import invent
import invent_party

from xuequ.registry.schemas.set_up import StaffRow
from xuequ.registry.states.staff import Title
from xuequ.unified.party.states.dues import DuesCategory

Row = dict[str, Any]
MONTHS = tuple(date(2026, month, 1) for month in (9, 10, 11))
PAID_ON = {MONTHS[0]: date(2026, 9, 15), MONTHS[1]: date(2026, 10, 15), MONTHS[2]: date(2026, 11, 13)}

_ITEMS = ("post_wage", "grade_wage", "performance_basic", "allowances", "performance_incentive")
_OFF = ("income_tax", "social_insurance", "housing_fund")
PAY = {
    Title.SENIOR: (3110, 2450, 1900, 640, 900, 100, 800, 1000),
    Title.FIRST: (2420, 1980, 1750, 600, 800, 50, 600, 700),
    Title.SECOND: (2080, 1400, 1620, 550, 700, 10, 490, 550),
}
"""Title → a month's pay, item by item, and what goes off it."""

DUE = {Title.SENIOR: Decimal(93), Title.FIRST: Decimal(81), Title.SECOND: Decimal(46)}
"""Title → the dues that its pay comes to: 6,200 and 5,400 yuan at 1.5%, 4,600 at 1%."""

UNPAID = {"T055": MONTHS, "T018": MONTHS[1:]}
"""Who has not paid for which months; that of the last is not late yet."""
QUARTERLY, GENEROUS = "T066", "T006"
REDUCED, REDUCED_TO = "T064", Decimal(10)


def _members() -> list[tuple[str, str, Title]]:
    """Return the members with name and title."""
    rows = cast("list[StaffRow]", invent.invent()["staff"])
    staff = {row.staff_no: row for row in rows}
    numbers = (*invent_party.FULL, *invent_party.PROBATIONARY)
    return [(number, staff[number].name, staff[number].title) for number in numbers]


def base_rows() -> list[Row]:
    """Return everybody's base."""
    return [
        {
            "staff_no": number,
            "name": name,
            "since": MONTHS[0],
            "category": DuesCategory.SALARIED,
            **dict(zip((*_ITEMS, *_OFF), map(Decimal, PAY[title]), strict=True)),
        }
        for number, name, title in _members()
    ]


def reduction_rows() -> list[Row]:
    """Return the one reduction."""
    (name,) = [name for number, name, _ in _members() if number == REDUCED]
    by = {"studied_on": date(2026, 9, 7), "approver": "凤山镇党委", "document": "示例镇党委批〔2026〕18号"}
    span = {"since": MONTHS[1], "last": date(2026, 12, 1), "amount": REDUCED_TO}
    return [{"staff_no": REDUCED, "name": name, **span, **by}]


def payment_rows() -> list[Row]:
    """Return the ledger of payments, a receipt each."""
    rows: list[Row] = []
    for first in MONTHS:
        for number, name, title in _members():
            quarter = number == QUARTERLY
            if first in UNPAID.get(number, ()) or (quarter and first != MONTHS[0]):
                continue
            months = len(MONTHS) if quarter else 1
            amount = REDUCED_TO if number == REDUCED and first != MONTHS[0] else DUE[title] * months
            rows.append(
                {
                    "receipt": f"DF2026-{len(rows) + 1:03}",
                    "staff_no": number,
                    "name": name,
                    "first": first,
                    "last": MONTHS[-1] if quarter else first,
                    "amount": amount + (100 if (number, first) == (GENEROUS, MONTHS[0]) else 0),
                    "paid_on": PAID_ON[first],
                    "received_by": "曾佳",
                    "consent": "支委会2026年9月7日会议同意按季交纳" if quarter else None,
                }
            )
    return rows
