"""What happened with transfers between schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRequested(Fact):
    """A guardian applied for a transfer 申请转学; `to_school_id` is None when it leads out of the county."""

    name: ClassVar[str] = "registry.transfer_requested"
    transfer_id: int
    pupil_id: int
    school_id: int
    to_school_id: int | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReleased(Fact):
    """The sending school agreed 同意转出."""

    name: ClassVar[str] = "registry.transfer_released"
    transfer_id: int
    pupil_id: int
    school_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccepted(Fact):
    """The receiving school took the pupil in 接收; from that day the pupil is counted there."""

    name: ClassVar[str] = "registry.transfer_accepted"
    transfer_id: int
    pupil_id: int
    from_school_id: int | None
    school_id: int
    class_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRefused(Fact):
    """The side whose turn it was did not agree 不同意; the pupil stays."""

    name: ClassVar[str] = "registry.transfer_refused"
    transfer_id: int
    pupil_id: int
    school_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWithdrawn(Fact):
    """The application was taken back 撤回; the pupil stays."""

    name: ClassVar[str] = "registry.transfer_withdrawn"
    transfer_id: int
    pupil_id: int
    school_id: int
    on: date
