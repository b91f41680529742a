"""Tables of dues 党费: bases, what is due, what was paid, and the branch's own ledger.

Dues are money of the party: nothing here knows the school's budget. What was entered stays; a mistake is
voided by a reversing row, and a later version stands before an earlier one.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.money import Money
from xuequ.core.tables import (
    Base,
    MoneyColumn,
    TenantRow,
    append_only,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.unified.party.states.dues import DuesCategory, PayItem, Pot


class DuesBase(TenantRow, Base):
    """From which month a member pays by which rule and on what base 党费基数; the latest version stands.

    `reason` says why it does not wait for the new year; `used` are the rule parameters it was made with.
    """

    __tablename__ = "xq_party_dues_base"
    __table_args__ = tenant_table(
        "xq_party_dues_base",
        tenant_key("xq_party_dues_base", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_base", "member_id", "xq_party_member"),
        tenant_unique("xq_party_dues_base", "member_id", "since", "version"),
        tenant_index("xq_party_dues_base", "district_id"),
        one_of("xq_party_dues_base", "category", DuesCategory),
        CheckConstraint("base >= 0", name="base"),
        CheckConstraint("agreed >= 0", name="agreed"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    version: Mapped[int]
    category: Mapped[str] = mapped_column(String(40))
    base: Mapped[Money] = mapped_column(MoneyColumn)
    agreed: Mapped[Money | None] = mapped_column(MoneyColumn)
    reason: Mapped[str] = mapped_column(String(200), default="")
    used: Mapped[str] = mapped_column(Text)


class DuesBaseItem(TenantRow, Base):
    """One item of the pay of which a base was made up."""

    __tablename__ = "xq_party_dues_base_item"
    __table_args__ = tenant_table(
        "xq_party_dues_base_item",
        tenant_key("xq_party_dues_base_item", "base_id", "xq_party_dues_base"),
        tenant_unique("xq_party_dues_base_item", "base_id", "item"),
        one_of("xq_party_dues_base_item", "item", PayItem),
        CheckConstraint("amount >= 0", name="amount"),
    )

    base_id: Mapped[int] = mapped_column(BigInteger)
    item: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money] = mapped_column(MoneyColumn)


class DuesReduction(TenantRow, Base):
    """What a member in hardship pays instead, over some months 减免; why is in no register.

    `since` and `until` are firsts of months.
    """

    __tablename__ = "xq_party_dues_reduction"
    __table_args__ = tenant_table(
        "xq_party_dues_reduction",
        tenant_key("xq_party_dues_reduction", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_reduction", "member_id", "xq_party_member"),
        tenant_index("xq_party_dues_reduction", "member_id", "since"),
        tenant_index("xq_party_dues_reduction", "district_id"),
        CheckConstraint("until > since", name="span"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    studied_on: Mapped[date] = mapped_column(Date)
    approver: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(String(200))


class DuesAssessment(TenantRow, Base):
    """What a member owes for a month 核定; the latest version stands, and a paid month keeps its figure."""

    __tablename__ = "xq_party_dues_assessment"
    __table_args__ = tenant_table(
        "xq_party_dues_assessment",
        tenant_key("xq_party_dues_assessment", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_assessment", "branch_id", "xq_party_branch"),
        tenant_key("xq_party_dues_assessment", "member_id", "xq_party_member"),
        tenant_key("xq_party_dues_assessment", "base_id", "xq_party_dues_base"),
        tenant_key("xq_party_dues_assessment", "reduction_id", "xq_party_dues_reduction"),
        tenant_unique("xq_party_dues_assessment", "member_id", "month", "version"),
        tenant_index("xq_party_dues_assessment", "branch_id", "month"),
        tenant_index("xq_party_dues_assessment", "base_id"),
        one_of("xq_party_dues_assessment", "category", DuesCategory),
        CheckConstraint("amount >= 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    month: Mapped[date] = mapped_column(Date)
    version: Mapped[int]
    category: Mapped[str] = mapped_column(String(40))
    base_id: Mapped[int] = mapped_column(BigInteger)
    base: Mapped[Money] = mapped_column(MoneyColumn)
    rate: Mapped[str | None] = mapped_column(String(40))
    reduction_id: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    used: Mapped[str] = mapped_column(Text)


class DuesPayment(TenantRow, Base):
    """One payment 交纳, append-only; a reversing row takes back what was entered by mistake 作废.

    `due` is for the months it is of, `extra` what was given beyond them, which goes into a `pot`.
    """

    __tablename__ = "xq_party_dues_payment"
    __table_args__ = tenant_table(
        "xq_party_dues_payment",
        tenant_key("xq_party_dues_payment", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_payment", "branch_id", "xq_party_branch"),
        tenant_key("xq_party_dues_payment", "member_id", "xq_party_member"),
        tenant_key("xq_party_dues_payment", "reverses_id", "xq_party_dues_payment"),
        tenant_unique("xq_party_dues_payment", "reverses_id"),
        unique_without("uq_xq_party_dues_payment_receipt", "reverses_id", "branch_id", "receipt"),
        tenant_index("xq_party_dues_payment", "branch_id", "paid_on"),
        tenant_index("xq_party_dues_payment", "member_id"),
        one_of("xq_party_dues_payment", "pot", Pot),
        CheckConstraint(
            "CASE WHEN reverses_id IS NULL THEN due >= 0 AND extra >= 0 AND due + extra > 0"
            " ELSE due <= 0 AND extra <= 0 AND due + extra < 0 END",
            name="amounts",
        ),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    receipt: Mapped[str] = mapped_column(String(40))
    due: Mapped[Money] = mapped_column(MoneyColumn)
    extra: Mapped[Money] = mapped_column(MoneyColumn)
    pot: Mapped[str] = mapped_column(String(40))
    paid_on: Mapped[date] = mapped_column(Date)
    received_by: Mapped[str] = mapped_column(String(100), default="")
    proxy: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[str] = mapped_column(String(200), default="")
    reverses_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(200), default="")


class DuesMonth(TenantRow, Base):
    """A month that a payment is of; of those that are not voided a member has each month once."""

    __tablename__ = "xq_party_dues_month"
    __table_args__ = tenant_table(
        "xq_party_dues_month",
        tenant_key("xq_party_dues_month", "payment_id", "xq_party_dues_payment"),
        tenant_key("xq_party_dues_month", "member_id", "xq_party_member"),
        tenant_key("xq_party_dues_month", "assessment_id", "xq_party_dues_assessment"),
        tenant_key("xq_party_dues_month", "voided_id", "xq_party_dues_payment"),
        unique_without("uq_xq_party_dues_month_paid", "voided_id", "member_id", "month"),
        tenant_index("xq_party_dues_month", "member_id", "month"),
        tenant_index("xq_party_dues_month", "payment_id"),
        tenant_index("xq_party_dues_month", "assessment_id"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    payment_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    month: Mapped[date] = mapped_column(Date)
    assessment_id: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    voided_id: Mapped[int | None] = mapped_column(BigInteger)


class DuesCarried(TenantRow, Base):
    """Through which month a member's dues were settled before the ledger began, or elsewhere 已交至."""

    __tablename__ = "xq_party_dues_carried"
    __table_args__ = tenant_table(
        "xq_party_dues_carried",
        tenant_key("xq_party_dues_carried", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_carried", "branch_id", "xq_party_branch"),
        tenant_key("xq_party_dues_carried", "member_id", "xq_party_member"),
        tenant_unique("xq_party_dues_carried", "member_id", "branch_id", "version"),
        tenant_index("xq_party_dues_carried", "branch_id"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int]
    through: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200))


