"""Tables of votes: tallies only, never who voted how."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.source import KIND_LENGTH
from xuequ.core.tables import (
    Base,
    TenantRow,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
    unique_without,
)
from xuequ.unified.party.states.votes import VoteKind


class Vote(TenantRow, Base):
    """A vote of a meeting on one matter 表决; `matter` says it in words.

    `about` is what tells it from other votes of the meeting: the kind, and the subject or the words.
    `standard_key` and `standard_since` say by which entry of the rule parameters it was decided.
    """

    __tablename__ = "xq_party_vote"
    __table_args__ = tenant_table(
        "xq_party_vote",
        tenant_key("xq_party_vote", "district_id", "xq_registry_district"),
        tenant_key("xq_party_vote", "meeting_id", "xq_party_meeting"),
        tenant_index("xq_party_vote", "meeting_id"),
        tenant_index("xq_party_vote", "subject_kind", "subject_id"),
        tenant_index("xq_party_vote", "district_id"),
        unique_without("uq_xq_party_vote_about", "voided_on", "meeting_id", "about"),
        one_of("xq_party_vote", "kind", VoteKind),
        CheckConstraint("present <= due", name="present"),
        CheckConstraint("yes + no + abstain + spoilt <= present", name="cast"),
        CheckConstraint("(subject_kind IS NULL) = (subject_id IS NULL)", name="subject"),
    )

    district_id: Mapped[int] = mapped_column(BigInteger)
    meeting_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    matter: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(250))
    subject_kind: Mapped[str | None] = mapped_column(String(KIND_LENGTH))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    secret: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    due: Mapped[int]
    present: Mapped[int]
    yes: Mapped[int]
    no: Mapped[int]
    abstain: Mapped[int]
    spoilt: Mapped[int]
    written_yes: Mapped[int]
    written_no: Mapped[int]
    written_abstain: Mapped[int]
    passed: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    decided_on: Mapped[date] = mapped_column(Date)
    standard_key: Mapped[str] = mapped_column(String(100))
    standard_since: Mapped[date] = mapped_column(Date)
    voided_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="")


class WrittenOpinion(TenantRow, Base):
    """That a member filed a written opinion on a matter before the meeting; never what it says."""

    __tablename__ = "xq_party_written_opinion"
    __table_args__ = tenant_table(
        "xq_party_written_opinion",
        tenant_key("xq_party_written_opinion", "meeting_id", "xq_party_meeting"),
        tenant_key("xq_party_written_opinion", "member_id", "xq_party_member"),
        tenant_unique("xq_party_written_opinion", "meeting_id", "about", "member_id"),
        tenant_index("xq_party_written_opinion", "member_id"),
    )

    meeting_id: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int] = mapped_column(BigInteger)
    about: Mapped[str] = mapped_column(String(250))
    filed_on: Mapped[date] = mapped_column(Date)
