"""What happened to classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.registry.states.classes import GroupKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassesFormed(Fact):
    """Classes 教学班 were formed at a school."""

    name: ClassVar[str] = "registry.classes_formed"
    school_id: int
    class_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassesDissolved(Fact):
    """Classes of a school are no more from a day; those that were merged have a successor."""

    name: ClassVar[str] = "registry.classes_dissolved"
    school_id: int
    class_ids: tuple[int, ...]
    successor_id: int | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChanged(Fact):
    """Pupils of a class went to another class of the same cohort: it was merged into it, or split."""

    name: ClassVar[str] = "registry.class_changed"
    school_id: int
    from_class_id: int
    to_class_id: int
    pupil_ids: tuple[int, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRenumbered(Fact):
    """A class got another number 班号 within its cohort."""

    name: ClassVar[str] = "registry.class_renumbered"
    school_id: int
    class_id: int
    number_before: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadTeachersAppointed(Fact):
    """Teachers became head teachers 班主任 of classes of a school from a day, each of one."""

    name: ClassVar[str] = "registry.head_teachers_appointed"
    school_id: int
    class_ids: tuple[int, ...]
    staff_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadTeacherEnded(Fact):
    """Somebody is no longer head teacher 班主任 of a class from a day."""

    name: ClassVar[str] = "registry.head_teacher_ended"
    school_id: int
    class_id: int
    staff_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFormed(Fact):
    """Classes are taught together from a day 合班、复式."""

    name: ClassVar[str] = "registry.group_formed"
    school_id: int
    group_id: int
    kind: GroupKind
    class_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsSeparated(Fact):
    """Groups of classes are no longer taught together from a day."""

    name: ClassVar[str] = "registry.groups_separated"
    school_id: int
    group_ids: tuple[int, ...]
    on: date
