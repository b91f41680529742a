"""What happened with pupils' circumstances."""

from __future__ import annotations

from dataclasses import dataclass
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
class GuardiansRecorded(Fact):
    """Guardians of pupils were recorded."""

    name: ClassVar[str] = "registry.guardians_recorded"
    school_id: int | None
    pupil_ids: tuple[int, ...]
    guardian_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianshipsEnded(Fact):
    """Guardians of pupils are guardians no longer."""

    name: ClassVar[str] = "registry.guardianships_ended"
    school_id: int | None
    pupil_ids: tuple[int, ...]
    guardian_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryContactsChosen(Fact):
    """Guardians became the primary contacts of pupils."""

    name: ClassVar[str] = "registry.primary_contacts_chosen"
    school_id: int | None
    pupil_ids: tuple[int, ...]
    guardian_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidencesRecorded(Fact):
    """Where pupils are registered or live was recorded."""

    name: ClassVar[str] = "registry.residences_recorded"
    school_id: int | None
    pupil_ids: tuple[int, ...]
    residence_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRevealed(Fact):
    """Somebody read a pupil's address."""

    name: ClassVar[str] = "registry.address_revealed"
    school_id: int | None
    pupil_id: int
    residence_id: int
