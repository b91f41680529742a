"""Samples of classes, their head teachers and groups, and of the roll-over."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, school_id, staff_id
from xuequ.registry.schemas.classes import (
    ClassForming,
    ClassMerger,
    ClassSplit,
    GroupForming,
    HeadTeacherAppointment,
)
from xuequ.registry.schemas.rollover import RolloverAsked
from xuequ.registry.states.classes import GroupKind, Stage

LATER = date(2026, 10, 8)
YEAR = 2026


def class_of(door: Any) -> int:
    """Return the class of school s1."""
    return int(maker(door).registry.classes.classes_of("s1")[0].id)


def forming(door: Any) -> ClassForming:
    return ClassForming(school_id=school_id(door), stage=Stage.PRIMARY, entry_year=YEAR)


def another(door: Any) -> int:
    """Form another class at school s1."""
    return int(maker(door).registry.classes.form_classes([forming(door)])[0].id)


def appointing(door: Any) -> HeadTeacherAppointment:
    return HeadTeacherAppointment(class_id=class_of(door), staff_id=staff_id(door))


def led(door: Any) -> int:
    """Appoint a head teacher; return the class."""
    maker(door).registry.classes.appoint_head_teachers([appointing(door)])
    return class_of(door)


def grouping(door: Any) -> GroupForming:
    return GroupForming(kind=GroupKind.COMBINED, name="合班", class_ids=(class_of(door), another(door)))


def group_id(door: Any) -> int:
    return int(maker(door).registry.classes.form_group(grouping(door)).id)


def rollover_id(door: Any) -> int:
    service = maker(door).registry.rollover
    return int(service.apply_rollover(service.plan_rollover(YEAR)).id)


SAMPLES: dict[str, Sample] = {
    "registry.classes.form_classes": lambda door: ([forming(door)],),
    "registry.classes.renumber_class": lambda door: (class_of(door), 2),
    "registry.classes.dissolve_class": lambda door: (another(door), LATER),
    "registry.classes.merge_classes": lambda door: (
        ClassMerger(into_id=class_of(door), class_ids=(another(door),)),
        LATER,
    ),
    "registry.classes.split_class": lambda door: (ClassSplit(class_id=class_of(door), into=2),),
    "registry.classes.appoint_head_teachers": lambda door: ([appointing(door)],),
    "registry.classes.hand_over_class": lambda door: (
        HeadTeacherAppointment(class_id=led(door), staff_id=staff_id(door)),
        LATER,
    ),
    "registry.classes.end_head_teacher": lambda door: (led(door), LATER),
    "registry.classes.head_teacher_vacancies": lambda door: (),
    "registry.classes.form_group": lambda door: (grouping(door),),
    "registry.classes.separate_group": lambda door: (group_id(door), LATER),
    "registry.classes.groups": lambda door: (),
    "registry.classes.class_list": lambda door: (),
    "registry.classes.classes_of": lambda door: ("s1",),
    "registry.classes.school_class": lambda door: (class_of(door),),
    "registry.rollover.plan_rollover": lambda door: (YEAR, RolloverAsked()),
    "registry.rollover.apply_rollover": lambda door: (maker(door).registry.rollover.plan_rollover(YEAR),),
    "registry.rollover.undo_rollover": lambda door: (rollover_id(door),),
    "registry.rollover.rollovers": lambda door: (),
}
