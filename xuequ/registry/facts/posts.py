"""What happened to posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.access import Post
from xuequ.core.facts import Fact
from xuequ.registry.states.posts import AppointmentEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMade(Fact):
    """Somebody was appointed to a post from a day."""

    name: ClassVar[str] = "registry.appointment_made"
    appointment_id: int
    staff_id: int
    post: Post
    place: str
    school_id: int | None
    since: date
    until: date | None
    acting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded(Fact):
    """An appointment ended: from that day the post is no longer held by it."""

    name: ClassVar[str] = "registry.appointment_ended"
    appointment_id: int
    staff_id: int
    post: Post
    place: str
    school_id: int | None
    on: date
    reason: AppointmentEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRevoked(Fact):
    """An appointment made by mistake was taken as one that never was; this and its making remain."""

    name: ClassVar[str] = "registry.appointment_revoked"
    appointment_id: int
    staff_id: int
    post: Post
    place: str
    school_id: int | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PowersDelegated(Fact):
    """The powers of a post were lent to somebody for some days."""

    name: ClassVar[str] = "registry.powers_delegated"
    delegation_id: int
    appointment_id: int
    staff_id: int
    post: Post
    place: str
    school_id: int | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEnded(Fact):
    """A delegation was taken back, or ended with its appointment; on its first day, it never began."""

    name: ClassVar[str] = "registry.delegation_ended"
    delegation_id: int
    appointment_id: int
    staff_id: int
    post: Post
    place: str
    school_id: int | None
    on: date
