"""Teaching through the service: one responsible teacher for each subject of a class on any day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tests.registry.staffing import (
    DEC,
    ELSEWHERE,
    JUL,
    NOV,
    OCT,
    PLACE,
    SEP,
    assignment,
    certify,
    class_of,
    counted,
    county,
    door,
    ending,
    placing,
    school,
    staff,
    taking_on,
)
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.ids import new_id
from xuequ.core.journal import FactRow
from xuequ.registry.errors.classes import (
    ClassDissolved,
    ClassNotBegun,
    ClassUnknown,
    GradeBeyondStage,
    SpanEndsBeforeItBegins,
)
from xuequ.registry.errors.places import DistrictNeeded
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.errors.teaching import (
    ExceptionOutsideSmallSchool,
    SameTeacher,
    SubjectTaken,
    TeacherElsewhere,
    TeacherNotQualified,
    TeachingEndedAlready,
    TeachingUnknown,
)
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.schemas.teaching import Assignment, HandOver, OfferedSubject
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind
from xuequ.testing import make_district
from xuequ.testing.factories import SETTINGS


@pytest.fixture
def made(session: Session) -> Session:
    """A district in which everybody may teach everything at a primary school."""
    opened = make_district(session, PLACE, schools=2, staff=3)
    for n, (code, number) in enumerate((c, k) for c in ("s1", "s2") for k in (1, 2, 3)):
        certify(opened, staff(session, code, number), f"2026300000{n}")
    return session


def handing(teaching_id: int, who: int, on: date = NOV, **more: Any) -> HandOver:
    values: dict[str, Any] = {"reason": TeachingChange.LEAVE} | more
    return HandOver(teaching_id=teaching_id, staff_id=who, on=on, **values)


def said(session: Session, name: str) -> list[Any]:
    query = select(FactRow.payload).where(FactRow.name == f"registry.{name}").order_by(FactRow.id)
    return [json.loads(payload) for payload in session.scalars(query)]


def teachers_of(session: Session, on: date) -> dict[str, str]:
    found = door(session).registry.teaching.of_class(class_of(session), on)
    return {view.subject.label: view.staff_no.rpartition("-")[2] for view in found}


# assigning


def test_a_subject_gets_its_teacher_from_a_day(made: Session) -> None:
    view = door(made).registry.teaching.assign_teaching(assignment(made, staff(made)))
    assert (view.class_name, view.subject, view.school) == ("一（1）班", Subject.CHINESE, "s1")
    assert (view.staff_no, view.half_periods, view.origin) == ("qianfeng-s1-T1", 14, TeachingOrigin.NEW)
    assert teachers_of(made, SEP - timedelta(1)) == {}
    assert teachers_of(made, SEP) == {"语文": "T1"}
    (fact,) = said(made, "teaching_assigned")
    assert fact == {"school_id": str(school(made, "s1")), "since": str(SEP), "teaching_ids": [str(view.id)]}


def test_a_subject_has_one_teacher_on_any_day(made: Session) -> None:
    teaching = door(made).registry.teaching
    teaching.assign_teaching(assignment(made, staff(made), since=OCT, until=DEC))
    second = staff(made, number=2)
    for more in ({"since": NOV}, {"since": SEP, "until": NOV}, {"since": SEP}):
        with pytest.raises(SubjectTaken) as caught:
            teaching.assign_teaching(assignment(made, second, **more))
        assert caught.value.what == "一（1）班语文" and caught.value.staff == "qianfeng-s1-T1"
    with pytest.raises(SubjectTaken):
        teaching.assign_teaching(assignment(made, staff(made), since=OCT, until=DEC))
    teaching.assign_teaching(assignment(made, second, since=DEC))
    teaching.assign_teaching(assignment(made, second, since=SEP, until=OCT))
    assert [teachers_of(made, day)["语文"] for day in (SEP, OCT, DEC)] == ["T2", "T1", "T2"]


def test_who_works_elsewhere_teaches_only_as_an_itinerant(made: Session) -> None:
    teaching, guest = door(made).registry.teaching, staff(made, "s2")
    with pytest.raises(TeacherElsewhere):
        teaching.assign_teaching(assignment(made, guest))
    assert teaching.assign_teaching(assignment(made, guest, itinerant=True)).itinerant


def test_nobody_teaches_before_coming_or_after_going(made: Session) -> None:
    opened, guest = door(made), staff(made, "s2")
    opened.registry.staff.place_staff(placing(made, guest, "s1", NOV, until=DEC))
    for since, until in ((SEP, None), (NOV, None), (NOV, DEC + timedelta(1)), (DEC, None)):
        with pytest.raises(TeacherElsewhere):
            opened.registry.teaching.assign_teaching(assignment(made, guest, since=since, until=until))
    opened.registry.teaching.assign_teaching(assignment(made, guest, since=NOV, until=DEC))
    gone = staff(made)
    opened.registry.staff.end_employment(ending(gone, OCT))
    for itinerant in (False, True):
        with pytest.raises(TeacherElsewhere):
            opened.registry.teaching.assign_teaching(
                assignment(made, gone, subject=Subject.MATHS, itinerant=itinerant)
            )


def test_a_teacher_lent_by_another_district_teaches_here(made: Session) -> None:
    there = make_district(made, ELSEWHERE, schools=1)
    guest = staff(made, place=ELSEWHERE)
    certify(there, guest, "X1")
    teaching = door(made).registry.teaching
    with pytest.raises(StaffUnknown):
        teaching.assign_teaching(assignment(made, guest, itinerant=True))
    county(made).registry.staff.place_staff(placing(made, guest, "s1", OCT))
    assert teaching.assign_teaching(assignment(made, guest, since=OCT)).staff_id == guest
    assert [view.subject for view in teaching.of_teacher(guest, NOV)] == [Subject.CHINESE]
    assert door(made, ELSEWHERE).registry.teaching.of_teacher(guest, NOV) == []
    assert door(made, ELSEWHERE).registry.teaching.load_of(guest, NOV).half_periods == 14


def test_a_class_that_is_not_there_is_not_taught(made: Session) -> None:
    teaching, who = door(made).registry.teaching, staff(made)
    make_district(made, ELSEWHERE, schools=1)
    made.execute(update(SchoolClass).where(SchoolClass.id == class_of(made)).values(dissolved_on=DEC))
    refused: list[tuple[type[Exception], dict[str, Any]]] = [
        (ClassUnknown, {"class_id": 1}),
        (ClassUnknown, {"class_id": class_of(made, place=ELSEWHERE)}),
        (ClassDissolved, {}),
        (ClassDissolved, {"until": DEC + timedelta(1)}),
    ]
    for error, more in refused:
        with pytest.raises(error):
            teaching.assign_teaching(assignment(made, who, **more))
    teaching.assign_teaching(assignment(made, who, until=DEC))
    at_s2, other = staff(made, "s2"), class_of(made, "s2")
    for error, since in ((ClassNotBegun, SEP - timedelta(1)), (GradeBeyondStage, date(2032, 9, 1))):
        with pytest.raises(Problems) as caught:
            teaching.assign_teaching(assignment(made, at_s2, class_id=other, since=since))
        assert error.code in {problem.error.code for problem in caught.value.problems}


# certificates


def test_without_a_valid_certificate_a_small_school_records_why(made: Session) -> None:
    opened = door(made)
    who = opened.registry.staff.take_on(taking_on(made)).id
    with pytest.raises(TeacherNotQualified):
        opened.registry.teaching.assign_teaching(assignment(made, who, since=OCT))
    excused = assignment(made, who, since=OCT, exception="校内只有两名教师，一师多科")
    assert opened.registry.teaching.assign_teaching(excused).exception == "校内只有两名教师，一师多科"
    certify(opened, who, "K1", kind=CertificateKind.KINDERGARTEN)
    with pytest.raises(TeacherNotQualified):
        opened.registry.teaching.assign_teaching(
            assignment(made, who, since=OCT, subject=Subject.CLASS_MEETING)
        )


def test_a_school_that_is_not_small_records_no_exception(session: Session) -> None:
    opened = make_district(session, PLACE, schools=1, pupils=100, staff=1)
    with pytest.raises(ExceptionOutsideSmallSchool) as caught:
        opened.registry.teaching.assign_teaching(assignment(session, staff(session), exception="缺教师"))
    assert (caught.value.pupils, caught.value.below) == (100, 100)


# a whole year


def year_of(session: Session) -> list[Assignment]:
    """Every class has five subjects, each teacher of its school some of them."""
    subjects = (Subject.CHINESE, Subject.MATHS, Subject.PE, Subject.MUSIC, Subject.SCIENCE)
    return [
        assignment(
            session,
            staff(session, code, 1 + n % 3),
            class_id=class_of(session, code),
            subject=subject,
            half_periods=4 + n,
        )
        for code in ("s1", "s2")
        for n, subject in enumerate(subjects)
    ]


def test_a_whole_year_takes_as_many_statements_as_one_subject(made: Session) -> None:
    year = year_of(made)
    counts: list[int] = []
    for some in (year[:1], year[1:]):
        with counted(made) as sent:
            door(made).registry.teaching.assign_many(some)
        counts.append(len(sent))
    assert counts[0] <= 17  # the last looks whether anybody is on leave, once for each school
    assert counts[1] == counts[0] + 1
    assert len(door(made).registry.teaching.of_school("s1", NOV)) == 5
    assert len(said(made, "teaching_assigned")) == 3
    assert door(made).registry.teaching.assign_many([]) == []


def test_a_year_with_anything_wrong_is_refused_whole_and_every_wrong_is_named(made: Session) -> None:
    year, teaching = year_of(made), door(made).registry.teaching
    year.append(year[0])
    year.append(assignment(made, staff(made, "s2"), subject=Subject.ENGLISH))
    with pytest.raises(Problems) as caught:
        teaching.assign_many(year)
    assert sorted(problem.error.code for problem in caught.value.problems) == [
        "registry.subject_taken",
        "registry.teacher_elsewhere",
    ]
    assert teaching.of_school("s1", NOV) == []


# handing over and ending


def test_a_subject_handed_over_mid_year_is_split_by_date_with_the_reason(made: Session) -> None:
    teaching = door(made).registry.teaching
    was = teaching.assign_teaching(assignment(made, staff(made), until=JUL))
    now = teaching.hand_over(handing(was.id, staff(made, number=2), origin=TeachingOrigin.SUBSTITUTE))
    assert (now.since, now.until, now.half_periods, now.origin) == (NOV, JUL, 14, TeachingOrigin.SUBSTITUTE)
    (old,) = teaching.of_class(class_of(made), NOV - timedelta(1))
    assert (old.id, old.until, old.ended) == (was.id, NOV, TeachingChange.LEAVE)
    (fact,) = said(made, "teaching_handed_over")
    assert (fact["from_teaching_id"], fact["to_teaching_id"], fact["reason"]) == (
        str(was.id),
        str(now.id),
        "leave",
    )


def test_the_same_teacher_takes_a_subject_over_with_another_load(made: Session) -> None:
    teaching, who = door(made).registry.teaching, staff(made)
    was = teaching.assign_teaching(assignment(made, who))
    with pytest.raises(SameTeacher):
        teaching.hand_over(handing(was.id, who))
    teaching.hand_over(handing(was.id, who, half_periods=13, reason=TeachingChange.OTHER))
    assert [teaching.load_of(who, day).half_periods for day in (OCT, NOV)] == [14, 13]


def test_a_hand_over_is_refused_as_an_assignment_is(made: Session) -> None:
    teaching = door(made).registry.teaching
    was = teaching.assign_teaching(assignment(made, staff(made), until=DEC))
    refused: list[tuple[type[Exception], HandOver]] = [
        (TeacherElsewhere, handing(was.id, staff(made, "s2"))),
        (SpanEndsBeforeItBegins, handing(was.id, staff(made, number=2), SEP)),
        (TeachingEndedAlready, handing(was.id, staff(made, number=2), DEC)),
        (TeachingUnknown, handing(1, staff(made, number=2))),
        (StaffUnknown, handing(was.id, 1)),
    ]
    for error, command in refused:
        with pytest.raises(error):
            teaching.hand_over(command)
    assert teachers_of(made, NOV) == {"语文": "T1"}


def test_a_year_ends_for_all_at_once_and_not_twice(made: Session) -> None:
    teaching = door(made).registry.teaching
    ids = teaching.assign_many(year_of(made))
    teaching.end_teaching(ids, TeachingChange.YEAR_END, JUL)
    assert teaching.of_school("s1", JUL) == []
    assert {view.ended for view in teaching.of_school("s1", NOV)} == {TeachingChange.YEAR_END}
    with pytest.raises(Problems) as caught:
        teaching.end_teaching(ids, TeachingChange.YEAR_END, JUL)
    assert {problem.error.code for problem in caught.value.problems} == {TeachingEndedAlready.code}
    with pytest.raises(TeachingUnknown):
        teaching.end_teaching([*ids, 1], TeachingChange.YEAR_END, NOV)
    teaching.end_teaching([], TeachingChange.YEAR_END)
    assert len(said(made, "teaching_ended")) == 1


# as of a day


def test_loads_are_exact_sums_over_all_schools_also_of_who_teaches_nothing(made: Session) -> None:
    teaching, who = door(made).registry.teaching, staff(made)
    teaching.assign_teaching(assignment(made, who, half_periods=13))
    at_s2 = assignment(made, who, class_id=class_of(made, "s2"), half_periods=2, itinerant=True, until=DEC)
    teaching.assign_teaching(at_s2)
    load = teaching.load_of(who, NOV)
    assert (load.half_periods, load.subjects, load.periods) == (15, 2, Decimal("7.5"))
    assert teaching.load_of(who, DEC).half_periods == 13
    assert [line.half_periods for line in teaching.loads_of("s1", NOV)] == [15, 0, 0]
    assert [line.half_periods for line in teaching.loads_of("s2", NOV)] == [0, 0, 0]


def test_subjects_that_nobody_teaches_are_reported(made: Session) -> None:
    teaching = door(made).registry.teaching
    ids = teaching.assign_many(year_of(made)[:2])
    offered = [
        OfferedSubject(stage=Stage.PRIMARY, subject=Subject.CHINESE),
        OfferedSubject(stage=Stage.PRIMARY, subject=Subject.MATHS),
        OfferedSubject(stage=Stage.PRIMARY, subject=Subject.ENGLISH, first_grade=3),
        OfferedSubject(stage=Stage.JUNIOR, subject=Subject.PHYSICS),
    ]
    assert teaching.unassigned("s1", offered, NOV) == []
    (line, other) = teaching.unassigned("s2", offered, NOV)
    assert (line.class_name, line.subject, other.subject) == ("一（1）班", Subject.CHINESE, Subject.MATHS)
    teaching.end_teaching(ids[:1], TeachingChange.OTHER, NOV)
    assert [one.subject for one in teaching.unassigned("s1", offered, NOV)] == [Subject.CHINESE]
    in_grade_3 = teaching.unassigned("s1", offered, date(2028, 9, 1))
    assert [one.subject for one in in_grade_3] == [Subject.CHINESE, Subject.ENGLISH]
    assert teaching.unassigned("s1", offered, SEP - timedelta(1)) == []
    made.execute(update(SchoolClass).values(dissolved_on=NOV))
    assert teaching.unassigned("s2", offered, NOV) == []


def test_the_last_wall_refuses_what_comes_past_the_service(made: Session) -> None:
    view = door(made).registry.teaching.assign_teaching(assignment(made, staff(made)))
    row = dict(made.execute(select(Teaching.__table__).where(Teaching.id == view.id)).mappings().one())
    nested = made.begin_nested()
    with pytest.raises(Exception, match="ex_xq_registry_teaching_class_id_subject"):
        made.execute(insert(Teaching).values({**row, "id": new_id(), "since": NOV}))
    nested.rollback()


def test_lists_of_a_school_are_of_a_district_and_its_people_only(made: Session) -> None:
    make_district(made, ELSEWHERE, schools=1)
    door(made).registry.teaching.assign_many(year_of(made))
    assert door(made, ELSEWHERE).registry.teaching.of_school("s1", NOV) == []
    for act in (
        lambda: county(made).registry.teaching.of_school("s1"),
        lambda: county(made).registry.teaching.loads_of("s1"),
        lambda: county(made).registry.teaching.unassigned("s1", []),
    ):
        with pytest.raises(DistrictNeeded):
            act()
    there = door(made, ELSEWHERE).registry.teaching
    with pytest.raises(ClassUnknown):
        there.of_class(class_of(made))
    with pytest.raises(StaffUnknown):
        there.load_of(staff(made))
    teacher = Actor("T1", (Holding(Post.TEACHER, f"{PLACE}/s1"),))
    seen = District(made, PLACE, actor=teacher, settings=SETTINGS).registry.teaching
    assert len(seen.of_school("s1", NOV)) == 5
    for denied in (
        lambda: seen.of_school("s2", NOV),
        lambda: seen.of_class(class_of(made, "s2")),
        lambda: seen.of_teacher(staff(made, "s2")),
        lambda: seen.assign_teaching(assignment(made, staff(made), subject=Subject.LOCAL)),
    ):
        with pytest.raises(ActionNotPermitted):
            denied()
