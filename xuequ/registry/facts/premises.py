"""What happened to land, premises and rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRegistered(Fact):
    """Parcels of land were registered."""

    name: ClassVar[str] = "registry.land_registered"
    land_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesRegistered(Fact):
    """Buildings were registered."""

    name: ClassVar[str] = "registry.premises_registered"
    premises_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesChanged(Fact):
    """A building was put to use, left idle or demolished from a day."""

    name: ClassVar[str] = "registry.premises_changed"
    premises_id: int
    school_id: int | None
    state: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerAssessed(Fact):
    """A building was assessed 危险性鉴定."""

    name: ClassVar[str] = "registry.danger_assessed"
    premises_id: int
    level: str
    assessed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsRegistered(Fact):
    """Rooms and sports areas were registered."""

    name: ClassVar[str] = "registry.rooms_registered"
    room_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsChanged(Fact):
    """Use or area of rooms changed from a day, or they ended."""

    name: ClassVar[str] = "registry.rooms_changed"
    room_ids: tuple[int, ...]
    since: date
