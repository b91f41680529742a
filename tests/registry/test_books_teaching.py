"""The workbook of teaching: who teaches what to which class, and who leads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.booking import blamed, errors, listed, outcomes, places, reading, refused, taken
from tests.registry.staffing import DEC, JUL, NOV, OCT, SEP, certify, class_of, counted, staff
from xuequ import District
from xuequ.core.errors import CellRequired, ColumnFixed, ImportConflict, Problems
from xuequ.core.journal import FactRow
from xuequ.core.plan import Decision, Outcome
from xuequ.exchange import apply_file, export_file, plan_file, write_workbook
from xuequ.registry.errors.classes import ClassUnknown, HeadTeacherElsewhere, HeadTeacherKnown
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.errors.teaching import SubjectTaken, TeacherNotQualified
from xuequ.registry.schemas.books.teaching import HeadTeacherRow, TeachingRow
from xuequ.registry.schemas.classes import HeadTeacherAppointment
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.registry.templates import TEACHING
from xuequ.standards.codes.schooling import Subject
from xuequ.testing import make_district

YEAR = date(2027, 9, 1)


@pytest.fixture
def full(session: Session) -> District:
    """A district whose teachers are qualified."""
    return certified(make_district(session))


def certified(door: District) -> District:
    """Let the teachers of a made district have certificates."""
    for number in (f"qianfeng-s{n}-T{k}" for n in (1, 2) for k in (1, 2)):
        certify(door, door.registry.staff.staff_as_of(number).id, number)
    return door


def teaches(subject: Subject, who: str = "s1-T1", since: date = SEP, **more: Any) -> TeachingRow:
    school = who[:2]
    values: dict[str, Any] = {"school": school, "half_periods": 14, "staff_no": f"qianfeng-{who}"} | more
    return TeachingRow(stage=Stage.PRIMARY, entry_year=2026, number=1, subject=subject, since=since, **values)


def leads(who: str = "s1-T1", since: date = SEP, **more: Any) -> HeadTeacherRow:
    values: dict[str, Any] = {"school": who[:2], "staff_no": f"qianfeng-{who}"} | more
    return HeadTeacherRow(stage=Stage.PRIMARY, entry_year=2026, number=1, since=since, **values)


def taught(door: District, on: date, code: str = "s1") -> dict[Subject, str]:
    return {one.subject: one.staff_no[-5:] for one in door.registry.teaching.of_school(code, on)}


def facts(session: Session) -> Iterable[str]:
    names = session.scalars(select(FactRow.name).order_by(FactRow.id))
    return [name.removeprefix("registry.") for name in names]


# who teaches


def test_a_school_year_is_assigned_from_one_file(full: District) -> None:
    rows = [teaches(Subject.CHINESE), teaches(Subject.MATHS, "s1-T2"), teaches(Subject.CHINESE, "s2-T1")]
    assert outcomes(taken(full, TEACHING, teachings=rows)) == {Outcome.ADDED: 3}
    assert taught(full, OCT) == {Subject.CHINESE: "s1-T1", Subject.MATHS: "s1-T2"}
    assert taken(full, TEACHING, teachings=rows).changes_nothing


def test_many_rows_take_no_more_statements_than_one(full: District, session: Session) -> None:
    sent: list[int] = []
    subjects = [Subject.MATHS, Subject.ENGLISH, Subject.PE, Subject.MUSIC, Subject.SCIENCE]
    for some in ([Subject.CHINESE], subjects):
        with counted(session) as statements:
            taken(full, TEACHING, teachings=[teaches(one) for one in some])
        sent.append(len(statements))
    assert sent[1] <= sent[0] + 1


def test_the_end_of_one_and_the_next_are_one_hand_over(full: District, session: Session) -> None:
    taken(full, TEACHING, teachings=[teaches(Subject.CHINESE)])
    rows = [
        teaches(Subject.CHINESE, until=NOV, ended=TeachingChange.LEAVE),
        teaches(Subject.CHINESE, "s1-T2", NOV, origin=TeachingOrigin.ADJUSTED),
    ]
    assert outcomes(taken(full, TEACHING, teachings=rows)) == {Outcome.ADDED: 1, Outcome.CHANGED: 1}
    assert "teaching_handed_over" in facts(session)
    assert (taught(full, OCT), taught(full, NOV)) == (
        {Subject.CHINESE: "s1-T1"},
        {Subject.CHINESE: "s1-T2"},
    )
    assert taken(full, TEACHING, teachings=rows).changes_nothing


def test_a_new_year_ends_and_assigns_anew(full: District, session: Session) -> None:
    taken(full, TEACHING, teachings=[teaches(Subject.CHINESE)])
    rows = [
        teaches(Subject.CHINESE, until=YEAR, ended=TeachingChange.YEAR_END),
        teaches(Subject.CHINESE, "s1-T2", YEAR, until=date(2028, 7, 1)),
    ]
    taken(full, TEACHING, teachings=rows)
    assert "teaching_handed_over" not in facts(session)
    assert taught(full, YEAR) == {Subject.CHINESE: "s1-T2"}


def test_a_subject_has_one_teacher_and_an_end_its_reason(full: District) -> None:
    taken(full, TEACHING, teachings=[teaches(Subject.CHINESE), teaches(Subject.PE)])
    rows = [
        teaches(Subject.CHINESE, "s1-T2", NOV),
        teaches(Subject.PE, until=NOV),
        teaches(Subject.MUSIC, ended=TeachingChange.LEAVE),
    ]
    found = refused(full, TEACHING, teachings=rows)
    assert blamed(found) == {
        ("任课", 2, "学科"): SubjectTaken,
        ("任课", 3, "变动原因"): CellRequired,
        ("任课", 4, "终止日期"): CellRequired,
    }


def test_another_load_from_the_same_day_is_corrected_by_hand(full: District) -> None:
    file = [teaches(Subject.CHINESE)]
    taken(full, TEACHING, teachings=file)
    found = refused(full, TEACHING, teachings=[teaches(Subject.CHINESE, half_periods=12)])
    assert (errors(found), places(found)) == ([ColumnFixed], [("任课", 2, "周半课时数")])


def test_whoever_comes_from_another_school_is_itinerant(full: District) -> None:
    row = teaches(Subject.MUSIC, staff_no="qianfeng-s2-T1", itinerant=True, half_periods=4)
    taken(full, TEACHING, teachings=[row])
    assert taught(full, OCT) == {Subject.MUSIC: "s2-T1"}
    assert taken(full, TEACHING, teachings=[row]).changes_nothing
    (back,) = listed(full, TEACHING)["teachings"]
    assert isinstance(back, TeachingRow) and back.itinerant is True


def test_every_bad_row_is_named_and_nothing_of_the_file_stays(session: Session, tmp_path: Path) -> None:
    full = make_district(session)
    certify(full, staff(session))
    rows = [
        teaches(Subject.CHINESE),
        teaches(Subject.MATHS, "s1-T2"),
        teaches(Subject.PE).model_copy(update={"number": 7}),
        teaches(Subject.MUSIC, staff_no="X1"),
        teaches(Subject.SCIENCE, name="王五"),
    ]
    heads = [leads(), leads("s2-T1", staff_no="X2")]
    write_workbook(tmp_path / "a.xlsx", TEACHING, {"teachings": rows, "head_teachers": heads})
    found = plan_file(full, tmp_path / "a.xlsx", TEACHING).problems
    assert blamed(found) == {
        ("任课", 3, "工号"): TeacherNotQualified,
        ("任课", 4, "班号"): ClassUnknown,
        ("任课", 5, "工号"): StaffUnknown,
        ("任课", 6, "姓名"): NameDiffers,
        ("班主任", 3, "工号"): StaffUnknown,
    }
    with pytest.raises(Problems):
        apply_file(full, tmp_path / "a.xlsx", TEACHING)
    assert full.registry.teaching.of_school("s1", OCT) == []


def test_what_a_hand_ended_is_kept_and_a_new_end_is_asked_about(full: District) -> None:
    file = [teaches(Subject.CHINESE)]
    taken(full, TEACHING, teachings=file)
    (one,) = full.registry.teaching.of_school("s1", OCT)
    full.registry.teaching.end_teaching([one.id], TeachingChange.LEAVE, DEC)
    assert full.registry.books.plan(reading(TEACHING, teachings=file)).changes_nothing
    sooner = [teaches(Subject.CHINESE, until=NOV, ended=TeachingChange.TRANSFER)]
    assert set(errors(refused(full, TEACHING, teachings=sooner))) == {ImportConflict}
    assert outcomes(taken(full, TEACHING, Decision.REGISTERED, teachings=sooner)) == {Outcome.KEPT: 1}
    taken(full, TEACHING, Decision.FILE, teachings=sooner)
    assert taught(full, NOV) == {}


# who leads


def test_classes_get_their_head_teachers_and_are_handed_over(full: District) -> None:
    file = [leads(), leads("s2-T1")]
    taken(full, TEACHING, head_teachers=file)
    later = [leads(until=NOV), leads("s1-T2", NOV), leads("s2-T1", until=DEC)]
    plan = taken(full, TEACHING, head_teachers=later)
    assert outcomes(plan) == {Outcome.CHANGED: 2, Outcome.ADDED: 1}
    heads = {one.school: one.head_teacher for one in full.registry.classes.class_list(NOV)}
    assert {code: head and head.staff_no for code, head in heads.items()} == {
        "s1": "qianfeng-s1-T2",
        "s2": "qianfeng-s2-T1",
    }
    assert taken(full, TEACHING, head_teachers=later).changes_nothing


def test_a_class_has_one_head_teacher_who_works_at_its_school(full: District, session: Session) -> None:
    one = HeadTeacherAppointment(class_id=class_of(session), staff_id=staff(session))
    full.registry.classes.appoint_head_teachers([one], SEP)
    rows = [leads("s1-T2", OCT), leads("s2-T1", staff_no="qianfeng-s1-T2")]
    found = refused(full, TEACHING, head_teachers=rows)
    wanted: dict[Any, Any] = {
        ("班主任", 2, "工号"): HeadTeacherKnown,
        ("班主任", 3, "工号"): HeadTeacherElsewhere,
    }
    assert blamed(found) == wanted


# the whole


def test_a_history_sets_up_another_district_and_reads_back_unchanged(
    full: District, session: Session, tmp_path: Path
) -> None:
    taken(
        full,
        TEACHING,
        teachings=[
            teaches(Subject.CHINESE, until=NOV, ended=TeachingChange.LEAVE),
            teaches(Subject.CHINESE, "s1-T2", NOV, origin=TeachingOrigin.SUBSTITUTE, until=JUL),
            teaches(Subject.MATHS, "s2-T2"),
        ],
        head_teachers=[leads(until=OCT), leads("s1-T2", OCT, until=NOV), leads("s1-T1", DEC), leads("s2-T1")],
    )
    export_file(full, tmp_path / "out.xlsx", TEACHING)
    plan = plan_file(full, tmp_path / "out.xlsx", TEACHING)
    assert (plan.problems, outcomes(plan)) == ((), {Outcome.UNCHANGED: 7})
    other = certified(make_district(session, "530922/qianfeng"))
    apply_file(other, tmp_path / "out.xlsx", TEACHING)
    assert listed(other, TEACHING) == listed(full, TEACHING)
    only = listed(full, TEACHING, "s2")
    assert {name: len(rows) for name, rows in only.items()} == {"teachings": 1, "head_teachers": 1}
