"""What happened with pupils' circumstances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitsRecorded(Fact):
    """Circumstances of pupils were recorded or ended; which ones, and of what kind, is not said here."""

    name: ClassVar[str] = "registry.traits_recorded"
    school_id: int | None
    pupil_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitNoteRevealed(Fact):
    """Somebody read the note of a pupil's circumstance."""

    name: ClassVar[str] = "registry.trait_note_revealed"
    school_id: int | None
    pupil_id: int
    trait_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianRecorded(Fact):
    """A guardian of a pupil was recorded."""

    name: ClassVar[str] = "registry.guardian_recorded"
    school_id: int | None
    pupil_id: int
    guardian_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianshipEnded(Fact):
    """A guardian of a pupil is one no longer."""

    name: ClassVar[str] = "registry.guardianship_ended"
    school_id: int | None
    pupil_id: int
    guardian_id: int
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryContactChosen(Fact):
    """A guardian became the primary contact of a pupil."""

    name: ClassVar[str] = "registry.primary_contact_chosen"
    school_id: int | None
    pupil_id: int
    guardian_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidenceRecorded(Fact):
    """Where a pupil is registered or lives was recorded."""

    name: ClassVar[str] = "registry.residence_recorded"
    school_id: int | None
    pupil_id: int
    residence_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRevealed(Fact):
    """Somebody read a pupil's address."""

    name: ClassVar[str] = "registry.address_revealed"
    school_id: int | None
    pupil_id: int
    residence_id: int
