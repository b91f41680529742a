"""Commands and views of allotments 公用经费核定, releases 核拨 and the training check."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, Number, SourceField, Text, View
from xuequ.core.money import Money
from xuequ.registry.states.classes import Stage
from xuequ.unified.budget.schemas.ledger import FiscalYear
from xuequ.unified.budget.states.allotments import AllotmentItem, ReleaseState
from xuequ.unified.budget.states.ledger import Purse


class Eligibility(Command):
    """Decide for one school, other than by its kind, whether it may count as a small rural one."""

    school: Code
    eligible: bool
    reason: Name


class AllotmentAdoption(Command):
    """Adopt the allotment of a year; `number` is 1, and a correction has the next one and a reason."""

    year: FiscalYear
    number: Annotated[int, Field(ge=1)] = 1
    reason: Text = ""
    document_no: Text = ""
    eligibility: tuple[Eligibility, ...] = ()


class UsedStandardView(View):
    """An entry of the rule parameters that an allotment was computed by."""

    key: str
    label: str
    since: date
    place: str
    value: str
    authority: str
    checked: str


class AllotmentLineView(View):
    """What a school gets for one stage and item."""

    school: str
    school_name: str
    stage: Stage
    item: AllotmentItem
    standard_key: str
    rate: Money
    actual: int
    counted: int
    amount: Money


class AllotmentSchoolView(View):
    """What a school gets in all, and whether and why it may count as a small rural one."""

    school: str
    school_name: str
    eligible: bool
    basis: str
    actual: int
    counted: int
    base: Money
    boarding: Money
    special: Money
    heating: Money
    amount: Money


class AllotmentView(View):
    """An allotment with its lines; one that is only computed has no id and no day of adoption."""

    id: Id | None
    year: int
    number: int
    reason: str
    document_no: str
    headcount_id: Id
    count_date: date
    adopted_on: date | None
    total: Money
    lines: tuple[AllotmentLineView, ...]
    schools: tuple[AllotmentSchoolView, ...]
    standards: tuple[UsedStandardView, ...]


class FundsRelease(Command):
    """Release money of a training or activities line to a school, for an activity 师生活动, or both.

    `number` is the release's own; the same number again is a replay. The day is today when left out.
    """

    number: Number
    line_id: Id
    amount: Money
    about: Name
    school: Code | None = None
    event: SourceField | None = None
    released_on: date | None = None


class ReleaseVoiding(Command):
    """Void a release of which nothing is used; its entries are of the day, today when left out."""

    release_id: Id
    reason: Name
    on: date | None = None


class ReleaseView(View):
    """A release, and what of it is left, committed and paid."""

    id: Id
    number: str
    line_id: Id
    line: str
    purse: Purse
    school: str | None
    event: SourceField | None
    about: str
    amount: Money
    released_on: date
    state: ReleaseState
    left: Money
    committed: Money
    paid: Money
    returned: Money
    ended_on: date | None
    end_reason: str


class TrainingShareView(View):
    """What is planned or was paid for training, as a share of the year's 公用经费 budget."""

    what: str
    amount: Money
    whole: Money
    percent: str
    least_percent: str
    least: Money
    short: Money
    verdict: str
    flagged: bool


class TrainingLineView(View):
    """A line that counts as teachers' training."""

    name: str
    purse: Purse
    economic: str
    planned: Money
    held: Money
    paid: Money


class TrainingCheckView(View):
    """The training check of a year 师训经费检查: what falls short is listed, and blocks nothing."""

    year: int
    as_of: date
    shares: tuple[TrainingShareView, ...]
    lines: tuple[TrainingLineView, ...]