class DuesLedger(TenantRow, Base):
    """The branch's own ledger 党费台账: what it began with, took in, and remitted to the superior.

    Great gifts go wholly to the Centre and stand apart. No more is remitted than is there.
    """

    __tablename__ = "xq_party_dues_ledger"
    __table_args__ = tenant_table(
        "xq_party_dues_ledger",
        tenant_key("xq_party_dues_ledger", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_ledger", "branch_id", "xq_party_branch"),
        tenant_unique("xq_party_dues_ledger", "branch_id"),
        CheckConstraint("opening >= 0", name="opening"),
        CheckConstraint("received >= 0 AND remitted >= 0 AND remitted <= opening + received", name="dues"),
        CheckConstraint("centre_remitted >= 0 AND centre_remitted <= centre_received", name="centre"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    authority: Mapped[str] = mapped_column(String(200))
    opening: Mapped[Money] = mapped_column(MoneyColumn)
    received: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    remitted: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    centre_received: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))
    centre_remitted: Mapped[Money] = mapped_column(MoneyColumn, default=Money(0))


class DuesRemittance(TenantRow, Base):
    """Dues remitted to the superior 上缴, append-only; a reversing row takes back what was a mistake."""

    __tablename__ = "xq_party_dues_remittance"
    __table_args__ = tenant_table(
        "xq_party_dues_remittance",
        tenant_key("xq_party_dues_remittance", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_remittance", "branch_id", "xq_party_branch"),
        tenant_key("xq_party_dues_remittance", "reverses_id", "xq_party_dues_remittance"),
        tenant_unique("xq_party_dues_remittance", "reverses_id"),
        unique_without("uq_xq_party_dues_remittance_number", "reverses_id", "branch_id", "number"),
        tenant_index("xq_party_dues_remittance", "branch_id", "remitted_on"),
        one_of("xq_party_dues_remittance", "pot", Pot),
        CheckConstraint("(reverses_id IS NULL) = (amount > 0) AND amount <> 0", name="amount"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    pot: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money] = mapped_column(MoneyColumn)
    remitted_on: Mapped[date] = mapped_column(Date)
    remitted_by: Mapped[str] = mapped_column(String(100), default="")
    receiver: Mapped[str] = mapped_column(String(100))
    reverses_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(200), default="")


class DuesPublication(TenantRow, Base):
    """That a year's dues were published to the members 公布, and what was said."""

    __tablename__ = "xq_party_dues_publication"
    __table_args__ = tenant_table(
        "xq_party_dues_publication",
        tenant_key("xq_party_dues_publication", "district_id", "xq_registry_district"),
        tenant_key("xq_party_dues_publication", "branch_id", "xq_party_branch"),
        tenant_index("xq_party_dues_publication", "branch_id", "year"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    published_on: Mapped[date] = mapped_column(Date)
    opening: Mapped[Money] = mapped_column(MoneyColumn)
    received: Mapped[Money] = mapped_column(MoneyColumn)
    remitted: Mapped[Money] = mapped_column(MoneyColumn)
    balance: Mapped[Money] = mapped_column(MoneyColumn)


forbid_overlap(DuesReduction.__table__, "member_id")
for _kept in (
    DuesBase,
    DuesBaseItem,
    DuesAssessment,
    DuesPayment,
    DuesCarried,
    DuesRemittance,
    DuesPublication,
):
    append_only(_kept.__table__)
