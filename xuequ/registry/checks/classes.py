"""Data checks of classes: nobody and nothing stays in a class that is no more."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.repository.class_changes import ClassChangeRows


def _rows(ground: Ground) -> ClassChangeRows:
    return ClassChangeRows(ground.session, ground.scope, ground.place)


def _enrolled_beyond(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).enrolled_beyond():
        there = f"{row.formed_on or '建班'} 至 {row.dissolved_on or '今'}"
        what = (
            f"学生 {row.pupil_id} 在班 {row.since} 至 {row.until or '今'}，班级 {row.class_id} 存续 {there}"
        )
        yield Finding("xq_registry_enrolment", row.id, what)


def _belonging_beyond(ground: Ground) -> Iterator[Finding]:
    for table, row in _rows(ground).belonging_beyond():
        yield Finding(table, row.id, f"班级 {row.class_id} 自 {row.dissolved_on} 起已撤销，记录仍在继续")


CHECKS = (
    DataCheck(
        "registry.enrolments_are_while_the_class_is",
        "学生在班的日子班级都在",
        _enrolled_beyond,
        "请把学生编入接收的班级，或更正班级的起止日期。",
    ),
    DataCheck(
        "registry.what_belongs_ends_with_its_class",
        "班主任、合班和任课随班级终止",
        _belonging_beyond,
        "请按班级撤销的日期终止该记录。",
    ),
)
