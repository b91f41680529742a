"""What happened to memberships on the move between branches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferIssued(Fact):
    """A letter of transfer was issued; the branch stays responsible until it is received."""

    name: ClassVar[str] = "party.transfer_issued"
    transfer_id: int
    member_id: int
    way: str
    to_district_id: int | None
    issued_on: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReceived(Fact):
    """A member went over to another branch; None stands for one outside the county."""

    name: ClassVar[str] = "party.transfer_received"
    transfer_id: int
    member_id: int
    from_branch_id: int | None
    to_branch_id: int | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReturned(Fact):
    """A letter came back: refused, bounced or expired; nothing has changed for the member."""

    name: ClassVar[str] = "party.transfer_returned"
    transfer_id: int
    member_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWentAway(Fact):
    """A member lives or works at a fixed place away from a day."""

    name: ClassVar[str] = "party.member_went_away"
    member_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCameBack(Fact):
    """A member who was away is back from a day."""

    name: ClassVar[str] = "party.member_came_back"
    member_id: int
    on: date
