"""What happened at the close of a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class YearClosedForBooks(Fact):
    """A fiscal year was closed 关账: what it carries over, and what is surplus to hand back."""

    name: ClassVar[str] = "budget.year_closed"

    book: str
    year: int
    carried: Money
    surplus: Money
