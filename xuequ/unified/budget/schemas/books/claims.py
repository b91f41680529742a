"""Rows of the workbook of claims; budget lines are named by their codes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Measured, Name, Number, PersonName, Text
from xuequ.unified.budget.schemas.claims import ClaimNumber, InvoiceCode, InvoiceNumber, What
from xuequ.unified.budget.states.ledger import FundSource


class ClaimRow(Command):
    """A claim; without a school it is the district's own."""

    number: ClaimNumber
    school: Code | None = None
    staff_no: Number
    name: PersonName | None = None
    supplier: Name
    spent_on: date
    uninvoiced: Text | None = None


class ClaimLineRow(Command):
    """A line of a claim, on the budget line of these codes; without a school the line is the district's."""

    number: ClaimNumber
    no: Annotated[int, Field(ge=1, le=9999)]
    project: Code
    function: Number
    economic: Number
    line_school: Code | None = None
    fund: FundSource = FundSource.FISCAL_GRANT
    what: What
    amount: Measured


class InvoiceRow(Command):
    """An invoice of a claim; without a supplier it is the claim's."""

    number: ClaimNumber
    code: InvoiceCode | None = None
    invoice: InvoiceNumber
    day: date
    amount: Measured
    supplier: Name | None = None
