"""A school that was closed or merged is given nothing any more, by any topic of the registry."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.registry.roster import DASI, FIRST, QIANFENG, add_classes, agree, class_id, door_on, pupil_ids
from tests.registry.staffing import certify, school, staff
from tests.registry.test_pupil_races import at_once
from xuequ.core.errors import Problems, XuequError
from xuequ.core.halfdays import Half
from xuequ.district import District
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.schemas.attendance import RollCall, StaffRollCall
from xuequ.registry.schemas.calendar import ClosureCommand, DaysApart
from xuequ.registry.schemas.classes import ClassForming, ClassSplit, GroupForming, HeadTeacherAppointment
from xuequ.registry.schemas.places import SchoolClosing, SchoolMerger
from xuequ.registry.schemas.premises import LandRegistration, PremisesRegistration
from xuequ.registry.schemas.pupils import NewPupil, PupilApplication, Suspension
from xuequ.registry.schemas.rollover import EntryAsked, RolloverAsked
from xuequ.registry.schemas.set_up import ClassRow
from xuequ.registry.schemas.staff import EmploymentEnding, EmploymentTransfer, Placing, Rehiring, TakingOn
from xuequ.registry.schemas.teaching import Assignment, HandOver
from xuequ.registry.schemas.transfers import TransferArrival, TransferRequest
from xuequ.registry.states.calendar import ApartKind, ClosureReason
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.premises import Structure
from xuequ.registry.states.staff import Entry, Exit, PlacementKind
from xuequ.registry.states.teaching import TeachingChange
from xuequ.standards.codes.schooling import Subject
from xuequ.testing import make_district

BEFORE, DAY, TODAY = date(2026, 10, 9), date(2026, 10, 12), date(2026, 10, 19)
"""A Friday, the day of closing, and the Monday after it."""
NOT_OPEN = "registry.school_not_open"


@dataclass(frozen=True)
class Ground:
    """Two districts, of whose schools s2 of qianfeng is to go, and what was prepared before it went."""

    session: Session
    door: District
    s1: int
    s2: int
    class_id: int
    other_class_id: int
    pupil_id: int
    admitted_id: int
    teacher_id: int
    away_id: int
    teaching_id: int
    transfer_id: int

    @classmethod
    def make(cls, session: Session) -> Ground:
        make_district(session, QIANFENG, schools=3, pupils=2, staff=3)
        make_district(session, DASI, schools=1, pupils=2, staff=1)
        door, dasi = door_on(session, TODAY), door_on(session, TODAY, DASI)
        add_classes(door, [ClassRow(school="s2", stage=Stage.PRIMARY, entry_year=2026, number=2)])
        teacher, teaching_to = staff(session), staff(session, "s2")
        for number, who in enumerate((teacher, teaching_to)):
            certify(door, who, f"2026300000{number}")
        taught: dict[str, Any] = {
            "class_id": class_id(session, "s2"),
            "subject": Subject.PE,
            "half_periods": 4,
        }
        assigned = door.registry.teaching.assign_teaching(
            Assignment(staff_id=teaching_to, since=FIRST, **taught)
        )
        away = staff(session, number=2)
        door.registry.staff.end_employment(EmploymentEnding(staff_id=away, on=BEFORE, exit=Exit.RESIGNED))
        applied = door.registry.pupils.apply(application("s1", "A1"), FIRST)
        door.registry.pupils.admit([applied.id], FIRST)
        asked = dasi.registry.transfers.request(transfer("dasi-s1-P1", "s1"), FIRST)
        dasi.registry.transfers.release(asked.id, FIRST)
        return cls(
            session,
            door,
            s1=school(session, "s1"),
            s2=school(session, "s2"),
            class_id=class_id(session, "s2"),
            other_class_id=class_id(session, "s2", number=2),
            pupil_id=pupil_ids(door)[0],
            admitted_id=applied.id,
            teacher_id=teacher,
            away_id=away,
            teaching_id=assigned.id,
            transfer_id=asked.id,
        )

    def merge(self) -> None:
        command = SchoolMerger(school_id=self.s2, into_id=self.s1, on=DAY, authority="县批复1号")
        self.door.registry.mergers.merge_school(command)

    def close(self) -> None:
        to: dict[str, Any] = {"pupils_to": self.s1, "staff_to": self.s1}
        command = SchoolClosing(school_id=self.s2, on=DAY, authority="县批复2号", **to)
        self.door.registry.mergers.close_school(command)

    @property
    def registry(self) -> Any:
        return self.door.registry


def newcomer(number: str) -> NewPupil:
    return NewPupil(pupil_no=number, name="新生", sex=Sex.FEMALE, birth_date=date(2020, 1, 1))


def application(code: str, number: str) -> PupilApplication:
    return PupilApplication(pupil=newcomer(number), school=code, stage=Stage.PRIMARY, entry_year=2026)


def transfer(number: str, to: str) -> TransferRequest:
    return TransferRequest(pupil_no=number, to_district="qianfeng", to_school=to, guardian_applied=True)


def placing(g: Ground, on: date) -> Placing:
    return Placing(staff_id=g.teacher_id, school_id=g.s2, kind=PlacementKind.ROTATION, since=on)


def assignment(g: Ground, on: date) -> Assignment:
    taught: dict[str, Any] = {"class_id": g.class_id, "subject": Subject.MUSIC, "half_periods": 4}
    return Assignment(staff_id=g.teacher_id, since=on, itinerant=True, **taught)


def arrival(g: Ground) -> TransferArrival:
    return TransferArrival(pupil=newcomer("N1"), outside="外县", class_id=g.class_id, guardian_applied=True)


def new_colleague(g: Ground, on: date, **at: Any) -> TakingOn:
    who: dict[str, Any] = {"staff_no": "N1", "name": "新老师", "sex": Sex.MALE, "entry": Entry.RECRUITED}
    where: dict[str, Any] = {"school_id": g.s2} | at
    return TakingOn(**who, **where, since=on)


Act = Callable[[Ground, date], object]
GIVING: dict[str, Act] = {
    "apply": lambda g, on: g.registry.pupils.apply(application("s2", "A2"), on),
    "register": lambda g, on: g.registry.pupils.register([g.admitted_id], g.class_id, on),
    "change_class": lambda g, on: g.registry.pupils.change_class(g.pupil_id, g.class_id, on),
    "request": lambda g, on: door_on(g.session, TODAY, DASI).registry.transfers.request(
        transfer("dasi-s1-P2", "s2"), on
    ),
    "accept": lambda g, on: g.registry.transfers.accept(g.transfer_id, g.class_id, on),
    "take_in": lambda g, on: g.registry.transfers.take_in(arrival(g), on),
    "take_on": lambda g, on: g.registry.staff.take_on(new_colleague(g, on)),
    "take_on_elsewhere": lambda g, on: g.registry.staff.take_on(
        new_colleague(g, on, school_id=g.s1, works_at=g.s2)
    ),
    "rehire": lambda g, on: g.registry.staff.rehire(
        Rehiring(staff_id=g.away_id, school_id=g.s2, since=on, entry=Entry.RECRUITED)
    ),
    "transfer_employment": lambda g, on: g.registry.staff.transfer_employment(
        EmploymentTransfer(staff_id=g.teacher_id, school_id=g.s2, since=on)
    ),
    "place_staff": lambda g, on: g.registry.staff.place_staff(placing(g, on)),
    "place_many": lambda g, on: g.registry.staff.place_many([placing(g, on)]),
    "form_classes": lambda g, on: g.registry.classes.form_classes(
        [ClassForming(school_id=g.s2, stage=Stage.PRIMARY, entry_year=2026)], on
    ),
    "split_class": lambda g, on: g.registry.classes.split_class(ClassSplit(class_id=g.class_id, into=2), on),
    "form_group": lambda g, on: g.registry.classes.form_group(
        GroupForming(kind=GroupKind.COMBINED, name="合", class_ids=(g.class_id, g.other_class_id)), on
    ),
    "appoint_head_teachers": lambda g, on: g.registry.classes.appoint_head_teachers(
        [HeadTeacherAppointment(class_id=g.class_id, staff_id=g.teacher_id)], on
    ),
    "assign_teaching": lambda g, on: g.registry.teaching.assign_teaching(assignment(g, on)),
    "assign_many": lambda g, on: g.registry.teaching.assign_many([assignment(g, on)]),
    "hand_over": lambda g, on: g.registry.teaching.hand_over(
        HandOver(
            teaching_id=g.teaching_id,
            staff_id=g.teacher_id,
            on=on,
            reason=TeachingChange.OTHER,
            itinerant=True,
        )
    ),
    "register_land": lambda g, on: g.registry.premises.register_land(
        [LandRegistration(school_id=g.s2, since=on, name="地", area=Decimal(9))]
    ),
    "register_premises": lambda g, on: g.registry.premises.register_premises(
        [
            PremisesRegistration(
                school_id=g.s2, since=on, name="楼", area=Decimal(9), structure=Structure.FRAME
            )
        ]
    ),
}
"""What is given to a school from a day on, without an end."""

ON_A_DAY: dict[str, Act] = {
    "call_roll": lambda g, on: g.registry.attendance.call_roll(
        RollCall(class_id=g.class_id, day=on, half=Half.AM)
    ),
    "call_staff_roll": lambda g, on: g.registry.staff_attendance.call_roll(
        StaffRollCall(school="s2", day=on, half=Half.AM)
    ),
    "announce_closure": lambda g, on: g.registry.calendar.announce_closure(
        ClosureCommand(first=on, first_half=Half.PM, last=on, reason=ClosureReason.WEATHER, school="s2")
    ),
    "set_apart": lambda g, on: g.registry.calendar.set_apart(
        DaysApart(kind=ApartKind.EXAM, first=on, last=on, name="测验", school="s2")
    ),
}
"""What is of some days only, and may be recorded later."""


def outcome(ground: Ground, act: Act, on: date) -> str:
    """Return what comes of an act, which is undone."""
    savepoint = ground.session.begin_nested()
    try:
        act(ground, on)
    except Problems as problems:
        return "、".join(problem.error.code for problem in problems.problems)
    except XuequError as error:
        return error.code
    finally:
        savepoint.rollback()
        ground.session.expire_all()
    return "done"


@pytest.mark.parametrize("go", [Ground.merge, Ground.close])
def test_a_school_that_is_gone_is_given_nothing(session: Session, go: Callable[[Ground], None]) -> None:
    ground = Ground.make(session)
    go(ground)
    for on in (DAY, TODAY):
        found = {name: outcome(ground, act, on) for name, act in {**GIVING, **ON_A_DAY}.items()}
        assert found == dict.fromkeys(found, NOT_OPEN)


def test_what_would_last_is_refused_for_days_before_it_closed_too(session: Session) -> None:
    ground = Ground.make(session)
    ground.merge()
    found = {name: outcome(ground, act, BEFORE) for name, act in GIVING.items()}
    assert found == dict.fromkeys(found, NOT_OPEN)


def test_what_is_of_a_day_may_be_recorded_later(session: Session) -> None:
    ground = Ground.make(session)
    ground.merge()
    found = {name: outcome(ground, act, BEFORE) for name, act in ON_A_DAY.items()}
    assert found == dict.fromkeys(found, "done")


def test_an_open_school_is_given_it_all(session: Session) -> None:
    ground = Ground.make(session)
    refused = {name: outcome(ground, act, DAY) for name, act in {**GIVING, **ON_A_DAY}.items()}
    assert NOT_OPEN not in refused.values()
    # these name a school or class that is another's: it is not the closing that stands against them
    others = {"register", "change_class", "accept", "appoint_head_teachers"}
    assert {name for name, said in refused.items() if said != "done"} == others


def test_a_rollover_brings_nobody_to_a_school_that_is_gone(session: Session) -> None:
    ground = Ground.make(session)
    ground.merge()
    rollover = door_on(session, date(2027, 9, 1)).registry.rollover
    entry = EntryAsked(school_id=ground.s2, stage=Stage.PRIMARY, expected=20)
    plan = rollover.plan_rollover(2027, RolloverAsked(entries=(entry,)))
    assert [problem.code for problem in plan.problems] == [NOT_OPEN]
    with pytest.raises(XuequError) as caught:
        rollover.apply_rollover(plan)
    assert caught.value.code == NOT_OPEN
    assert rollover.plan_rollover(2027).problems == ()


def test_an_enrolment_that_waited_for_a_merger_finds_the_school_closed(engine: Engine) -> None:
    with Session(engine) as session:
        ground = Ground.make(session)
        session.commit()
        seat = ground.class_id

    def enrol() -> str:
        with Session(engine) as own:
            try:
                door_on(own, TODAY).registry.transfers.take_in(arrival(ground), TODAY)
            except XuequError as error:
                return error.code
            own.commit()
        return "done"

    with Session(engine) as session, ThreadPoolExecutor(1) as pool:
        command = SchoolMerger(school_id=ground.s2, into_id=ground.s1, on=DAY, authority="县批复1号")
        door_on(session, TODAY).registry.mergers.merge_school(command)
        waiting = pool.submit(enrol)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        session.commit()
        assert waiting.result(timeout=30) == NOT_OPEN
    with Session(engine) as session:
        later = select(Enrolment.id).where(Enrolment.class_id == seat, Enrolment.since >= DAY)
        assert session.scalars(later).all() == []


def test_a_merger_and_what_happens_at_its_school_at_once_wait_for_one_another(engine: Engine) -> None:
    with Session(engine) as session:
        ground = Ground.make(session)
        pupil_id = pupil_ids(ground.door, "s2")[0]
        teacher_id = staff(session, "s2", 2)
        session.commit()
    merger = SchoolMerger(school_id=ground.s2, into_id=ground.s1, on=DAY, authority="县批复1号")
    suspension = Suspension(planned_until=date(2027, 3, 1))
    ending = EmploymentEnding(staff_id=teacher_id, on=TODAY, exit=Exit.RESIGNED)
    outcomes = at_once(
        engine,
        (QIANFENG, lambda door: door.registry.mergers.merge_school(merger)),
        (QIANFENG, lambda door: door.registry.pupils.suspend(pupil_id, suspension)),
        (QIANFENG, lambda door: door.registry.staff.end_employment(ending)),
    )
    assert outcomes == ["done"] * 3
    with Session(engine) as session:
        assert agree(session)
