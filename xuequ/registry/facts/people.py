"""What happened to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.registry.states.people import PersonField


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRecorded(Fact):
    """People were recorded."""

    name: ClassVar[str] = "registry.people_recorded"

    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRevealed(Fact):
    """A sensitive value of a person was shown to the actor; the value itself stands nowhere."""

    name: ClassVar[str] = "registry.person_revealed"

    person_id: int
    field: PersonField
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMerged(Fact):
    """Two rows were found to be one person."""

    name: ClassVar[str] = "registry.people_merged"

    merge_id: int
    kept_id: int
    merged_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUndone(Fact):
    """A merge was taken back, and what it had changed with it."""

    name: ClassVar[str] = "registry.merge_undone"

    merge_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForgotten(Fact):
    """The personal data of somebody and of the rows merged into theirs were destroyed."""

    name: ClassVar[str] = "registry.person_forgotten"

    person_ids: tuple[int, ...]
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesSpelled(Fact):
    """Names that had come in without their initials got them."""

    name: ClassVar[str] = "registry.names_spelled"

    count: int
