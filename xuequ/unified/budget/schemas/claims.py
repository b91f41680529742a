"""Commands and views of claims."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Code, Command, Id, Name, Text, View, clean_text
from xuequ.core.money import Money
from xuequ.core.text import half_width
from xuequ.unified.budget.states.claims import Act, ClaimState


def _invoice_number(text: str) -> str:
    return "".join(half_width(text).split()).upper()


What = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
InvoiceNumber = Annotated[
    str, AfterValidator(clean_text), AfterValidator(_invoice_number), Field(min_length=1, max_length=40)
]
InvoiceCode = Annotated[
    str, AfterValidator(clean_text), AfterValidator(_invoice_number), Field(max_length=40)
]
ClaimNumber = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=40)]


class LineClaimed(Command):
    """What is claimed, on which budget line; `no` is its place in the claim unless another is given."""

    no: Annotated[int, Field(ge=1, le=9999)] | None = None
    line_id: Id
    what: What
    amount: Money


class InvoiceClaimed(Command):
    """An invoice 发票; an electronic one has a number of 20 digits and no code."""

    code: InvoiceCode = ""
    number: InvoiceNumber
    day: date
    amount: Money
    supplier: Name | None = None


class Claiming(Command):
    """Write a claim 报销单; lines and invoices may follow while it is a draft.

    `school` is the code of the school whose expenditure it is, None when it is the district's own.
    `uninvoiced` says why part of it has no invoice.
    """

    number: ClaimNumber
    school: Code | None = None
    claimant_id: Id
    supplier: Name
    spent_on: date
    uninvoiced: Text = ""
    order_id: Id | None = None
    decision_item_id: Id | None = None
    lines: tuple[LineClaimed, ...] = ()
    invoices: tuple[InvoiceClaimed, ...] = ()


class ClaimAddition(Command):
    """Add lines, each with its number, and invoices to a draft."""

    claim_id: Id
    lines: tuple[LineClaimed, ...] = ()
    invoices: tuple[InvoiceClaimed, ...] = ()


class ClaimLineView(View):
    """A line of a claim; `from_order` of it is paid out of what its order has committed."""

    no: int
    line_id: Id
    line: str
    what: str
    amount: Money
    from_order: Money


class InvoiceView(View):
    """An invoice of a claim."""

    code: str
    number: str
    day: date
    amount: Money
    supplier: str


class StepView(View):
    """An act on a claim: who, as which post, when; `summed` and `basis` chose the band of an approval."""

    act: Act
    label: str
    staff_no: str
    name: str
    post: str
    day: date
    at: datetime
    reason: str
    summed: Money | None
    basis: str


class ClaimItem(View):
    """A claim in a list."""

    id: Id
    number: str
    school: str | None
    school_name: str
    claimant: str
    supplier: str
    spent_on: date
    state: ClaimState
    state_label: str
    total: Money


class ClaimView(ClaimItem):
    """A claim with all that it says and what was done with it."""

    claimant_id: Id
    claimant_no: str
    uninvoiced: str
    order_id: Id | None
    decision_item_id: Id | None
    version: int
    lines: tuple[ClaimLineView, ...]
    invoices: tuple[InvoiceView, ...]
    steps: tuple[StepView, ...]


class ClaimSheet(ClaimView):
    """A claim as it is printed 报销单, with the amount in capitals 大写金额."""

    district: str
    capitals: str


class ClaimList(View):
    """The claims of a year."""

    district: str
    year: int
    claims: tuple[ClaimItem, ...]


class TurnaroundLine(View):
    """How long a claim took: days from submission to each act, none where it is not done."""

    number: str
    school_name: str
    total: Money
    state_label: str
    submitted_on: date
    check_days: int | None
    approve_days: int | None
    pay_days: int | None
    post_days: int | None
    waiting_days: int | None
    returned: int


class Turnaround(View):
    """How long the claims of a year took 报销办理时限表."""

    district: str
    year: int
    as_of: date
    lines: tuple[TurnaroundLine, ...]
