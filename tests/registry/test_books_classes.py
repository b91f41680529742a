"""The workbook of classes and of those that are taught together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.registry.booking import exported, named, outcomes, planned, taken
from tests.registry.roster import DASI, FIRST, class_id, door_on, make_county_of_two
from tests.registry.test_service import counted
from xuequ.core.errors import Problem, Problems
from xuequ.core.plan import Decision, Outcome
from xuequ.district import District
from xuequ.exchange import apply_file, export_file, plan_file
from xuequ.exchange.writer import write_workbook
from xuequ.registry.rules.class_lists import Cohort, read_class_list, write_class_list
from xuequ.registry.schemas.books.classes import ClassLine, GroupLine
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.templates import CLASSES
from xuequ.testing import make_district

P = Stage.PRIMARY
OCTOBER, TODAY = date(2026, 10, 12), date(2026, 12, 7)


@pytest.fixture
def door(session: Session) -> District:
    make_county_of_two(session)
    return door_on(session, TODAY)


def klass(year: int, number: int = 1, school: str = "s1", **more: Any) -> ClassLine:
    return ClassLine(school=school, stage=P, entry_year=year, number=number, **more)


def group(name: str, classes: str, since: date = FIRST, school: str = "s1", **more: Any) -> GroupLine:
    kind = more.pop("kind", GroupKind.MULTI_GRADE)
    return GroupLine(school=school, name=name, kind=kind, classes=classes, since=since, **more)


def commands(door: District, school: str | None = None) -> dict[str, Any]:
    return {name: [r.command for r in some] for name, some in exported(door, CLASSES, school).rows.items()}


SHEETS: dict[str, Any] = {
    "classes": (
        klass(2025),
        klass(2024, formed_on=OCTOBER),
        klass(2023, formed_on=date(2023, 9, 1)),
        klass(2022, dissolved_on=OCTOBER),
        klass(2027, 2, "s2"),
    ),
    "groups": (
        group("一二年级复式班", "小学2026级1班、小学2025级（1）班", until=OCTOBER),
        group("复式班", "小学2025级1班，小学2026级1班", OCTOBER),
        group("六年级合班", "小学2021级1班、小学2026级1班", school="s2"),
    ),
}


def test_a_file_of_classes_and_groups_is_taken_once(door: District) -> None:
    assert outcomes(taken(door, CLASSES, **SHEETS)) == {Outcome.ADDED: 8}
    assert outcomes(taken(door, CLASSES, **SHEETS)) == {Outcome.UNCHANGED: 8}
    names = {one.name for one in door.registry.classes.groups()}
    assert names == {"复式班", "六年级合班"}


def test_a_class_is_as_old_as_its_cohort_unless_the_file_says_when_it_was_formed(door: District) -> None:
    taken(door, CLASSES, **SHEETS)
    there = {one.entry_year: one for one in door.registry.classes.class_list(TODAY) if one.school == "s1"}
    assert (there[2025].formed_on, there[2024].formed_on, there[2023].formed_on) == (None, OCTOBER, None)
    assert 2022 not in there


def test_an_export_reads_back_from_a_file_without_a_change(door: District, tmp_path: Path) -> None:
    write_workbook(tmp_path / "in.xlsx", CLASSES, SHEETS)
    apply_file(door, tmp_path / "in.xlsx", CLASSES)
    export_file(door, tmp_path / "out.xlsx", CLASSES)
    done = plan_file(door, tmp_path / "out.xlsx", CLASSES)
    assert (done.problems, set(outcomes(done))) == ((), {Outcome.UNCHANGED})
    rows = commands(door, "s2")
    assert {row.school for some in rows.values() for row in some} == {"s2"}


def test_an_export_of_the_history_sets_up_another_county(door: District, session: Session) -> None:
    taken(door, CLASSES, **SHEETS)
    make_district(session, "530922/qianfeng")
    other = door_on(session, TODAY, "530922/qianfeng")
    rows: dict[str, Any] = {name: tuple(reversed(some)) for name, some in commands(door).items()}
    taken(other, CLASSES, **rows)
    assert set(outcomes(planned(other, CLASSES, **rows))) == {Outcome.UNCHANGED}


def test_every_bad_row_is_named_and_nothing_is_written(door: District) -> None:
    sheets: dict[str, Any] = {
        "classes": (
            klass(2025, school="s9"),
            klass(2010, formed_on=OCTOBER),
            klass(2026, dissolved_on=OCTOBER),
            klass(2025, 2),
        ),
        "groups": (
            group("甲", "一年级"),
            group("乙", "小学2026级1班、小学2019级1班"),
            group("丙", "小学2026级1班"),
            group("丁", "小学2026级1班、小学2026级2班"),
        ),
    }
    assert named(planned(door, CLASSES, **sheets)) == [
        ("班级", 2, "学校代码", "registry.school_unknown"),
        ("班级", 3, "入学年份", "registry.grade_beyond_stage"),
        ("班级", 4, "撤班日期", "registry.class_not_empty"),
        ("合班与复式班", 2, "班级", "registry.class_list_unreadable"),
        ("合班与复式班", 3, "班级", "registry.class_unknown"),
        ("合班与复式班", 4, "班级", "registry.group_needs_two"),
        ("合班与复式班", 5, "合班类别", "registry.group_needs_grades"),
    ]
    with pytest.raises(Problems):
        taken(door, CLASSES, **sheets)
    assert all(one.entry_year != 2025 for one in door.registry.classes.class_list(TODAY))


def test_a_class_that_is_dissolved_and_a_group_that_ends_are_changes(door: District) -> None:
    taken(door, CLASSES, **SHEETS)
    ended: dict[str, Any] = {
        "groups": (group("复式班", "小学2026级1班、小学2025级1班", OCTOBER, until=TODAY),),
    }
    assert outcomes(taken(door, CLASSES, **ended)) == {Outcome.CHANGED: 1}
    assert outcomes(taken(door, CLASSES, classes=(klass(2025, dissolved_on=TODAY),))) == {Outcome.CHANGED: 1}
    assert outcomes(taken(door, CLASSES, **ended)) == {Outcome.UNCHANGED: 1}


def test_what_no_file_may_change_is_refused(door: District) -> None:
    taken(door, CLASSES, **SHEETS)
    done = planned(
        door,
        CLASSES,
        classes=(klass(2024, formed_on=TODAY),),
        groups=(group("复式班", "小学2026级1班、小学2026级2班", OCTOBER),),
    )
    assert named(done) == [
        ("班级", 2, "设班日期", "core.column_fixed"),
        ("合班与复式班", 2, "班级", "core.column_fixed"),
    ]


def test_a_class_dissolved_by_hand_is_kept_and_another_day_is_a_conflict(
    door: District, session: Session
) -> None:
    rows = (klass(2025), klass(2022, dissolved_on=OCTOBER))
    taken(door, CLASSES, classes=rows)
    door.registry.classes.dissolve_class(class_id(session, "s1", 2025), date(2026, 11, 2))
    assert outcomes(planned(door, CLASSES, classes=rows)) == {Outcome.UNCHANGED: 2}
    new = (klass(2025, dissolved_on=TODAY),)
    assert [p.error.code for p in planned(door, CLASSES, classes=new).problems] == ["core.import_conflict"]
    assert outcomes(planned(door, CLASSES, Decision.REGISTERED, classes=new)) == {Outcome.KEPT: 1}
    (problem,) = planned(door, CLASSES, Decision.FILE, classes=new).problems
    assert problem.error.code == "registry.class_dissolved"


def test_another_district_has_classes_of_its_own(door: District, session: Session) -> None:
    taken(door, CLASSES, **SHEETS)
    dasi = door_on(session, TODAY, DASI)
    assert outcomes(taken(dasi, CLASSES, classes=(klass(2025),))) == {Outcome.ADDED: 1}
    assert exported(dasi, CLASSES).rows["groups"] == ()


def test_classes_are_formed_in_few_statements(door: District, session: Session) -> None:
    with counted(session) as one:
        planned(door, CLASSES, classes=[klass(2025)])
    with counted(session) as many:
        planned(door, CLASSES, classes=[klass(2025, number) for number in range(1, 9)])
    assert len(many) <= len(one)


# classes in one cell

cohorts = st.tuples(st.sampled_from(Stage), st.integers(1950, 2100), st.integers(1, 99))


@given(classes=st.lists(cohorts, min_size=1, unique=True))
def test_a_list_of_classes_reads_back_in_our_order(classes: list[Cohort]) -> None:
    read = read_class_list(write_class_list(classes))
    assert not isinstance(read, Problem)
    assert set(read) == set(classes)
    assert write_class_list(read) == write_class_list(classes)


@pytest.mark.parametrize(
    "text",
    [
        "小学２０２６级（１）班；学前班2026级1班",
        "学前2026级1班, 小学2026级 1 班",
        "小学2026级1班、学前2026级1班",
    ],
)
def test_classes_are_read_as_people_write_them(text: str) -> None:
    assert read_class_list(text) == [(Stage.PRESCHOOL, 2026, 1), (P, 2026, 1)]


@pytest.mark.parametrize("text", ["一年级", "2026级1班", "小学2026级1班、", "小学26级1班", "小学2026级100班"])
def test_what_names_no_class_is_refused(text: str) -> None:
    assert isinstance(read_class_list(text), Problem)
