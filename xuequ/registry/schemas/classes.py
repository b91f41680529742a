"""Commands and views of classes, their head teachers and groups."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from xuequ.core.fields import Command, Id, Name, View
from xuequ.registry.schemas.set_up import Year
from xuequ.registry.states.classes import GroupKind, Stage

ClassNumber = Annotated[int, Field(ge=1, le=99)]


class ClassForming(Command):
    """Form a class 设班; without a number it gets the first that is free in its cohort."""

    school_id: Id
    stage: Stage
    entry_year: int = Year
    number: ClassNumber | None = None


class ClassMerger(Command):
    """Merge classes into one of their cohort 并班; that one keeps its number."""

    into_id: Id
    class_ids: tuple[Id, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.into_id in self.class_ids or len(set(self.class_ids)) < len(self.class_ids):
            raise ValueError("要并入的班级不能重复，也不能是接收的班级")
        return self


class ClassSplit(Command):
    """Split a class 分班: by lists, or evenly into so many classes.

    `lists` are the pupils of each new class, and whoever is in none stays; `into` counts the class itself
    and shares the pupils out by their numbers. `numbers` are those of the new classes; the first free
    ones where none are given.
    """

    class_id: Id
    lists: tuple[tuple[Id, ...], ...] = ()
    into: Annotated[int, Field(ge=2, le=20)] | None = None
    numbers: tuple[ClassNumber, ...] = ()

    @property
    def new_classes(self) -> int:
        """How many classes are to be formed."""
        return len(self.lists) if self.into is None else self.into - 1

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.lists) == (self.into is not None):
            raise ValueError("请给出分班名单，或给出班数，二者取一")
        if self.numbers and len(set(self.numbers)) != self.new_classes:
            raise ValueError("新班的班号须与新班数相同，且不重复")
        return self


class HeadTeacherAppointment(Command):
    """Who is to be head teacher 班主任 of a class."""

    class_id: Id
    staff_id: Id


class GroupForming(Command):
    """Teach classes together 合班、复式."""

    kind: GroupKind
    name: Name
    class_ids: tuple[Id, ...]

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len(set(self.class_ids)) < len(self.class_ids):
            raise ValueError("同一班级只能列一次")
        return self


class HeadTeacherView(View):
    """Who is head teacher of a class on a day, and whether they still work at its school."""

    staff_id: Id
    staff_no: str
    name: str
    since: date
    works_here: bool


class GroupName(View):
    """The group that a class is taught in on a day."""

    id: Id
    kind: GroupKind
    name: str


class SizeWarning(View):
    """That a class has more pupils than the standard says; its force is by the verb of the source."""

    limit: int
    strength: str
    authority: str


class ClassView(View):
    """A class as of a day; `grade` is below 1 before it begins."""

    id: Id
    school_id: Id
    school: str
    school_name: str
    stage: Stage
    entry_year: int
    number: int
    grade: int
    name: str
    pupils: int
    head_teacher: HeadTeacherView | None
    group: GroupName | None
    too_large: SizeWarning | None
    formed_on: date | None
    dissolved_on: date | None
    successor_id: Id | None


class GroupMemberView(View):
    """A class of a group."""

    class_id: Id
    name: str
    grade: int
    pupils: int


class GroupView(View):
    """Classes that are taught together on a day."""

    id: Id
    school_id: Id
    school: str
    kind: GroupKind
    name: str
    since: date
    until: date | None
    classes: tuple[GroupMemberView, ...]
