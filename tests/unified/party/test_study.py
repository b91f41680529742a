"""Programmes, sessions with hours, the yearly ledger, and lessons on the party's statutes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.unified.party.hall import ELSEWHERE, TODAY, Hall, hall
from tests.unified.party.meeting import DAY, facts
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.staff import Placement
from xuequ.unified.party.errors.meetings import MeetingUnknown
from xuequ.unified.party.errors.study import (
    ClassNotTaught,
    LessonAhead,
    LessonSettled,
    LessonUnknown,
    ProgrammeKnown,
    ProgrammeUnknown,
    SessionUnknown,
    SessionVoidedAlready,
    StudiedByStranger,
    StudyOutsideProgramme,
    TeacherNotHere,
    TooManyHours,
)
from xuequ.unified.party.schemas.meetings import Voiding
from xuequ.unified.party.schemas.study import LessonPlan, LessonProof, ProgrammeOpening, StudyRecord

WHY = Voiding(reason="重复登记")


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def opened(stand: Hall, name: str = "两学一做") -> int:
    opening = ProgrammeOpening(name=name, since=date(2026, 1, 1), until=date(2027, 1, 1))
    return stand.door.party.study.open_programme(opening)


def session_of(hours: dict[int, Any], on: date = DAY, **more: Any) -> StudyRecord:
    return StudyRecord(studied_on=on, topic="学习党章", hours=hours, **more)


def test_hours_of_a_year_stand_beside_what_is_usual(stand: Hall) -> None:
    study, programme = stand.door.party.study, opened(stand)
    officer, member = stand.full[0], stand.full[5]
    study.record_study(programme, [session_of({officer: "20.5", member: 8})])
    study.record_study(programme, [session_of({member: 24}, on=date(2026, 10, 16))])
    study.record_study(opened(stand, "主题教育"), [session_of({officer: 3})])
    lines = {line.member_id: line for line in study.hours_of_year(2026).lines}
    assert (lines[officer].hours, lines[officer].wanted) == (Decimal("23.5"), 56)
    assert (lines[officer].officer, lines[officer].short) == (True, Decimal("32.5"))
    assert (lines[member].wanted, lines[member].hours, lines[member].short) == (32, Decimal(32), Decimal(0))
    assert {line.hours for line in study.hours_of_year(2025).lines} == {Decimal(0)}
    first = next(one for one in study.programmes() if one.id == programme)
    assert (first.sessions, first.hours) == (2, Decimal("52.5"))


def test_a_session_is_voided_with_a_reason_and_stays(stand: Hall) -> None:
    study, programme, one = stand.door.party.study, opened(stand), stand.full[0]
    (made,) = study.record_study(programme, [session_of({one: 4})])
    study.void_session(made, WHY)
    assert [(line.voided_on, line.reason) for line in study.sessions(programme)] == [(TODAY, "重复登记")]
    assert study.programmes()[0].hours == 0
    assert all(line.hours == 0 for line in study.hours_of_year().lines)
    assert facts(stand, "stud") == ["study_recorded", "study_voided"]
    with pytest.raises(SessionVoidedAlready):
        study.void_session(made, WHY)
    with pytest.raises(SessionUnknown):
        study.void_session(1, WHY)


def test_what_cannot_be_is_refused(stand: Hall) -> None:
    study, programme, one = stand.door.party.study, opened(stand), stand.full[0]
    with pytest.raises(ProgrammeKnown):
        opened(stand)
    with pytest.raises(ProgrammeUnknown):
        study.record_study(1, [session_of({one: 1})])
    with pytest.raises(StudiedByStranger):
        study.record_study(programme, [session_of({1: 1})])
    with pytest.raises(StudyOutsideProgramme):
        study.record_study(programme, [session_of({one: 1}, on=date(2025, 12, 31))])
    with pytest.raises(MeetingUnknown):
        study.record_study(programme, [session_of({one: 1}, meeting_id=1)])
    study.record_study(programme, [session_of({one: 16})])
    with pytest.raises(TooManyHours):
        study.record_study(programme, [session_of({one: 5}), session_of({one: 4})])
    with pytest.raises(ValidationError):
        session_of({one: 0})


# lessons


def class_and_teacher(stand: Hall) -> tuple[int, int]:
    """Return a class of the district and somebody who works in it."""
    district_id = stand.door.context.scope.district_id
    classes = select(SchoolClass.id).where(SchoolClass.district_id == district_id)
    staff = select(Placement.staff_id).where(Placement.district_id == district_id)
    found = stand.session.scalars(classes).first(), stand.session.scalars(staff).first()
    assert found[0] is not None and found[1] is not None
    return found[0], found[1]


def planned(stand: Hall, on: date = DAY) -> int:
    class_id, staff_id = class_and_teacher(stand)
    row = LessonPlan(class_id=class_id, staff_id=staff_id, topic="党章第一章", planned_on=on)
    return stand.door.party.study.plan_lessons([row])[0]


def test_lessons_are_planned_and_given_with_proof(stand: Hall) -> None:
    study, given, overdue = stand.door.party.study, planned(stand), planned(stand)
    off, ahead = planned(stand), planned(stand, date(2026, 12, 1))
    study.give_lesson(given, LessonProof(given_on=date(2026, 10, 16), proof="教案、照片"))
    study.call_off_lesson(off, Voiding(reason="停课"))
    listed = study.lessons()
    assert (listed.planned, listed.given) == (3, 1)
    assert {line.id: line.overdue for line in listed.lines} == {
        given: False,
        overdue: True,
        off: False,
        ahead: False,
    }
    assert listed.lines[0].class_name == "一（1）班"
    assert facts(stand, "lesson") == [*["lessons_planned"] * 4, "lesson_given", "lesson_called_off"]


def test_a_lesson_is_given_once_not_ahead_and_to_a_class_that_is_there(stand: Hall) -> None:
    study, lesson = stand.door.party.study, planned(stand)
    with pytest.raises(LessonAhead):
        study.give_lesson(lesson, LessonProof(given_on=date(2026, 11, 3), proof="x"))
    study.give_lesson(lesson, LessonProof(given_on=DAY, proof="教案"))
    with pytest.raises(LessonSettled):
        study.give_lesson(lesson, LessonProof(given_on=DAY, proof="教案"))
    with pytest.raises(LessonSettled):
        study.call_off_lesson(lesson, WHY)
    with pytest.raises(LessonUnknown):
        study.call_off_lesson(1, WHY)
    class_id, staff_id = class_and_teacher(stand)
    with pytest.raises(ClassNotTaught):
        study.plan_lessons([LessonPlan(class_id=1, staff_id=staff_id, topic="x", planned_on=DAY)])
    with pytest.raises(TeacherNotHere):
        study.plan_lessons([LessonPlan(class_id=class_id, staff_id=1, topic="x", planned_on=DAY)])


def test_another_district_sees_nothing_of_it(stand: Hall) -> None:
    programme, lesson = opened(stand), planned(stand)
    other = hall(stand.session, ELSEWHERE)
    study = other.door.party.study
    assert study.programmes() == [] and study.lessons().lines == ()
    with pytest.raises(ProgrammeUnknown):
        study.record_study(programme, [session_of({other.full[0]: 1})])
    with pytest.raises(LessonUnknown):
        study.give_lesson(lesson, LessonProof(given_on=DAY, proof="x"))
    opened(other)
