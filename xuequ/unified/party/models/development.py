"""Tables of development cases 发展党员: cases, their dated steps, and what each step stands on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    TenantRow,
    UtcDateTime,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.unified.party.states.development import CaseEnd, Outcome, Role, StepKind

_CASE = "xq_party_development"
_STEP = f"{_CASE}_step"
_SPONSOR = f"{_CASE}_sponsor"
_EXCEPTION = f"{_CASE}_exception"
_STANDARD = f"{_CASE}_standard"


class DevelopmentCase(TenantRow, Base):
    """One person's way into the party in one branch; nobody has two that are open."""

    __tablename__ = _CASE
    __table_args__ = tenant_table(
        _CASE,
        tenant_key(_CASE, "district_id", "xq_registry_district"),
        tenant_key(_CASE, "branch_id", "xq_party_branch"),
        tenant_key(_CASE, "person_id", "xq_registry_person"),
        tenant_key(_CASE, "member_id", "xq_party_member"),
        tenant_index(_CASE, "district_id", "closed_on"),
        tenant_index(_CASE, "branch_id"),
        tenant_index(_CASE, "person_id"),
        tenant_index(_CASE, "member_id"),
        unique_without(f"uq_{_CASE}_open", "closed_on", "person_id"),
        one_of(_CASE, "ended", CaseEnd),
        CheckConstraint("(closed_on IS NULL) = (ended IS NULL)", name="closed"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    branch_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    applied_on: Mapped[date] = mapped_column(Date)
    taken_over: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    closed_on: Mapped[date | None] = mapped_column(Date)
    ended: Mapped[str | None] = mapped_column(String(40))
    closing_reason: Mapped[str] = mapped_column(String(200), default="")


class DevelopmentStep(TenantRow, Base):
    """One dated step of a case; one that was recorded by mistake is voided with a reason and stays.

    `number` counts the standing steps of a case from 1, so no two can take the same place in it.
    """

    __tablename__ = _STEP
    __table_args__ = tenant_table(
        _STEP,
        tenant_key(_STEP, "district_id", "xq_registry_district"),
        tenant_key(_STEP, "case_id", _CASE),
        tenant_index(_STEP, "case_id", "number"),
        tenant_index(_STEP, "district_id", "kind", "day"),
        unique_without(f"uq_{_STEP}_number", "voided_at", "case_id", "number"),
        unique_without(f"uq_{_STEP}_vote", "voided_at", "vote_kind", "vote_id"),
        one_of(_STEP, "kind", StepKind),
        one_of(_STEP, "outcome", Outcome),
        CheckConstraint("until >= day", name="span"),
        CheckConstraint("voided_at IS NULL OR void_reason <> ''", name="voided"),
        CheckConstraint("(vote_kind IS NULL) = (vote_id IS NULL)", name="vote"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    case_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(40))
    day: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    hours: Mapped[int] = mapped_column(default=0)
    months: Mapped[int] = mapped_column(default=0)
    document: Mapped[str] = mapped_column(String(200), default="")
    document_on: Mapped[date | None] = mapped_column(Date)
    leaving_on: Mapped[date | None] = mapped_column(Date)
    vote_kind: Mapped[str | None] = mapped_column(String(KIND_LENGTH))
    vote_id: Mapped[int | None] = mapped_column(BigInteger)
    due: Mapped[int | None]
    present: Mapped[int | None]
    yes: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    remark: Mapped[str] = mapped_column(String(200), default="")
    provisional: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str] = mapped_column(String(200), default="")


class DevelopmentSponsor(TenantRow, Base):
    """A full member who is contact 培养联系人 or introducer 入党介绍人 of a case, named by a step."""

    __tablename__ = _SPONSOR
    __table_args__ = tenant_table(
        _SPONSOR,
        tenant_key(_SPONSOR, "district_id", "xq_registry_district"),
        tenant_key(_SPONSOR, "step_id", _STEP),
        tenant_key(_SPONSOR, "member_id", "xq_party_member"),
        tenant_key(_SPONSOR, "replaces_id", "xq_party_member"),
        tenant_unique(_SPONSOR, "step_id", "member_id", "since"),
        tenant_index(_SPONSOR, "member_id"),
        tenant_index(_SPONSOR, "replaces_id"),
        tenant_index(_SPONSOR, "district_id"),
        one_of(_SPONSOR, "role", Role),
        CheckConstraint("until >= since", name="span"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    step_id: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    replaces_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(200), default="")


class DevelopmentException(TenantRow, Base):
    """In what a step departs from the rule text of its day; the reason stands with the step."""

    __tablename__ = _EXCEPTION
    __table_args__ = tenant_table(
        _EXCEPTION,
        tenant_key(_EXCEPTION, "district_id", "xq_registry_district"),
        tenant_key(_EXCEPTION, "step_id", _STEP),
        tenant_index(_EXCEPTION, "step_id"),
        tenant_index(_EXCEPTION, "district_id"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    step_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(80))
    says: Mapped[str] = mapped_column(String(500))


class DevelopmentStandard(TenantRow, Base):
    """An entry of the rule text by which a step was judged, as it stood then: frozen with the step."""

    __tablename__ = _STANDARD
    __table_args__ = tenant_table(
        _STANDARD,
        tenant_key(_STANDARD, "district_id", "xq_registry_district"),
        tenant_key(_STANDARD, "step_id", _STEP),
        tenant_unique(_STANDARD, "step_id", "key"),
        tenant_index(_STANDARD, "district_id"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    step_id: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(100))
    place: Mapped[str] = mapped_column(String(150), default="")
    since: Mapped[date] = mapped_column(Date)
    value: Mapped[str] = mapped_column(String(200))
    authority: Mapped[str] = mapped_column(String(200), default="")
    article: Mapped[str] = mapped_column(String(200), default="")
    checked: Mapped[str] = mapped_column(String(20))
