"""Classes as cohorts: formed, merged, split; who leads them, and which are taught together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from tests.registry.office import COUNTY, PLACE, Office, door_of, enrolments, found, spans, statuses
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, Problems, XuequError
from xuequ.core.journal import FactRow
from xuequ.registry.errors.classes import (
    AlreadyGrouped,
    ClassDissolved,
    ClassKnown,
    ClassNotBegun,
    ClassNotEmpty,
    ClassTooLarge,
    ClassUnknown,
    CohortsDiffer,
    GradeBeyondStage,
    GroupNeedsGrades,
    GroupNeedsTwo,
    GroupUnknown,
    HeadTeacherElsewhere,
    HeadTeacherKnown,
    NoHeadTeacher,
    NotInClass,
    PupilListedTwice,
    SchoolsDiffer,
    SpanEndsBeforeItBegins,
    SplitTooFine,
)
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, HeadTeacher, SchoolClass
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.schemas.classes import (
    ClassForming,
    ClassMerger,
    ClassSplit,
    ClassView,
    GroupForming,
    HeadTeacherAppointment,
)
from xuequ.registry.service.classes import ClassService
from xuequ.registry.states.classes import GroupKind, Stage

BEGUN, TODAY, LATER = date(2025, 9, 1), date(2026, 3, 2), date(2026, 4, 1)
PRIMARY = Stage.PRIMARY


@pytest.fixture
def office(session: Session) -> Office:
    found(session)
    return Office(session)


@pytest.fixture
def classes(office: Office) -> ClassService:
    return door_of(office.session, TODAY).registry.classes


@pytest.fixture
def school(office: Office) -> int:
    return office.school("s1")


def facts(session: Session, name: str) -> int:
    return session.scalar(select(func.count()).where(FactRow.name == f"registry.{name}")) or 0


def names(views: list[ClassView]) -> list[str]:
    return [view.name for view in views]


def refused(kind: type[XuequError], act: Callable[..., Any], *arguments: Any) -> list[XuequError]:
    """Return the errors of a kind that an act is refused with, alone or among others."""
    with pytest.raises(XuequError) as caught:
        act(*arguments)
    error = caught.value
    errors = [problem.error for problem in error.problems] if isinstance(error, Problems) else [error]
    assert any(isinstance(one, kind) for one in errors), errors
    return [one for one in errors if isinstance(one, kind)]


def forming(school_id: int, entry_year: int, number: int | None = None, **more: Any) -> ClassForming:
    values: dict[str, Any] = {"stage": PRIMARY, **more}
    return ClassForming(school_id=school_id, entry_year=entry_year, number=number, **values)


# forming


def test_a_class_keeps_its_cohort_and_its_grade_follows_from_the_day(
    classes: ClassService, school: int
) -> None:
    made = classes.form_classes([forming(school, 2023)], BEGUN)[0]
    assert (made.name, made.grade, made.number) == ("三（1）班", 3, 1)
    assert classes.school_class(made.id).name == "三（1）班"
    assert classes.school_class(made.id, date(2026, 9, 1)).name == "四（1）班"
    assert classes.school_class(made.id, date(2029, 9, 1)).name == "2023级小学（1）班"


def test_classes_get_the_numbers_that_are_free_after_those_that_are_asked_for(
    classes: ClassService, school: int
) -> None:
    asked = [forming(school, 2025), forming(school, 2025, 1), forming(school, 2025), forming(school, 2024)]
    assert [view.number for view in classes.form_classes(asked)] == [2, 1, 3, 1]
    assert facts(classes.context.session, "classes_formed") == 1


def test_a_number_that_is_taken_is_refused_and_nothing_is_formed(classes: ClassService, school: int) -> None:
    classes.form_classes([forming(school, 2025, 2)])
    before = facts(classes.context.session, "classes_formed")
    refused(ClassKnown, classes.form_classes, [forming(school, 2025), forming(school, 2025, 2)])
    refused(ClassKnown, classes.form_classes, [forming(school, 2025, 3), forming(school, 2025, 3)])
    assert names(classes.class_list()) == ["一（2）班"]
    assert facts(classes.context.session, "classes_formed") == before


def test_the_number_of_a_dissolved_class_stays_its_own(classes: ClassService, school: int) -> None:
    made = classes.form_classes([forming(school, 2025)], BEGUN)[0]
    classes.dissolve_class(made.id)
    refused(ClassKnown, classes.form_classes, [forming(school, 2025, 1)])
    assert classes.form_classes([forming(school, 2025)])[0].number == 2


def test_a_class_that_is_younger_than_its_cohort_is_not_there_before(
    classes: ClassService, school: int
) -> None:
    made = classes.form_classes([forming(school, 2025)])[0]
    assert made.formed_on == TODAY
    assert names(classes.class_list()) == ["一（1）班"]
    assert classes.class_list(BEGUN) == []
    coming = classes.form_classes([forming(school, 2026)])[0]
    assert coming.formed_on is None and coming.grade == 0
    assert names(classes.class_list(date(2026, 9, 1))) == ["一（1）班", "二（1）班"]


def test_a_class_that_has_left_its_stage_is_not_formed(classes: ClassService, school: int) -> None:
    refused(GradeBeyondStage, classes.form_classes, [forming(school, 2019)])
    refused(GradeBeyondStage, classes.form_classes, [forming(school, 2024, stage=Stage.PRESCHOOL)])
    refused(SchoolUnknown, classes.form_classes, [forming(1, 2025)])
    assert classes.form_classes([]) == []


def test_a_class_is_renumbered_unless_the_number_is_taken(classes: ClassService, school: int) -> None:
    one, two = classes.form_classes([forming(school, 2025), forming(school, 2025)], BEGUN)
    assert classes.renumber_class(one.id, 1) == classes.school_class(one.id)
    refused(ClassKnown, classes.renumber_class, one.id, 2)
    assert classes.renumber_class(two.id, 4).name == "一（4）班"
    assert facts(classes.context.session, "class_renumbered") == 1
    classes.dissolve_class(one.id)
    refused(ClassDissolved, classes.renumber_class, one.id, 9)
    refused(ClassUnknown, classes.renumber_class, 1, 9)


# dissolving


def test_only_an_empty_class_is_dissolved(classes: ClassService, office: Office, school: int) -> None:
    full = office.form(school, PRIMARY, 2025)
    office.pupil(full, BEGUN)
    office.pupil(full, LATER)
    office.pupil(full, BEGUN, until=TODAY)
    error = refused(ClassNotEmpty, classes.dissolve_class, full)[0]
    assert error.facts()["pupils"] == 2
    empty = office.form(school, PRIMARY, 2025, 2)
    view = classes.dissolve_class(empty, LATER)
    assert view.dissolved_on == LATER
    assert names(classes.class_list(TODAY)) == ["一（1）班", "一（2）班"]
    assert names(classes.class_list(LATER)) == ["一（1）班"]
    refused(ClassDissolved, classes.dissolve_class, empty)


def test_what_belongs_to_a_class_ends_with_it(classes: ClassService, office: Office, school: int) -> None:
    empty, other = office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2024)
    teacher = office.teacher(school, BEGUN)
    classes.appoint_head_teachers([HeadTeacherAppointment(class_id=empty, staff_id=teacher)], BEGUN)
    group = classes.form_group(
        GroupForming(kind=GroupKind.MULTI_GRADE, name="复式", class_ids=(empty, other)), BEGUN
    )
    teach(office, empty, teacher)
    classes.dissolve_class(empty)
    session = office.session
    assert spans(session, HeadTeacher, "until") == [(TODAY,)]
    assert spans(session, ClassGroupMember, "until") == [(TODAY,), (TODAY,)]
    assert spans(session, ClassGroup, "id", "until") == [(group.id, TODAY)]
    assert spans(session, Teaching, "until", "ended") == [(TODAY, "class_split")]
    assert facts(session, "groups_separated") == 1


def teach(office: Office, class_id: int, staff_id: int, since: date = BEGUN) -> int:
    return office.add(
        Teaching,
        district_id=office.district_id,
        school_id=office.school_of(class_id),
        class_id=class_id,
        staff_id=staff_id,
        subject="chinese",
        half_periods=14,
        since=since,
        origin="new",
    )


def test_a_class_does_not_end_before_what_belongs_to_it_begins(
    classes: ClassService, office: Office, school: int
) -> None:
    made = classes.form_classes([forming(school, 2025)])[0]
    refused(SpanEndsBeforeItBegins, classes.dissolve_class, made.id)
    teacher = office.teacher(school, BEGUN)
    classes.appoint_head_teachers([HeadTeacherAppointment(class_id=made.id, staff_id=teacher)], LATER)
    refused(SpanEndsBeforeItBegins, classes.dissolve_class, made.id, LATER)
    assert classes.dissolve_class(made.id, date(2026, 4, 2)).dissolved_on == date(2026, 4, 2)


# merging


def test_merged_pupils_go_on_without_a_day_between(
    classes: ClassService, office: Office, school: int
) -> None:
    into, merged = office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2025, 2)
    stays = office.pupil(into, BEGUN)
    moves = office.pupil(merged, BEGUN)
    comes = office.pupil(merged, LATER)
    leaves = office.pupil(merged, BEGUN, until=LATER)
    left = office.pupil(merged, BEGUN, until=TODAY)
    before = statuses(office.session, moves)
    view = classes.merge_classes(ClassMerger(into_id=into, class_ids=(merged,)))
    session = office.session
    assert view.pupils == 3
    assert enrolments(session, stays) == [(into, BEGUN, None, "set_up", None)]
    assert enrolments(session, moves) == [
        (merged, BEGUN, TODAY, "set_up", "class_change"),
        (into, TODAY, None, "class_change", None),
    ]
    assert enrolments(session, comes) == [(into, LATER, None, "set_up", None)]
    assert enrolments(session, leaves) == [
        (merged, BEGUN, TODAY, "set_up", "class_change"),
        (into, TODAY, LATER, "class_change", None),
    ]
    assert enrolments(session, left) == [(merged, BEGUN, TODAY, "set_up", None)]
    assert statuses(session, moves) == before
    gone = classes.school_class(merged)
    assert (gone.dissolved_on, gone.successor_id) == (TODAY, into)
    assert facts(session, "class_changed") == 1 and facts(session, "classes_dissolved") == 1


def test_classes_of_other_schools_and_cohorts_are_not_merged(
    classes: ClassService, office: Office, school: int
) -> None:
    one, older = office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2024)
    elsewhere = office.form(office.school("s2"), PRIMARY, 2025)
    coming = office.form(school, PRIMARY, 2026)

    def merge(into: int, *merged: int) -> None:
        classes.merge_classes(ClassMerger(into_id=into, class_ids=merged))

    refused(CohortsDiffer, merge, one, older)
    refused(SchoolsDiffer, merge, one, elsewhere)
    refused(ClassNotBegun, merge, coming, one)
    refused(ClassUnknown, merge, one, 1)
    other = office.form(school, PRIMARY, 2025, 3)
    merge(one, other)
    refused(ClassDissolved, merge, one, other)
    for wrong in ((one,), (other, other), ()):
        with pytest.raises(ValueError):
            ClassMerger(into_id=one, class_ids=wrong)


def test_a_class_is_not_made_larger_than_it_must_be(
    classes: ClassService, office: Office, school: int
) -> None:
    into, merged = office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2025, 2)
    for _ in range(45):
        office.pupil(into, BEGUN)
    command = ClassMerger(into_id=into, class_ids=(merged,))
    office.pupil(merged, BEGUN)
    error = refused(ClassTooLarge, classes.merge_classes, command)[0]
    assert error.facts() == {"name": "一（1）班", "pupils": 46, "limit": 45}
    assert classes.school_class(into).too_large is None
    office.pupil(into, BEGUN)
    warned = classes.school_class(into).too_large
    assert warned is not None and (warned.limit, warned.strength) == (45, "must")
    assert "教督" in warned.authority


# splitting


def test_a_class_is_split_by_lists_and_who_is_in_none_stays(
    classes: ClassService, office: Office, school: int
) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    pupils = [office.pupil(class_id, BEGUN) for _ in range(4)]
    command = ClassSplit(class_id=class_id, lists=((pupils[1],), (pupils[3],)), numbers=(7, 5))
    views = classes.split_class(command)
    assert [(view.number, view.pupils, view.formed_on) for view in views] == [
        (1, 2, None),
        (7, 1, TODAY),
        (5, 1, TODAY),
    ]
    assert enrolments(office.session, pupils[1]) == [
        (class_id, BEGUN, TODAY, "set_up", "class_change"),
        (views[1].id, TODAY, None, "class_change", None),
    ]
    assert enrolments(office.session, pupils[0]) == [(class_id, BEGUN, None, "set_up", None)]


def test_a_class_is_split_evenly_by_number(classes: ClassService, office: Office, school: int) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    pupils = [office.pupil(class_id, BEGUN) for _ in range(7)]
    office.pupil(class_id, LATER)
    views = classes.split_class(ClassSplit(class_id=class_id, into=3))
    assert [view.pupils for view in views] == [3, 2, 2]
    assert [enrolments(office.session, one)[-1][0] for one in pupils] == [
        *[views[0].id] * 3,
        *[views[1].id] * 2,
        *[views[2].id] * 2,
    ]
    assert sum(view.pupils for view in classes.class_list(LATER)) == 8
    assert sum(view.pupils for view in classes.class_list(BEGUN)) == 7


def test_lists_that_do_not_fit_are_refused(classes: ClassService, office: Office, school: int) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    one, two = office.pupil(class_id, BEGUN), office.pupil(class_id, BEGUN)
    stranger = office.pupil(office.form(school, PRIMARY, 2025, 2), BEGUN)

    def split(**how: Any) -> None:
        classes.split_class(ClassSplit(class_id=class_id, **how))

    wrong_lists: list[tuple[type[XuequError], dict[str, Any]]] = [
        (NotInClass, {"lists": ((stranger,),)}),
        (PupilListedTwice, {"lists": ((one,), (one,))}),
        (SplitTooFine, {"lists": ((one, two),)}),
        (SplitTooFine, {"lists": ((one,), ())}),
        (SplitTooFine, {"into": 3}),
        (ClassKnown, {"into": 2, "numbers": (2,)}),
    ]
    for kind, how in wrong_lists:
        refused(kind, partial(split, **how))
    unfit: list[dict[str, Any]] = [{}, {"lists": ((one,),), "into": 2}, {"into": 3, "numbers": (2,)}]
    for wrong in unfit:
        with pytest.raises(ValueError):
            ClassSplit(class_id=class_id, **wrong)
    assert [view.pupils for view in classes.class_list()] == [2, 1]


# head teachers


def appointing(class_id: int, staff_id: int) -> HeadTeacherAppointment:
    return HeadTeacherAppointment(class_id=class_id, staff_id=staff_id)


def test_a_class_is_led_and_handed_over_without_a_day_between(
    classes: ClassService, office: Office, school: int
) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    one, two = office.teacher(school, BEGUN), office.teacher(school, BEGUN)
    assert [view.id for view in classes.head_teacher_vacancies()] == [class_id]
    view = classes.appoint_head_teachers([appointing(class_id, one)], BEGUN)[0]
    assert view.head_teacher is not None and view.head_teacher.staff_id == one
    assert view.head_teacher.works_here and view.head_teacher.since == BEGUN
    assert classes.head_teacher_vacancies() == []
    refused(HeadTeacherKnown, classes.appoint_head_teachers, [appointing(class_id, two)])
    refused(HeadTeacherKnown, classes.hand_over_class, appointing(class_id, one))
    classes.hand_over_class(appointing(class_id, two))
    assert spans(office.session, HeadTeacher, "staff_id", "since", "until") == [
        (one, BEGUN, TODAY),
        (two, TODAY, None),
    ]
    refused(SpanEndsBeforeItBegins, classes.hand_over_class, appointing(class_id, one))
    refused(SpanEndsBeforeItBegins, classes.end_head_teacher, class_id)
    assert classes.end_head_teacher(class_id, LATER).head_teacher is None
    refused(NoHeadTeacher, classes.end_head_teacher, class_id, LATER)
    refused(NoHeadTeacher, classes.hand_over_class, appointing(class_id, one), LATER)
    assert classes.head_teacher_vacancies(TODAY) == []
    assert len(classes.head_teacher_vacancies(LATER)) == 1


def test_a_head_teacher_works_at_the_school_on_the_day(
    classes: ClassService, office: Office, school: int
) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    elsewhere = office.teacher(office.school("s2"), BEGUN)
    gone = office.teacher(school, BEGUN, until=TODAY)
    for staff_id in (elsewhere, gone):
        error = refused(HeadTeacherElsewhere, classes.appoint_head_teachers, [appointing(class_id, staff_id)])
        assert error[0].facts()["school"] == "s1完小"
    refused(StaffUnknown, classes.appoint_head_teachers, [appointing(class_id, 1)])
    found(office.session, "530921/dasi")
    other = Office(office.session, "530921/dasi")
    stranger = other.teacher(other.school("s1"), BEGUN)
    refused(StaffUnknown, classes.appoint_head_teachers, [appointing(class_id, stranger)])
    assert spans(office.session, HeadTeacher, "id") == []


def test_a_teacher_of_another_district_who_works_here_may_lead_a_class(
    classes: ClassService, office: Office, school: int
) -> None:
    found(office.session, "530921/dasi")
    other = Office(office.session, "530921/dasi")
    rotating = other.teacher(other.school("s1"), BEGUN, until=TODAY)
    other.district_id = office.district_id
    other.place(rotating, school, TODAY)
    class_id = office.form(school, PRIMARY, 2025)
    view = classes.appoint_head_teachers([appointing(class_id, rotating)])[0]
    assert view.head_teacher is not None and view.head_teacher.staff_id == rotating


def test_a_head_teacher_who_no_longer_works_there_leaves_a_vacancy(
    classes: ClassService, office: Office, school: int
) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    teacher = office.teacher(school, BEGUN, until=LATER)
    classes.appoint_head_teachers([appointing(class_id, teacher)])
    assert classes.head_teacher_vacancies() == []
    vacant = classes.head_teacher_vacancies(LATER)[0]
    assert vacant.id == class_id
    assert vacant.head_teacher is not None and not vacant.head_teacher.works_here


def test_all_that_is_wrong_with_appointments_is_said_at_once(
    classes: ClassService, office: Office, school: int
) -> None:
    one, two = office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2025, 2)
    coming, left = office.form(school, PRIMARY, 2026), office.form(school, PRIMARY, 2019)
    teacher = office.teacher(school, BEGUN)
    classes.appoint_head_teachers([appointing(two, teacher)], LATER)
    asked = [appointing(class_id, teacher) for class_id in (one, one, two, coming, left)]
    with pytest.raises(Problems) as caught:
        classes.appoint_head_teachers(asked)
    kinds = sorted(type(problem.error).__name__ for problem in caught.value.problems)
    assert kinds == ["ClassNotBegun", "GradeBeyondStage", "HeadTeacherKnown", "HeadTeacherKnown"]
    refused(HeadTeacherKnown, classes.hand_over_class, appointing(two, teacher), LATER)
    refused(NoHeadTeacher, classes.end_head_teacher, two)
    refused(ClassUnknown, classes.appoint_head_teachers, [appointing(1, teacher)])
    assert classes.appoint_head_teachers([]) == []


def test_nothing_outlasts_a_class_that_is_to_be_dissolved(
    classes: ClassService, office: Office, school: int
) -> None:
    one, two = office.form(school, PRIMARY, 2025, dissolved_on=LATER), office.form(school, PRIMARY, 2025, 2)
    teacher = office.teacher(school, BEGUN)
    classes.appoint_head_teachers([appointing(one, teacher), appointing(two, teacher)])
    until = spans(office.session, HeadTeacher, "class_id", "until")
    assert until == [(one, LATER), (two, None)]
    classes.form_group(GroupForming(kind=GroupKind.COMBINED, name="合班", class_ids=(one, two)))
    assert spans(office.session, ClassGroupMember, "until") == [(LATER,), (LATER,)]
    assert spans(office.session, ClassGroup, "until") == [(LATER,)]
    pupil = office.pupil(one, BEGUN, until=LATER)
    for act in (
        lambda: classes.merge_classes(ClassMerger(into_id=one, class_ids=(two,))),
        lambda: classes.merge_classes(ClassMerger(into_id=two, class_ids=(one,))),
        lambda: classes.split_class(ClassSplit(class_id=one, lists=((pupil,),))),
        lambda: classes.dissolve_class(one),
    ):
        refused(ClassDissolved, act)


# groups


def test_a_combined_class_is_of_one_grade_and_a_multi_grade_class_of_several(
    classes: ClassService, office: Office, school: int
) -> None:
    one, two = office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2025, 2)
    older = office.form(school, PRIMARY, 2024)
    office.pupil(one, BEGUN)

    def group(kind: GroupKind, *class_ids: int) -> Any:
        return classes.form_group(GroupForming(kind=kind, name="上午班", class_ids=class_ids))

    refused(GroupNeedsGrades, group, GroupKind.COMBINED, one, older)
    refused(GroupNeedsGrades, group, GroupKind.MULTI_GRADE, one, two)
    refused(GroupNeedsTwo, group, GroupKind.COMBINED, one)
    refused(GroupNeedsTwo, group, GroupKind.COMBINED)
    elsewhere = office.form(office.school("s2"), PRIMARY, 2025)
    refused(SchoolsDiffer, group, GroupKind.COMBINED, one, elsewhere)
    made = group(GroupKind.MULTI_GRADE, one, older)
    assert [(member.name, member.pupils) for member in made.classes] == [("一（1）班", 1), ("二（1）班", 0)]
    refused(AlreadyGrouped, group, GroupKind.COMBINED, one, two)
    assert classes.groups() == [made] and classes.groups(BEGUN) == []
    view = classes.school_class(one)
    assert view.group is not None and (view.group.id, view.group.kind) == (made.id, GroupKind.MULTI_GRADE)
    with pytest.raises(ValueError):
        GroupForming(kind=GroupKind.COMBINED, name="x", class_ids=(one, one))


def test_a_group_is_separated_and_formed_anew(classes: ClassService, office: Office, school: int) -> None:
    ids = (office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2024))
    command = GroupForming(kind=GroupKind.MULTI_GRADE, name="复式", class_ids=ids)
    made = classes.form_group(command)
    refused(SpanEndsBeforeItBegins, classes.separate_group, made.id)
    classes.separate_group(made.id, LATER)
    refused(GroupUnknown, classes.separate_group, made.id, LATER)
    refused(GroupUnknown, classes.separate_group, 1)
    refused(AlreadyGrouped, classes.form_group, command)
    assert [group.id for group in classes.groups()] == [made.id]
    again = classes.form_group(command, LATER)
    assert [group.id for group in classes.groups(LATER)] == [again.id]


def test_a_merger_ends_a_group_that_is_none_any_more_and_leaves_the_others(
    classes: ClassService, office: Office, school: int
) -> None:
    into, merged = office.form(school, PRIMARY, 2025), office.form(school, PRIMARY, 2025, 2)
    older, oldest = office.form(school, PRIMARY, 2024), office.form(school, PRIMARY, 2023)
    kind = GroupKind.MULTI_GRADE
    three = classes.form_group(GroupForming(kind=kind, name="甲", class_ids=(merged, older, oldest)), BEGUN)
    classes.merge_classes(ClassMerger(into_id=into, class_ids=(merged,)))
    assert [len(group.classes) for group in classes.groups()] == [2]
    classes.separate_group(three.id)
    two = classes.form_group(GroupForming(kind=kind, name="乙", class_ids=(into, older)), LATER)
    other = office.form(school, PRIMARY, 2025, 3)
    classes.merge_classes(ClassMerger(into_id=other, class_ids=(into,)), date(2026, 5, 1))
    assert two.id not in {group.id for group in classes.groups(date(2026, 5, 1))}


# views


def test_the_list_shows_each_class_with_pupils_head_teacher_and_group_in_a_constant_number_of_statements(
    classes: ClassService, office: Office
) -> None:
    def fill(code: str) -> None:
        school_id = office.school(code)
        one, two = office.form(school_id, PRIMARY, 2025), office.form(school_id, PRIMARY, 2024)
        office.form(school_id, PRIMARY, 2019)
        office.form(school_id, Stage.PRESCHOOL, 2025)
        for class_id in (one, one, two):
            office.pupil(class_id, BEGUN)
        teacher = office.teacher(school_id, BEGUN)
        classes.appoint_head_teachers([appointing(one, teacher), appointing(two, teacher)])
        kind = GroupKind.MULTI_GRADE
        classes.form_group(GroupForming(kind=kind, name="复式", class_ids=(one, two)))

    fill("s1")
    few = statements(office.session, lambda: classes.class_list())
    for number in range(2, 6):
        fill(f"s{number}")
    assert statements(office.session, lambda: classes.class_list()) == few == 1
    assert statements(office.session, lambda: classes.groups()) == 1
    assert statements(office.session, lambda: classes.head_teacher_vacancies()) == 1
    seen = classes.class_list()
    assert names(seen) == ["学前（1）班", "一（1）班", "二（1）班"] * 5
    assert [view.pupils for view in seen][:3] == [0, 2, 1]
    assert all(view.head_teacher and view.group for view in seen if view.stage is PRIMARY)
    assert classes.classes_of("s3") == [view for view in seen if view.school == "s3"]
    assert [view.school for view in classes.head_teacher_vacancies()] == ["s1", "s2", "s3", "s4", "s5"]


def statements(session: Session, act: Callable[[], Any]) -> int:
    """Count the statements that an act sends, when the scope is known already."""
    act()
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    sent: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(sent)


def test_two_districts_and_two_counties_do_not_mix(
    classes: ClassService, office: Office, school: int
) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    office.pupil(class_id, BEGUN)
    session = office.session
    found(session, "530921/dasi")
    found(session, "530922/other")
    for place in ("530921/dasi", "530922/other"):
        elsewhere = door_of(session, TODAY, place).registry.classes
        assert elsewhere.class_list() == [] and elsewhere.classes_of("s1") == []
        for act in (elsewhere.school_class, elsewhere.dissolve_class, elsewhere.end_head_teacher):
            refused(ClassUnknown, act, class_id)
        refused(SchoolUnknown, elsewhere.form_classes, [forming(school, 2025)])
    county = door_of(session, TODAY, COUNTY).registry.classes
    assert names(county.class_list()) == ["一（1）班"]
    with pytest.raises(DistrictNeeded):
        county.classes_of("s1")


def test_a_school_of_the_county_outside_any_district_has_classes_too(office: Office) -> None:
    outside = Office(office.session, COUNTY)
    school_id = outside.school("n1")
    county = door_of(office.session, TODAY, COUNTY).registry.classes
    view = county.form_classes([forming(school_id, 2025)])[0]
    outside.pupil(view.id, TODAY)
    outside.pupil(view.id, TODAY)
    split = county.split_class(ClassSplit(class_id=view.id, into=2), LATER)
    assert [one.pupils for one in split] == [1, 1]
    district_ids = office.session.scalars(select(SchoolClass.district_id)).all()
    assert [*district_ids, *office.session.scalars(select(Enrolment.district_id))] == [None] * 5
    assert door_of(office.session, TODAY).registry.classes.class_list() == []


def test_a_school_head_leads_only_the_own_school(office: Office, school: int) -> None:
    class_id = office.form(school, PRIMARY, 2025)
    there = office.form(office.school("s2"), PRIMARY, 2025)
    teacher = office.teacher(school, BEGUN)
    settings = door_of(office.session, TODAY).context.settings
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    door = District(office.session, PLACE, actor=head, settings=settings)
    classes = door.registry.classes
    classes.appoint_head_teachers([appointing(class_id, teacher)])
    for act in (
        lambda: classes.appoint_head_teachers([appointing(there, teacher)]),
        lambda: classes.school_class(there),
        lambda: classes.form_group(
            GroupForming(kind=GroupKind.COMBINED, name="x", class_ids=(class_id, there))
        ),
        lambda: classes.form_classes([forming(school, 2025)]),
        classes.class_list,
    ):
        with pytest.raises(ActionNotPermitted):
            act()
