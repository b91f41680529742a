"""What happened to staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTakenOn(Fact):
    """Somebody was taken on by a school, or by the bureau itself; also who comes back."""

    name: ClassVar[str] = "registry.staff_taken_on"
    staff_id: int
    school_id: int | None
    since: date
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentTransferred(Fact):
    """Somebody's employment went over to another school of the county, without a gap."""

    name: ClassVar[str] = "registry.employment_transferred"
    staff_id: int
    from_school_id: int | None
    to_school_id: int | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentEnded(Fact):
    """Somebody's employment ended, and with it the work at a school; `on` is the first day without."""

    name: ClassVar[str] = "registry.employment_ended"
    staff_id: int
    school_id: int | None
    on: date
    exit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentCorrected(Fact):
    """An employment was written wrong; what was written stays here."""

    name: ClassVar[str] = "registry.employment_corrected"
    employment_id: int
    staff_id: int
    was_school_id: int | None
    was_since: date
    was_entry: str
    school_id: int | None
    since: date
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPlaced(Fact):
    """Staff began to work at a school on a day; until another day if that was said."""

    name: ClassVar[str] = "registry.staff_placed"
    school_id: int
    staff_ids: tuple[int, ...]
    since: date
    until: date | None = None
    kind: str = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCameBack(Fact):
    """Somebody who was away works for the own employer again from a day."""

    name: ClassVar[str] = "registry.staff_came_back"
    staff_id: int
    from_school_id: int
    to_school_id: int | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementCorrected(Fact):
    """A placement was written wrong; what was written stays here."""

    name: ClassVar[str] = "registry.placement_corrected"
    placement_id: int
    staff_id: int
    was_school_id: int
    was_since: date
    was_kind: str
    school_id: int
    since: date
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsRecorded(Fact):
    """What staff hold from a day was recorded: titles, degrees and the like."""

    name: ClassVar[str] = "registry.standings_recorded"
    staff_ids: tuple[int, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCorrected(Fact):
    """What somebody holds was written wrong; what was written stays here."""

    name: ClassVar[str] = "registry.standing_corrected"
    standing_id: int
    staff_id: int
    kind: str
    was_held: str
    was_since: date
    held: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEnded(Fact):
    """Somebody holds something no longer; `on` is the first day without."""

    name: ClassVar[str] = "registry.standing_ended"
    standing_id: int
    staff_id: int
    kind: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatesRecorded(Fact):
    """Teacher's certificates were recorded."""

    name: ClassVar[str] = "registry.certificates_recorded"
    certificate_ids: tuple[int, ...]
    staff_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatesRenewed(Fact):
    """Teacher's certificates were registered for another term."""

    name: ClassVar[str] = "registry.certificates_renewed"
    certificate_ids: tuple[int, ...]
    on: date
