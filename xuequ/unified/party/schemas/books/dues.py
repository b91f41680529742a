"""Rows of the workbook of dues; members are named by their number of staff."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Command, Measured, Number, PersonName, Text, clean_text
from xuequ.unified.party.schemas.dues import Month
from xuequ.unified.party.states.dues import DuesCategory

_Said = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
Amount = Measured | None


class BaseRow(Command):
    """By which rule a member pays from a month, and the pay."""

    staff_no: Number
    name: PersonName | None = None
    since: Month
    category: DuesCategory
    post_wage: Amount = None
    grade_wage: Amount = None
    performance_basic: Amount = None
    allowances: Amount = None
    performance_incentive: Amount = None
    reform_subsidies: Amount = None
    pension: Amount = None
    income_tax: Amount = None
    social_insurance: Amount = None
    housing_fund: Amount = None
    annuity: Amount = None
    agreed: Amount = None
    reason: Text | None = None


class ReductionRow(Command):
    """What a member in hardship pays instead."""

    staff_no: Number
    name: PersonName | None = None
    since: Month
    last: Month
    amount: Measured
    studied_on: date
    approver: _Said
    document: _Said


class CarriedRow(Command):
    """Through which month a member had settled dues before the ledger, or elsewhere."""

    staff_no: Number
    name: PersonName | None = None
    through: Month
    source: _Said


class PaymentRow(Command):
    """One payment, and that it was voided if it was."""

    receipt: Number
    staff_no: Number
    name: PersonName | None = None
    first: Month | None = None
    last: Month | None = None
    amount: Measured
    paid_on: date
    received_by: Text | None = None
    proxy: Text | None = None
    consent: Text | None = None
    voided_on: date | None = None
    void_reason: _Said | None = None
