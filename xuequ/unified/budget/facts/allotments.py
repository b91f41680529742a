"""What happened to allotments 公用经费核定 and releases 核拨."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AllotmentAdopted(Fact):
    """The 公用经费 of a year was allotted by a frozen headcount, or an allotment was corrected."""

    name: ClassVar[str] = "budget.allotment_adopted"

    allotment_id: int
    year: int
    number: int
    headcount_id: int
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseMade(Fact):
    """Money for training or activities was released 核拨 to a school or for an activity."""

    name: ClassVar[str] = "budget.release_made"

    release_id: int
    line_id: int
    school_id: int | None
    amount: Money
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReturned(Fact):
    """What was left of a release was given back 余款交回."""

    name: ClassVar[str] = "budget.release_returned"

    release_id: int
    returned: Money
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseVoided(Fact):
    """A release of which nothing was used was voided 作废."""

    name: ClassVar[str] = "budget.release_voided"

    release_id: int
    returned: Money
    day: date
